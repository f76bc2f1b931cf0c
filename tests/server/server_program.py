"""Runs the real server for the tests beside this file, on SQLite and on PostgreSQL, and asks it as the pages do.

Every answer is held against web/openapi.yaml: an operation, a status or a field that the file does not know fails.
"""

import http.client
import json
import pathlib
import re
import signal
import sys
import threading
import unittest
import urllib.parse
import uuid

import jsonschema
import yaml

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "cli"))

from databases_test import new_database  # noqa: E402
from shouyue_program import SOURCE, Folder, policies, policy  # noqa: E402

AT = "2021-10-20T10:00:00+08:00"
PASSWORD = "长而好记的一句话 2021"
# What a policyholder without any doubt says to the questions of a participating policy with an annual premium.
WITHOUT_DOUBT = [{"question": question, "option": "yes", "at": AT}
                 for question in ("identity", "purchase_and_signature", "documents_read", "liability", "surrender_loss",
                                  "cooling_off", "premium_term", "illustration_assumptions")]


class Contract:
    """web/openapi.yaml: what may be asked and what is answered."""

    def __init__(self, path=SOURCE / "web/openapi.yaml"):
        self.document = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        self.operations = []
        for template, methods in self.document["paths"].items():
            form = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)) + "$")
            self.operations += [(form, method.upper(), operation) for method, operation in methods.items()]
        for schema in self.document["components"]["schemas"].values():
            self._close(schema)

    def _close(self, schema):
        """An object has the properties that are written down and no others."""
        if isinstance(schema, dict):
            if "properties" in schema:
                schema.setdefault("additionalProperties", False)
            for part in schema.values():
                self._close(part)

    def operation(self, method, path):
        for form, known, operation in self.operations:
            if known == method and form.match(path):
                return operation
        return None

    def check(self, method, path, status, content_type, body):
        """Raises AssertionError when the answer is not one that the file describes."""
        operation = self.operation(method, path)
        if operation is None:
            assert status >= 400, f"{method} {path} is answered and stands not in the file"
            return
        responses = operation["responses"]
        response = responses.get(str(status)) or (responses.get("default") if status >= 400 else None)
        assert response, f"{method} {path}: the file knows no {status}"
        if "$ref" in response:
            response = self.document["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
        media = response.get("content")
        if not media:
            assert not body, f"{method} {path} {status}: no body is described"
            return
        kind = content_type.split(";")[0]
        assert kind in media, f"{method} {path} {status}: {kind} is not described"
        if "schema" in media[kind]:
            schema = {**media[kind]["schema"], "components": self.document["components"]}
            try:
                jsonschema.Draft202012Validator(schema).validate(json.loads(body))
            except jsonschema.ValidationError as wrong:
                raise AssertionError(f"{method} {path} {status}: {wrong.json_path}: {wrong.message}") from wrong


CONTRACT = Contract()


class Server:
    def __init__(self, folder, *arguments, at=AT):
        self.process = folder.start("--now", at, "serve", "--listen", "127.0.0.1:0", *arguments)
        self.notes = []
        self.reader = threading.Thread(target=lambda: self.notes.extend(self.process.stderr))
        self.reader.start()
        line = self.process.stdout.readline()
        assert line, f"the server did not start: {''.join(self.notes)}"
        self.port = int(re.search(r":(\d+)$", line.strip()).group(1))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=30)
        self.close()
        return status

    def close(self):
        self.reader.join()
        self.process.stdout.close()
        self.process.stderr.close()

    def note(self, text):
        """Waits for a line with `text` on standard error."""
        for _ in range(300):
            for note in self.notes:
                if text in note:
                    return note
            threading.Event().wait(0.1)
        raise AssertionError(f"no '{text}' in {self.notes}")


