"""Doing the work that is due: the same state however often and in whatever steps, and after kills at any moment."""

import datetime
import os
import random
import signal
import sqlite3
import subprocess
import time
import unittest

from shouyue_program import Folder, attempts, many_policies, policies, policy

SEED = int(os.environ.get("SHOUYUE_TEST_SEED", random.SystemRandom().randrange(1 << 30)))
KILLS = int(os.environ.get("SHOUYUE_TEST_KILLS", "50"))


def business(folder, count=60, seed=7):
    """Files about some policies whose calls, receipts, tickets and changes differ."""
    draw = random.Random(seed)
    day = datetime.date(2021, 9, 1)
    rows, calls, receipts, changes = [], [], ["policy_no,signed_on,handed_in_on,reconciled_on"], ["policy_no,change,on"]
    for i in range(count):
        number, issued = f"P{i:05}", day + datetime.timedelta(draw.randrange(20))
        rows.append(policy(number, issued.isoformat(), f"138{draw.randrange(40):08}"))
        signed = issued + datetime.timedelta(draw.randrange(1, 12))
        if draw.random() < 0.8:
            handed = signed + datetime.timedelta(draw.randrange(15))
            receipts.append(f"{number},{signed},{handed},{handed + datetime.timedelta(1)}")
        for n in range(draw.randrange(5)):
            nine = datetime.datetime.combine(signed, datetime.time(9))
            at = nine + datetime.timedelta(draw.randrange(14), hours=draw.randrange(11))
            result = draw.choice(["answered,holder,verified,complete,", "no_answer,,,,", "busy,,,,", "wrong_number,,,,",
                                  "answered,holder,verified,complete,returns_unclear:open",
                                  "holder_refused,holder,,refused,"])
            calls.append(f"T{i}-{n},{number},{draw.choice(['first_call', 'second_call'])},{at},,{result}")
        if draw.random() < 0.1:
            changes.append(f"{number},cooling_off_cancel,{signed + datetime.timedelta(2)}")
    folder.load("policies", policies(*rows))
    folder.load("receipts", "\n".join(receipts) + "\n")
    folder.load("attempts", attempts(*calls))
    folder.load("policy_changes", "\n".join(changes) + "\n")


