"""What passes between the server and other systems: messages, dialled calls, changes, webhooks, files in a folder. The
systems are played by tools/outside_simulator.py; they fail, repeat themselves, and are not who they say they are."""

import json
import threading
import time
import unittest

from outside_program import (GATEWAY_SETTINGS, POLICY_HEAD, SECRET, VISIT_SETTINGS, OutsideTest, eventually,
                             linked_policy)
from server_program import AT, Client, on_both_databases

A_MINUTE_LATER, AN_HOUR_LATER = "2021-10-20T10:02:00+08:00", "2021-10-20T11:00:00+08:00"
A_DAY_LATER = "2021-10-21T10:00:00+08:00"


class Program(Client):
    """Another system with a token of its own."""

    def __init__(self, server, token):
        super().__init__(server)
        self.token = token

    def ask(self, *request, headers=(), **more):
        return super().ask(*request, headers={**dict(headers), "Authorization": f"Bearer {self.token}"}, **more)


@on_both_databases
class MessagesTest(OutsideTest):
    settings = GATEWAY_SETTINGS
    links = 2

    def setUp(self):
        super().setUp()
        self.office = self.person("wangban", "branch_handler", org="3501")

    def link(self, policy_no="V0"):
        return self.office.get(f"/api/cases/{policy_no}/links")["rows"][-1]

    def status_of(self, policy_no, state):
        return eventually(lambda: self.link(policy_no)["message_state"] == state and self.link(policy_no))

    def test_a_message_is_sent_once_and_its_delivery_noted(self):
        sent = self.arrived("/messages", 2)
        self.status_of("V0", "sent")
        first = next(message for message in sent if message["to"] == "13812340000")
        self.assertEqual(first["Shouyue-Id"], first["id"])
        for text in ("示范人寿", "2021-10-24", "95500"):
            self.assertIn(text, first["text"])
        self.assertNotIn("李秀英", first["text"])
        report = {"id": first["id"], "state": "delivered"}
        self.assertEqual(self.tell("/api/ports/messages", report), 204)
        self.assertEqual(self.status_of("V0", "delivered")["message_fault"], "")
        self.assertEqual(self.tell("/api/ports/messages", report), 204)
        self.assertEqual(self.tell("/api/ports/messages", {**report, "state": "failed", "fault": "late"}), 204)
        self.assertEqual(self.link("V0")["message_state"], "delivered")
        time.sleep(3)
        self.assertEqual(len(self.outside.arrived["/messages"]), 2)

    def test_reports_that_are_not_from_the_gateway(self):
        report = {"id": self.arrived("/messages", 2)[0]["id"], "state": "delivered"}
        now = int(time.time())
        for secret, seconds, status in (("another secret of some length", now, 401), (SECRET, now - 301, 401),
                                        (SECRET, now + 400, 401), (SECRET, now - 200, 204)):
            self.assertEqual(self.tell("/api/ports/messages", report, secret, seconds), status, (secret, seconds))
        self.assertEqual(Client(self.server).rule("POST", "/api/ports/messages", report), (401, "port.signature"))
        for strange in ("", "zz", "0" * 27, "f" * 27):
            self.assertEqual(self.tell("/api/ports/messages", {"id": strange, "state": "delivered"}), 404)
        self.assertEqual(self.tell("/api/ports/messages", {**report, "state": "eaten"}), 400)

    def test_a_number_that_the_gateway_refuses_is_not_tried_again(self):
        self.status_of("V0", "sent")
        self.outside.statuses["/messages"] = [422]
        self.assertEqual(self.office.ask("POST", "/api/cases/V0/links", {})[0], 201)
        self.assertEqual(self.status_of("V0", "failed")["message_fault"], "HTTP 422")
        self.begin_again(A_DAY_LATER)
        self.office.server = self.server
        time.sleep(3)
        self.assertEqual(len(self.outside.arrived["/messages"]), 2)


