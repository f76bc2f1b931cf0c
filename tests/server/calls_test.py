"""The work of a seat: calls from the queue to the outcome."""

import json
import unittest

from server_program import AT, WITHOUT_DOUBT, ServerTest, on_both_databases
from shouyue_program import attempts


@on_both_databases
class CallsTest(ServerTest):
    def wrap_up(self, call, number, **more):
        return {"fence": call["fence"], "attempt_id": number, "leg": call["leg"], "started_at": AT,
                "connection": "answered", "party": "holder", "identity": "verified", "interview": "complete",
                "answers": WITHOUT_DOUBT, "corrected": [], "open": [], **more}

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

    def test_only_who_was_given_a_case_writes_down_its_call(self):
        seat, other = (self.person(f"zuoxi{n}", "call_agent", seat=f"S{n}") for n in (1, 2))
        call = seat.ask("POST", "/api/calls/next", {})[1]["call"]
        path = f"/api/calls/{call['policy_no']}/wrap-up"
        for who, fence in ((other, call["fence"]), (other, 0), (seat, 0), (seat, -1), (seat, call["fence"] + 1)):
            self.assertEqual(who.rule("POST", path, self.wrap_up({**call, "fence": fence}, "T1")),
                             (409, "claim.not_given"))
        free = next(n for n in ("P0", "P1", "P2", "P3") if n != call["policy_no"])
        self.assertEqual(seat.rule("POST", f"/api/calls/{free}/wrap-up", self.wrap_up(call, "T1")),
                         (409, "claim.not_given"))
        self.folder.load("attempts", attempts(f"T1,{call['policy_no']},first_call,2021-10-18 10:00:00,,busy,,,,"))
        self.assertEqual(seat.rule("POST", path, self.wrap_up(call, "T1")), (409, "attempts.of_another"))
        self.assertEqual(seat.ask("POST", path, self.wrap_up(call, "T2"))[0], 201)
        self.assertEqual(sorted(row["attempt_id"] for row in self.folder.rows("export", "attempts")), ["T1", "T2"])

    def test_who_sold_the_policy_does_not_call(self):
        seller = self.person("zuoxi1", "call_agent", seat="S1", agent_code="A1")
        boss = self.person("dudao", "supervisor")
        self.assertEqual(seller.ask("POST", "/api/calls/next", {}), (200, {}))
        first = self.folder.rows("--now", AT, "worklist")[0]["policy_no"]
        moved = {"seat": "S1", "reason": "坐席临时离开"}
        self.assertEqual(boss.rule("POST", f"/api/supervision/cases/{first}/reassign", moved),
                         (422, "visits.by_seller"))
        # What was passed over is there for the others, and for another person at the same seat.
        seat = self.person("zuoxi2", "call_agent", seat="S1")
        call = seat.ask("POST", "/api/calls/next", {})[1]["call"]
        self.assertEqual(call["policy_no"], first)
        path = f"/api/calls/{first}/wrap-up"
        self.assertEqual(seller.rule("POST", path, self.wrap_up(call, "T1")), (422, "visits.by_seller"))
        self.assertEqual(seat.ask("POST", path, self.wrap_up(call, "T1"))[0], 201)
        self.assertEqual(boss.ask("POST", f"/api/supervision/cases/{self.another(first)}/reassign", moved)[0], 200)
        self.assertEqual(seller.get("/api/calls/current"), {})

    def another(self, policy_no):
        return next(row["policy_no"] for row in self.folder.rows("--now", AT, "worklist")
                    if row["policy_no"] != policy_no)

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
