"""A sealed store in which people, policyholders and other systems worked: there is something of everything."""

import time

from outside_program import GATEWAY_SETTINGS, POLICY_HEAD, OutsideTest, linked_policy
from sealing_test import SealedFolder
from server_program import AT, Client
from shouyue_program import attempts, policies, policy

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(range(256)) * 700  # three chunks of a sealed file
PDF = b"%PDF-1.7 the signature of the holder, Zhang San"
SECRET_NAME = "李秀英"
TICKET = "/api/tickets/P1-problem-1"
WEBHOOK = '[[webhooks]]\nname = "core"\naddress = "OUTSIDE/changes"\nsecret_file = "port.secret"\n'


class FolderWithTemporaryFiles(SealedFolder):
    """What the program puts aside is here to be looked at."""

    def environment(self):
        (self.path / "aside").mkdir(exist_ok=True)
        return {**super().environment(), "TMPDIR": str(self.path / "aside")}


class Program(Client):
    """Another system with a token of its own."""
    token = ""

    def ask(self, *request, headers=(), **more):
        return super().ask(*request, headers={**dict(headers), "Authorization": f"Bearer {self.token}"}, **more)


def wrap_up(call, number, **more):
    return ("POST", f"/api/calls/{call['policy_no']}/wrap-up",
            {"fence": call["fence"], "attempt_id": number, "leg": call["leg"], "started_at": AT,
             "connection": "no_answer", "corrected": [], "open": [], **more})


class LivedInTest(OutsideTest):
    """Four persons are signed in: `office` has handed in evidence for a ticket and asked for an exception, `seat` has
    called, recorded and holds a case, `chief` has imported a file with rejects, `core` has a token. A link waits to be
    sent to a policyholder by a gateway that is down, a webhook to be acknowledged."""

    profile = ('insurer = "示范人寿"\n'
               'assign = [ { regime = "pacific-2010", channel = "agency" }, '
               '{ regime = "call-centre-2021", channel = "telesales" } ]\n')
    folder_kind = FolderWithTemporaryFiles
    settings = GATEWAY_SETTINGS + WEBHOOK
    links = 2
    callable_cases = 12

    def fill(self):
        super().fill()
        self.outside.is_down = True
        numbers = [f"C{n:03}" for n in range(self.callable_cases)]
        calls = [linked_policy(number, f"1391234{n:04}", issued_on="2021-10-08", id_number="")
                 .replace("telesales", "agency") for n, number in enumerate(numbers)]
        self.folder.load("policies", "\n".join([POLICY_HEAD, *calls]) + "\n", name="calls.csv")
        self.folder.load("policies", policies(policy("P1"), policy("Q1", mobile="13812345678", org="35"))
                         .replace("agency", "telesales"), name="more.csv")
        self.folder.load("receipts", "policy_no,signed_on\n"
                         + "".join(f"{number},2021-10-12\n" for number in ("P1", "Q1", *numbers)), name="signed.csv")
        self.folder.load("attempts", attempts("E1,P1,first_call,2021-10-18 10:00:00,,answered,holder,verified,complete,"
                                              "proxy_signature_documents:open"))
        self.folder.must("--now", AT, "run")

    def setUp(self):
        super().setUp()
        self.office = self.person("fuzhou", "branch_handler", org="35")
        self.chief = self.person("dudao", "supervisor")
        self.seat = self.person("zuoxi1", "call_agent", org="3501", seat="S1")
        self.core = Program(self.server)
        self.must(self.admin, 200, "PUT", "/api/accounts/hexin",
                  {"display_name": "核心", "role": "core_system", "org_code": "00"})
        self.core.token = self.must(self.admin, 201, "POST", "/api/accounts/hexin/token", {})["token"]
        self.live_in()

    def must(self, person, expected, *request):
        status, answer = person.ask(*request)
        self.assertEqual(status, expected, (request, answer))
        return answer

    def live_in(self):
        self.evidence = self.must(self.office, 201, "POST", f"{TICKET}/files?name=补签名.pdf", PDF)["attachment_id"]
        self.must(self.office, 201, "POST", "/api/exceptions",
                  {"kind": "waiver", "policy_no": "Q1", "reason": "客户已签署《回访确认书》"})
        call = self.next_call(self.seat)
        self.called = call["policy_no"]
        self.must(self.seat, 200, "POST", f"/api/calls/{self.called}/identity",
                  {"claims": [{"item": "birth_date", "said": "1960-01-31"}]})
        kept = self.must(self.seat, 201, "POST", f"/api/calls/{self.called}/recordings?attempt_id=T1", WAV)
        self.recording = f"/api/calls/{self.called}/recordings/{kept['recording_id']}"
        self.must(self.seat, 201, *wrap_up(call, "T1", note="改打 13600001111"))
        self.held = self.next_call(self.seat)
        self.take_in(policies(policy("N1", mobile="13700000001"), policy("N2", org="99")))

    def next_call(self, seat):
        return self.must(seat, 200, "POST", "/api/calls/next", {}).get("call")

    def take_in(self, text):
        sent = self.must(self.chief, 201, "POST", "/api/imports/files?file_name=保单.csv", text.encode())
        job = self.must(self.chief, 202, "POST", "/api/imports", {"file": sent["id"], "kind": "policies"})
        until = time.monotonic() + 30
        while self.chief.get(f"/api/jobs/{job['id']}")["state"] != "done":
            self.assertLess(time.monotonic(), until)
            time.sleep(0.05)

    def people(self):
        return self.admin, self.office, self.chief, self.seat, self.core

    def serve_again(self, *arguments):
        """Another server on the folder's database; everybody goes on with the sign-in he has."""
        self.start(*arguments)
        for person in self.people():
            person.server = self.server

    def check_nothing_is_missing(self):
        """Everything that was done is there, and work goes on."""
        self.assertEqual(self.office.ask("GET", f"{TICKET}/files/{self.evidence}"), (200, PDF))
        self.assertEqual(self.seat.ask("GET", self.recording), (200, WAV))
        self.assertEqual(self.seat.ask("GET", self.recording, headers={"Range": "bytes=65530-65545"}),
                         (206, WAV[65530:65546]))
        self.assertEqual(self.seat.get("/api/calls/current")["call"]["policy_no"], self.held["policy_no"])
        self.assertEqual([row["state"] for row in self.chief.get("/api/exceptions")["rows"]], ["asked"])
        self.assertTrue(self.core.get("/api/changes")["rows"])
        self.assertEqual(self.chief.get("/api/imports")["rows"][0]["rejected"], 1)
        self.check_nothing_lies_about()
        self.must(self.seat, 201, *wrap_up(self.held, f"T-{self.held['policy_no']}"))
        self.held = self.next_call(self.seat)

    def check_nothing_lies_about(self):
        """What was sent is not on the disk any more but sealed, and what is on its way nobody else can open."""
        for folder in (self.folder.path / "aside").iterdir():
            self.assertEqual(folder.stat().st_mode & 0o777, 0o700)
        for path in self.folder.path.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            for secret in (WAV[:32], PDF, "13600001111".encode(), SECRET_NAME.encode()):
                self.assertFalse(secret in content and path.suffix != ".csv", path)