@on_both_databases
class GatewayDownTest(OutsideTest):
    settings = GATEWAY_SETTINGS
    links = 1

    def fill(self):
        super().fill()
        self.outside.is_down = True

    def test_a_gateway_that_comes_back_gets_what_waited(self):
        office = self.person("wangban", "branch_handler", org="3501")
        row = eventually(lambda: next((row for row in office.get("/api/cases/V0/links")["rows"]
                                       if row["message_fault"]), None))
        self.assertEqual(row["message_state"], "waiting")
        self.assertNotIn("13812340000", row["message_fault"])
        self.outside.is_down = False
        self.begin_again(A_MINUTE_LATER)
        self.assertEqual(self.arrived("/messages", 1)[0]["to"], "13812340000")


class SpoolTest(OutsideTest):
    settings = VISIT_SETTINGS + '[messages]\nspool = "spool"\ntexts = "texts.toml"\n'
    links = 1

    def fill(self):
        super().fill()
        (self.folder.path / "spool").mkdir()
        self.folder.write("texts.toml", 'visit_link = "请打开 {link}"\n')

    def test_messages_in_a_folder(self):
        spool = self.folder.path / "spool"
        path = eventually(lambda: next(iter(spool.glob("*.json")), None))
        message = json.loads(path.read_text(encoding="utf-8"))
        self.assertEqual((message["id"], message["to"]), (path.stem, "13812340000"))
        self.assertTrue(message["text"].startswith("请打开 https://huifang.example.cn/visit.html#"))
        office = self.person("wangban", "branch_handler", org="3501")
        path.unlink()
        (spool / f"{message['id']}.status").write_text("failed 关机\n", encoding="utf-8")
        row = eventually(lambda: next((row for row in office.get("/api/cases/V0/links")["rows"]
                                       if row["message_state"] == "failed"), None))
        self.assertEqual(row["message_fault"], "关机")
        eventually(lambda: not list(spool.iterdir()))

    def test_a_text_with_a_blank_that_nobody_fills(self):
        self.stop(self.server)
        self.folder.write("texts.toml", 'visit_link = "{holder_id_no} {link}"\n')
        done = self.folder.run("serve", "--listen", "127.0.0.1:0")
        self.assertIn("message.unknown_blank", done.stderr)


