"""Exceptions from the rule books: one person asks, another decides, never the same; what was granted is a fact."""

import json
import threading
import unittest

from money_store import LATER, NOW, MoneyTest, table
from server_program import on_both_databases
from shouyue_program import attempts, policies, policy

REASON = "客户已签署《回访确认书》"
PDF = b"%PDF-1.7 signed by the holder"


@on_both_databases
class ExceptionsTest(MoneyTest):
    def ask(self, person, **request):
        status, answer = person.ask("POST", "/api/exceptions", {"reason": REASON, **request})
        self.assertEqual(status, 201, answer)
        return answer, f"/api/exceptions/{answer['subject']}/{answer['n']}"

    def state_of(self, policy_no):
        return {row["policy_no"]: row["state"] for row in self.folder.rows("export", "cases")}[policy_no]

    def hand_in(self, person, path, papers=("confirmation", "special_request")):
        for paper in papers:
            status, file = person.ask("POST", f"{path}/papers/{paper}?name={paper}.pdf", PDF)
            self.assertEqual(status, 201, file)
        return file

    def decide(self, person, path, granted=True, **more):
        return person.ask("POST", path + "/decision", {"granted": granted, **more})

    def test_a_waiver_is_asked_and_granted_by_two_persons(self):
        asks = self.person("jigou", "branch_handler", org="3501", seat="S1")
        decides = self.person("dudao", "supervisor")
        asked, path = self.ask(asks, kind="waiver", policy_no="P3")
        self.assertEqual((asked["state"], asked["may_decide"], asked["may_withdraw"]), ("asked", False, True))
        self.assertEqual((asked["then"]["state"], "payable" in asked["now"]), ("waived", False))
        self.assertEqual(asks.rule("POST", "/api/exceptions", {"kind": "waiver", "policy_no": "P3", "reason": REASON}),
                         (409, "exception.already_asked"))
        self.assertEqual(asks.rule("POST", path + "/decision", {"granted": True}), (403, "access.denied"))
        self.hand_in(asks, path)
        status, granted = self.decide(decides, path)
        self.assertEqual((status, granted["state"], granted["decided_by"]), (200, "granted", "dudao"))
        self.assertEqual(decides.rule("POST", path + "/decision", {"granted": True}),
                         (409, "exception.already_decided"))
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(self.state_of("P3"), "waived")
        self.folder.must("--now", LATER, "run")
        self.folder.must("rebuild", "--check")
        self.folder.must("audit", "verify")
        said = self.folder.must("--now", LATER, "explain", "P3", "exception").stdout
        self.assertIn("asked_by jigou", said)
        self.assertIn("granted_by dudao", said)
        self.assertIn(REASON, said)

    def test_a_waiver_needs_the_papers_of_the_rule_book_and_the_branch(self):
        asks = self.person("jigou", "branch_handler", org="3501", seat="S1")
        decides = self.person("dudao", "supervisor")
        _, path = self.ask(asks, kind="waiver", policy_no="P3")
        asked = asks.get(path)
        self.assertEqual([(paper["id"], paper["files"]) for paper in asked["papers"]],
                         [("confirmation", []), ("special_request", [])])
        self.assertEqual(asked["approval"]["level"], "branch")
        self.assertEqual(decides.rule("POST", path + "/decision", {"granted": True}),
                         (422, "exception.papers_missing"))
        self.hand_in(asks, path, ["confirmation"])
        self.assertEqual(decides.rule("POST", path + "/decision", {"granted": True}),
                         (422, "exception.papers_missing"))
        for client, paper, refused in ((asks, "letter", (404, "exception.no_such_paper")),
                                       (decides, "special_request", (422, "exception.not_yours"))):
            self.assertEqual(client.rule("POST", f"{path}/papers/{paper}?name=a.pdf", PDF), refused)
        self.assertEqual(asks.rule("POST", f"{path}/papers/special_request?name=a.txt", b"no picture"),
                         (400, "attachments.unknown_type"))
        file = self.hand_in(asks, path, ["special_request"])
        self.assertEqual(decides.get(f"{path}/files/{file['attachment_id']}"), PDF)
        blind = self.person("kaohe", "kpi_officer")
        self.assertEqual(blind.rule("GET", f"{path}/files/{file['attachment_id']}"), (403, "access.denied"))
        self.assertEqual(blind.rule("POST", path + "/decision", {"granted": True}), (403, "access.denied"))
        city = self.person("fuzhou", "supervisor", org="3501")
        self.assertEqual(city.rule("POST", path + "/decision", {"granted": True}), (422, "exception.level"))
        branch = self.person("fujian", "supervisor", org="35")
        self.assertEqual(self.decide(branch, path)[1]["state"], "granted")
        self.assertEqual(asks.rule("POST", f"{path}/papers/confirmation?name=a.pdf", PDF),
                         (409, "exception.already_decided"))
        journal = self.person("shenji", "auditor").get("/api/audit?action=read_attachment")
        self.assertEqual([entry["who"] for entry in journal["rows"]], ["dudao"])

    def test_what_was_granted_is_revoked_by_two_persons(self):
        asks = self.person("jigou", "branch_handler", org="3501", seat="S1")
        decides = self.person("dudao", "supervisor")
        _, path = self.ask(asks, kind="waiver", policy_no="P3")
        self.hand_in(asks, path)
        revocation = {"kind": "revocation", "policy_no": "P3", "request": 1, "reason": "签名与投保单不符"}
        self.assertEqual(asks.rule("POST", "/api/exceptions", revocation), (409, "exception.not_granted"))
        self.assertEqual(asks.rule("POST", "/api/exceptions", {**revocation, "request": 9}),
                         (404, "exception.not_found"))
        self.decide(decides, path)
        self.assertTrue(asks.get(path)["may_revoke"])
        asked, second = self.ask(decides, **revocation)
        self.assertEqual((asked["revokes"], asked["now"]["state"], asked["then"]["state"] == "waived"),
                         ("waiver", "waived", False))
        self.assertEqual(decides.rule("POST", "/api/exceptions", revocation), (409, "exception.already_asked"))
        self.assertEqual(decides.rule("POST", second + "/decision", {"granted": True}), (422, "exception.same_person"))
        city = self.person("fuzhou", "supervisor", org="3501")
        self.assertEqual(city.rule("POST", second + "/decision", {"granted": True}), (422, "exception.level"))
        other = self.person("dudao2", "supervisor")
        self.assertEqual(self.decide(other, second)[1]["state"], "granted")
        self.assertEqual((asks.get(path)["state"], asks.get(path)["may_revoke"]), ("revoked", False))
        self.assertEqual(asks.rule("POST", "/api/exceptions", revocation), (409, "exception.not_granted"))
        self.assertEqual(asks.rule("POST", "/api/exceptions", {**revocation, "request": 2}),
                         (422, "exception.not_revocable"))
        actions = {entry["action"] for entry in self.person("shenji", "auditor").get("/api/audit?limit=200")["rows"]}
        self.assertIn("exception_revoked", actions)
        self.assertEqual(self.server.stop(), 0)
        self.assertNotEqual(self.state_of("P3"), "waived")
        self.folder.must("--now", LATER, "run")
        self.folder.must("rebuild", "--check")
        self.folder.must("audit", "verify")

    def test_commission_released_by_hand_and_revoked_is_taken_back_by_the_next_settlement(self):
        asks, decides = self.person("pinzhi", "quality_officer"), self.person("kaohe", "kpi_officer")
        _, path = self.ask(asks, kind="commission_release", policy_no="P3")
        self.decide(decides, path)
        asked, second = self.ask(decides, kind="revocation", policy_no="P3", request=1)
        self.assertEqual((asked["now"]["commission_status"], asked["then"]["commission_status"]), ("released", "held"))
        blind = self.person("dudao", "supervisor")
        self.assertEqual(blind.rule("POST", second + "/decision", {"granted": True}), (403, "access.denied"))
        self.assertEqual(self.decide(asks, second)[0], 200)
        self.assertEqual(asks.get("/api/commission/policies/P3")["standing"]["status"], "held")

    def test_nobody_decides_his_own_request(self):
        one, other = self.person("dudao1", "supervisor"), self.person("dudao2", "supervisor")
        _, path = self.ask(one, kind="waiver", policy_no="P3")
        self.assertEqual(one.rule("POST", path + "/decision", {"granted": True}), (422, "exception.same_person"))
        self.assertEqual(other.rule("DELETE", path), (422, "exception.not_yours"))
        self.assertEqual(other.rule("POST", path + "/decision", {"granted": False}), (400, "exception.reason_form"))
        status, refused = self.decide(other, path, granted=False, answer="确认书没有签名")
        self.assertEqual((status, refused["state"], refused["answer"]), (200, "refused", "确认书没有签名"))
        _, path = self.ask(one, kind="waiver", policy_no="P3")
        self.assertEqual(one.ask("DELETE", path)[1]["state"], "withdrawn")
        self.assertEqual([row["state"] for row in one.get("/api/exceptions")["rows"]], ["withdrawn", "refused"])
        self.assertEqual([row["状态"] for row in table(one.get("/api/exceptions?format=csv"))], ["已撤回", "未批准"])
        self.assertNotEqual(self.state_of("P3"), "waived")

    def test_commission_released_by_hand_is_paid_by_the_next_settlement(self):
        asks, decides = self.person("pinzhi", "quality_officer"), self.person("kaohe", "kpi_officer")
        asked, path = self.ask(asks, kind="commission_release", policy_no="P3")
        self.assertEqual((asked["now"]["commission_status"], asked["then"]["commission_status"]), ("held", "released"))
        self.assertEqual(asked["then"]["payable"], "600.00")
        # Who may not see commission does not decide about it.
        blind = self.person("dudao", "supervisor")
        seen = blind.get(path)
        self.assertEqual((seen["may_decide"], set(seen["now"]) & {"commission_status", "payable"}), (False, set()))
        self.assertEqual(blind.rule("POST", path + "/decision", {"granted": True}), (403, "access.denied"))
        self.assertEqual(self.decide(decides, path)[0], 200)
        ledger = asks.get("/api/commission/policies/P3")
        self.assertEqual(ledger["standing"]["status"], "released")
        self.assertEqual(ledger["standing"]["reasons"], ["released_by_hand"])
        self.assertEqual(ledger["exceptions"][0]["granted_by"], "kaohe")
        # The cancellation of P0 is taken back in the same settlement.
        self.assertEqual(asks.get("/api/settlements/pacific-2010/2021-12")["all"]["net"], "0.00")
        self.assertEqual(self.server.stop(), 0)
        self.folder.must("--now", "2021-12-20T10:00:00+08:00", "run")
        self.assertEqual(self.booked("2021-12")["release"], 600)
        self.folder.must("--now", "2021-12-20T10:00:00+08:00", "rebuild", "--check")

    def test_a_release_holds_for_the_reasons_it_was_granted_for(self):
        asks, decides = self.person("pinzhi", "quality_officer"), self.person("kaohe", "kpi_officer")
        _, path = self.ask(asks, kind="commission_release", policy_no="P3")
        self.assertEqual(self.decide(decides, path)[0], 200)
        self.assertEqual(asks.get("/api/commission/policies/P3")["standing"]["status"], "released")
        self.folder.load("attempts", attempts("T3,P3,first_call,2021-11-22 09:00:00,,answered,holder,verified,complete,"
                                              "proxy_signature_documents:open"))
        for _ in range(300):
            standing = asks.get("/api/commission/policies/P3")["standing"]
            if standing["status"] != "released":
                break
            threading.Event().wait(0.1)
        self.assertEqual((standing["status"], standing["reasons"]), ("held", ["doubt_open"]))

    def test_what_cannot_be_asked(self):
        officer = self.person("pinzhi", "quality_officer")
        for request, expected in (
                ({"kind": "waiver", "policy_no": "P1"}, (422, "exception.nothing_to_waive")),
                ({"kind": "commission_release", "policy_no": "P1"}, (422, "exception.nothing_held")),
                ({"kind": "rule_book", "policy_no": "P3", "rule_book": "pacific-2010"},
                 (422, "exception.same_rule_book")),
                ({"kind": "rule_book", "policy_no": "P3", "rule_book": "nothing"},
                 (400, "exception.unknown_rule_book")),
                ({"kind": "rule_book", "policy_no": "P3", "rule_book": "five-two-three"},
                 (422, "exception.already_settled")),
                ({"kind": "waiver", "policy_no": "XX"}, (404, "policy.not_found")),
                ({"kind": "waiver", "policy_no": "P3", "reason": "因为"}, (400, "exception.reason_form")),
                ({"kind": "everything", "policy_no": "P3"}, (400, "exception.unknown_kind")),
                ({"kind": "month_close", "rule_book": "operations-kpi", "month": "2021-10"}, (403, "access.denied"))):
            with self.subTest(request=request):
                self.assertEqual(officer.rule("POST", "/api/exceptions", {"reason": REASON, **request}), expected)

    def test_another_branch_sees_no_request(self):
        asks = self.person("pinzhi", "quality_officer")
        _, path = self.ask(asks, kind="waiver", policy_no="P3")
        # Nothing lies below Fuzhou but its own policies; somebody of an outlet that has none sees nothing.
        outside = self.person("bieren", "quality_officer", org="3502")
        self.assertEqual(outside.get("/api/exceptions")["rows"], [])
        self.assertEqual(outside.rule("GET", path), (404, "exception.not_found"))
        self.assertEqual(outside.rule("POST", path + "/decision", {"granted": True}), (404, "exception.not_found"))
        request = {"kind": "waiver", "policy_no": "P3", "reason": REASON}
        self.assertEqual(outside.rule("POST", "/api/exceptions", request), (404, "policy.not_found"))

    def fill(self):
        super().fill()
        self.folder.load("organisations", "code,name,level,parent_code\n3502,厦门中支,city,35\n")

    profile = ('insurer = "test"\nassign = [ { regime = "pacific-2010", issued_to = 2021-12-31 }, '
               '{ regime = "five-two-three", issued_from = 2022-01-01 } ]\n')


