"""The reports through the real program: the figures of the source, and page and workbook alike."""

import unittest

from shouyue_program import Folder
from workbook_reader import Page, Workbook, without_end

PROFILE = 'insurer = "试验人寿"\nassign = [ { regime = "call-centre-2021" } ]\n'
ORGANISATIONS = """code,name,level,parent_code,region_code
00,总公司,head_office,,
35,福建分公司,branch,00,350000
44,广东分公司,branch,00,440000
3501,福州中支,city,35,350100
3502,厦门中支,city,35,350200
4401,广州中支,city,44,440100
"""
OFFICES = ("3501", "3502", "4401")
CHANNELS = ("bancassurance", "telesales")
REPORTS = ("month", "failure-analysis", "monthly-statistics", "monthly-analysis", "tickets", "staff")

# What the source counts: first connection, make-up connection (None: no make-up visit), interview of it, how many.
VISITS = (
    ("answered", None, "", 554),  # with an open doubt: a problem case
    ("nonexistent_number", "no_answer", "", 2582),
    ("dialect", "dialect", "", 1112),
    ("wrong_number", "answered", "standard", 221),
    ("holder_refused", "holder_refused", "", 57),
    ("suspended_for_arrears", "answered", "problem", 10),
    ("incoming_restricted", None, "", 81),
)
# Reported back of those whose make-up visit failed, one after the other.
FEEDBACK = (("door_visit", 1110), ("扫描留底", 373), ("withdrawal", 105), ("visit_order", 100),
            ("confirmed_at_application", 91), ("surrender", 27), ("cooling_off_cancel", 23))
ANSWERED = "answered,holder,verified,complete"


class Facts:
    """The files of 4617 policies with the visits and the feedback of the source."""

    def __init__(self):
        self.policies = ["policy_no,channel,org_code,product_code,holder_name,mobile_phone,premium,pay_mode,"
                         "term_months,issued_on"]
        self.receipts = ["policy_no,signed_on"]
        self.attempts = ["attempt_id,policy_no,leg,started_at,ended_at,operator,phone,connection,party,identity,"
                         "interview,findings"]
        self.steps = ["policy_no,kind,step,at,result"]
        self.changes = ["policy_no,change,on"]
        feedback = [word for word, count in FEEDBACK for _ in range(count)]
        number = 0
        for first, make_up, result, count in VISITS:
            for _ in range(count):
                number += 1
                fed_back = feedback.pop(0) if make_up == "no_answer" and feedback else None
                self.add(number, first, make_up, result, fed_back)
        self.add(number + 1, "standard", None, "", None)  # a success: no part of the analysis

    def add(self, number, first, make_up, result, fed_back):
        policy = f"P{number:06}"
        self.policies.append(f"{policy},{CHANNELS[number % 2]},{OFFICES[number % 3]},P1,张三,138{number:08},6000,"
                             "annual,240,2021-10-08")
        self.receipts.append(f"{policy},2021-10-10")
        if first == "answered":
            self.visit(policy, "first_call", 13, ANSWERED + ",terms_unclear:open")
        elif first == "standard":
            self.visit(policy, "first_call", 13, ANSWERED + ",")
        else:
            self.visit(policy, "first_call", 13, first + ",,,,")
        if result:
            self.visit(policy, "branch_call", 15, ANSWERED + (",terms_unclear:open" if result == "problem" else ","))
        elif make_up:
            self.visit(policy, "branch_call", 15, make_up + ",,,,")
        if fed_back == "door_visit":
            self.visit(policy, "door_visit", 16, "holder_absent,,,,")
        elif fed_back in ("withdrawal", "surrender", "cooling_off_cancel"):
            self.changes.append(f"{policy},{fed_back},2021-10-18")
        elif fed_back:
            self.steps.append(f"{policy},verification,feedback,2021-10-17 10:00:00,{fed_back}")

    def visit(self, policy, leg, day, outcome):
        self.attempts.append(f"{policy}-{leg},{policy},{leg},2021-10-{day} 09:30:00,2021-10-{day} 09:31:05,"
                             f"Z10{int(policy[1:]) % 2},13800000000,{outcome}")


class ReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder(PROFILE)
        cls.addClassCleanup(cls.folder.close)
        cls.folder.must("init")
        cls.folder.load("organisations", ORGANISATIONS)
        cls.folder.load("products", "code,name,type\nP1,红利,participating\n")
        facts = Facts()
        for kind, rows in (("policies", facts.policies), ("receipts", facts.receipts), ("attempts", facts.attempts),
                           ("ticket_steps", facts.steps), ("policy_changes", facts.changes)):
            cls.folder.load(kind, "\n".join(rows) + "\n")
        cls.folder.must("--now", "2021-11-01", "run")
        cls.analysis = cls.page("failure-analysis")

    @classmethod
    def report(cls, name, out, *more):
        cls.folder.must("report", name, "--period", "2021-10", "--out", out, *more)
        return (cls.folder.path / out).read_bytes()

    @classmethod
    def page(cls, name, *more):
        return Page(cls.report(name, f"{name}.html", *more).decode("utf-8"))

    def row(self, label, after=None):
        """The first row of that label, below the table of parts whose base row is called `after`."""
        rows = [row for table in self.analysis.tables for row in table]
        start = 0
        if after:
            start = next(i for i, row in enumerate(rows) if row[0] == after)
        return next(row for row in rows[start:] if row[0] == label)

    def test_the_figures_of_the_source(self):
        tiles = {tile[0]: tile[1:] for tile in self.analysis.tiles}
        self.assertEqual(tiles["转办件"][0], "4,617")
        self.assertEqual(tiles["首访问题件"], ["554", "占转办件 12.00%"])
        self.assertEqual(tiles["首访不成功件"], ["4,063", "占转办件 88.00%"])
        make_up = next(table for table in self.analysis.tables if table[1][0] == "不成功件")
        self.assertEqual([row[:3] for row in make_up[1:]], [
            ["不成功件", "2,582", "63.55%"],
            ["方言件", "1,112", "27.37%"],
            ["合规件", "221", "5.44%"],
            ["拒绝回访", "57", "1.40%"],
            ["问题件", "10", "0.25%"],
            ["各项合计", "3,982", "98.01%"],
            ["差额（未归入以上各项）", "81", "1.99%"],
            ["基数：首访不成功件", "4,063", "100.00%"],
            ["不成功件与方言件两项", "3,694", "90.92%"],
        ])

    def test_what_the_offices_reported(self):
        feedback = next(table for table in self.analysis.tables if table[1][0] == "面访" and len(table) > 8)
        self.assertEqual({row[0]: row[1] for row in feedback[1:]}, {
            "面访": "1,110", "扫描留底": "373", "犹豫期撤保": "105", "填写面访工单": "100",
            "投保时信息已核对并确认真实有效": "91", "退保": "27", "犹豫期退保": "23", "各项合计": "1,829",
            "差额（未归入以上各项）": "2,234", "基数：首访不成功件": "4,063", "退保、犹豫期退保合计": "155"})

    def test_parts_that_add_up_have_no_difference(self):
        reasons = next(table for table in self.analysis.tables if table[1][0] == "空号")
        self.assertEqual(reasons[1][:4], ["空号", "2,582", "63.55%", "63.55%"])
        self.assertEqual(reasons[2][:4], ["方言无法沟通", "1,112", "27.37%", "90.92%"])
        self.assertEqual(len(reasons), 1 + 23 + 4 + 2)
        self.assertNotIn("差额（未归入以上各项）", [row[0] for row in reasons])

    def test_the_offices_add_up_and_an_office_alone_is_its_line(self):
        by_office = [table for table in self.analysis.tables if table[0][0] == "机构"]
        self.assertEqual(len(by_office), 4)
        for table in by_office:
            for column in range(1, len(table[0]) - 2):
                figures = [int(row[column].replace(",", "")) for row in table[1:]]
                self.assertEqual(sum(figures[:-1]), figures[-1])
        fujian = next(row for row in by_office[0] if row[0] == "福建分公司")
        alone = self.page("failure-analysis", "--org", "35")
        self.assertEqual(alone.tiles[0][1], fujian[1])
        inside = next(table for table in alone.tables if table[0][0] == "机构")
        self.assertEqual([row[0] for row in inside[1:]], ["厦门中支", "福州中支", "合计"])

    def test_the_cases_behind_are_masked_and_as_many_as_counted(self):
        cases = self.analysis.tables[-1]
        self.assertEqual(len(cases) - 1, 4617)
        self.assertEqual({row[4] for row in cases[1:]}, {"138****0000"})
        self.assertNotIn("13800000000", self.folder.read("failure-analysis.html"))
        self.assertNotIn("张三", self.folder.read("failure-analysis.html"))

    def test_page_and_workbook_say_the_same(self):
        for language in ("zh", "en"):
            for name in REPORTS:
                with self.subTest(name=name, language=language):
                    page = Page(self.report(name, f"{name}.html").decode("utf-8"), language)
                    book = Workbook(self.report(name, f"{name}.xlsx", "--lang", language))
                    rows = [without_end(row) for sheet in book.sheets.values() for row in sheet]
                    for tile in page.tiles:
                        self.assertIn(without_end(tile), rows)
                    place = 0
                    for table in page.tables:
                        for row in table:
                            wanted = without_end(row)
                            self.assertIn(wanted, rows[place:place + 40])
                            place = rows.index(wanted, place) + 1

    def test_numbers_are_numbers(self):
        book = Workbook(self.report("failure-analysis", "numbers.xlsx"))
        row = next(row for row in book.sheets["报表"] if row and row[0] == "不成功件" and len(row) > 2)
        self.assertEqual([cell.number is None for cell in row[:3]], [True, False, False])
        self.assertEqual(str(row[2].number), "0.6355")
        self.assertIsNone(book.sheets["明细"][1][0].number)  # a policy number is a text

    def test_lists_have_a_filter_and_their_headings_stay(self):
        book = Workbook(self.report("tickets", "tickets.xlsx"))
        sheet = book.parts["xl/worksheets/sheet2.xml"].decode()
        self.assertIn("<autoFilter ref=", sheet)
        self.assertIn('state="frozen"', sheet)
        self.assertIn("fitToHeight=\"0\"", sheet)
        rows = book.sheets["工单清单"]
        timeliness = rows[0].index("时效")
        fills = {str(row[timeliness]): row[timeliness].fill for row in rows[1:]}
        self.assertEqual(fills, {"超时": "FFFBDFD9"} | {word: fill for word, fill in fills.items() if word != "超时"})
        self.assertEqual(len(set(fills.values())), len(fills))

    def test_the_tickets_are_those_of_the_export(self):
        export = self.folder.rows("export", "tickets")
        rows = self.page("tickets").tables[-1]
        self.assertEqual(sorted(row[0] for row in rows[1:]), sorted(ticket["ticket_id"] for ticket in export))
        overdue = sum(ticket["timeliness"] == "overdue" for ticket in export)
        self.assertEqual(sum(row[9] == "超时" for row in rows[1:]), overdue)

    def test_the_statistics_are_those_of_the_export(self):
        cases = self.folder.rows("export", "cases")
        left_out = ("out_of_scope", "waived", "cancelled", "not_due")
        due = [case for case in cases if case["state"] not in left_out]
        visits = self.page("monthly-statistics").tables[0]
        every = dict(zip(visits[0], visits[-1]))
        self.assertEqual(int(every["承保"].replace(",", "")), len(cases))
        self.assertEqual(int(every["应访"].replace(",", "")), len(due))
        self.assertEqual(int(every["成功"].replace(",", "")), sum(case["success"] == "1" for case in due))

    def test_the_analysis_compares_with_the_month_before(self):
        page = self.folder.must("report", "monthly-analysis", "--period", "2021-11", "--out", "november.html")
        self.assertEqual(page.returncode, 0)
        text = self.folder.read("november.html")
        self.assertIn("对比期间 2021-10", text)
        issued = next(row for row in Page(text).tables[0] if row[0] == "承保")
        self.assertEqual(issued[1:], ["0", "4,618", "−4,618"])

    def test_lengths_are_whole_seconds(self):
        table = self.page("staff").tables[0]
        for row in table[1:]:
            line = dict(zip(table[0], row))
            self.assertEqual(line["平均时长（秒）"], "65")
            self.assertEqual(int(line["通话总时长（秒）"].replace(",", "")),
                             65 * int(line["计时次数"].replace(",", "")))
            self.assertEqual(line["满意度"], "无数据")

    def test_the_same_bytes_every_time(self):
        for name in REPORTS:
            self.assertEqual(self.report(name, "a.xlsx"), self.report(name, "b.xlsx"))

    def test_a_period_without_anything(self):
        for name in REPORTS:
            self.folder.must("report", name, "--period", "2021-08", "--out", "empty.html")
            self.folder.must("report", name, "--period", "2021-08", "--out", "empty.xlsx")
            self.assertNotIn("100.00%", self.folder.read("empty.html"))

    def test_what_cannot_be_reported(self):
        for arguments, rule in (
            (("failure-analysis", "--out", "x.pdf"), "report.file_kind"),
            (("failure-analysis", "--org", "99", "--out", "x.html"), "report.unknown_organisation"),
            (("failure-analysis", "--regime", "national", "--out", "x.html"), "report.no_section"),
            (("failure-analysis", "--regime", "nowhere", "--out", "x.html"), "regime.not_found"),
        ):
            refused = self.folder.must("report", *arguments, "--period", "2021-10", status=1)
            self.assertIn(rule, refused.stderr)


if __name__ == "__main__":
    unittest.main()