@on_both_databases
class ChangesTest(OutsideTest):
    links = 3

    def program(self, role="core_system"):
        self.admin.ask("PUT", "/api/accounts/hexin", {"display_name": "核心", "role": role, "org_code": "00"})
        status, answer = self.admin.ask("POST", "/api/accounts/hexin/token", {})
        self.assertEqual(status, 201, answer)
        return Program(self.server, answer["token"])

    def attempts(self, *policies, first=0):
        rows = "".join(f"A{first}-{number},{number},first_call,2021-10-20 09:30:00,no_answer\n" for number in policies)
        self.folder.load("attempts", "attempt_id,policy_no,leg,started_at,connection\n" + rows, name=f"a{first}.csv")
        self.folder.must("--now", AN_HOUR_LATER, "run")

    def test_who_goes_on_from_the_last_position_misses_nothing(self):
        core = self.program()
        first = core.get("/api/changes?limit=2")
        self.assertEqual(len(first["rows"]), 2)
        rest = core.get(f"/api/changes?after={first['next']}")
        self.assertEqual(sorted(row["policy_no"] for row in first["rows"] + rest["rows"]), ["V0", "V1", "V2"])
        self.assertEqual(rest["rows"][0]["case"]["regime"], "call-centre-2021")
        after = rest["next"]
        self.assertEqual(core.get(f"/api/changes?after={after}"), {"rows": [], "next": after})
        self.attempts("V1")
        changed = core.get(f"/api/changes?after={after}")
        self.assertEqual([(row["policy_no"], row["case"]["attempts"]) for row in changed["rows"]], [("V1", 1)])
        self.folder.must("--now", AN_HOUR_LATER, "rebuild")
        self.assertEqual(core.get(f"/api/changes?after={changed['next']}")["rows"], [])
        self.assertEqual(core.rule("GET", "/api/changes?after=x"), (400, "request.parameter"))

    def test_nothing_is_skipped_while_several_write(self):
        core = self.program()
        rows = [linked_policy(f"X{n}", f"1391234{n:04}") for n in range(60)]
        self.folder.load("policies", "\n".join([POLICY_HEAD, *rows]) + "\n", name="x.csv")
        self.folder.must("--now", AN_HOUR_LATER, "run")
        seen, after = {}, core.get("/api/changes?limit=200")["next"]

        def write(part):
            for n in range(part, 60, 3):
                self.folder.load("attempts", "attempt_id,policy_no,leg,started_at,connection\n"
                                             f"W{n},X{n},first_call,2021-10-20 09:30:00,busy\n", name=f"w{n}.csv")
                self.folder.run("--now", AN_HOUR_LATER, "run")  # several at once: an overtaken one refuses

        writers = [threading.Thread(target=write, args=(part,)) for part in range(3)]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers) or core.get(f"/api/changes?after={after}")["rows"]:
            page = core.get(f"/api/changes?after={after}&limit=7")
            positions = [row["n"] for row in page["rows"]]
            self.assertEqual(positions, sorted(positions))
            seen |= {row["policy_no"]: row["case"]["attempts"] for row in page["rows"]}
            after = page["next"]
        self.folder.must("--now", AN_HOUR_LATER, "run")
        seen |= {row["policy_no"]: row["case"]["attempts"] for row in core.get(f"/api/changes?after={after}")["rows"]}
        self.assertEqual({number: seen.get(number) for number in (f"X{n}" for n in range(60))},
                         {f"X{n}": 1 for n in range(60)})

    def test_a_program_is_let_in_by_its_token_only_where_it_may(self):
        core = self.program()
        self.assertEqual(core.rule("GET", "/api/accounts"), (403, "access.denied"))
        self.assertEqual(core.rule("POST", "/api/calls/next", {}), (403, "access.denied"))
        self.assertEqual(Program(self.server, core.token[:-1] + "x").rule("GET", "/api/changes"),
                         (401, "sign_in.needed"))
        self.assertEqual(Client(self.server).sign_in("hexin", "")[0], 401)
        self.assertEqual(Client(self.server).sign_in("hexin", core.token)[0], 401)
        self.assertEqual(self.admin.rule("POST", "/api/accounts/admin/token", {}), (422, "account.no_program"))
        newer = self.program()
        self.assertEqual(core.rule("GET", "/api/changes"), (401, "sign_in.needed"))
        self.assertEqual(newer.ask("GET", "/api/changes")[0], 200)
        self.assertEqual(self.admin.ask("DELETE", "/api/accounts/hexin/token")[0], 204)
        self.assertEqual(newer.rule("GET", "/api/changes"), (401, "sign_in.needed"))


