"""Who is let in, and what a request must be like."""

import contextlib
import http.client
import json
import sqlite3
import ssl
import subprocess
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

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
        # Locked by now, which is not to be told from a name that nobody has.
        self.assertEqual(thief.sign_in("zuoxi1", PASSWORD), thief.sign_in("nobody", PASSWORD))
        self.assertEqual(thief.sign_in("zuoxi1", PASSWORD)[1]["rule"], "sign_in.refused")
        self.assertEqual(seat.ask("GET", "/api/me")[0], 200)
        self.assertEqual(seat.ask("DELETE", "/api/sign-in")[0], 204)
        self.assertEqual(seat.rule("GET", "/api/me"), (401, "sign_in.needed"))

    def test_wrong_passwords_lock_whoever_changes_the_password_too(self):
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        path, wrong = "/api/me/password", {"before": "wrong", "after": "另一句长而好记的话 2021"}
        for _ in range(5):
            self.assertEqual(seat.rule("PUT", path, wrong), (401, "sign_in.refused"))
        self.assertEqual(seat.rule("PUT", path, {**wrong, "before": PASSWORD}), (429, "sign_in.locked"))
        self.assertEqual(Client(self.server).sign_in("zuoxi1")[0], 401)
        journal = self.person("shenji", "auditor").get("/api/audit?who=zuoxi1&action=sign_in_refused")
        self.assertEqual(len(journal["rows"]), 5)

    def test_many_who_sign_in_at_once_leave_the_server_to_the_others(self):
        seat = self.person("zuoxi1", "call_agent", seat="S1")

        def knock(_):
            client = Client(self.server)
            status = client.rule("POST", "/api/sign-in", {"name": "nobody", "password": "x"})
            return *status, client.headers["Retry-After"]

        with ThreadPoolExecutor(24) as threads:
            answers = threads.map(knock, range(48))
            self.assertEqual(seat.ask("GET", "/api/me")[0], 200)
        self.assertEqual(set(answers), {(401, "sign_in.refused", None), (429, "sign_in.busy", "5")})

    def test_a_sign_in_that_ends_while_its_use_is_noted_stays_ended(self):
        if not self.database().startswith("sqlite:"):
            return
        seat, answers = self.person("zuoxi1", "call_agent", seat="S1"), []
        with contextlib.closing(sqlite3.connect(self.folder.path / "test.db", isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("UPDATE sign_in SET used_at = used_at - 120000 WHERE account = 'zuoxi1'")
            database.execute("COMMIT")
            database.execute("BEGIN IMMEDIATE")
            asks = threading.Thread(target=lambda: answers.append(seat.rule("GET", "/api/me")))
            asks.start()
            time.sleep(1)  # by then it has read the sign-in and waits to note its use
            database.execute("DELETE FROM sign_in WHERE account = 'zuoxi1'")
            database.execute("COMMIT")
            asks.join()
        self.assertEqual(answers, [(401, "sign_in.needed")])
        self.assertEqual(seat.rule("GET", "/api/me"), (401, "sign_in.needed"))

    def test_who_gets_another_post_signs_in_anew(self):
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        path, account = "/api/accounts/zuoxi1", {"display_name": "z", "role": "call_agent", "org_code": "00"}
        self.assertEqual(self.admin.ask("PUT", path, account)[0], 200)
        self.assertEqual(seat.ask("GET", "/api/me")[0], 200)
        for change in ({"role": "auditor"}, {"role": "auditor", "org_code": "35"}):
            self.assertEqual(self.admin.ask("PUT", path, {**account, **change})[0], 200)
            self.assertEqual(seat.rule("GET", "/api/me"), (401, "sign_in.needed"))
            self.assertEqual(seat.sign_in("zuoxi1")[0], 200)

    def test_accounts_are_managed_within_the_own_organisation(self):
        head, branch = self.person("zong", "administrator"), self.person("fen", "administrator", org="35")
        self.person("zuoxi1", "call_agent", org="3501", seat="S1")
        self.assertEqual(self.admin.ask("PUT", "/api/accounts/hexin", {
            "display_name": "核心", "role": "core_system", "org_code": "00"})[0], 200)
        self.assertEqual([account["name"] for account in branch.get("/api/accounts")], ["fen", "zuoxi1"])
        self.assertEqual([account["name"] for account in branch.get("/api/accounts?role=call_agent")], ["zuoxi1"])
        self.assertEqual([account["name"] for account in branch.get("/api/accounts?text=fe")], ["fen"])
        lines = branch.ask("GET", "/api/accounts?role=call_agent&format=csv")[1].decode("utf-8-sig").splitlines()
        self.assertEqual(lines[0], "用户名,姓名,岗位,机构代码,机构,坐席,业务员代码,状态")
        self.assertEqual([line.split(",")[0] for line in lines[1:]], ["zuoxi1"])
        self.assertEqual([account["name"] for account in head.get("/api/accounts")],
                         ["admin", "fen", "hexin", "zong", "zuoxi1"])
        person = {"display_name": "x", "role": "call_agent", "org_code": "3501"}
        self.assertEqual(branch.ask("PUT", "/api/accounts/zuoxi2", person)[0], 200)
        for method, path, body, expected in (
                ("PUT", "/api/accounts/zuoxi3", {**person, "org_code": "00"}, (404, "account.unknown_organisation")),
                ("PUT", "/api/accounts/zuoxi1", {**person, "org_code": "00"}, (404, "account.unknown_organisation")),
                ("PUT", "/api/accounts/zong", {**person, "new_password": True}, (409, "account.name_taken")),
                ("PUT", "/api/accounts/admin", person, (409, "account.name_taken")),
                ("POST", "/api/accounts/hexin/token", None, (404, "account.unknown")),
                ("DELETE", "/api/accounts/hexin/token", None, (404, "account.unknown"))):
            with self.subTest(method=method, path=path):
                self.assertEqual(branch.rule(method, path, body), expected)
        self.assertEqual(head.ask("POST", "/api/accounts/hexin/token")[0], 201)

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
