"""Tickets as offices work on them: the inbox, steps and who may take them, evidence, booking, visits, papers."""

import csv
import hashlib
import io
import threading
import unittest

from server_program import AT, PASSWORD, Client, ServerTest, on_both_databases
from shouyue_program import attempts, policies, policy

PROBLEM = "P1-problem-1"
DOUBT = "answered,holder,verified,complete,proxy_signature_documents:open"
PDF = b"%PDF-1.7 the signature of the holder"


class TicketTest(ServerTest):
    """P1 of the city and Q1 of the branch have a problem ticket: a signature that is not the holder's."""

    profile = 'insurer = "test"\nassign = [ { regime = "call-centre-2021" } ]\n'

    def fill(self):
        self.folder.open_for_business()
        self.folder.load("organisations", "code,name,level,parent_code,region_code\n44,广东分公司,branch,00,440000\n")
        self.folder.load("policies", policies(policy("P1"), policy("Q1", mobile="13812345678", org="44"),
                                              policy("P2", mobile="13812345679")))
        self.folder.load("receipts", "policy_no,signed_on\nP1,2021-10-12\nQ1,2021-10-12\nP2,2021-10-12\n")
        self.folder.load("attempts", attempts(f"C1,P1,first_call,2021-10-18 10:00:00,,{DOUBT}",
                                              f"C2,Q1,first_call,2021-10-18 11:00:00,,{DOUBT}",
                                              "C3,P2,first_call,2021-10-18 12:00:00,,wrong_number,unknown,not_asked,"
                                              "none,"))
        self.folder.must("--now", AT, "run")

    def handler(self, org="35", name="fuzhou", **more):
        return self.person(name, "branch_handler", org=org, **more)

    def step(self, client, step, ticket=PROBLEM, **more):
        return client.ask("POST", f"/api/tickets/{ticket}/steps", {"step": step, **more})

    def allowed(self, ticket):
        return [choice["step"] for choice in ticket["choices"] if choice["is_allowed"]]