@on_both_databases
class WebhooksTest(OutsideTest):
    links = 3
    settings = '[[webhooks]]\nname = "core"\naddress = "OUTSIDE/changes"\nsecret_file = "port.secret"\n'

    def fill(self):
        super().fill()
        self.outside.is_down = True

    def state(self):
        return self.admin.get("/api/webhooks")["rows"][0]

    def test_a_receiver_that_comes_back_misses_nothing(self):
        down = eventually(lambda: self.state()["failures"] > 0 and self.state())
        self.assertEqual((down["sent_to"], down["newest"]), ("0", "3"))
        self.outside.is_down = False
        self.begin_again(A_MINUTE_LATER)
        told = self.arrived("/changes", 3)
        self.assertEqual([change["n"] for change in told], [1, 2, 3])
        self.assertEqual([change["Shouyue-Id"] for change in told], ["core-1", "core-2", "core-3"])
        eventually(lambda: self.state()["sent_to"] == "3" and self.state()["failures"] == 0)
        time.sleep(3)
        self.assertEqual(len(self.outside.arrived["/changes"]), 3)

    def test_what_is_refused_is_parked_and_others_go_on(self):
        eventually(lambda: self.state()["failures"] > 0)
        self.outside.is_down = False
        self.outside.statuses["/changes"] = [200, 400]
        self.begin_again(A_MINUTE_LATER)
        self.arrived("/changes", 1)
        row = eventually(lambda: self.state()["sent_to"] == "3" and self.state())
        self.assertEqual([(parked["tries"], parked["is_dead"], parked["fault"]) for parked in row["parked"]],
                         [(1, False, "HTTP 400")])
        status, answer = self.admin.ask("POST", "/api/webhooks/core/retry", {})
        self.assertEqual(status, 200, answer)
        noted = self.person("shenji", "auditor").get("/api/audit?action=retry_webhook")["rows"]
        self.assertEqual([(entry["who"], entry["detail"]) for entry in noted], [("admin", "core parked=1")])
        eventually(lambda: not self.state()["parked"])
        self.assertEqual([change["policy_no"] for change in self.arrived("/changes", 2)][-1],
                         row["parked"][0]["policy_no"])


class DropFolderTest(OutsideTest):
    links = 1
    settings = '[core]\ndrop = "in"\n'

    def fill(self):
        super().fill()
        (self.folder.path / "in").mkdir()

    def drop(self, name, text):
        """As the core system does: under another name first, complete when renamed."""
        part = self.folder.path / "in" / f"{name}.part"
        part.write_text(text, encoding="utf-8")
        part.rename(part.with_suffix(""))

    def test_files_are_taken_in_and_moved(self):
        good, bad = linked_policy("D1", "13912345678"), linked_policy("D2", "13912345679", issued_on="2021-13-40")
        self.drop("policies-1.csv", "\n".join([POLICY_HEAD, good, bad]) + "\n")
        self.drop("policies-2.csv", "nothing,of,this\n1,2,3\n")
        self.drop("strange.csv", "a,b\n")
        incoming = self.folder.path / "in"
        eventually(lambda: (incoming / "done/policies-1.csv").exists())
        eventually(lambda: (incoming / "failed/policies-2.csv").exists())
        eventually(lambda: (incoming / "failed/policies-2.csv.error.txt").exists())
        self.assertIn("issued_on", (incoming / "done/policies-1.csv.rejects.csv").read_text(encoding="utf-8-sig"))
        self.assertIn("import.missing_column",
                      (incoming / "failed/policies-2.csv.error.txt").read_text(encoding="utf-8"))
        self.assertTrue((incoming / "strange.csv").exists())
        eventually(lambda: "D1" in [row["policy_no"] for row in self.folder.rows("export", "cases")])
        self.drop("policies-1.csv", "\n".join([POLICY_HEAD, good, bad]) + "\n")
        eventually(lambda: (incoming / "done/2-policies-1.csv").exists())

    def test_with_markers_a_file_waits_for_its_own(self):
        self.stop(self.server)
        self.folder.write("server.toml", '[core]\ndrop = "in"\nneeds_marker = true\n')
        self.begin_again(AT)
        self.drop("policies-3.csv", "\n".join([POLICY_HEAD, linked_policy("D3", "13912345670")]) + "\n")
        time.sleep(5)
        incoming = self.folder.path / "in"
        self.assertTrue((incoming / "policies-3.csv").exists())
        (incoming / "policies-3.csv.done").touch()
        eventually(lambda: (incoming / "done/policies-3.csv").exists())
        self.assertFalse((incoming / "policies-3.csv.done").exists())


