"""What somebody with a scanner would try: every operation of web/openapi.yaml with every role and with input that is
wrong or meant to do harm, and the server beneath it with requests that are none."""

import json
import re
import socket
import time
import unittest

from server_program import CONTRACT, PASSWORD, Client, ServerTest, on_both_databases

ROLES = ("call_agent", "branch_handler", "sales_agent", "supervisor", "quality_officer", "kpi_officer",
         "renewal_officer", "complaint_manager", "auditor", "administrator")

HARMFUL = ("'; DROP TABLE fact; --", "' OR '1'='1", "1); DELETE FROM account; --", "<script>alert(1)</script>",
           "\"><img src=x onerror=alert(1)>", "{{7*7}}", "=HYPERLINK(\"http://x\")", "../../../../etc/passwd",
           "..\\..\\windows", "%00", "\r\nSet-Cookie: a=b", "\u202e", "𠀀" * 300, "x" * 5000, "-1", "9" * 40, "NaN")

HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
           "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store"}


def filled(path, text):
    return re.sub(r"\{\w+\}", lambda _: text, path)


def resolved(schema):
    while "$ref" in schema:
        schema = CONTRACT.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def example(schema, text="x"):
    """Something of the right shape, every text being `text`."""
    schema = resolved(schema)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        return {name: example(part, text) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        return [example(schema.get("items", {}), text)]
    return {"string": text, "integer": 1, "number": 1, "boolean": True}[kind]


def wrong_types(schema):
    """The same with one member of another type each."""
    right = example(schema)
    if not isinstance(right, dict):
        return
    for name, value in right.items():
        yield {**right, name: [] if isinstance(value, (str, int)) else "text"}
    yield {**right, "no such member": 1}


class Operation:
    def __init__(self, path, method, what):
        self.path, self.method, self.permission = path, method.upper(), what["x-permission"]
        media = what.get("requestBody", {}).get("content", {})
        self.schema = media.get("application/json", {}).get("schema")
        self.takes_body = bool(media)
        self.is_stream = any("text/event-stream" in response.get("content", {})
                             for response in what["responses"].values())


OPERATIONS = [Operation(path, method, what) for path, methods in CONTRACT.document["paths"].items()
              for method, what in methods.items()]


@on_both_databases
class ScannerTest(ServerTest):
    def setUp(self):
        super().setUp()
        self.asked = 0

    def ask(self, client, operation, text="x", body=None, **more):
        if body is None and operation.schema:
            body = example(operation.schema, text)
        status, answer = client.ask(operation.method, filled(operation.path, text), body, **more)
        self.asked += 1
        kind = client.headers.get("Content-Type", "")
        self.assertLess(status, 500, (operation.method, operation.path, text, answer))
        if status >= 400:
            self.assertTrue(kind.startswith("application/problem+json"), (operation.path, kind))
        for name, value in HEADERS.items():
            self.assertEqual(client.headers.get(name), value, (operation.path, name))
        policy = dict(part.split(" ", 1) for part in client.headers["Content-Security-Policy"].split("; "))
        self.assertEqual(policy.get("script-src", policy["default-src"]), "'self'")
        self.assertNotIn("Server", client.headers)
        return status, answer

    def test_nobody_and_no_foreign_page_gets_in_anywhere(self):
        nobody = Client(self.server)
        for operation in OPERATIONS:
            if operation.permission == "anybody" or operation.path.startswith("/api/visits"):
                continue
            with self.subTest(operation=f"{operation.method} {operation.path}"):
                self.assertEqual(self.ask(nobody, operation)[0], 401)
                if operation.method != "GET":
                    self.assertEqual(self.ask(self.admin, operation, csrf=False)[1]["rule"], "sign_in.csrf")
        self.assertGreater(self.asked, 15)

    def test_each_role_reaches_what_it_may_and_nothing_else(self):
        for role in ROLES:
            agent = {"agent_code": "A1"} if role == "sales_agent" else {}
            person = self.person(f"a{ROLES.index(role)}", role, org="00", seat=f"S{ROLES.index(role)}", **agent)
            may = set(person.get("/api/me")["permissions"])
            for operation in OPERATIONS:
                if operation.permission in ("anybody", "signed_in") or operation.is_stream:
                    continue
                with self.subTest(role=role, operation=f"{operation.method} {operation.path}"):
                    status, answer = self.ask(person, operation)
                    refused = status == 403 and answer["rule"] == "access.denied"
                    self.assertEqual(refused, operation.permission not in may, (status, answer))
        self.assertGreaterEqual(self.asked, 6 * len(ROLES))

    def test_no_input_breaks_an_operation(self):
        people = [self.person(f"b{n}", role, seat=f"S{n}", **({"agent_code": "A1"} if role == "sales_agent" else {}))
                  for n, role in enumerate(("supervisor", "quality_officer", "kpi_officer", "sales_agent"))]
        rights = [(client, set(client.get("/api/me")["permissions"])) for client in (*people, self.admin)]
        for operation in OPERATIONS:
            clients = [client for client, may in rights if operation.permission in may] or [self.admin]
            if operation.is_stream or operation.path == "/api/sign-in" or operation.path == "/api/me/password":
                continue
            with self.subTest(operation=f"{operation.method} {operation.path}"):
                for text in HARMFUL:
                    if operation.schema or "{" in operation.path:
                        self.ask(clients[0], operation, text)
                if operation.schema:
                    for body in (*wrong_types(operation.schema), b"{", b"[]", b"\xff\xfe", b"null", b"1e999"):
                        status, answer = self.ask(clients[0], operation, body=body)
                        expected = (400, 401 if operation.permission == "anybody" else 403, 404, 409, 413, 422)
                        self.assertIn(status, expected, (operation.path, body, answer))
        self.assertGreater(self.asked, 100)
        self.assertEqual(len(self.folder.rows("export", "cases")), 5)
        self.folder.must("audit", "verify")

    def test_a_name_that_is_markup_stays_text(self):
        for n, text in enumerate(HARMFUL[:7]):
            request = {"display_name": text, "role": "auditor", "org_code": "00"}
            self.assertEqual(self.admin.ask("PUT", f"/api/accounts/h{n}", request)[0], 200)
        shown = {account["display_name"] for account in self.admin.get("/api/accounts")}
        self.assertLessEqual(set(HARMFUL[:7]), shown)

    def test_a_sign_in_cannot_be_guessed_fixed_or_kept(self):
        before = self.admin.cookie
        self.assertEqual(self.admin.ask("DELETE", "/api/sign-in")[0], 204)
        again = Client(self.server)
        again.cookie = before
        self.assertEqual(again.rule("GET", "/api/me"), (401, "sign_in.needed"))
        fixed = Client(self.server)
        fixed.cookie = "shouyue=chosen-by-somebody-else"
        self.assertEqual(fixed.sign_in("admin", PASSWORD)[0], 200)
        self.assertNotEqual(fixed.cookie, "shouyue=chosen-by-somebody-else")
        self.assertGreaterEqual(len(fixed.cookie), 40)
        for flag in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(flag, fixed.flags)


@on_both_databases
class RawRequestsTest(ServerTest):
    """Below HTTP libraries, which would not send such things."""

    def exchange(self, data, wait=15):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=wait) as peer:
            peer.sendall(data)
            answer = b""
            try:
                while part := peer.recv(65536):
                    answer += part
            except TimeoutError:
                return None
            return answer

    def status(self, data):
        answer = self.exchange(data)
        return int(answer.split()[1]) if answer else None

    def test_requests_that_are_none(self):
        host = b"Host: x\r\nConnection: close\r\n"
        for line, expected in (
                (b"GET /../../etc/passwd HTTP/1.1", 400), (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", 400),
                (b"GET /..%2f..%2fetc/passwd HTTP/1.1", 400), (b"GET /api//me HTTP/1.1", 400),
                (b"GET /api/%ff HTTP/1.1", 400), (b"GET /api/%00 HTTP/1.1", 400),
                (b"GET http://x/api/me HTTP/1.1", 400),
                (b"TRACE /api/me HTTP/1.1", 405), (b"OPTIONS /api/me HTTP/1.1", 405), (b"PATCH /api/me HTTP/1.1", 405),
                (b"HELLO", 400), (b"\x16\x03\x01\x00\xa5", 400)):
            with self.subTest(line=line):
                self.assertEqual(self.status(line + b"\r\n" + host + b"\r\n"), expected)

    def test_sizes(self):
        head = b"POST /api/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        self.assertEqual(self.status(head + b"Content-Length: 99999999999\r\n\r\n"), 413)
        self.assertEqual(self.status(head + b"Content-Length: 10\r\nX: " + b"x" * 40_000 + b"\r\n\r\n"), 431)
        self.assertEqual(self.status(head + b"Content-Length: -5\r\n\r\n"), 400)
        self.assertEqual(self.status(head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400)
        deep = b"[" * 60_000
        self.assertEqual(self.status(head + b"Content-Length: %d\r\n\r\n" % len(deep) + deep), 400)

    def test_a_slow_client_is_cut_off_and_others_are_served(self):
        slow = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(200)]
        for peer in slow:
            peer.sendall(b"GET /api/me HTTP/1.1\r\nHo")
        started = time.monotonic()
        self.assertEqual(self.admin.ask("GET", "/api/me")[0], 200)
        self.assertLess(time.monotonic() - started, 5)
        for peer in slow:
            peer.settimeout(30)
            self.assertEqual(peer.recv(100), b"")
            peer.close()

    def test_the_address_of_the_peer_and_the_host_change_nothing(self):
        lines = b"GET /api/me HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-For: 127.0.0.1\r\nConnection: close\r\n\r\n"
        answer = self.exchange(lines)
        self.assertIn(b" 401 ", answer.split(b"\r\n")[0])
        self.assertNotIn(b"evil.example", answer)
        self.assertEqual(json.loads(answer.split(b"\r\n\r\n", 1)[1])["rule"], "sign_in.needed")


if __name__ == "__main__":
    unittest.main()