class Client:
    """A browser that is signed in or not."""

    def __init__(self, server):
        self.server, self.cookie, self.csrf = server, "", ""
        self.headers, self.flags = {}, ""

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)

    def ask(self, method, path, body=None, csrf=True, key=True, headers=()):
        """Gives the status and the body: JSON read, or bytes. `key` is the idempotency key, or True for a new one."""
        sent = {"Cookie": self.cookie} if self.cookie else {}
        if csrf and self.csrf:
            sent["X-CSRF-Token"] = self.csrf
        if key and method != "GET":
            sent["Idempotency-Key"] = str(uuid.uuid4()) if key is True else key
        sent.update(headers)
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        connection = self.connect()
        try:
            connection.request(method, urllib.parse.quote(path, safe="/?&=%:,;"), data, sent)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookie, self.flags = header.split(";")[0], header
        self.headers = answer.headers
        content_type = answer.headers.get("Content-Type", "")
        CONTRACT.check(method, path.split("?")[0], answer.status, content_type, text)
        return answer.status, json.loads(text) if "json" in content_type else text

    def get(self, path):
        """The answer of a GET that must succeed."""
        status, answer = self.ask("GET", path)
        assert status == 200, (path, status, answer)
        return answer

    def sign_in(self, name, password=PASSWORD):
        status, answer = self.ask("POST", "/api/sign-in", {"name": name, "password": password})
        if status == 200:
            self.csrf = answer["csrf"]
        return status, answer

    def rule(self, *request, **more):
        """The status and the rule of a refusal."""
        status, answer = self.ask(*request, **more)
        return status, answer.get("rule") if isinstance(answer, dict) else answer


class ServerTest(unittest.TestCase):
    """A server over a store with four policies of Fuzhou and one of the branch, ready to be called. Mark the class
    with @on_both_databases."""

    profile = 'insurer = "test"\nassign = [ { regime = "pacific-2010" } ]\n'
    at = AT  # the server's business time when it starts
    folder_kind = Folder
    database = staticmethod(lambda: "sqlite:test.db")

    def fill(self):
        """What the store holds before the server starts."""
        self.folder.open_for_business()
        self.folder.load("policies", policies(*(policy(f"P{i}", mobile=f"1381234{i:04}") for i in range(4)),
                                              policy("Q1", mobile="13812345678", org="35")))
        self.folder.load("receipts", "policy_no,signed_on\n" + "".join(f"{n},2021-10-12\n"
                                                                       for n in ("P0", "P1", "P2", "P3", "Q1")))
        self.folder.must("--now", AT, "run")

    def setUp(self):
        self.folder = self.folder_kind(self.profile, database=self.database())
        self.addCleanup(self.folder.close)
        self.fill()
        self.start()
        self.admin = Client(self.server)
        once = re.search(r"one-time password: (\S+)", self.server.note("one-time password")).group(1)
        self.assertEqual(self.admin.sign_in("admin", once)[0], 200)
        self.choose_password(self.admin, once)

    def start(self, *arguments):
        self.server = Server(self.folder, *arguments, at=self.at)
        self.addCleanup(self.stop, self.server)

    @staticmethod
    def stop(server):
        if server.process.returncode is None:
            server.stop()

    def choose_password(self, client, before):
        status, answer = client.ask("PUT", "/api/me/password", {"before": before, "after": PASSWORD})
        self.assertEqual(status, 204, answer)

    def person(self, name, role, org="00", **more):
        """A new account, signed in with a password of its own."""
        request = {"display_name": name, "role": role, "org_code": org, **more}
        status, answer = self.admin.ask("PUT", f"/api/accounts/{name}", request)
        self.assertEqual(status, 200, answer)
        client = Client(self.server)
        once = answer["one_time_password"]
        self.assertEqual(client.sign_in(name, once)[0], 200)
        self.choose_password(client, once)
        return client


def on_both_databases(case):
    """Makes the class run on SQLite, and a second one of it on PostgreSQL."""
    module = sys.modules[case.__module__]
    twin = type(f"{case.__name__}OnPostgresql", (case,), {"database": staticmethod(new_database),
                                                          "__module__": case.__module__})
    setattr(module, twin.__name__, twin)
    return case
