"""The reports as the pages get them: the figures of the source, the same in the file, and of the own offices only."""

import unittest

from server_program import ServerTest, on_both_databases

from report_test import ORGANISATIONS, PROFILE, Facts
from workbook_reader import Workbook, without_end

AT = "2021-11-03T10:00:00+08:00"
REPORTS = ("month", "failure-analysis", "monthly-statistics", "monthly-analysis", "tickets", "staff")


def shown(row):
    return without_end([cell["zh"] for cell in row["cells"]])


def tables(document):
    return [table for section in document["sections"] for table in section["tables"]]


def figures(document):
    """Without what says up to when: the server derives what is due every few seconds."""
    return {part: document[part] for part in ("title", "tiles", "sections", "lists")}


def text_rows(document):
    return [shown(row) for table in tables(document) for row in table["rows"]]


@on_both_databases
class ReportsTest(ServerTest):
    profile = PROFILE
    at = AT

    def fill(self):
        self.folder.must("init")
        self.folder.load("organisations", ORGANISATIONS)
        self.folder.load("products", "code,name,type\nP1,红利,participating\n")
        facts = Facts()
        for kind, rows in (("policies", facts.policies), ("receipts", facts.receipts), ("attempts", facts.attempts),
                           ("ticket_steps", facts.steps), ("policy_changes", facts.changes)):
            self.folder.load(kind, "\n".join(rows) + "\n")
        self.folder.must("--now", AT, "run")

    def test_sums_of_commission_are_for_those_who_may_see_commission(self):
        path = "/api/reports/month?period=2021-10"
        for role, sees in (("branch_handler", False), ("supervisor", False), ("quality_officer", True)):
            reader = self.person(role.replace("_", ""), role, **({"seat": "S1"} if role == "branch_handler" else {}))
            document = reader.get(path)
            titles = [section["title"]["zh"] for section in document["sections"]]
            self.assertEqual("首期佣金" in titles, sees, role)
            self.assertEqual(any("佣金" in str(tile) for tile in document["tiles"]), sees, role)
            _, data = reader.ask("GET", path + "&format=xlsx")
            self.assertEqual("佣金" in str(list(Workbook(data).sheets.values())[0]), sees, role)
            self.assertEqual("佣金".encode() in reader.ask("GET", path + "&format=html")[1], sees, role)

    def test_page_and_workbook_have_the_same_figures_and_they_are_those_of_the_source(self):
        reader = self.person("shenji", "auditor")
        for report in REPORTS:
            with self.subTest(report=report):
                path = f"/api/reports/{report}?period=2021-10"
                document = reader.get(path)
                self.assertTrue(tables(document))
                status, data = reader.ask("GET", path + "&format=xlsx")
                self.assertEqual(status, 200)
                self.assertIn("attachment", reader.headers["Content-Disposition"])
                sheets = list(Workbook(data).sheets.values())
                written = [without_end(row) for row in sheets[0]]
                for tile in document["tiles"]:
                    self.assertIn([tile["label"]["zh"], tile["figure"]["zh"]], [row[:2] for row in written])
                for row in text_rows(document):
                    self.assertIn(row, written)
                for listed, sheet in zip(document["lists"], sheets[1:], strict=True):
                    self.assertEqual(listed["row_count"], len(sheet) - 1)
                    rows = [shown(row) for row in listed["rows"]]
                    self.assertEqual(rows, [without_end(row) for row in sheet[1:len(rows) + 1]])
                status, page = reader.ask("GET", path + "&format=html")
                self.assertEqual((status, page[:15]), (200, b"<!DOCTYPE html>"))
        document = reader.get("/api/reports/failure-analysis?period=2021-10")
        tiles = {tile["label"]["zh"]: tile["figure"] for tile in document["tiles"]}
        self.assertEqual(tiles["首访不成功件"], {"zh": "4,063", "number": "4063"})
        self.assertIn("63.55", [cell.get("number") for table in tables(document) for row in table["rows"]
                                for cell in row["cells"]])
        pareto = [table for table in tables(document) if table.get("chart", {}).get("kind") == "pareto"]
        self.assertTrue(pareto)
        for table in pareto:
            plain = [row for row in table["rows"] if row["kind"] == "plain"]
            count, share, cumulated = table["chart"]["values"]
            counts = [int(row["cells"][count]["number"]) for row in plain]
            self.assertEqual(counts, sorted(counts, reverse=True))
            base = next(row for row in table["rows"] if row["kind"] == "base")["cells"][count]["number"]
            differences = [row["cells"][count]["number"] for row in table["rows"] if row["kind"] == "difference"]
            self.assertEqual(sum(counts) + sum(map(int, differences)), int(base))
            self.assertTrue(table["columns"][share]["is_number"] and table["columns"][cumulated]["is_number"])

    def test_an_office_sees_its_own_figures_and_no_others(self):
        whole, branch = self.person("zong", "auditor"), self.person("fujian", "quality_officer", org="35")
        offered = branch.get("/api/reports")
        self.assertEqual([office["code"] for office in offered["offices"]], ["35", "3501", "3502"])
        self.assertEqual(len(whole.get("/api/reports")["offices"]), 6)
        self.assertEqual(offered["months"], ["2021-11", "2021-10"])
        self.assertIn("failure-analysis", [book["id"] for book in offered["analyses"]])
        for report in REPORTS:
            with self.subTest(report=report):
                path = f"/api/reports/{report}?period=2021-10"
                own, asked = figures(branch.get(path)), figures(whole.get(path + "&org_code=35"))
                self.assertEqual(own, asked)
                self.assertNotEqual(own, figures(whole.get(path)))
                self.assertNotIn("广", str(own))
                for org in ("00", "44", "4401", "99"):
                    self.assertEqual(branch.rule("GET", path + f"&org_code={org}"), (404, "organisation.not_found"))
        city = branch.get("/api/reports/failure-analysis?period=2021-10&org_code=3501")
        self.assertNotIn("厦门", str(city))

    def test_what_is_wrong_is_refused(self):
        reader, seat = self.person("shenji", "auditor"), self.person("zuoxi", "call_agent", seat="S1")
        for path, refusal in (("month", (400, "kpi.period_form")), ("month?period=2021-13", (400, "kpi.period_form")),
                              ("nothing?period=2021-10", (404, "report.unknown_kind")),
                              ("month?period=2021-10&format=pdf", (400, "request.format")),
                              ("failure-analysis?period=2021-10&regime=national", (400, "report.no_section")),
                              ("failure-analysis?period=2021-10&regime=..%2f..", (404, "regime.not_found")),
                              ("failure-analysis?period=2021-10&regime=nothing", (404, "regime.not_found"))):
            with self.subTest(path=path):
                self.assertEqual(reader.rule("GET", f"/api/reports/{path}"), refusal)
        self.assertEqual(seat.rule("GET", "/api/reports/month?period=2021-10"), (403, "access.denied"))
        self.assertEqual(seat.rule("GET", "/api/reports"), (403, "access.denied"))