@on_both_databases
class HandlingTest(TicketTest):
    def test_a_ticket_from_the_inbox_to_closed(self):
        branch = self.handler()
        inbox = branch.get("/api/tickets")
        self.assertEqual([row["ticket_id"] for row in inbox["rows"]], ["P2-verification-1", PROBLEM])
        self.assertEqual(inbox["counts"], {"normal": 1, "warning": 1, "overdue": 0})
        self.assertNotIn("张三", str(inbox))
        ticket = branch.get(f"/api/tickets/{PROBLEM}")
        self.assertEqual(ticket["call"]["open"], ["proxy_signature_documents"])
        self.assertEqual(ticket["subtype"], "proxy_signature")
        self.assertEqual(ticket["contact"]["phone_masked"], "138****1234")
        due = ticket["due"]
        self.assertEqual((due["basis"], due["counted_from"], due["count"], due["unit"], due["due_on"]),
                         ("ticket_opened", "2021-10-18", 7, "working_days", "2021-10-27"))
        self.assertIn("代签名", due["cite"])
        self.assertEqual(self.allowed(ticket), ["accept", "feedback"])
        for step, more, state in (("accept", {}, "accepted"), ("feedback", {"note": "已上门"}, "feedback"),
                                  ("resolve", {"result": "signed_again"}, "resolved"), ("close", {}, "closed")):
            status, ticket = self.step(branch, step, **more)
            self.assertEqual((status, ticket["state"]), (201, state), ticket)
        self.assertEqual(ticket["result"], "signed_again")
        self.assertEqual([taken["made_by"] for taken in ticket["steps"]], ["fuzhou"] * 4)
        self.assertEqual(self.allowed(ticket), ["reopen"])
        self.assertEqual(branch.get("/api/tickets")["total"], 1)
        self.assertEqual(self.server.stop(), 0)
        self.folder.must("--now", AT, "rebuild", "--check")

    def test_a_step_that_does_not_follow_is_refused_with_the_reason(self):
        branch = self.handler()
        path = f"/api/tickets/{PROBLEM}/steps"
        self.assertEqual(branch.rule("POST", path, {"step": "close"}), (422, "tickets.not_now"))
        self.assertEqual(branch.rule("POST", path, {"step": "jump"}), (400, "tickets.unknown_step"))
        self.assertEqual(branch.rule("POST", path, {"step": "feedback", "new_phone": "1381234"}),
                         (400, "tickets.phone_form"))
        self.assertEqual(branch.rule("POST", path, {"step": "feedback", "new_phone": "13900000001"}),
                         (422, "tickets.phone_of_agent"))
        self.assertEqual(branch.rule("POST", path, {"step": "feedback", "appointment_at": AT}),
                         (400, "tickets.appointment_past"))
        for nothing in ({"step": "feedback"}, {"step": "feedback", "note": "  "}):
            self.assertEqual(branch.rule("POST", path, nothing), (400, "tickets.needs_words"), nothing)
        for service in ("123", "95500", "4008895500"):
            self.assertEqual(branch.rule("POST", path, {"step": "feedback", "new_phone": service}),
                             (400, "tickets.phone_form"), service)
        self.assertEqual(branch.get(f"/api/tickets/{PROBLEM}")["steps"], [])

    def test_a_step_that_many_take_at_once_is_taken_once(self):
        handlers = [self.handler(name=f"fuzhou{n}") for n in range(4)]
        answers = []
        threads = [threading.Thread(target=lambda who: answers.append(self.step(who, "accept")[0]), args=(handler,))
                   for handler in handlers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answers), [201, 422, 422, 422])
        self.assertEqual(len(handlers[0].get(f"/api/tickets/{PROBLEM}")["steps"]), 1)

    def test_who_sold_the_policy_takes_no_step(self):
        seller = self.handler(name="seller", agent_code="A1")
        self.assertEqual(seller.rule("POST", f"/api/tickets/{PROBLEM}/steps", {"step": "accept"}),
                         (422, "tickets.seller_handles"))
        refused = {choice["rule"] for choice in seller.get(f"/api/tickets/{PROBLEM}")["choices"]}
        self.assertEqual(refused, {"tickets.seller_handles"})

    def test_another_branch_sees_and_steps_nothing(self):
        fuzhou, canton = self.handler(), self.handler("44", "canton")
        self.assertEqual([row["policy_no"] for row in canton.get("/api/tickets")["rows"]], ["Q1"])
        self.assertEqual(canton.get("/api/tickets?policy_no=P1")["rows"], [])
        self.assertEqual(canton.rule("GET", "/api/tickets?org=35"), (404, "tickets.unknown_org"))
        file_id = fuzhou.ask("POST", f"/api/tickets/{PROBLEM}/files?name=a.pdf", PDF)[1]["attachment_id"]
        visit = {"leg": "branch_call", "started_at": AT, "connection": "busy", "corrected": [], "open": []}
        for method, path, body, expected in (
                ("GET", f"/api/tickets/{PROBLEM}", None, "tickets.not_found"),
                ("POST", f"/api/tickets/{PROBLEM}/steps", {"step": "accept"}, "tickets.not_found"),
                ("GET", f"/api/tickets/{PROBLEM}/slots", None, "tickets.not_found"),
                ("POST", f"/api/tickets/{PROBLEM}/files?name=a.pdf", PDF, "tickets.not_found"),
                ("GET", f"/api/tickets/{PROBLEM}/files/{file_id}", None, "tickets.not_found"),
                ("GET", f"/api/tickets/Q1-problem-1/files/{file_id}", None, "attachments.not_found"),
                ("GET", "/api/office-visits/P1", None, "policy.not_found"),
                ("POST", "/api/office-visits/P1", visit, "policy.not_found"),
                ("GET", "/api/papers/P1/letter", None, "policy.not_found"),
                ("GET", "/api/papers/P1/door-visit", None, "policy.not_found"),
                ("GET", "/api/papers/letters?policies=Q1,P1", None, "policy.not_found")):
            with self.subTest(path=path, method=method):
                self.assertEqual(canton.rule(method, path, body), (404, expected))

    def test_what_will_move_to_another_branch_is_not_there_yet(self):
        fuzhou, canton = self.handler(), self.handler("44", "canton")
        self.folder.load("organisations", "code,name,level,parent_code,valid_from\n35,福建分公司,branch,44,2021-10-25\n",
                         name="moved.csv")
        self.assertEqual([row["policy_no"] for row in canton.get("/api/tickets")["rows"]], ["Q1"])
        self.assertEqual([row["policy_no"] for row in canton.get("/api/tickets?org=44")["rows"]], ["Q1"])
        self.assertEqual(canton.rule("GET", "/api/tickets?org=35"), (404, "tickets.unknown_org"))
        self.assertEqual({row["policy_no"] for row in fuzhou.get("/api/tickets")["rows"]}, {"P1", "P2"})
        # A report counts by the organisations of the last day of its period, but names what one may see today.
        report = canton.get("/api/reports/tickets?period=2021-10")
        self.assertEqual(report["tiles"][0]["figure"]["number"], "3")
        self.assertEqual([row["cells"][1]["zh"] for row in report["lists"][0]["rows"]], ["Q1"])

    def test_the_inbox_is_filtered_and_comes_in_parts(self):
        head = self.handler("00", "head")
        everything = [row["ticket_id"] for row in head.get("/api/tickets")["rows"]]
        self.assertEqual(sorted(everything), [PROBLEM, "P2-verification-1", "Q1-problem-1"])
        self.assertEqual(head.get("/api/tickets?org=35&kind=problem")["total"], 1)
        self.assertEqual(head.get("/api/tickets?org=00&below=false")["total"], 0)
        self.assertEqual(head.get("/api/tickets?timeliness=overdue")["total"], 0)
        self.assertEqual(head.get("/api/tickets?issued_from=2021-10-09")["total"], 0)
        self.assertEqual(head.get("/api/tickets?policy_no=nothing")["total"], 0)
        first = head.get("/api/tickets?limit=2")
        rest = head.get(f"/api/tickets?limit=2&after={first['next']}")
        self.assertEqual([row["ticket_id"] for row in first["rows"] + rest["rows"]], everything)
        self.assertNotIn("next", rest)
        for wrong in ("kind=zz", "timeliness=zz", "issued_from=2021"):
            self.assertEqual(head.rule("GET", f"/api/tickets?{wrong}"), (400, "request.parameter"), wrong)
        for wrong in ("limit=0", "limit=x", "after=-1"):
            self.assertEqual(head.rule("GET", f"/api/tickets?{wrong}"), (400, "request.page"), wrong)

    def test_the_inbox_as_a_file_says_the_same(self):
        head = self.handler("00", "head")
        rows = list(csv.DictReader(io.StringIO(head.ask("GET", "/api/tickets?format=csv")[1].decode("utf-8-sig"))))
        self.assertEqual([row["工单号"] for row in rows], [row["ticket_id"] for row in head.get("/api/tickets")["rows"]])
        self.assertEqual({row["状态"] for row in rows}, {"待受理"})
        self.assertEqual(head.ask("GET", "/api/tickets?format=xlsx")[1][:2], b"PK")
        self.assertEqual(head.rule("GET", "/api/tickets?format=exe"), (400, "request.format"))

    def test_evidence_is_kept_once_and_given_back_as_it_was(self):
        branch = self.handler()
        path = f"/api/tickets/{PROBLEM}/files"
        for _ in range(2):
            status, kept = branch.ask("POST", f"{path}?name=补签名.pdf", PDF)
            self.assertEqual((status, kept["sha256"]), (201, hashlib.sha256(PDF).hexdigest()))
        self.assertEqual([file["name"] for file in branch.get(f"/api/tickets/{PROBLEM}")["files"]], ["补签名.pdf"])
        self.assertEqual(branch.ask("GET", f"{path}/{kept['attachment_id']}"), (200, PDF))
        self.assertEqual(branch.headers["Content-Type"], "application/pdf")
        self.assertEqual(branch.rule("POST", f"{path}?name=a.pdf", b"<script>"), (400, "attachments.unknown_type"))
        self.assertEqual(branch.rule("POST", f"{path}?name=..%2Fa.pdf", PDF), (400, "attachments.name_form"))
        self.assertEqual(branch.rule("GET", f"{path}/0"), (404, "attachments.not_found"))
        self.assertEqual(self.server.stop(), 0)
        self.folder.must("audit", "verify")

    def test_only_who_handles_tickets_takes_steps(self):
        auditor = self.person("auditor", "auditor", org="35")
        self.assertEqual(auditor.get(f"/api/tickets/{PROBLEM}")["state"], "open")
        self.assertEqual(auditor.rule("POST", f"/api/tickets/{PROBLEM}/steps", {"step": "accept"}),
                         (403, "access.denied"))
        self.assertEqual(auditor.rule("GET", "/api/papers/P1/letter"), (403, "access.denied"))
        nobody = Client(self.server)
        self.assertEqual(nobody.rule("GET", "/api/tickets"), (401, "sign_in.needed"))


