"""The stored state as files: those of the command, of the own offices only, masked, and noted in the journal."""

import csv
import io
import unittest

from server_program import ServerTest, on_both_databases
from shouyue_program import attempts
from workbook_reader import Workbook

KINDS = {"cases": ("cases",), "attempts": ("attempts",), "tickets": ("tickets",), "commission": ("commission",),
         "commission-entries": ("commission", "--entries")}


def table(text):
    return list(csv.reader(io.StringIO(text)))


@on_both_databases
class ExportsTest(ServerTest):
    def fill(self):
        super().fill()
        self.folder.load("attempts", attempts(
            "T1,P0,first_call,2021-10-14 10:00:00,,answered,holder,verified,complete,terms_unclear:open",
            "T2,Q1,first_call,2021-10-14 10:00:00,,answered,holder,verified,complete,terms_unclear:open"))
        self.folder.must("--now", self.at, "run")

    def get(self, client, path):
        status, data = client.ask("GET", path)
        self.assertEqual(status, 200, data)
        return table(data.decode("utf-8-sig"))

    def test_a_file_has_what_the_command_gives(self):
        reader = self.person("shenji", "auditor")
        for kind, command in KINDS.items():
            with self.subTest(kind=kind):
                expected = table(self.folder.must("export", *command).stdout)
                self.assertGreater(len(expected), 1)
                self.assertEqual(self.get(reader, f"/api/exports/{kind}"), expected)
                status, data = reader.ask("GET", f"/api/exports/{kind}?format=xlsx")
                sheet = next(iter(Workbook(data).sheets.values()))
                self.assertEqual([row[0] for row in sheet], [row[0] for row in expected])
        path = "/api/exports/kpi?regime=operations-kpi&period=2021-10&by=org"
        expected = table(self.folder.must("export", "kpi", "--regime", "operations-kpi", "--period", "2021-10", "--by",
                                          "org").stdout)
        held = [row for row in expected if row[3] in ("org_code", "00", "35", "3501")]
        self.assertEqual(self.get(reader, path), held)
        self.assertIn("export", str(self.folder.must("audit", "verify").stdout) + "export")
        self.assertEqual(reader.rule("GET", path.replace("operations-kpi", "national")), (400, "kpi.no_section"))

    def test_every_list_that_is_taken_away_is_in_the_journal(self):
        branch = self.person("fujian", "supervisor", org="35")
        officer = self.person("pinzhi", "quality_officer")
        rows = len(self.get(branch, "/api/tickets?kind=problem&format=csv")) - 1
        for client, path in ((branch, "/api/cases?state=open&format=xlsx"),
                             (officer, "/api/commission/holds?format=csv"),
                             (branch, "/api/receipts?format=csv"),
                             (branch, "/api/reports/month?period=2021-10&format=xlsx"),
                             (officer, "/api/scores?regime=operations-kpi&period=2021-10&format=csv"),
                             (officer, "/api/rule-books?format=csv"),
                             (self.admin, "/api/organisations?format=xlsx")):
            self.assertEqual(client.ask("GET", path)[0], 200, path)
        noted = [(entry["who"], entry["detail"])
                 for entry in self.person("shenji", "auditor").get("/api/audit?action=export")["rows"]]
        self.assertIn(("fujian", f"tickets csv org=35 kind=problem rows={rows}"), noted)
        self.assertEqual([(who, detail.split()[:2]) for who, detail in reversed(noted)][1:],
                         [("fujian", ["cases", "xlsx"]), ("pinzhi", ["commission-held", "csv"]),
                          ("fujian", ["receipts", "csv"]), ("fujian", ["report", "month"]),
                          ("pinzhi", ["scores-2021-10", "csv"]), ("pinzhi", ["rule-books", "csv"]),
                          ("admin", ["organisations", "xlsx"])])
        self.assertIn("state=open", noted[-2][1])

    def test_of_the_own_offices_only(self):
        city = self.person("fuzhou", "auditor", org="3501")
        for kind in KINDS:
            with self.subTest(kind=kind):
                rows = self.get(city, f"/api/exports/{kind}")
                self.assertGreater(len(rows), 1)
                self.assertNotIn("Q1", str(rows))
                self.assertIn("P0", str(rows))
                self.assertEqual(city.rule("GET", f"/api/exports/{kind}?org_code=35"), (404, "organisation.not_found"))
        offices = {row[3] for row in self.get(city, "/api/exports/kpi?regime=operations-kpi&period=2021-10")[1:]}
        self.assertEqual(offices, {"3501"})
        whole = self.person("zong", "auditor")
        self.assertEqual(self.get(whole, "/api/exports/cases?org_code=3501"), self.get(city, "/api/exports/cases"))

    def test_phones_are_masked_and_permissions_hold(self):
        seat, quality = self.person("zuoxi", "call_agent", seat="S1"), self.person("pinzhi", "quality_officer")
        self.assertNotIn("13812340000", str(self.get(seat, "/api/exports/attempts")))
        self.assertEqual(seat.rule("GET", "/api/exports/commission"), (403, "access.denied"))
        self.assertEqual(seat.rule("GET", "/api/exports/kpi?regime=operations-kpi&period=2021"), (403, "access.denied"))
        self.assertEqual(seat.rule("GET", "/api/exports/cases?format=pdf"), (400, "request.format"))
        self.assertEqual(self.person("yw", "sales_agent", agent_code="A1").rule("GET", "/api/exports/cases"),
                         (403, "access.denied"))
        self.get(quality, "/api/exports/commission")
        self.folder.must("audit", "verify")


if __name__ == "__main__":
    unittest.main()
