"""The work of a seat: calls from the queue to the outcome."""

import json
import unittest

from server_program import AT, ServerTest, on_both_databases


@on_both_databases
class CallsTest(ServerTest):
    def wrap_up(self, call, number, **more):
        return {"fence": call["fence"], "attempt_id": number, "leg": call["leg"], "started_at": AT,
                "connection": "answered", "party": "holder", "identity": "verified", "interview": "complete",
                "corrected": [], "open": [], **more}

    def test_a_seat_calls_until_nothing_is_left(self):
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        expected = [row["policy_no"] for row in self.folder.rows("--now", AT, "worklist")]
        called = []
        while call := seat.ask("POST", "/api/calls/next", {})[1].get("call"):
            policy_no = call["policy_no"]
            called.append(policy_no)
            status, questions = seat.ask("GET", f"/api/calls/{policy_no}/questions")
            self.assertEqual(status, 200)
            self.assertNotIn("张三", json.dumps(questions, ensure_ascii=False))
            status, outcome = seat.ask("POST", f"/api/calls/{policy_no}/wrap-up", self.wrap_up(call, f"T{policy_no}"))
            self.assertEqual((status, outcome["success"]), (201, True), outcome)
        self.assertEqual(called, expected)
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(len(self.folder.rows("export", "attempts")), 5)
        self.folder.must("--now", AT, "rebuild", "--check")
        self.folder.must("audit", "verify")

    def test_two_seats_never_get_the_same_case_and_a_case_given_back_comes_again(self):
        one, two = self.person("zuoxi1", "call_agent", seat="S1"), self.person("zuoxi2", "call_agent", seat="S2")
        first = one.ask("POST", "/api/calls/next", {})[1]["call"]
        second = two.ask("POST", "/api/calls/next", {})[1]["call"]
        self.assertNotEqual(first["policy_no"], second["policy_no"])
        back = f"/api/calls/{first['policy_no']}/give-back"
        self.assertEqual(two.ask("POST", back, {"fence": first["fence"]})[0], 204)
        self.assertEqual(two.ask("POST", "/api/calls/next", {})[1]["call"]["policy_no"], second["policy_no"])
        self.assertEqual(one.ask("POST", back, {"fence": first["fence"]})[0], 204)
        two.ask("POST", f"/api/calls/{second['policy_no']}/wrap-up", self.wrap_up(second, "T1"))
        self.assertEqual(two.ask("POST", "/api/calls/next", {})[1]["call"]["policy_no"], first["policy_no"])

    def test_the_same_wrap_up_twice_is_one_attempt_and_a_wrong_one_none(self):
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        call = seat.ask("POST", "/api/calls/next", {})[1]["call"]
        path = f"/api/calls/{call['policy_no']}/wrap-up"
        for _ in range(2):
            self.assertEqual(seat.ask("POST", path, self.wrap_up(call, "T1"))[0], 201)
        self.assertEqual(seat.rule("POST", path, self.wrap_up(call, "T2", connection="shouted")),
                         (400, "import.unknown_word"))
        self.assertEqual(seat.rule("POST", path, self.wrap_up(call, "T2", ended_at="2021-10-20T09:00:00+08:00")),
                         (400, "attempts.ends_before_start"))
        self.assertEqual(seat.rule("POST", path, self.wrap_up(call, "T2", started_at="2021-10-20T11:00:00+08:00")),
                         (400, "attempts.in_the_future"))
        self.assertEqual(len(self.folder.rows("export", "attempts")), 1)

    def test_a_person_of_one_branch_sees_no_case_of_another(self):
        city = self.person("zhongzhi", "branch_handler", org="3501", seat="S1")
        self.assertEqual(city.ask("GET", "/api/calls/P1/questions")[0], 200)
        self.assertEqual(city.rule("GET", "/api/calls/Q1/questions"), (404, "policy.not_found"))
        called = []
        while call := city.ask("POST", "/api/calls/next", {})[1].get("call"):
            called.append(call["policy_no"])
            city.ask("POST", f"/api/calls/{call['policy_no']}/wrap-up", self.wrap_up(call, f"T{call['policy_no']}"))
        self.assertEqual(sorted(called), ["P0", "P1", "P2", "P3"])
        attempt = {"fence": 1, "leg": "first_call"}
        self.assertEqual(city.rule("POST", "/api/calls/Q1/wrap-up", self.wrap_up(attempt, "T1")),
                         (404, "policy.not_found"))


if __name__ == "__main__":
    unittest.main()