@on_both_databases
class AnotherRuleBookTest(MoneyTest):
    """A policy that no settlement has passed over may be put under another book."""

    profile = ExceptionsTest.profile

    def fill(self):
        super().fill()
        self.folder.load("policies", policies(policy("N1", issued_on="2021-11-20", mobile="13912340001")))
        self.folder.must("--now", NOW, "run")

    def test_the_books_of_a_policy_change_and_its_facts_stay(self):
        asks, decides = self.person("pinzhi", "quality_officer"), self.person("dudao", "supervisor")
        status, asked = asks.ask("POST", "/api/exceptions", {"kind": "rule_book", "policy_no": "N1", "reason": REASON,
                                                             "rule_book": "five-two-three"})
        self.assertEqual(status, 201, asked)
        self.assertEqual((asked["now"]["regime"], asked["then"]["regime"]), ("pacific-2010", "five-two-three"))
        self.assertEqual(decides.ask("POST", "/api/exceptions/N1/1/decision", {"granted": True})[0], 200)
        status, asked = decides.ask("POST", "/api/exceptions", {"kind": "revocation", "policy_no": "N1", "request": 1,
                                                                "reason": REASON})
        self.assertEqual((status, asked["now"]["regime"], asked["then"]["regime"]),
                         (201, "five-two-three", "pacific-2010"))
        self.assertEqual(decides.ask("DELETE", "/api/exceptions/N1/2")[0], 200)
        self.assertEqual(self.server.stop(), 0)
        regimes = {row["policy_no"]: row["regime"] for row in self.folder.rows("export", "cases")}
        self.assertEqual((regimes["N1"], regimes["P3"]), ("five-two-three", "pacific-2010"))
        self.folder.must("--now", "2021-12-20T10:00:00+08:00", "run")
        self.folder.must("--now", "2021-12-20T10:00:00+08:00", "rebuild", "--check")
        case = json.loads(self.folder.must("--now", LATER, "--json", "case", "N1").stdout)
        self.assertIn("exception", [event["what"] for event in case["timeline"]])


if __name__ == "__main__":
    unittest.main()