@on_both_databases
class BookingTest(TicketTest):
    """The verification ticket of P2: the branch finds the number, and when the customer can be called."""

    ticket = "P2-verification-1"

    def test_the_next_visit_is_booked_at_a_time_that_the_rules_allow(self):
        branch = self.handler()
        days = {day["day"]: day for day in branch.get(f"/api/tickets/{self.ticket}/slots?days=8")["days"]}
        self.assertEqual(days["2021-10-21"]["slots"][:2], ["09:00", "09:30"])
        # The call waits for the feedback, and must be made inside the cooling-off period, which ends on the 22nd.
        self.assertEqual((days["2021-10-22"]["slots"][0], days["2021-10-22"]["slots"][-1]), ("09:00", "20:30"))
        self.assertEqual((days["2021-10-23"]["slots"], days["2021-10-23"]["rejected_by"]), ([], "until"))
        self.assertEqual(days["2021-10-23"]["clause"]["id"], "call-centre-2021/followup.leg.second_call.limit")
        late = {"step": "feedback", "appointment_at": "2021-10-23T09:00:00+08:00"}
        self.assertEqual(branch.rule("POST", f"/api/tickets/{self.ticket}/steps", late), (422, "tickets.not_a_slot"))
        wish = "2021-10-21T19:30:00+08:00"
        night = {"step": "feedback", "appointment_at": "2021-10-21T22:30:00+08:00"}
        self.assertEqual(branch.rule("POST", f"/api/tickets/{self.ticket}/steps", night), (422, "tickets.not_a_slot"))
        status, ticket = self.step(branch, "feedback", self.ticket, new_phone="13912340000", appointment_at=wish)
        self.assertEqual((status, ticket["appointment_at"]), (201, wish), ticket)
        self.assertEqual(ticket["contact"]["phone_masked"], "139****0000")
        self.assertEqual(self.server.stop(), 0)
        case = [row for row in self.folder.rows("--now", AT, "export", "cases") if row["policy_no"] == "P2"][0]
        self.assertEqual((case["leg"], case["next_slot_from"]), ("second_call", wish))


