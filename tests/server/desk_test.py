"""What a seat has on its desk during a call: the card, the number, who is on the line, the questions and their answers,
when to call again, the recording."""

import contextlib
import hashlib
import json
import sqlite3
import time
import unittest

from server_program import AT, WITHOUT_DOUBT, ServerTest, on_both_databases

HEAD = ("policy_no,channel,org_code,agent_code,product_code,holder_name,holder_id_type,holder_id_no,insured_name,"
        "mobile_phone,home_phone,premium,pay_mode,pay_years,term_months,issued_on,effective_on,language,"
        "special_request")
WAV = b"RIFF\x24\x08\x00\x00WAVEfmt " + bytes(range(256)) * 8
LATER = "2021-10-20T16:00:00+08:00"


def policy(number, org="3501", insured="李四", phone="13812345678", language=""):
    return (f"{number},agency,{org},A1,P1,张三丰,id_card,11010519491231002X,{insured},{phone},059187654321,6000,annual,"
            f"10,240,2021-10-08,2021-10-09,{language},early_visit")


@on_both_databases
class DeskTest(ServerTest):
    profile = ('insurer = "test"\nassign = [ { regime = "pacific-2010" } ]\n'
               '[[seats]]\nid = "S1"\n[[seats]]\nid = "S2"\nlanguages = ["闽南话"]\n')

    def fill(self):
        self.folder.open_for_business()
        self.folder.load("policies", "\n".join((HEAD, policy("P1"), policy("P2", insured="张三丰", phone="13812345679"),
                                                policy("Q1", org="35", phone="13812345680"))) + "\n")
        self.folder.load("receipts", "policy_no,signed_on\nP1,2021-10-12\nP2,2021-10-12\nQ1,2021-10-12\n")
        self.folder.must("--now", AT, "run")

    def setUp(self):
        super().setUp()
        self.seat = self.person("zuoxi1", "call_agent", org="3501", seat="S1")

    def next(self, seat=None):
        return (seat or self.seat).ask("POST", "/api/calls/next", {})[1].get("call")

    def wrap_up(self, call, number, connection="answered", **more):
        complete = {"party": "holder", "identity": "verified", "interview": "complete", "answers": WITHOUT_DOUBT}
        spoken = complete if connection == "answered" else {}
        request = {"fence": call["fence"], "attempt_id": number, "leg": call["leg"], "started_at": AT,
                   "connection": connection, "corrected": [], "open": [], **spoken, **more}
        return "POST", f"/api/calls/{call['policy_no']}/wrap-up", request

    def audit(self):
        self.folder.must("audit", "verify")
        (self.folder.path / "audit.db").unlink(missing_ok=True)
        self.folder.must("copy", "--from", self.folder.database, "--to", "sqlite:audit.db")
        with contextlib.closing(sqlite3.connect(self.folder.path / "audit.db")) as copy:
            return "\n".join(" ".join(row) for row in copy.execute("SELECT who, action, detail FROM audit"))

    def test_the_card_says_what_the_agent_must_know_and_hides_who_it_is(self):
        self.assertEqual(self.seat.ask(*self.wrap_up(self.next(), "T1", "busy", note="占线", phone_position=1))[0], 201)
        self.assertEqual(self.folder.rows("export", "attempts")[0]["phone"], "0591*****321")
        card = self.seat.get("/api/calls/P1")
        self.assertEqual(card["holder"], {"name_masked": "张**", "gender": "", "insured_name_masked": "李*", "age": 71})
        self.assertEqual(card["phones_masked"], ["138****5678", "0591*****321"])
        self.assertEqual((card["policy"]["effective_on"], card["receipt"]["signed_on"]), ("2021-10-09", "2021-10-12"))
        self.assertEqual((card["policy"]["product_name"], card["policy"]["product_type"]), ("红利", "participating"))
        self.assertEqual((card["policy"]["premium"], card["policy"]["special_request"]), ("6000.00", "early_visit"))
        self.assertEqual([(a["attempt_id"], a["connection"], a["made_by"]) for a in card["attempts"]],
                         [("T1", "busy", "zuoxi1")])
        self.assertEqual(card["why_now"][0]["id"], "pacific-2010/followup.leg.first_call")
        self.assertIn("number", [group["id"] for group in card["reason_groups"]])
        self.assertEqual((card["slots_left"], card["languages"]), (2, ["闽南话"]))
        text = json.dumps(card, ensure_ascii=False)
        for secret in ("张三丰", "李四", "13812345678", "0591876", "1949", "002X"):
            self.assertNotIn(secret, text)
        self.assertEqual(self.seat.rule("GET", "/api/calls/Q1"), (404, "policy.not_found"))

    def test_the_number_is_shown_to_the_seat_that_holds_the_case_and_noted(self):
        call = self.next()
        path, asked = "/api/calls/P1/contact", {"fence": call["fence"], "reason": "回访拨号"}
        status, contact = self.seat.ask("POST", path, asked)
        self.assertEqual((status, contact), (200, {"holder_name": "张三丰", "insured_name": "李四",
                                                   "phones": ["13812345678", "059187654321"]}))
        self.assertIn("call P1: 回访拨号", self.audit())
        self.assertEqual(self.seat.ask("POST", path, {**asked, "names_only": True})[1]["phones"], [])
        self.assertEqual(self.seat.rule("POST", path, {**asked, "reason": " "}), (400, "unmask.reason"))
        self.assertEqual(self.seat.rule("POST", path, {**asked, "fence": 99}), (409, "claim.not_held"))
        other = self.person("zuoxi2", "call_agent", org="3501", seat="S2")
        self.assertEqual(other.rule("POST", path, asked), (409, "claim.not_held"))

    def check(self, seat=None, **said):
        claims = [{"item": item, "said": text} for item, text in said.items()]
        return (seat or self.seat).ask("POST", "/api/calls/P1/identity", {"claims": claims})

    def test_the_identity_is_compared_without_being_shown(self):
        check = self.check
        self.assertEqual(self.seat.get("/api/calls/P1")["identity_items"], ["id_tail", "birth_date", "insured_name"])
        self.assertEqual(self.seat.get("/api/calls/P2")["identity_items"], ["id_tail", "birth_date"])
        status, result = check(id_tail="００２x", birth_date="1949-12-31", insured_name=" 李四 ")
        self.assertEqual((status, result["identity"], result["tries_left"]), (200, "verified", 5))
        self.assertEqual(check(insured_name="李四")[1]["identity"], "failed")
        status, result = check(id_tail="1234", birth_date="1949-12-31")
        self.assertEqual(result["findings"], [{"item": "id_tail", "matches": False},
                                              {"item": "birth_date", "matches": True}])
        self.assertEqual((result["identity"], result["tries_left"]), ("failed", 3))
        for _ in range(3):
            self.assertEqual(check(id_tail="1234")[0], 200)
        self.assertEqual(check(id_tail="002X")[1]["rule"], "identity.too_many_tries")
        self.assertEqual(check()[1]["rule"], "identity.nothing_said")
        self.assertEqual(check(shoe_size="42")[1]["rule"], "identity.unknown_item")
        journal = self.audit()
        self.assertIn("P1 id_tail:0", journal)
        self.assertNotIn("1949", journal)

    def test_nobody_is_verified_without_a_check_of_the_same_call_that_passed(self):
        call = self.next()
        other = self.person("zuoxi2", "call_agent", org="3501", seat="S2")
        self.check(other, id_tail="002X")
        self.check(id_tail="1234")
        self.assertEqual(self.seat.rule(*self.wrap_up(call, "T1")), (422, "identity.not_checked"))
        self.assertEqual(self.check(id_tail="002X")[1]["identity"], "verified")
        begun = self.seat.get("/api/me")["now"][:19]  # of a call after the check
        while (now := self.seat.get("/api/me")["now"])[:19] == begun:
            time.sleep(0.1)
        self.assertEqual(self.seat.rule(*self.wrap_up(call, "T1", started_at=now)), (422, "identity.not_checked"))
        self.assertEqual(self.seat.ask(*self.wrap_up(call, "T1"))[1]["success"], True)

    def test_the_questions_follow_the_answers(self):
        path = "/api/calls/P1/questions"
        everything = [question["id"] for question in self.seat.get(path)["questions"]]
        self.assertEqual((everything[0], len(everything)), ("identity", 8))
        self.assertIn("张**", self.seat.get(path)["questions"][0]["text"])
        refused = self.seat.get(f"{path}?answers=identity:no")
        self.assertEqual(([question["id"] for question in refused["questions"]], refused["ended_by"]),
                         (["identity"], "identity"))
        going_on = self.seat.get(f"{path}?answers=identity:yes,liability:no")
        self.assertEqual([question["id"] for question in going_on["questions"]], everything)
        self.assertNotIn("ended_by", going_on)
        self.assertEqual(self.seat.rule("GET", f"{path}?answers=identity"), (400, "answers.form"))

    def answers(self, call, **other):
        questions = self.seat.get(f"/api/calls/{call['policy_no']}/questions")["questions"]
        return [{"question": question["id"], "option": other.get(question["id"], "yes"), "at": AT,
                 "recording_offset": n * 10} for n, question in enumerate(questions)]

    def test_answers_are_kept_with_the_wording_and_a_doubt_must_be_named(self):
        call = self.next()
        answers = self.answers(call, liability="no")
        self.assertEqual(self.seat.rule(*self.wrap_up(call, "T1", answers=answers)), (422, "answers.finding_missing"))
        self.assertEqual(self.seat.rule(*self.wrap_up(call, "T1", answers=answers[:3])), (422, "answers.incomplete"))
        wrong = [{**answers[0], "question": "shoes"}]
        self.assertEqual(self.seat.rule(*self.wrap_up(call, "T1", interview="partial", answers=wrong)),
                         (400, "answers.unknown_question"))
        corrected = self.wrap_up(call, "T1", answers=answers, corrected=["notice_or_liability_unclear"])
        self.check(id_tail="002X")
        for _ in range(2):
            status, outcome = self.seat.ask(*corrected)
            self.assertEqual((status, outcome["result_class"], outcome["success"]), (201, "substandard", True), outcome)
        kept = self.seat.get("/api/calls/P1")["attempts"][0]["answers"]
        self.assertEqual([answer["option"] for answer in kept].count("no"), 1)
        self.assertEqual((len(kept), kept[0]["wording"]), (8, "请问您是投保人{holder_name}本人吗？"))
        self.assertEqual(kept[3]["recording_offset"], 30)
        self.assertEqual(self.server.stop(), 0)
        self.folder.must("--now", AT, "rebuild", "--check")

    def test_an_interview_is_complete_when_everything_that_is_asked_was_answered(self):
        call = self.next()
        self.check(id_tail="002X")
        ended = self.answers(call, identity="no")[:1]
        for answers in ([], WITHOUT_DOUBT[:-1], WITHOUT_DOUBT[1:], ended):
            refused = self.seat.rule(*self.wrap_up(call, "T1", answers=answers))
            self.assertEqual(refused, (422, "answers.incomplete"), answers)
        unheard = self.wrap_up(call, "T1", connection="no_answer", party="holder", identity="verified",
                               interview="complete", answers=WITHOUT_DOUBT)
        self.assertEqual(self.seat.rule(*unheard), (400, "interview.not_answered"))
        self.assertEqual(self.folder.rows("export", "attempts"), [])
        status, outcome = self.seat.ask(*self.wrap_up(call, "T1", answers=WITHOUT_DOUBT[:-1], interview="partial"))
        self.assertEqual((status, outcome["success"]), (201, False), outcome)
        # Told again, it is put right by the answer that was missing; what was answered before is known.
        status, outcome = self.seat.ask(*self.wrap_up(call, "T1", answers=WITHOUT_DOUBT[-1:]))
        self.assertEqual((status, outcome["success"]), (201, True), outcome)
        status, outcome = self.seat.ask(*self.wrap_up(call, "T1", answers=[], note="客户致谢"))
        self.assertEqual((status, outcome["success"]), (201, True), outcome)
        self.assertEqual(self.server.stop(), 0)
        self.folder.must("--now", AT, "rebuild", "--check")

    def test_an_identity_is_verified_in_whatever_language_it_is_said(self):
        refused = self.seat.rule(*self.wrap_up(self.next(), "T1", identity="核实通过"))
        self.assertEqual(refused, (422, "identity.not_checked"))

    def test_an_unclear_answer_leaves_the_doubt_that_the_book_says(self):
        questions = {one["id"]: one for one in self.seat.get("/api/calls/P1/questions")["questions"]}
        signature = questions["purchase_and_signature"]
        self.assertEqual((signature["finding"], signature["finding_unclear"]),
                         ("proxy_signature_documents", "signature_unsure"))
        self.assertEqual((questions["identity"]["finding_unclear"], questions["liability"]["finding_unclear"]),
                         ("", "notice_or_liability_unclear"))
        call = self.next()
        self.check(id_tail="002X")
        answers = self.answers(call, purchase_and_signature="unclear")
        for named in ([], ["proxy_signature_documents"]):
            self.assertEqual(self.seat.rule(*self.wrap_up(call, "T1", answers=answers, open=named)),
                             (422, "answers.finding_missing"))
        status, outcome = self.seat.ask(*self.wrap_up(call, "T1", answers=answers, open=["signature_unsure"]))
        self.assertEqual((status, outcome["result_class"]), (201, "problem"), outcome)

    def test_answers_after_the_end_of_the_interview_are_kept_as_not_applicable(self):
        call = self.next()
        answers = self.answers(call, identity="no")
        request = self.wrap_up(call, "T1", party="other", identity="failed", interview="partial", answers=answers)
        self.assertEqual(self.seat.ask(*request)[0], 201)
        kept = self.seat.get("/api/calls/P1")["attempts"][0]["answers"]
        self.assertEqual([answer["not_applicable"] for answer in kept], [False] + [True] * 7)

    def test_answers_can_be_imported_and_a_copy_holds_them(self):
        rows = "policy_no,attempt_id,question,option,at\nP1,T9,identity,是,2021-10-20 09:00:00\n"
        self.assertIn("1", self.folder.load("answers", rows).stdout)
        self.folder.load("answers", rows.replace("P1", "P7"), status=3)
        before = self.folder.must("export", "cases").stdout
        self.folder.must("--now", AT, "rebuild", "--check")
        self.folder.must("copy", "--from", self.folder.database, "--to", "sqlite:other.db")
        self.assertEqual(self.folder.must("--db", "sqlite:other.db", "export", "cases").stdout, before)

    def test_only_legal_moments_can_be_promised(self):
        call = self.next()
        slots = self.seat.get(f"/api/calls/P1/slots?days=3&made_at={AT.replace('+', '%2B')}")
        by_time = {slot["at"]: slot for slot in slots["slots"]}
        self.assertEqual(by_time["2021-10-20T15:30:00+08:00"]["layer"], "interval")
        self.assertEqual(by_time["2021-10-20T15:30:00+08:00"]["clause"]["id"],
                         "pacific-2010/followup.leg.first_call.interval_hours")
        self.assertTrue(by_time[LATER]["is_legal"])
        self.assertEqual(by_time["2021-10-21T08:30:00+08:00"]["layer"], "window")
        self.assertNotIn("2021-10-20T10:00:00+08:00", by_time)
        self.assertEqual(len([slot for slot in slots["slots"] if slot["at"].startswith("2021-10-22")]), 28)
        self.assertEqual(self.seat.rule("GET", "/api/calls/P1/slots?days=0"), (400, "request.parameter"))
        early = self.wrap_up(call, "T1", "inconvenient", appointment_at="2021-10-20T15:30:00+08:00")
        self.assertEqual(self.seat.rule(*early), (422, "slots.not_legal"))
        later = self.wrap_up(call, "T1", "inconvenient", appointment_at=LATER)
        for _ in range(2):
            status, outcome = self.seat.ask(*later)
            self.assertEqual((status, outcome["next_slot_from"]), (201, LATER), outcome)

    def test_a_case_is_held_as_long_as_the_page_asks_for_it(self):
        self.assertEqual(self.seat.get("/api/calls/current"), {})
        call = self.next()
        held = self.seat.get("/api/calls/current")["call"]
        self.assertEqual(held, {key: call[key] for key in ("policy_no", "leg", "fence", "lease_until")})
        path, own = f"/api/calls/{call['policy_no']}/renew", {"fence": call["fence"]}
        status, lease = self.seat.ask("POST", path, own)
        self.assertEqual(status, 200)
        self.assertGreaterEqual(lease["lease_until"], call["lease_until"])
        other = self.person("zuoxi2", "call_agent", org="3501", seat="S2")
        self.assertEqual(other.rule("POST", path, own), (409, "claim.not_held"))
        self.seat.ask("POST", f"/api/calls/{call['policy_no']}/give-back", own)
        self.assertEqual(self.seat.rule("POST", path, own), (409, "claim.not_held"))

    def test_a_case_in_dialect_goes_to_a_seat_that_speaks_it(self):
        call = self.next()
        self.assertEqual(self.seat.ask(*self.wrap_up(call, "T1", "holder_absent", language="闽南话"))[0], 201)
        self.assertEqual(self.seat.get("/api/calls/P1")["language"], "闽南话")
        self.assertEqual(self.server.stop(), 0)
        worklist = "--now", "2021-10-20T17:00:00", "worklist", "--seat"
        self.assertEqual([row["policy_no"] for row in self.folder.rows(*worklist, "S1")], ["P2", "Q1"])
        self.assertIn(("P1", "闽南话"), [(row["policy_no"], row["language"])
                                        for row in self.folder.rows(*worklist, "S2")])

    def test_a_recording_is_kept_by_its_hash_and_played_in_parts(self):
        path = "/api/calls/P1/recordings"
        self.assertEqual(self.seat.rule("POST", f"{path}?attempt_id=T1", WAV), (409, "recording.of_another"))
        call = self.next()
        self.assertEqual(call["policy_no"], "P1")
        status, kept = self.seat.ask("POST", f"{path}?attempt_id=T1", WAV)
        self.assertEqual((status, kept["sha256"], kept["media_type"], kept["bytes"]),
                         (201, hashlib.sha256(WAV).hexdigest(), "audio/wav", len(WAV)))
        self.assertEqual(self.seat.ask("POST", f"{path}?attempt_id=T1", WAV), (201, kept))
        own = f"{path}/{kept['recording_id']}"
        self.assertEqual(self.seat.ask("GET", own), (200, WAV))
        for header, expected in (("bytes=4-9", (206, WAV[4:10])), ("bytes=-5", (206, WAV[-5:])),
                                 (f"bytes={len(WAV) - 2}-", (206, WAV[-2:])), ("lines=1-2", (200, WAV))):
            self.assertEqual(self.seat.ask("GET", own, headers={"Range": header}), expected, header)
        self.assertEqual(self.seat.ask("GET", own, headers={"Range": "bytes=99999-"})[0], 416)
        self.assertEqual(self.seat.headers["Content-Range"], f"bytes */{len(WAV)}")
        self.assertEqual(self.seat.get("/api/calls/P1")["recordings"][0]["attempt_id"], "T1")
        file, = (path for path in (self.folder.path / "files").rglob("*") if path.is_file())
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(WAV[:8], file.read_bytes())
        self.assertIn(f"P1 {kept['recording_id']}", self.audit())
        self.assertEqual(self.seat.rule("POST", path, b"<html>no audio at all</html>"), (400, "recording.not_audio"))
        self.assertEqual(self.seat.rule("POST", "/api/calls/Q1/recordings", WAV), (404, "policy.not_found"))
        self.assertEqual(self.seat.rule("GET", f"/api/calls/P2/recordings/{kept['recording_id']}"),
                         (404, "recording.not_found"))
        self.assertEqual(self.seat.rule("GET", f"{path}/..%2Fx")[0], 400)
        self.assertEqual(self.seat.ask(*self.wrap_up(call, "T1", "busy"))[0], 201)
        other, more = self.person("zuoxi2", "call_agent", org="3501", seat="S2"), WAV + b"\0"
        for who, attempt in ((other, "T1"), (other, "T2"), (self.seat, "T2")):
            self.assertEqual(who.rule("POST", f"{path}?attempt_id={attempt}", more), (409, "recording.of_another"))
        self.assertEqual(self.seat.ask("POST", f"{path}?attempt_id=T1", more)[0], 201)


if __name__ == "__main__":
    unittest.main()
