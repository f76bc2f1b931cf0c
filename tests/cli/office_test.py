"""What a branch office needs: its tickets in order, letters and orders to print, receipts, reports that are due."""

import json
import re
import unittest

from shouyue_program import Folder, attempts, policies, policy

PROFILE = 'insurer = "守约测试保险公司"\nassign = [ { regime = "office" } ]\n'
CLAUSE = 'title = "甲"\ntitle_en = "A"\ncite = "文 1"\n'
VALUE = "values = [ {{ from = 2010-05-01, value = {}, cite = \"文\" }} ]\n"


def entry(path, name, when, more=""):
    return f'[[{path}]]\nid = "{name}"\n{CLAUSE}when = "{when}"\n{more}'


BOOK = f"""[regime]
id = "office"
title = "测试"
title_en = "Test"
source = "测试"
extends = "national"
binds_from = 2010-05-01

""" + entry("ticket_order", "verification", "kind == 'intake_problem'") + \
    entry("ticket_order", "last_month", "months_since_opened == 1") + \
    entry("ticket_order", "month_before_last", "months_since_opened == 2") + \
    entry("ticket_order", "others", "true") + \
    entry("ticket.problem.reply", "explained", "true", 'text = "已向客户解释"\ntext_en = "Explained"\n') + \
    entry("ticket.problem.reply", "never", "holder_age > 200", 'text = "无"\ntext_en = "None"\n') + \
    f'[ticket.problem.results]\n{CLAUSE}words = ["explained"]\n' \
    f'[ticket.problem.first_review]\n{CLAUSE}by = "city"\n' \
    f'[receipt.returned_by]\n{CLAUSE}basis = ["reconciled_on"]\nsignature_must_match = true\n' \
    f"[receipt.electronic_needs_paper]\n{CLAUSE}[receipt.preferred_visit]\n{CLAUSE}" \
    f'[receipt.hand_in]\n{CLAUSE.replace("cite", "note")}unit = "days"\ncount_from = "next_day"\n' \
    'basis = "signed_on"\n' \
    + VALUE.format(1) + \
    entry("letter", "participating", "product_type == 'participating'",
          'opening = ["感谢您投保{product_name}。"]\nclosing = ["请签名后寄回。"]\n') + \
    f'[report.monthly_statistics]\ntitle = "月报"\ntitle_en = "Statistics"\n' + VALUE.format(5)

DOUBT = "answered,holder,verified,complete,terms_unclear:open"