@on_both_databases
class OfficeVisitTest(TicketTest):
    """A letter, a visit to the door, and the call that checks it."""

    profile = 'insurer = "test"\nassign = [ { regime = "group-centre-2011" } ]\n'

    def visit(self, leg, at, **more):
        return {"leg": leg, "started_at": at, "connection": "answered", "party": "holder", "identity": "verified",
                "interview": "complete", "corrected": [], "open": [], **more}

    def test_a_visit_counts_when_the_receipt_is_signed_and_a_call_has_checked_it(self):
        branch = self.handler()
        path = "/api/office-visits/P2"
        legs = {leg["leg"]: leg for leg in branch.get(path)["legs"]}
        self.assertEqual(legs["reality_check"].get("checks"), "door_visit")
        check = self.visit("reality_check", "2021-10-20T09:50:00+08:00")
        self.assertEqual(branch.rule("POST", path, check), (422, "visits.nothing_to_check"))
        door = self.visit("door_visit", "2021-10-20T09:00:00+08:00", signed_receipt=True, visitor="G3501",
                          receipt_phone="13912340000")
        for seller in ("A1", " A1 "):
            self.assertEqual(branch.rule("POST", path, {**door, "visitor": seller}), (422, "visits.by_seller"))
        self.assertEqual(branch.rule("POST", path, {**door, "leg": "electronic"}), (422, "visits.no_such_leg"))
        later = {**door, "started_at": "2021-10-20T23:00:00+08:00"}
        self.assertEqual(branch.rule("POST", path, later), (400, "visits.in_the_future"))
        for _ in range(2):
            status, answer = branch.ask("POST", path, door)
            self.assertEqual((status, answer["success"]), (201, False), answer)
        self.assertEqual(branch.ask("POST", path, check)[1]["success"], True)

    def test_papers_hold_everything_and_are_noted(self):
        branch = self.handler()
        status, page = branch.ask("GET", "/api/papers/P1/door-visit")
        self.assertEqual(status, 200)
        self.assertIn("张三", page.decode())
        ticket = branch.get("/api/tickets?policy_no=P2")["rows"][0]
        order = branch.ask("GET", f"/api/papers/P2/door-visit?ticket_id={ticket['ticket_id']}")[1].decode()
        for text in (ticket["ticket_id"], ticket["due_on"], ticket["org_name"]):
            self.assertIn(text, order)
        self.assertEqual(branch.ask("GET", "/api/papers/letters?policies=P1,P2")[1].decode().count("<main "), 2)
        self.assertEqual(branch.rule("GET", "/api/papers/letters?policies="), (400, "letter.how_many"))
        self.assertEqual(branch.ask("GET", "/api/papers/P1/letter")[0], 200)


