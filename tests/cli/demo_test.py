"""The demo insurer through the real program: a short play, and what must hold of any insurer after it."""

import csv
import io
import json
import unittest

from shouyue_program import SOURCE, Folder

PROFILE = (SOURCE / "regimes" / "demo-insurer.toml").read_text(encoding="utf-8")
PLAY = ("demo", "--policies", "150", "--days", "30", "--seed", "3", "--out", "out")


class DemoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder(PROFILE)
        cls.addClassCleanup(cls.folder.close)
        cls.played = json.loads(cls.folder.must("--json", *PLAY).stdout)

    def rows(self, what):
        return list(csv.DictReader(io.StringIO(self.folder.must("export", what).stdout)))

    def test_everything_was_taken_in(self):
        self.assertEqual(self.played["rejected"], 0)
        self.assertEqual(self.played["refused"], 0)
        self.assertEqual(len(self.rows("cases")), 151)  # and one of the backlog
        self.assertGreater(self.played["attempts"], 100)
        self.assertGreater(self.played["ticket_steps"], 10)
        self.assertEqual(self.played["ended_at"], "2021-10-05T23:00:00+08:00")

    def test_both_rule_books_decided(self):
        self.assertEqual({row["regime"] for row in self.rows("cases")}, {"pacific-2010", "call-centre-2021"})

    def test_running_again_changes_nothing(self):
        before = self.rows("cases")
        again = self.folder.must("--now", self.played["ended_at"], "--json", "run")
        self.assertEqual(json.loads(again.stdout)["derived"], 0)
        self.assertEqual(self.rows("cases"), before)

    def test_what_is_stored_is_what_the_facts_give(self):
        self.folder.must("--now", self.played["ended_at"], "rebuild", "--check")

    def test_the_same_seed_gives_the_same_state(self):
        other = Folder(PROFILE)
        self.addCleanup(other.close)
        other.must("--json", *PLAY)
        for what in ("cases", "attempts", "tickets", "commission"):
            self.assertEqual(other.must("export", what).stdout, self.folder.must("export", what).stdout)

    def test_the_month_reports_stand_alone(self):
        self.assertEqual(self.played["reports"], ["out/month-2021-09.html", "out/month-2021-10.html"])
        for name in self.played["reports"]:
            page = self.folder.read(name)
            self.assertIn("回访成功率", page)
            self.assertNotIn("http", page)

    def test_a_report_of_its_own(self):
        self.folder.must("report", "month", "--period", "2021-09", "--out", "september.html")
        self.assertEqual(self.folder.read("september.html"), self.folder.read("out/month-2021-09.html"))
        refused = self.folder.must("report", "month", "--period", "2021-09", "--out", "september.pdf", status=1)
        self.assertIn("report.file_kind", refused.stderr)


if __name__ == "__main__":
    unittest.main()