class RunTest(unittest.TestCase):
    def folder(self):
        folder = Folder().open_for_business()
        self.addCleanup(folder.close)
        return folder

    def test_day_by_day_and_once_give_the_same_state(self):
        once, daily = self.folder(), self.folder()
        for folder in (once, daily):
            business(folder)
        last = datetime.date(2021, 11, 25)
        once.must("--now", last.isoformat(), "run")
        day = datetime.date(2021, 9, 1)
        while day <= last:
            daily.must("--now", day.isoformat(), "run")
            day += datetime.timedelta(1)
        self.assertEqual(once.exports(), daily.exports())
        for folder in (once, daily):
            self.assertIn("differing 0", folder.must("rebuild", "--check").stdout)
            folder.must("audit", "verify")

    def test_again_at_the_same_moment_nothing_happens_and_earlier_is_refused(self):
        folder = self.folder()
        business(folder)
        folder.must("--now", "2021-10-20T09:00:00+08:00", "run")
        before = folder.exports()
        again = folder.must("--now", "2021-10-20T09:00:00+08:00", "run")
        self.assertEqual(again.stdout, "derived 0, refused 0, settlements 0\n")
        self.assertEqual(before, folder.exports())
        refused = folder.must("--now", "2021-10-20T08:59:59+08:00", "run", status=1)
        self.assertIn("run.now_went_backwards", refused.stderr)

    def test_rebuild_finds_and_mends_what_was_changed_by_hand(self):
        folder = self.folder()
        business(folder)
        folder.must("--now", "2021-10-20", "run")
        before = folder.exports()
        with sqlite3.connect(folder.path / "test.db") as database:
            database.execute("UPDATE case_state SET attempts = attempts + 1 WHERE policy_no = 'P00003'")
        self.assertIn("rebuild.differs", folder.must("rebuild", "--check", status=1).stderr)
        folder.must("rebuild")
        self.assertEqual(before, folder.exports())
        folder.must("rebuild", "--check")

    def test_changed_rules_need_a_rebuild(self):
        folder = self.folder()
        business(folder)
        folder.must("--now", "2021-10-20", "run")
        folder.write("insurer.toml", 'insurer = "test"\nassign = [ { regime = "call-centre-2021" } ]\n')
        self.assertIn("run.rules_changed", folder.must("--now", "2021-10-21", "run", status=1).stderr)
        folder.must("rebuild")
        folder.must("--now", "2021-10-21", "run")
        self.assertEqual({row["regime"] for row in folder.rows("export", "cases")}, {"call-centre-2021"})

    def test_a_policy_that_cannot_be_derived_does_not_stop_the_others(self):
        folder = self.folder()
        folder.load("policies", policies(policy("OLD", "1999-01-04"), policy("NEW", "2021-10-08")))
        done = folder.must("--now", "2021-10-20", "run", status=3)
        self.assertIn("refused 1", done.stdout)
        self.assertEqual([row["policy_no"] for row in folder.rows("export", "cases")], ["NEW"])
        self.assertIn("regime.not_in_force", folder.must("--now", "2021-10-20", "case", "OLD").stdout)

    def test_the_audit_journal_shows_when_it_was_changed(self):
        folder = self.folder()
        folder.load("policies", policies(policy("P1")))
        folder.must("--now", "2021-10-20", "run")
        folder.must("--now", "2021-10-20", "case", "P1", "--unmasked")
        folder.must("audit", "verify")
        with sqlite3.connect(folder.path / "test.db") as database:
            actions = [row[0] for row in database.execute("SELECT action FROM audit ORDER BY n")]
            self.assertIn("unmasked", actions)
            self.assertIn("run", actions)
            database.execute("UPDATE audit SET who = 'nobody' WHERE n = 2")
        self.assertIn("audit.chain_broken", folder.must("audit", "verify", status=1).stderr)

    def test_worklist_and_why_agree(self):
        folder = self.folder()
        business(folder)
        folder.must("--now", "2021-09-20T08:00:00+08:00", "run")
        at = ("--now", "2021-09-20T10:00:00+08:00")
        listed = {row["policy_no"] for row in folder.rows(*at, "worklist", "--limit", "1000")}
        self.assertTrue(listed)
        for row in folder.rows("export", "cases"):
            answer = folder.must(*at, "--json", "why", row["policy_no"]).stdout
            self.assertEqual('"on_worklist":true' in answer, row["policy_no"] in listed, answer)

    def test_a_claimed_case_is_offered_to_nobody_else_until_the_lease_ends(self):
        folder = self.folder()
        business(folder)
        at = "2021-09-20T10:00:00+08:00"
        folder.must("--now", at, "run")
        first = folder.rows("--now", at, "worklist", "--limit", "1")[0]["policy_no"]
        folder.must("--now", at, "claim", first, "--seat", "S1", "--minutes", "30")
        self.assertIn("claim.taken", folder.must("--now", at, "claim", first, "--seat", "S2", status=1).stderr)
        self.assertNotEqual(folder.rows("--now", at, "worklist", "--limit", "1")[0]["policy_no"], first)
        self.assertEqual(folder.rows("--now", at, "worklist", "--seat", "S1", "--limit", "1")[0]["policy_no"], first)
        later = "2021-09-20T10:30:00+08:00"
        self.assertEqual(folder.rows("--now", later, "worklist", "--limit", "1")[0]["policy_no"], first)

    def test_killed_at_any_moment_the_same_commands_reach_the_same_state(self):
        print(f"SHOUYUE_TEST_SEED={SEED}", flush=True)
        draw = random.Random(SEED)
        content = many_policies(45000)
        calls = attempts(*(f"T{i},P{i:06},first_call,2021-10-12 10:00:00,,answered,holder,verified,complete,"
                           for i in range(0, 45000, 2)))
        steps = [("import", "policies", "policies.csv"), ("import", "attempts", "attempts.csv"),
                 ("--now", "2021-10-30", "run")]

        def prepared():
            folder = self.folder()
            folder.write("policies.csv", content)
            folder.write("attempts.csv", calls)
            return folder

        undisturbed = prepared()
        lasts = {}
        for step in steps:
            started = time.monotonic()
            undisturbed.must(*step)
            lasts[step] = time.monotonic() - started
        expected = undisturbed.exports()

        killed, folder = 0, prepared()
        while killed < KILLS:
            for step in steps:
                while killed < KILLS:
                    process = folder.start(*step)
                    try:
                        process.communicate(timeout=draw.random() * lasts[step])
                        break
                    except subprocess.TimeoutExpired:
                        process.send_signal(signal.SIGKILL)
                        process.communicate()
                        killed += 1
                    if draw.random() < 0.3:
                        break
                folder.must(*step)
            self.assertEqual(folder.exports(), expected)
            self.assertIn("differing 0", folder.must("rebuild", "--check").stdout)
            folder.must("audit", "verify")
            if killed < KILLS:
                folder.close()
                folder = prepared()


if __name__ == "__main__":
    unittest.main()
