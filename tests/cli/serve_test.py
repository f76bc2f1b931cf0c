"""The server as its users meet it: signing in, calls from the queue to the outcome, what each person may see and do."""

import http.client
import json
import re
import signal
import ssl
import subprocess
import threading
import unittest

from databases_test import new_database
from shouyue_program import Folder, policies, policy

AT = "2021-10-20T10:00:00+08:00"
PASSWORD = "长而好记的一句话 2021"


class Server:
    def __init__(self, folder, *arguments):
        self.process = folder.start("--now", AT, "serve", "--listen", "127.0.0.1:0", *arguments)
        self.notes = []
        line = self.process.stdout.readline()
        self.port = int(re.search(r":(\d+)$", line.strip()).group(1))
        self.reader = threading.Thread(target=lambda: self.notes.extend(self.process.stderr))
        self.reader.start()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=30)
        self.reader.join()
        self.process.stdout.close()
        self.process.stderr.close()
        return status


class Browser:
    def __init__(self, server):
        self.server, self.cookie, self.csrf = server, "", ""

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)

    def ask(self, method, path, body=None, csrf=True):
        connection = self.connect()
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if csrf and self.csrf:
            headers["X-CSRF-Token"] = self.csrf
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        connection.request(method, path, data, headers)
        answer = connection.getresponse()
        text = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookie, self.flags = header.split(";")[0], header
        self.headers = answer.headers
        connection.close()
        return answer.status, json.loads(text) if text.startswith((b"{", b"[")) else text

    def sign_in(self, name, password):
        status, answer = self.ask("POST", "/api/sign-in", {"name": name, "password": password})
        if status == 200:
            self.csrf = answer["csrf"]
        return status, answer

    def rule(self, *request, **more):
        status, answer = self.ask(*request, **more)
        return status, answer.get("rule")


class EncryptedBrowser(Browser):
    def connect(self):
        anybody = ssl.create_default_context()
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        return http.client.HTTPSConnection("127.0.0.1", self.server.port, timeout=30, context=anybody)


