"""What a correction that comes after a settlement must not change."""

import unittest

from shouyue_program import Folder, attempts, policies, policy


class CorrectionsTest(unittest.TestCase):
    def setUp(self):
        self.folder = Folder().open_for_business()
        self.addCleanup(self.folder.close)
        self.folder.load("policies", policies(policy("P1")))
        self.run_at("2021-10-25")
        self.booked = self.ledger()
        self.assertEqual([row["kind"] for row in self.booked], ["hold"])

    def run_at(self, now, refused=0):
        done = self.folder.must("--now", now, "run", status=3 if refused else 0)
        self.assertIn(f"refused {refused}", done.stdout)
        self.assertIn("differing 0", self.folder.must("--now", now, "rebuild", "--check").stdout)

    def ledger(self):
        return self.folder.rows("export", "commission", "--entries")

    def correct_issue_day(self, day):
        self.folder.load("policies", policies(policy("P1", day)))

    def test_a_day_of_issue_before_the_rule_book_leaves_the_booked_lines(self):
        self.correct_issue_day("2005-01-31")
        self.run_at("2021-10-26", refused=1)
        self.assertEqual(self.folder.rows("export", "cases"), [])
        self.assertEqual(self.ledger(), self.booked)
        self.run_at("2021-11-25", refused=1)
        self.assertEqual(self.ledger(), self.booked)

    def test_a_month_that_could_not_judge_the_policy_books_nothing_and_the_next_one_goes_on(self):
        self.correct_issue_day("2005-01-31")
        self.run_at("2021-11-25", refused=1)
        self.correct_issue_day("2021-10-07")
        self.run_at("2021-11-26")
        self.assertEqual(len(self.folder.rows("export", "cases")), 1)
        self.assertEqual(self.ledger(), self.booked)
        self.folder.load("receipts", "policy_no,signed_on,handed_in_on,reconciled_on\n"
                                     "P1,2021-10-12,2021-10-13,2021-10-14\n")
        self.folder.load("attempts",
                         attempts("T1,P1,first_call,2021-10-14 10:00:00,,answered,holder,verified,complete,"))
        self.run_at("2021-12-25")
        self.assertEqual([(row["month"], row["kind"]) for row in self.ledger()],
                         [("2021-10", "hold"), ("2021-12", "release")])

    def test_a_day_of_issue_still_to_come_leaves_the_booked_lines(self):
        self.correct_issue_day("2021-12-31")
        self.run_at("2021-10-26")
        self.assertEqual(self.ledger(), self.booked)


if __name__ == "__main__":
    unittest.main()