@on_both_databases
class ReportDeadlinesTest(ServerTest):
    profile = 'insurer = "test"\nassign = [ { regime = "china-life-rules" } ]\n'
    at = AT

    def test_a_report_that_was_handed_in_is_noted_once(self):
        chief, branch = self.person("dudao", "supervisor"), self.person("fujian", "supervisor", org="35")
        due = chief.get("/api/reports")["deadlines"]
        self.assertTrue(due)
        row = next(one for one in due if one["period"] == "2021-10")
        self.assertNotIn("done_at", row)
        path = f"/api/reports/{row['report']}/made"
        self.assertEqual(branch.rule("POST", path, {"period": "2021-10"}), (422, "access.whole_company"))
        self.assertEqual(chief.rule("POST", path, {"period": "2021-11"}), (422, "report.not_due"))
        for report in ("staff", "nothing"):
            self.assertEqual(chief.rule("POST", f"/api/reports/{report}/made", {"period": "2021-10"}),
                             (422, "report.not_due"))
        status, after = chief.ask("POST", path, {"period": "2021-10"})
        self.assertEqual(status, 200)
        noted = next(one for one in after["rows"] if (one["report"], one["period"]) == (row["report"], "2021-10"))
        self.assertIn("done_at", noted)
        self.assertEqual(chief.ask("POST", path, {"period": "2021-10"})[1], after)
        self.folder.must("audit", "verify")


if __name__ == "__main__":
    unittest.main()
