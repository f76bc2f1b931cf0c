"""Each means of a case and why it ended, as the worklist, `explain` and `case` tell it."""

import json
import unittest

from shouyue_program import Folder, policies, policy

HEAD = "attempt_id,policy_no,leg,started_at,connection,party,identity,interview,findings,签名回执,回执电话\n"


class MeansTest(unittest.TestCase):
    def folder(self, regime):
        folder = Folder(f'insurer = "test"\nassign = [ {{ regime = "{regime}" }} ]\n').open_for_business()
        self.addCleanup(folder.close)
        folder.load("policies", policies(policy("P1")))
        return folder

    def explained(self, folder, now):
        parts = json.loads(folder.must("--json", "--now", now, "explain", "P1", "means").stdout)
        return [part["value"] for part in parts]

    def test_an_electronic_visit_that_timed_out_is_a_reason_of_its_own(self):
        folder = self.folder("call-centre-2021")
        folder.load("attempts", HEAD + "T1,P1,electronic,2021-10-08 12:00:00,no_answer,,,,,,\n")
        self.assertEqual([], folder.rows("--now", "2021-10-12T20:00:00+08:00", "worklist", "--leg", "first_call"))
        folder.must("--now", "2021-10-13T09:00:00+08:00", "run")
        rows = folder.rows("--now", "2021-10-13T09:00:00+08:00", "worklist")
        self.assertEqual([("first_call", "timed_out;no_deadline")], [(row["leg"], row["reason"]) for row in rows])

    def test_a_doubt_in_an_electronic_visit_is_no_time_out(self):
        folder = self.folder("call-centre-2021")
        folder.load("attempts", HEAD + "T1,P1,electronic,2021-10-08 12:00:00,answered,holder,verified,complete,"
                                       "terms_unclear:open,,\n")
        rows = folder.rows("--now", "2021-10-13T09:00:00+08:00", "worklist")
        self.assertEqual([("first_call", "no_deadline")], [(row["leg"], row["reason"]) for row in rows])

    def test_the_second_visit_of_a_problem_is_on_the_worklist_until_it_closes_the_ticket(self):
        folder = self.folder("new-china")
        folder.load("receipts", "policy_no,signed_on\nP1,2021-10-10\n")
        folder.load("attempts", HEAD + "T1,P1,first_call,2021-10-12 10:00:00,answered,holder,verified,complete,"
                                       "terms_unclear:open,,\n")
        before, after = "2021-11-01T10:59:59+08:00", "2021-11-01T11:00:00+08:00"
        folder.load("ticket_steps", "policy_no,kind,step,at\nP1,problem,resolve,2021-11-01 11:00:00\n")
        folder.must("--now", before, "run")
        self.assertEqual([], folder.rows("--now", before, "worklist"))
        row, = folder.rows("--now", after, "worklist")
        self.assertEqual(("second_call", "", "second_visit"), (row["leg"], row["deadline"], row["reason"]))
        self.assertEqual([], folder.rows("--now", after, "worklist", "--leg", "first_call"))
        why = json.loads(folder.must("--json", "--now", after, "why", "P1").stdout)
        self.assertEqual(("succeeded", "second_call", True), (why["state"], why["leg"], why["on_worklist"]))
        self.assertEqual(["first_call 1 success 2021-10-12T10:00:00+08:00", "second_call 0"],
                         self.explained(folder, after))
        folder.load("attempts", HEAD + "T2,P1,second_call,2021-11-01 12:00:00,answered,holder,verified,complete,,,\n",
                    name="second.csv")
        folder.must("--now", "2021-11-02T10:00:00+08:00", "run")
        self.assertEqual([], folder.rows("--now", "2021-11-02T10:00:00+08:00", "worklist"))
        case, = folder.rows("export", "cases")
        self.assertEqual(("2021-10-12", "2021-11-01"), (case["success_on"], case["completed_on"]))

    def test_when_all_means_fail_each_is_shown_with_its_reason(self):
        folder = self.folder("group-centre-2011")
        folder.load("attempts", HEAD + "T1,P1,first_call,2021-10-09 10:00:00,holder_refused,,,,,,\n"
                                       "T2,P1,branch_call,2021-10-10 10:00:00,holder_refused,,,,,,\n"
                                       "T3,P1,door_visit,2021-10-11 10:00:00,holder_absent,,,,,否,\n"
                                       "T4,P1,door_visit,2021-10-12 10:00:00,holder_absent,,,,,否,\n")
        self.assertEqual(["first_call 1 at_once 2021-10-09T10:00:00+08:00",
                          "branch_call 1 at_once 2021-10-10T10:00:00+08:00",
                          "door_visit 2 attempts_used_up 2021-10-12T10:00:00+08:00"],
                         self.explained(folder, "2021-10-13"))
        case = json.loads(folder.must("--json", "--now", "2021-10-13", "case", "P1").stdout)
        self.assertEqual(["first_call", "branch_call", "door_visit"], [means["leg"] for means in case["means"]])
        self.assertEqual("attempts_used_up", case["means"][2]["ended_by"])

    def test_the_reality_check_of_a_visit_is_on_the_worklist(self):
        folder = self.folder("group-centre-2011")
        folder.load("attempts", HEAD + "T1,P1,first_call,2021-10-09 10:00:00,holder_refused,,,,,,\n"
                                       "T2,P1,branch_call,2021-10-10 10:00:00,holder_refused,,,,,,\n"
                                       "T3,P1,door_visit,2021-10-11 10:00:00,answered,holder,verified,complete,,是,"
                                       "13912345678\n")
        folder.must("--now", "2021-10-11T12:00:00+08:00", "run")
        rows = folder.rows("--now", "2021-10-11T12:00:00+08:00", "worklist")
        self.assertEqual(["reality_check"], [row["leg"] for row in rows])
        self.assertEqual(["reality_check 0"], self.explained(folder, "2021-10-11T12:00:00+08:00")[3:])

    def test_what_was_said_before_a_ticket_was_opened_does_not_answer_it(self):
        folder = Folder('insurer = "test"\nassign = [ { regime = "pacific-2010" } ]\n').open_for_business()
        self.addCleanup(folder.close)
        folder.load("policies", policies(policy("P1", issued_on="2021-10-01", mobile="")))
        # Without a phone the agent is asked at once; the number that he finds does not answer.
        steps = "ticket_id,step,at,new_phone\nP1-verification-1,feedback,2021-10-12 10:00:00,13912345678\n" \
                "P1-verification-1,resolve,2021-10-12 10:00:01,13912345678\n"
        folder.load("ticket_steps", steps)
        folder.load("attempts", HEAD + "T1,P1,first_call,2021-10-13 10:00:00,wrong_number,,,,,,\n")
        folder.must("--now", "2021-10-13T12:00:00+08:00", "run")
        ticket, = (row for row in folder.rows("export", "tickets") if row["kind"] == "verification")
        self.assertEqual(("P1-verification-1", "2021-10-13T10:00:00+08:00", "open", ""),
                         tuple(ticket[column] for column in ("ticket_id", "opened_at", "state", "closed_at")))
        self.assertEqual([], folder.rows("--now", "2021-10-13T12:00:00+08:00", "worklist"))
        folder.load("ticket_steps", "ticket_id,step,at,new_phone\n"
                                    "P1-verification-1,feedback,2021-10-14 10:00:00,13912345679\n", name="again.csv")
        folder.must("--now", "2021-10-14T12:00:00+08:00", "run")
        self.assertEqual(["second_call"],
                         [row["leg"] for row in folder.rows("--now", "2021-10-14T12:00:00+08:00", "worklist")])

    def test_the_receipt_of_a_visit_comes_in_and_goes_out_masked(self):
        folder = self.folder("group-centre-2011")
        folder.load("attempts", HEAD + "T3,P1,door_visit,2021-10-11 10:00:00,answered,,,,,是,13912345678\n")
        row, = folder.rows("export", "attempts")
        self.assertEqual(("1", "139****5678"), (row["signed_receipt"], row["receipt_phone"]))
        unmasked, = folder.rows("export", "attempts", "--unmasked")
        self.assertEqual("13912345678", unmasked["receipt_phone"])


if __name__ == "__main__":
    unittest.main()
