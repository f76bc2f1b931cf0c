"""Seats take cases from the worklist: nobody gets the same case, and nobody's day is used up twice."""

import json
import unittest
from concurrent.futures import ThreadPoolExecutor

from shouyue_program import Folder, attempts, policies, policy

AT = "2021-10-20T10:00:00+08:00"
BOOK = """[regime]
id = "one-call-a-day"
title = "每人每天一次"
title_en = "One call a day for each person"
source = "试行办法"
extends = "pacific-2010"
binds_from = 2010-09-01

[followup.person_per_day_max]
title = "每人每天最多拨打一次"
title_en = "One call a day for each person"
values = [ { from = 2010-09-01, value = 1, cite = "试行办法" } ]
"""


class ClaimsTest(unittest.TestCase):
    def folder(self, *mobiles, book="pacific-2010"):
        folder = Folder(f'insurer = "test"\nassign = [ {{ regime = "{book}" }} ]\n')
        self.addCleanup(folder.close)
        (folder.path / "regimes" / "one-call-a-day").mkdir(parents=True)
        folder.write("regimes/one-call-a-day/regime.toml", BOOK)
        folder.open_for_business()
        folder.load("policies", policies(*(policy(f"P{i}", mobile=mobile) for i, mobile in enumerate(mobiles))))
        folder.load("receipts", "policy_no,signed_on\n" + "".join(f"P{i},2021-10-12\n" for i in range(len(mobiles))))
        folder.must("--now", AT, "run")
        return folder

    def claimed(self, folder, seat, count):
        answer = folder.must("--now", AT, "--json", "claim", "--count", str(count), "--seat", seat).stdout
        return [row["policy_no"] for row in json.loads(answer)]

    def test_the_best_of_the_worklist_each_to_one_seat(self):
        folder = self.folder(*(f"1381234{i:04}" for i in range(10)))
        listed = [row["policy_no"] for row in folder.rows("--now", AT, "worklist")]
        self.assertEqual(len(listed), 10)
        self.assertEqual(self.claimed(folder, "S1", 4), listed[:4])
        self.assertEqual(self.claimed(folder, "S2", 4), listed[4:8])
        self.assertEqual(self.claimed(folder, "S3", 4), listed[8:])
        self.assertEqual(self.claimed(folder, "S4", 4), [])

    def test_many_seats_at_once_never_get_the_same_case(self):
        folder = self.folder(*(f"1381234{i:04}" for i in range(24)))
        with ThreadPoolExecutor(6) as seats:
            batches = list(seats.map(lambda seat: self.claimed(folder, f"S{seat}", 4), range(6)))
        claimed = [number for batch in batches for number in batch]
        self.assertEqual(len(claimed), 24)
        self.assertEqual(len(set(claimed)), 24)

    def test_a_call_taken_counts_against_the_day_of_the_person(self):
        folder = self.folder("13812340001", "13812340001", "13812340002", book="one-call-a-day")
        claim = json.loads(folder.must("--now", AT, "--json", "claim", "P0", "--seat", "S1").stdout)
        refused = folder.must("--now", AT, "claim", "P1", "--seat", "S2", status=1)
        self.assertIn("claim.person_per_day_max", refused.stderr)
        folder.must("--now", AT, "claim", "P0", "--seat", "S1")
        folder.must("--now", AT, "claim", "P2", "--seat", "S2")
        folder.must("--now", AT, "release", "P0", "--fence", str(claim["fence"] + 1))
        folder.must("--now", AT, "claim", "P1", "--seat", "S2")

    def test_a_call_imported_since_the_last_run_counts_against_the_day_of_the_person(self):
        folder = self.folder("13812340001", "13812340001", "13812340002", book="one-call-a-day")
        listed = lambda at: [row["policy_no"] for row in folder.rows("--now", at, "worklist")]
        self.assertEqual(listed(AT), ["P0", "P1", "P2"])
        folder.load("attempts", attempts("T1,P0,first_call,2021-10-20 10:30:00,,no_answer,,,,",
                                         "T2,P2,first_call,2021-10-19 10:30:00,,no_answer,,,,"))
        self.assertEqual(listed("2021-10-20T10:29:00+08:00"), ["P0", "P1", "P2"])
        self.assertEqual(listed("2021-10-20T10:30:00+08:00"), ["P2"])
        self.assertIn("person_per_day_max", folder.must("--now", "2021-10-20T10:30:00+08:00", "why", "P1").stdout)
        self.assertEqual(listed("2021-10-21T10:30:00+08:00"), ["P0", "P1", "P2"])
        folder.load("attempts", attempts("T1,P0,first_call,2021-10-19 10:30:00,,no_answer,,,,"))
        self.assertIn("P1", listed("2021-10-20T10:30:00+08:00"))

    def test_a_link_a_letter_and_a_visit_at_the_door_are_no_calls(self):
        folder = self.folder("13812340001", "13812340001", book="one-call-a-day")
        at = "2021-10-20T10:30:00+08:00"
        listed = lambda: [row["policy_no"] for row in folder.rows("--now", at, "worklist")]
        for number, leg in enumerate(("electronic", "letter", "door_visit")):
            folder.load("attempts", attempts(f"T{number},P0,{leg},2021-10-20 10:0{number}:00,,no_answer,,,,"))
        self.assertIn("P1", listed())
        folder.must("--now", at, "run")
        self.assertIn("P1", listed())
        self.assertNotIn("person_per_day_max", folder.must("--now", at, "why", "P1").stdout)
        folder.must("--now", at, "claim", "P1", "--seat", "S1")
        folder.load("attempts", attempts("T9,P0,first_call,2021-10-20 10:10:00,,no_answer,,,,"))
        self.assertIn("person_per_day_max", folder.must("--now", at, "why", "P1").stdout)

    def test_of_several_cases_of_a_person_one_is_taken(self):
        folder = self.folder("13812340001", "13812340001", "13812340002", book="one-call-a-day")
        taken = self.claimed(folder, "S1", 3)
        self.assertEqual(len(taken), 2)
        self.assertEqual(self.claimed(folder, "S1", 3), taken)  # a seat may ask again for what it holds

    def test_within_the_limit_all_are_taken(self):
        folder = self.folder("13812340001", "13812340001", "13812340002")
        self.assertEqual(len(self.claimed(folder, "S1", 3)), 3)

    def test_refusals(self):
        folder = self.folder("13812340001")
        for arguments, rule in ((("--seat", "S1"), "claim.nothing_named"),
                                (("none", "--seat", "S1"), "policy.not_found"),
                                (("--count", "1", "--leg", "x", "--seat", "S1"), "worklist.unknown_leg")):
            self.assertIn(rule, folder.must("--now", AT, "claim", *arguments, status=1).stderr)


if __name__ == "__main__":
    unittest.main()
