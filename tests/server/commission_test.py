"""Receipts and commission over the API: the money of the pages, of the files and of the command line is the same."""

import threading
import unittest
from decimal import Decimal

from money_store import LATER, MoneyTest, table
from server_program import on_both_databases
from shouyue_program import attempts, policies, policy


@on_both_databases
class CommissionTest(MoneyTest):
    def test_a_settlement_adds_up_on_the_page_in_the_file_and_at_the_command_line(self):
        officer = self.person("pinzhi", "quality_officer")
        months = {row["month"]: row for row in officer.get("/api/settlements")["rows"]}
        self.assertEqual((months["2021-12"]["is_preview"], months["2021-11"]["is_preview"]), (True, False))
        for month in ("2021-10", "2021-11"):
            path = f"/api/settlements/pacific-2010/{month}"
            page, booked = officer.get(path), self.booked(month)
            money = page["all"]
            self.assertEqual(Decimal(money["released"]), booked.get("release", 0))
            self.assertEqual(Decimal(money["deducted"]), booked.get("deduct", 0))
            self.assertEqual(Decimal(money["net"]), sum(booked.values()))
            self.assertEqual(sum(Decimal(row["money"]["net"]) for row in page["rows"]), Decimal(money["net"]))
            lines = table(officer.get(path + "?format=csv"))
            self.assertEqual(Decimal(lines[-1]["实发（元）"]), Decimal(money["net"]))
            self.assertTrue(officer.get(path + "?format=xlsx").startswith(b"PK"))
        october = officer.get("/api/settlements/pacific-2010/2021-10")
        self.assertEqual(october["all"]["net"], "1780.00")

    def test_the_preview_is_what_the_next_settlement_books(self):
        officer = self.person("pinzhi", "quality_officer")
        preview = officer.get("/api/settlements/pacific-2010/2021-12")["all"]
        self.assertEqual((preview["reversed"], preview["net"]), ("-600.00", "-600.00"))
        self.server.stop()
        self.folder.must("--now", "2021-12-20T10:00:00+08:00", "run")
        self.assertEqual(sum(self.booked("2021-12").values()), Decimal(preview["net"]))
        self.folder.must("--now", "2021-12-20T10:00:00+08:00", "rebuild", "--check")

    def test_an_agents_statement_and_a_policys_ledger(self):
        officer = self.person("pinzhi", "quality_officer")
        path = "/api/commission/agents/A1?regime=pacific-2010&month=2021-10"
        statement = officer.get(path)
        lines = sum(Decimal(line["amount"]) for line in statement["lines"])
        self.assertEqual(lines, Decimal(statement["money"]["net"]))
        self.assertEqual(statement["money"]["deducted"], "-20.00")
        self.assertEqual([row["policy_no"] for row in statement["waits"]], ["P3"])
        page = officer.get(path + "&format=html").decode()
        self.assertIn("1,780.00", page)
        self.assertNotIn("张三", page)
        ledger = officer.get("/api/commission/policies/P1")
        self.assertEqual([line["kind"] for line in ledger["lines"] if line["amount"] != "0.00"], ["release", "deduct"])
        self.assertEqual(ledger["booked"], "580.00")
        self.assertTrue(any(note["id"].endswith("late_receipt") for note in ledger["clauses"]))

    def test_what_is_released_after_a_settlement_is_due_in_the_next(self):
        handler, officer = self.person("jigou", "branch_handler", org="3501"), self.person("pinzhi", "quality_officer")
        heard = "T3,P3,first_call,2021-11-22 10:00:00,2021-11-22 10:05:00,answered,holder,verified,complete,"
        self.folder.load("attempts", attempts(heard))
        given = {"signed_on": "2021-10-12", "handed_in_on": "2021-11-20", "reconciled_on": "2021-11-20"}
        self.assertEqual(handler.ask("PUT", "/api/receipts/P3", given)[0], 200)
        holds = officer.get("/api/commission/holds")
        self.assertEqual([(row["policy_no"], row["status"], row["month"], row["due"]) for row in holds["rows"]],
                         [("P3", "released", "2021-12", "600.00")])
        self.assertEqual((holds["policies"], holds["due_policies"], holds["due_amount"]), (1, 1, "600.00"))
        self.assertEqual(officer.get("/api/commission/holds?state=held")["rows"], [])
        self.assertEqual(len(officer.get("/api/commission/holds?state=due")["rows"]), 1)
        self.assertEqual(officer.rule("GET", "/api/commission/holds?state=paid"), (400, "commission.unknown_state"))
        ledger = officer.get("/api/commission/policies/P3")
        self.assertEqual((ledger["standing"]["due"], ledger["booked"]), ("600.00", "0.00"))
        self.assertNotIn("due", officer.get("/api/commission/policies/P2")["standing"])
        path = "/api/commission/agents/A1?regime=pacific-2010&month=2021-11"
        self.assertEqual([(row["policy_no"], row["due"]) for row in officer.get(path)["waits"]], [("P3", "600.00")])
        self.assertIn("待结算（2021-12）", officer.get(path + "&format=html").decode())
        desk = self.person("a1", "sales_agent", org="3501", agent_code="A1").get("/api/mine")
        self.assertEqual([(row["policy_no"], row["due"]) for row in desk["commission"] if "due" in row],
                         [("P3", "600.00")])
        self.assertEqual(desk["unpaid"], "600.00")

    def test_what_was_paid_and_is_kept_back_again_is_taken_back(self):
        officer = self.person("pinzhi", "quality_officer")
        said = "answered,holder,verified,complete,proxy_signature_documents:open"
        doubt = attempts("TP1,P1,second_call,2021-11-22 09:00:00,," + said)
        self.folder.load("attempts", doubt, name="doubt.csv")
        for _ in range(300):
            holds = officer.get("/api/commission/holds?state=back")
            if holds["rows"]:
                break
            threading.Event().wait(0.1)
        self.assertEqual([(row["policy_no"], row["status"], row["due"]) for row in holds["rows"]],
                         [("P1", "held", "-580.00")])
        self.assertEqual((holds["back_policies"], holds["back_amount"], holds["amount"]), (1, "-580.00", "0.00"))
        self.assertEqual(officer.get("/api/settlements/pacific-2010/2021-12")["all"]["reversed"], "-1180.00")
        desk = self.person("a1", "sales_agent", org="3501", agent_code="A1").get("/api/mine")
        self.assertEqual(desk["unpaid"], "20.00")  # 600 of P3 less 580

    def test_what_is_held_and_what_would_be_paid(self):
        officer = self.person("pinzhi", "quality_officer")
        holds = officer.get("/api/commission/holds")
        self.assertEqual([(row["policy_no"], row["status"]) for row in holds["rows"]], [("P3", "held")])
        self.assertEqual([one["reason"] for one in holds["by_reason"]],
                         ["follow_up_outstanding", "receipt_outstanding"])
        self.assertEqual(table(officer.get("/api/commission/holds?format=csv"))[-1]["佣金（元）"], holds["amount"])
        both, rows = self.what_if(officer, on="2021-12-01", receipt=True, follow_up=True)
        self.assertEqual((both["policies"], both["released"], both["payable"]), (1, 1, "600.00"))
        self.assertEqual([(row["policy_no"], row["status_now"], row["status_then"], row["month"]) for row in rows],
                         [("P3", "held", "released", "2021-12")])
        file = table(officer.get(f"/api/commission/what-if/{both['file']}?format=csv"))
        self.assertEqual([(row["保单号"], row["届时"], row["应发（元）"]) for row in file],
                         [("P3", "发放", "600.00")])
        one, _ = self.what_if(officer, on="2021-12-01", receipt=True)
        self.assertEqual((one["released"], one["payable"]), (0, "0.00"))
        for asked, refused in (({"on": "2021-01-01", "receipt": True}, (400, "what_if.in_the_past")),
                               ({"on": "2021-12-01"}, (400, "what_if.nothing_supposed")),
                               ({"on": "2021-12-01", "receipt": True, "org_code": "9"},
                                (404, "organisation.not_found"))):
            self.assertEqual(officer.rule("POST", "/api/commission/what-if", asked), refused)
        other = self.person("kaohe", "kpi_officer")
        self.assertEqual(other.rule("GET", f"/api/commission/what-if/{both['file']}"), (404, "file.not_found"))

    def test_an_agent_who_was_paid_by_mistake_pays_back_and_the_right_one_is_paid(self):
        officer = self.person("pinzhi", "quality_officer")
        self.folder.load("agents", "code,name,org_code,channel\nA2,赵六,3501,agency\n", name="a2.csv")
        corrected = policy("P2", mobile="13812340002").replace(",A1,", ",A2,")
        self.folder.load("policies", policies(corrected), name="agent.csv")
        for _ in range(300):
            preview = officer.get("/api/commission/agents/A2?regime=pacific-2010&month=2021-12")
            if preview["lines"]:
                break
            threading.Event().wait(0.1)
        # Until the next settlement the money is where it was paid; what comes is shown.
        ledger = officer.get("/api/commission/policies/P2")
        paid = ledger["booked"]
        self.assertEqual((ledger["standing"]["agent_code"], ledger["standing"]["month"]), ("A2", "2021-12"))
        self.assertEqual(preview["money"]["net"], paid)
        before = officer.get("/api/commission/agents/A1?regime=pacific-2010&month=2021-12")
        self.assertEqual(before["money"]["reversed"], str(-Decimal(paid) - 600))  # with P0, which was cancelled
        self.assertEqual(self.server.stop(), 0)
        self.folder.must("--now", "2021-12-20T10:00:00+08:00", "run")
        lines = [(row["agent_code"], row["kind"], row["amount"])
                 for row in self.folder.rows("export", "commission", "--entries")
                 if (row["policy_no"], row["month"]) == ("P2", "2021-12")]
        self.assertEqual(lines, [("A1", "reverse", "-" + paid), ("A2", "release", paid)])
        self.folder.must("--now", "2021-12-20T10:00:00+08:00", "rebuild", "--check")

    def what_if(self, person, **asked):
        status, job = person.ask("POST", "/api/commission/what-if", asked)
        self.assertEqual(status, 202, job)
        for _ in range(300):
            job = person.get(f"/api/jobs/{job['id']}")
            if job["state"] not in ("waiting", "running"):
                break
            threading.Event().wait(0.1)
        self.assertEqual(job["state"], "done", job)
        return job["result"], person.get(f"/api/commission/what-if/{job['result']['file']}")["rows"]

    def test_a_receipt_is_recorded_and_corrected(self):
        handler = self.person("jigou", "branch_handler", org="3501", seat="S1")
        listed = handler.get("/api/receipts")
        self.assertEqual([row["policy_no"] for row in listed["rows"]], ["P1", "P3"])
        self.assertEqual((listed["all"]["outstanding"], listed["all"]["late"]), (1, 1))
        self.assertEqual([row["policy_no"] for row in handler.get("/api/receipts?mark=outstanding")["rows"]], ["P3"])
        given = {"signed_on": "2021-11-18", "handed_in_on": "2021-11-19", "reconciled_on": "2021-11-19"}
        status, receipt = handler.ask("PUT", "/api/receipts/P3", given)
        self.assertEqual((status, receipt["returned_on"], receipt["marks"]), (200, "2021-11-19", []))
        status, receipt = handler.ask("PUT", "/api/receipts/P3", {**given, "signature_matches": False})
        self.assertEqual((status, receipt["marks"]), (200, ["outstanding", "signature_differs", "warned"]))
        self.assertEqual(len(receipt["versions"]), 2)
        self.assertEqual(handler.rule("PUT", "/api/receipts/P3", {"signed_on": "2021-13-01"})[0], 400)
        for days, rule in (({"signed_on": "2021-11-23"}, "receipts.in_the_future"),
                           ({"signed_on": "2021-11-18", "handed_in_on": "2021-11-17"}, "receipts.order"),
                           ({"delivered_on": "2021-11-18", "reconciled_on": "2021-11-17"}, "receipts.order")):
            self.assertEqual(handler.rule("PUT", "/api/receipts/P3", days), (400, rule))
        self.assertEqual(self.server.stop(), 0)
        self.folder.must("--now", LATER, "run")
        self.folder.must("rebuild", "--check")
        self.folder.must("audit", "verify")

    def test_what_lies_outside_of_the_own_organisation(self):
        city = self.person("fuzhou", "quality_officer", org="3501")
        self.assertEqual(city.get("/api/settlements/pacific-2010/2021-10")["all"]["net"], "1180.00")
        self.assertEqual(city.rule("GET", "/api/commission/policies/Q1"), (404, "policy.not_found"))
        self.assertEqual(city.rule("GET", "/api/receipts/Q1"), (404, "policy.not_found"))
        self.assertEqual(city.rule("PUT", "/api/receipts/Q1", {}), (404, "policy.not_found"))
        self.assertEqual(city.rule("GET", "/api/commission/holds?org_code=35"), (404, "organisation.not_found"))
        self.assertEqual(city.rule("GET", "/api/settlements/pacific-2010/2020-01"), (404, "settlement.not_found"))
        self.assertEqual(city.rule("GET", "/api/commission/agents/A9?regime=pacific-2010&month=2021-10"),
                         (404, "agent.not_found"))
        seat = self.person("zuoxi", "call_agent", seat="S1")
        self.assertEqual(seat.rule("GET", "/api/settlements"), (403, "access.denied"))


if __name__ == "__main__":
    unittest.main()