@on_both_databases
class SalesAgentTest(TicketTest):
    """What a sales agent sees of what he sold, and what he may say about it."""

    profile = 'insurer = "test"\nassign = [ { regime = "pacific-2010" } ]\n'
    ticket = "P2-verification-1"

    def fill(self):
        super().fill()
        self.folder.load("agents", "code,name,org_code,channel,phone\nA2,赵六,3501,agency,13900000002\n")

    def agent(self, code="A1"):
        return self.person(code.lower(), "sales_agent", org="3501", agent_code=code)

    def test_he_reads_receipts_calls_tickets_and_commission_of_his_own(self):
        desk = self.agent().get("/api/mine")
        self.assertEqual((desk["agent_code"], desk["policies"]), ("A1", 3))
        self.assertNotIn("张三", str(desk))
        receipt = desk["receipts"][0]
        self.assertEqual((receipt["marks"], receipt["late_after"], receipt["cost"]),
                         (["outstanding"], "2022-01-08", "20.00"))
        self.assertEqual(receipt["why"][-1]["id"], "pacific-2010/commission.deduction.late_receipt")
        self.assertEqual([(call["policy_no"], call["connection"], call["ticket_id"]) for call in desk["calls"]],
                         [("P2", "wrong_number", self.ticket)])
        self.assertEqual({row["policy_no"] for row in desk["commission"]}, {"P1", "P2", "Q1"})
        self.assertEqual(desk["unpaid"], "1800.00")
        self.assertEqual(self.agent("A2").get("/api/mine")["policies"], 0)

    def test_he_reads_what_his_customer_will_be_asked(self):
        outline = self.agent().get("/api/mine/policies/P2/questions")["questions"]
        self.assertEqual(outline[0]["id"], "identity")
        self.assertTrue(all(question["text"] and question["title"] for question in outline))
        self.assertNotIn("张三", str(outline))
        self.assertEqual(self.agent("A2").rule("GET", "/api/mine/policies/P2/questions"), (404, "policy.not_found"))

    def test_he_answers_the_ticket_that_the_book_gives_to_him(self):
        agent = self.agent()
        path = f"/api/mine/tickets/{self.ticket}/answers"
        self.assertEqual(agent.rule("POST", path, {"new_phone": "13900000001"}), (422, "tickets.phone_of_agent"))
        for nothing in ({}, {"new_phone": " ", "note": " "}, {"appointment_at": "2021-10-21T10:00:00+08:00"}):
            self.assertEqual(agent.rule("POST", path, nothing), (400, "tickets.needs_answer"), nothing)
        self.assertEqual(agent.get(f"/api/mine/tickets/{self.ticket}")["steps"], [])
        status, ticket = agent.ask("POST", path, {"new_phone": "13912340000"})
        self.assertEqual((status, ticket["state"], ticket["contact"]["phone_masked"]),
                         (201, "feedback", "139****0000"), ticket)
        self.assertEqual(agent.rule("POST", "/api/mine/tickets/P1-problem-1/answers", {"note": "号码无误"}),
                         (422, "tickets.seller_handles"))

    def test_a_number_that_is_right_is_an_answer_too(self):
        path = f"/api/mine/tickets/{self.ticket}/answers"
        status, ticket = self.agent().ask("POST", path, {"note": "号码无误，客户下午接听"})
        self.assertEqual((status, ticket["steps"][-1]["result"]), (201, "contacted"), ticket)

    def leaves(self, last_day):
        self.folder.load("agents", "code,name,org_code,channel,phone,joined_on,left_on\n"
                                   f"A1,王五,3501,agency,13900000001,2018-03-01,{last_day}\n", name=f"{last_day}.csv")

    def test_after_his_last_day_he_is_signed_out_and_gets_in_no_more(self):
        agent = self.agent()
        path = f"/api/mine/tickets/{self.ticket}"
        # The day of business is 2021-10-20.
        self.leaves("2021-10-20")
        self.assertEqual(agent.get("/api/mine")["policies"], 3)
        self.assertEqual(agent.ask("POST", f"{path}/answers", {"note": "号码无误"})[0], 201)
        self.leaves("2021-10-19")
        for method, address, body in (("GET", "/api/mine", None), ("GET", path, None), ("GET", "/api/me", None),
                                      ("POST", f"{path}/answers", {"note": "号码无误"})):
            self.assertEqual(agent.rule(method, address, body), (401, "sign_in.needed"), address)
        wrong = agent.rule("POST", "/api/sign-in", {"name": "a1", "password": PASSWORD + "!"})
        right = agent.rule("POST", "/api/sign-in", {"name": "a1", "password": PASSWORD})
        self.assertEqual((wrong, right), ((401, "sign_in.refused"), (401, "sign_in.refused")))

    def test_the_tickets_of_an_agent_who_left_are_the_offices(self):
        branch = self.handler()
        def row():
            return next(one for one in branch.get("/api/tickets")["rows"] if one["ticket_id"] == self.ticket)
        self.assertEqual((row()["handler"], row()["agent_left"]), ("agent", False))
        self.assertEqual(branch.get("/api/tickets?agent_left=true")["rows"], [])
        self.leaves("2021-10-19")
        self.assertEqual((row()["handler"], row()["agent_left"]), ("branch", True))
        self.assertIn(self.ticket, [one["ticket_id"] for one in branch.get("/api/tickets?agent_left=true")["rows"]])
        ticket = branch.get(f"/api/tickets/{self.ticket}")
        self.assertEqual((ticket["handler"], ticket["contact"]["agent_left"]), ("branch", True))
        listed = list(csv.DictReader(io.StringIO(branch.get("/api/tickets?format=csv").decode("utf-8-sig"))))
        self.assertIn("机构回访岗（业务员已离职）", [one["处理人"] for one in listed])
        status, ticket = branch.ask("POST", f"/api/tickets/{self.ticket}/steps", {"step": "accept"})
        self.assertEqual((status, ticket["steps"][-1]["made_by_name"]), (201, ticket["steps"][-1]["made_by"]))

    def test_what_others_sold_is_not_there(self):
        other = self.agent("A2")
        self.assertEqual(other.rule("GET", f"/api/mine/tickets/{self.ticket}"), (404, "tickets.not_found"))
        self.assertEqual(other.rule("POST", f"/api/mine/tickets/{self.ticket}/answers", {"note": "号码无误"}),
                         (404, "tickets.not_found"))
        for path in ("/api/tickets", f"/api/tickets/{self.ticket}", "/api/office-visits/P2", "/api/papers/P2/letter"):
            self.assertEqual(other.rule("GET", path), (403, "access.denied"), path)
        branch = self.handler()
        self.assertEqual(branch.rule("GET", "/api/mine"), (403, "access.denied"))


if __name__ == "__main__":
    unittest.main()