class OfficeTest(unittest.TestCase):
    def folder(self):
        folder = Folder(PROFILE)
        self.addCleanup(folder.close)
        (folder.path / "regimes" / "office").mkdir(parents=True)
        folder.write("regimes/office/regime.toml", BOOK)
        folder.must("regime", "check", "office")
        return folder.open_for_business()

    def business(self):
        """Problem tickets of September, October and November, and a policy without a phone."""
        folder = self.folder()
        folder.load("policies", policies(policy("P09", "2021-09-08"), policy("P10", "2021-10-08"),
                                         policy("P11", "2021-11-02"), policy("P12", "2021-11-03", mobile="")))
        folder.load("attempts", attempts(f"C1,P09,first_call,2021-09-15 10:00:00,,{DOUBT}",
                                         f"C2,P10,first_call,2021-10-15 10:00:00,,{DOUBT}",
                                         f"C3,P11,first_call,2021-11-09 10:00:00,,{DOUBT}"))
        folder.must("--now", "2021-11-10", "run")
        return folder

    def tickets(self, folder, *filters, now="2021-11-10"):
        return [row["policy_no"] for row in folder.rows("--now", now, "tickets", *filters)]

    def test_tickets_stand_in_the_order_of_the_book(self):
        folder = self.business()
        rows = folder.rows("--now", "2021-11-10", "tickets")
        self.assertEqual([row["policy_no"] for row in rows], ["P12", "P10", "P09", "P11"])
        self.assertEqual([row["rule"].split("ticket_order.")[1] for row in rows],
                         ["verification", "last_month", "month_before_last", "others"])
        self.assertEqual(rows[1]["replies"], "explained")
        # A month later the same tickets have moved on.
        self.assertEqual(self.tickets(folder, now="2021-12-01"), ["P12", "P11", "P10", "P09"])

    def test_filters(self):
        folder = self.business()
        self.assertEqual(self.tickets(folder, "--kind", "problem"), ["P10", "P09", "P11"])
        self.assertEqual(self.tickets(folder, "--kind", "问题件", "--limit", "1"), ["P10"])
        self.assertEqual(self.tickets(folder, "--timeliness", "正常"), ["P11"])
        self.assertEqual(self.tickets(folder, "--timeliness", "警告"), ["P12"])
        self.assertEqual(self.tickets(folder, "--timeliness", "overdue"), ["P10", "P09"])
        self.assertEqual(self.tickets(folder, "--issued-from", "2021-10-08", "--issued-to", "2021-11-02"),
                         ["P10", "P11"])
        self.assertEqual(self.tickets(folder, "--policy", "P11"), ["P11"])
        self.assertEqual(self.tickets(folder, "--org", "35"), ["P12", "P10", "P09", "P11"])
        self.assertEqual(folder.run("tickets", "--org", "99").returncode, 1)
        self.assertEqual(folder.run("tickets", "--kind", "nothing").returncode, 1)

    def test_a_ticket_is_settled_by_a_result_the_book_knows_after_the_first_review(self):
        folder = self.business()
        steps = "policy_no,kind,step,at,org_code,result\n"
        waits = []
        for day, step, org, result in ((11, "resolve", "3501", "客户满意"), (12, "resolve", "3501", "explained"),
                                       (13, "review", "35", ""), (14, "resolve", "35", "已解释"),
                                       (15, "review", "3501", ""), (16, "resolve", "3501", "已解释")):
            folder.load("ticket_steps", steps + f"P10,problem,{step},2021-11-{day} 09:00:00,{org},{result}\n",
                        name=f"steps{day}.csv")
            shown = json.loads(folder.must("--now", f"2021-11-{day} 10:00:00", "--json", "tickets", "--policy",
                                           "P10").stdout)
            waits.append([clause["id"].split("problem.")[1] for clause in shown[0]["waits_for"]] if shown else None)
        self.assertEqual(waits, [["results", "first_review"], ["first_review"], ["first_review"], ["first_review"],
                                 ["first_review"], None])
        folder.must("--now", "2021-11-17", "run")
        ticket = next(row for row in folder.rows("export", "tickets") if row["policy_no"] == "P10")
        self.assertEqual((ticket["state"], ticket["closed_at"][:10]), ("resolved", "2021-11-16"))
        folder.must("--now", "2021-11-17", "rebuild", "--check")

    def test_a_letter_holds_the_questions_and_is_noted(self):
        folder = self.business()
        folder.must("--now", "2021-11-10", "letter", "P10", "--out", "letter.html")
        page = folder.read("letter.html")
        for text in ("守约测试保险公司", "张三先生/女士", "感谢您投保红利。", "请签名后寄回。", "投保人签名"):
            self.assertIn(text, page)
        questions = json.loads(folder.must("--json", "questions", "P10").stdout)["questions"]
        self.assertEqual(page.count("<td>□</td>"), 3 * len(questions))
        folder.must("--now", "2021-11-10", "door-visit", "P10", "--out", "visit.html")
        page = folder.read("visit.html")
        for text in ("13812341234", "接通，接听人投保人", "不得由其上门", "扫描留底"):
            self.assertIn(text, page)
        self.assertNotRegex(page, re.compile(r"\{[a-z_]+\}"))
        folder.must("audit", "verify")

    def test_a_policy_for_which_the_book_has_no_letter(self):
        folder = self.business()
        folder.load("products", "code,name,type\nP1,年金,traditional\n", name="corrected.csv")
        done = folder.run("letter", "P10", "--out", "letter.html")
        self.assertEqual(done.returncode, 1)
        self.assertIn("letter.none", done.stderr)
        self.assertFalse((folder.path / "letter.html").exists())

    def test_an_electronic_receipt_counts_with_the_paper_of_the_same_day(self):
        folder = self.business()
        head = "policy_no,kind,signed_on,handed_in_on,reconciled_on,paper_signed_on,preferred_visit_on\n"

        def standing(row):
            folder.load("receipts", head + row + "\n", name=f"r{len(list(folder.path.iterdir()))}.csv")
            return json.loads(folder.must("--now", "2021-11-10", "--json", "case", "P10").stdout)["receipt_standing"][0]

        shown = standing("P10,electronic,2021-10-12,2021-10-13,2021-10-14,,")
        self.assertNotIn("returned_on", shown)
        self.assertEqual(shown["warnings"], "office/receipt.electronic_needs_paper")
        self.assertEqual((shown["hand_in_by"], shown["handed_in_late"]), ("2021-10-13", "0"))
        self.assertNotIn("returned_on", standing("P10,electronic,2021-10-12,2021-10-14,2021-10-14,2021-10-11,"))
        shown = standing("P10,electronic,2021-10-12,2021-10-14,2021-10-14,2021-10-12,2021-10-20")
        self.assertEqual((shown["returned_on"], shown["handed_in_late"]), ("2021-10-14", "1"))
        self.assertEqual(shown["warnings"], "office/receipt.preferred_visit")

    def test_receipts_that_are_not_in_order_are_counted(self):
        folder = self.business()
        folder.load("receipts", "policy_no,signed_on,handed_in_on,reconciled_on,signature_matches\n"
                                "P09,2021-09-10,2021-09-11,2021-09-12,1\nP10,2021-10-10,2021-10-12,2021-10-13,1\n"
                                "P11,2021-11-09,,,\nP12,2021-11-04,2021-11-05,2021-11-06,0\n")
        rows = {row["policy_no"]: row["marks"] for row in folder.rows("--now", "2021-11-10", "receipts")}
        self.assertEqual(rows, {"P10": "handed_in_late", "P11": "outstanding",
                                "P12": "outstanding;signature_differs;warned"})
        shown = json.loads(folder.must("--now", "2021-11-11", "--json", "receipts", "--agent", "A1").stdout)
        self.assertEqual(shown["counts"], {"handed_in_late": 2, "outstanding": 2, "signature_differs": 1, "warned": 1})
        self.assertEqual(folder.rows("--now", "2021-11-10", "receipts", "--agent", "A2"), [])

    def test_reports_are_due_until_they_are_made(self):
        folder = self.business()

        def due(now, *more):
            return [(row["period"], row["due_on"], row["standing"])
                    for row in folder.rows("--now", now, "reports", "due", *more)]

        self.assertEqual(due("2021-09-30"), [])
        self.assertEqual(due("2021-10-01"), [("2021-09", "2021-10-05", "due")])
        self.assertEqual(due("2021-10-05"), [("2021-09", "2021-10-05", "due")])
        self.assertEqual(due("2021-10-06"), [("2021-09", "2021-10-05", "overdue")])
        done = "reports", "done", "monthly_statistics", "--period"
        self.assertEqual(folder.run("--now", "2021-10-31", *done, "2021-10").returncode, 1)
        folder.must("--now", "2021-10-06", *done, "2021-09")
        folder.must("--now", "2021-11-02", *done, "2021-10")
        self.assertEqual(due("2021-11-10"), [])
        self.assertEqual(due("2021-11-10", "--all"), [("2021-09", "2021-10-05", "done_late"),
                                                      ("2021-10", "2021-11-05", "done")])


if __name__ == "__main__":
    unittest.main()