@on_both_databases
class TelephonyTest(OutsideTest):
    links = 1
    settings = '[telephony]\naddress = "OUTSIDE/dial"\nsecret_file = "port.secret"\n'
    profile = OutsideTest.profile.replace("call-centre-2021", "pacific-2010")

    def fill(self):
        super().fill()
        row = linked_policy("T1", "13912345678", issued_on="2021-10-08")
        self.folder.load("policies", "\n".join([POLICY_HEAD, row]) + "\n", name="t.csv")
        self.folder.load("receipts", "policy_no,signed_on\nT1,2021-10-12\n", name="tr.csv")
        self.folder.must("--now", AT, "run")

    def setUp(self):
        super().setUp()
        self.seat = self.person("zuoxi1", "call_agent", seat="S1")
        self.other = self.person("zuoxi2", "call_agent", seat="S2")

    def dial_state(self, state):
        return eventually(lambda: self.seat.get("/api/calls/T1/dial")["state"] == state and
                          self.seat.get("/api/calls/T1/dial"))

    def test_a_seat_has_its_case_dialled(self):
        self.assertEqual(self.seat.rule("POST", "/api/calls/T1/dial", {}), (409, "dial.not_held"))
        self.assertEqual(self.seat.get("/api/calls/T1/dial")["state"], "none")
        self.assertEqual(self.seat.ask("POST", "/api/calls/next", {})[1]["call"]["policy_no"], "T1")
        self.assertEqual(self.other.rule("POST", "/api/calls/T1/dial", {}), (409, "dial.not_held"))
        self.assertEqual(self.seat.rule("POST", "/api/calls/T1/dial", {"phone": "work_phone"}), (422, "dial.no_phone"))
        status, asked = self.seat.ask("POST", "/api/calls/T1/dial", {})
        self.assertEqual((status, asked["state"]), (201, "waiting"))
        dialled = self.arrived("/dial", 1)[0]
        self.assertEqual((dialled["to"], dialled["seat"], dialled["account"]), ("13912345678", "S1", "zuoxi1"))
        self.assertNotIn("13912345678", str(self.dial_state("asked")))
        event = {"id": dialled["id"], "event": "ringing"}
        self.assertEqual(self.tell("/api/ports/calls", event), 204)
        self.dial_state("ringing")
        self.assertEqual(self.tell("/api/ports/calls", {**event, "event": "answered"}), 204)
        answered = self.dial_state("answered")
        self.assertEqual(self.tell("/api/ports/calls", {**event, "event": "ended", "recording_id": "R-1"}), 204)
        ended = self.dial_state("ended")
        self.assertEqual((ended["recording_id"], ended["answered_at"]), ("R-1", answered["answered_at"]))
        for replayed in (event, {**event, "event": "ended", "recording_id": "R-2"}):
            self.assertEqual(self.tell("/api/ports/calls", replayed), 204)
        self.assertEqual(self.seat.get("/api/calls/T1/dial"), ended)

    def test_events_that_are_not_from_the_exchange(self):
        self.seat.ask("POST", "/api/calls/next", {})
        self.seat.ask("POST", "/api/calls/T1/dial", {})
        event = {"id": self.arrived("/dial", 1)[0]["id"], "event": "ringing"}
        self.dial_state("asked")
        self.assertEqual(self.tell("/api/ports/calls", event, "another secret of some length"), 401)
        self.assertEqual(self.tell("/api/ports/calls", event, seconds=int(time.time()) - 400), 401)
        self.assertEqual(self.tell("/api/ports/calls", {**event, "event": "sang"}), 400)
        self.assertEqual(self.tell("/api/ports/calls", {**event, "id": "0" * 27}), 404)
        self.assertEqual(self.seat.get("/api/calls/T1/dial")["state"], "asked")

    def test_an_exchange_that_is_down_is_told_to_the_seat(self):
        self.outside.is_down = True
        self.seat.ask("POST", "/api/calls/next", {})
        self.seat.ask("POST", "/api/calls/T1/dial", {})
        failed = self.dial_state("failed")
        self.assertIn("does not answer", failed["fault"])
        self.assertNotIn("13912345678", failed["fault"])


if __name__ == "__main__":
    unittest.main()