class ServeTest(unittest.TestCase):
    @staticmethod
    def new_folder():
        return Folder()

    def setUp(self):
        self.folder = self.new_folder()
        self.addCleanup(self.folder.close)
        self.folder.open_for_business()
        self.folder.load("policies", policies(*(policy(f"P{i}", mobile=f"1381234{i:04}") for i in range(4)),
                                              policy("Q1", mobile="13812345678", org="35")))
        self.folder.load("receipts", "policy_no,signed_on\n" + "".join(f"{n},2021-10-12\n"
                                                                       for n in ("P0", "P1", "P2", "P3", "Q1")))
        self.folder.must("--now", AT, "run")
        self.server = Server(self.folder)
        self.addCleanup(self.stop)
        self.admin = Browser(self.server)
        first = re.search(r"one-time password: (\S+)", self.wait_for_note("one-time password"))
        self.assertEqual(self.admin.sign_in("admin", first.group(1))[0], 200)
        self.assertEqual(self.admin.rule("GET", "/api/accounts"), (403, "access.denied"))
        own = {"before": first.group(1), "after": PASSWORD}
        self.assertEqual(self.admin.ask("PUT", "/api/me/password", own)[0], 204)

    def stop(self):
        if self.server.process.returncode is None:
            self.server.stop()

    def wait_for_note(self, text):
        for _ in range(300):
            for note in self.server.notes:
                if text in note:
                    return note
            threading.Event().wait(0.1)
        raise AssertionError(f"no '{text}' in {self.server.notes}")

    def person(self, name, role, org="00", **more):
        request = {"display_name": name, "role": role, "org_code": org, **more}
        status, answer = self.admin.ask("PUT", f"/api/accounts/{name}", request)
        self.assertEqual(status, 200, answer)
        browser = Browser(self.server)
        once = answer["one_time_password"]
        self.assertEqual(browser.sign_in(name, once)[0], 200)
        self.assertEqual(browser.ask("PUT", "/api/me/password", {"before": once, "after": PASSWORD})[0], 204)
        return browser

    def wrap_up(self, call, number, **more):
        return {"fence": call["fence"], "attempt_id": number, "leg": call["leg"], "started_at": AT,
                "connection": "answered", "party": "holder", "identity": "verified", "interview": "complete",
                "corrected": [], "open": [], **more}

    def test_a_seat_calls_until_nothing_is_left(self):
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        expected = [row["policy_no"] for row in self.folder.rows("--now", AT, "worklist")]
        called = []
        while call := seat.ask("POST", "/api/calls/next", {})[1].get("call"):
            policy_no = call["policy_no"]
            called.append(policy_no)
            status, questions = seat.ask("GET", f"/api/calls/{policy_no}/questions")
            self.assertEqual(status, 200)
            self.assertNotIn("张三", json.dumps(questions, ensure_ascii=False))
            status, outcome = seat.ask("POST", f"/api/calls/{policy_no}/wrap-up", self.wrap_up(call, f"T{policy_no}"))
            self.assertEqual((status, outcome["success"]), (201, True), outcome)
        self.assertEqual(called, expected)
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(len(self.folder.rows("export", "attempts")), 5)
        self.folder.must("--now", AT, "rebuild", "--check")
        self.folder.must("audit", "verify")

    def test_two_seats_never_get_the_same_case_and_a_case_given_back_comes_again(self):
        one, two = self.person("zuoxi1", "call_agent", seat="S1"), self.person("zuoxi2", "call_agent", seat="S2")
        first = one.ask("POST", "/api/calls/next", {})[1]["call"]
        second = two.ask("POST", "/api/calls/next", {})[1]["call"]
        self.assertNotEqual(first["policy_no"], second["policy_no"])
        back = f"/api/calls/{first['policy_no']}/give-back"
        self.assertEqual(two.ask("POST", back, {"fence": first["fence"]})[0], 204)
        self.assertEqual(two.ask("POST", "/api/calls/next", {})[1]["call"]["policy_no"], second["policy_no"])
        self.assertEqual(one.ask("POST", back, {"fence": first["fence"]})[0], 204)
        two.ask("POST", f"/api/calls/{second['policy_no']}/wrap-up", self.wrap_up(second, "T1"))
        self.assertEqual(two.ask("POST", "/api/calls/next", {})[1]["call"]["policy_no"], first["policy_no"])

    def test_the_same_wrap_up_twice_is_one_attempt_and_a_wrong_one_none(self):
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        call = seat.ask("POST", "/api/calls/next", {})[1]["call"]
        path = f"/api/calls/{call['policy_no']}/wrap-up"
        for _ in range(2):
            self.assertEqual(seat.ask("POST", path, self.wrap_up(call, "T1"))[0], 201)
        self.assertEqual(seat.rule("POST", path, self.wrap_up(call, "T2", connection="shouted")),
                         (400, "import.unknown_word"))
        self.assertEqual(seat.rule("POST", path, self.wrap_up(call, "T2", ended_at="2021-10-20T09:00:00+08:00")),
                         (400, "attempts.ends_before_start"))
        self.assertEqual(len(self.folder.rows("export", "attempts")), 1)

    def test_a_person_of_one_branch_sees_no_case_of_another(self):
        city = self.person("zhongzhi", "branch_handler", org="3501", seat="S1")
        self.assertEqual(city.ask("GET", "/api/calls/P1/questions")[0], 200)
        self.assertEqual(city.rule("GET", "/api/calls/Q1/questions"), (404, "policy.not_found"))
        called = []
        while call := city.ask("POST", "/api/calls/next", {})[1].get("call"):
            called.append(call["policy_no"])
            city.ask("POST", f"/api/calls/{call['policy_no']}/wrap-up", self.wrap_up(call, f"T{call['policy_no']}"))
        self.assertEqual(sorted(called), ["P0", "P1", "P2", "P3"])
        attempt = {"fence": 1, "leg": "first_call"}
        self.assertEqual(city.rule("POST", "/api/calls/Q1/wrap-up", self.wrap_up(attempt, "T1")),
                         (404, "policy.not_found"))

    def test_who_is_let_in(self):
        nobody = Browser(self.server)
        self.assertEqual(nobody.rule("GET", "/api/me"), (401, "sign_in.needed"))
        self.assertEqual(nobody.rule("POST", "/api/sign-in", {"name": "nobody", "password": "x"}),
                         (401, "sign_in.refused"))
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        self.assertEqual(seat.rule("GET", "/api/accounts"), (403, "access.denied"))
        self.assertEqual(seat.rule("POST", "/api/calls/next", {}, csrf=False), (403, "sign_in.csrf"))
        thief = Browser(self.server)
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
        self.server = Server(self.folder, "--certificate", "certificate.pem", "--key", "key.pem")
        browser = EncryptedBrowser(self.server)
        self.assertEqual(browser.sign_in("admin", PASSWORD)[0], 200)
        for flag in ("Secure", "HttpOnly", "SameSite=Strict"):
            self.assertIn(flag, browser.flags)
        self.assertEqual(browser.ask("GET", "/api/accounts")[0], 200)
        self.folder.must("serve", "--certificate", "certificate.pem", status=2)
        self.folder.must("serve", "--certificate", "nowhere.pem", "--key", "key.pem", status=4)

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


class ServeOnPostgresqlTest(ServeTest):
    @staticmethod
    def new_folder():
        return Folder(database=new_database())


if __name__ == "__main__":
    unittest.main()
