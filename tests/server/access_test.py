"""Who is let in, and what a request must be like."""

import http.client
import json
import ssl
import subprocess
import unittest

from server_program import PASSWORD, Client, ServerTest, on_both_databases


class EncryptedClient(Client):
    def connect(self):
        anybody = ssl.create_default_context()
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        return http.client.HTTPSConnection("127.0.0.1", self.server.port, timeout=30, context=anybody)


@on_both_databases
class AccessTest(ServerTest):
    def test_who_is_let_in(self):
        nobody = Client(self.server)
        self.assertEqual(nobody.rule("GET", "/api/me"), (401, "sign_in.needed"))
        self.assertEqual(nobody.rule("POST", "/api/sign-in", {"name": "nobody", "password": "x"}),
                         (401, "sign_in.refused"))
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        self.assertEqual(seat.rule("GET", "/api/accounts"), (403, "access.denied"))
        self.assertEqual(seat.rule("POST", "/api/calls/next", {}, csrf=False), (403, "sign_in.csrf"))
        thief = Client(self.server)
        for _ in range(5):
            self.assertEqual(thief.sign_in("zuoxi1", "wrong")[0], 401)
        self.assertEqual(thief.sign_in("zuoxi1", PASSWORD)[0], 429)
        self.assertEqual(seat.ask("GET", "/api/me")[0], 200)
        self.assertEqual(seat.ask("DELETE", "/api/sign-in")[0], 204)
        self.assertEqual(seat.rule("GET", "/api/me"), (401, "sign_in.needed"))

    def test_an_encrypted_server_and_its_cookie(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes", "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "certificate.pem"],
                       cwd=self.folder.path, check=True, capture_output=True)
        self.assertEqual(self.server.stop(), 0)
        self.start("--certificate", "certificate.pem", "--key", "key.pem")
        browser = EncryptedClient(self.server)
        self.assertEqual(browser.sign_in("admin", PASSWORD)[0], 200)
        for flag in ("__Host-", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(flag, browser.flags)
        self.assertIn("max-age=31536000", browser.headers["Strict-Transport-Security"])
        self.assertEqual(browser.ask("GET", "/api/accounts")[0], 200)
        self.folder.must("serve", "--certificate", "certificate.pem", status=2)
        self.folder.must("serve", "--certificate", "nowhere.pem", "--key", "key.pem", status=4)

    def test_a_proxy_that_speaks_tls(self):
        self.assertEqual(self.server.stop(), 0)
        self.start("--behind-tls")
        browser = Client(self.server)
        self.assertEqual(browser.sign_in("admin", PASSWORD)[0], 200)
        self.assertIn("__Host-", browser.flags)
        self.assertIn("Secure", browser.flags)
        self.assertEqual(browser.ask("GET", "/api/me")[0], 200)

    def test_what_operators_ask(self):
        nobody = Client(self.server)
        self.assertEqual(nobody.ask("GET", "/healthz"), (200, b"ok\n"))
        self.assertEqual(nobody.ask("GET", "/readyz"), (200, b"ready\n"))
        self.assertEqual(nobody.rule("GET", "/api/accounts"), (401, "sign_in.needed"))
        status, text = nobody.ask("GET", "/metrics")
        self.assertEqual(status, 200)
        for expected in ('shouyue_requests_total{method="GET",route="/api/accounts",status="401"} 1',
                         'shouyue_request_seconds_count{method="GET",route="/healthz"} 1',
                         "process_resident_memory_bytes ", "shouyue_run_ended_at_seconds "):
            self.assertIn(expected, text.decode())
        self.assertNotIn("admin", text.decode())
        self.assertEqual(self.server.stop(), 0)
        self.folder.write("insurer.toml", self.profile + "nonsense = 1\n")
        self.start()
        self.assertEqual(Client(self.server).rule("GET", "/readyz"), (503, "profile.unknown_key"))

    def test_the_log_has_who_and_what_and_nothing_personal(self):
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        self.assertEqual(seat.ask("GET", "/api/accounts")[0], 403)
        self.assertEqual(seat.ask("GET", "/api/calls/P1/questions?phone=13812340001")[0], 200)
        self.assertEqual(self.server.stop(), 0)
        lines = [json.loads(line) for line in self.server.notes if line.startswith("{")]
        refused = [line for line in lines if line["status"] == 403 and line["who"] == "zuoxi1"]
        self.assertEqual([line["route"] for line in refused], ["/api/accounts"])
        for line in lines:
            self.assertEqual(list(line), ["at", "who", "method", "route", "status", "microseconds"])
        everything = "".join(self.server.notes)
        for personal in ("13812340001", "张三", "P1", PASSWORD):
            self.assertNotIn(personal, everything)

    def test_requests_that_are_wrong_are_refused_with_a_rule(self):
        for method, path, body, expected in (
                ("GET", "/api/nothing", None, (404, "request.no_such_address")),
                ("GET", "/api/sign-in", None, (405, "request.method")),
                ("PUT", "/api/accounts/a1", b"{", (400, "json.syntax")),
                ("PUT", "/api/accounts/a1", {"role": 1, "zz": 2}, (400, "json.wrong_value")),
                ("PUT", "/api/accounts/a1", {"display_name": "x", "role": "king", "org_code": "00"},
                 (400, "account.unknown_role")),
                ("PUT", "/api/accounts/a1", {"display_name": "x", "role": "auditor", "org_code": "99"},
                 (404, "account.unknown_organisation")),
                ("PUT", "/api/accounts/admin", {"display_name": "x", "role": "auditor", "org_code": "00"},
                 (422, "account.last_administrator")),
                ("PUT", "/api/me/password", {"before": PASSWORD, "after": "short"}, (400, "password.length")),
                ("PUT", "/api/me/password", b"x" * 70_000, (413, "request.too_large"))):
            with self.subTest(path=path, expected=expected):
                self.assertEqual(self.admin.rule(method, path, body), expected)
        for name in ("X-Content-Type-Options", "Content-Security-Policy", "Cache-Control", "X-Frame-Options"):
            self.assertTrue(self.admin.headers[name])


if __name__ == "__main__":
    unittest.main()
