"""A change that is sent again, because nobody knows whether the first one arrived, is carried out once."""

import threading
import unittest

from server_program import PASSWORD, Client, ServerTest, on_both_databases


@on_both_databases
class IdempotencyTest(ServerTest):
    def setUp(self):
        super().setUp()
        self.seat = self.person("zuoxi1", "call_agent", seat="S1")

    def test_the_same_request_gets_the_same_answer_and_another_one_is_refused(self):
        first = self.seat.ask("POST", "/api/calls/next", {}, key="k1")
        call = first[1]["call"]
        self.seat.ask("POST", f"/api/calls/{call['policy_no']}/give-back", {"fence": call["fence"]})
        self.assertEqual(self.seat.ask("POST", "/api/calls/next", {}, key="k1"), first)
        self.assertEqual(self.seat.rule("POST", "/api/calls/next", {"leg": "branch_call"}, key="k1"),
                         (400, "request.key_reused"))
        self.assertEqual(self.person("zuoxi2", "call_agent", seat="S2").ask("POST", "/api/calls/next", {}, key="k1")[0],
                         200)
        self.assertEqual(self.seat.rule("POST", "/api/calls/next", {}, key=None), (400, "request.idempotency_key"))
        self.assertEqual(self.seat.rule("POST", "/api/calls/next", {}, key="x" * 65), (400, "request.idempotency_key"))

    def test_a_request_that_was_refused_may_come_again_when_it_is_right(self):
        self.assertEqual(self.seat.rule("POST", "/api/calls/next", {"leg": "shout"}, key="k1"),
                         (400, "worklist.unknown_leg"))
        self.assertEqual(self.seat.ask("POST", "/api/calls/next", {}, key="k1")[0], 200)

    def test_a_secret_is_answered_once(self):
        account = {"display_name": "x", "role": "auditor", "org_code": "00"}
        self.assertIn("one_time_password", self.admin.ask("PUT", "/api/accounts/neu", account, key="k1")[1])
        self.assertEqual(self.admin.rule("PUT", "/api/accounts/neu", account, key="k1"), (409, "request.already_done"))

    def test_of_a_password_not_even_the_digest_is_kept(self):
        change = {"before": PASSWORD, "after": "另一句长而好记的话 2022"}
        self.assertEqual(self.seat.ask("PUT", "/api/me/password", change, key="k1")[0], 204)
        other = self.seat.ask("PUT", "/api/me/password", {"before": "x", "after": "y"}, key="k1")
        self.assertEqual(other[0], 204, "the mark of the request would tell one password from another")

    def test_it_is_known_after_a_crash(self):
        before = self.seat.ask("POST", "/api/calls/next", {}, key="k1")
        self.assertEqual(before[0], 200)
        cookie, csrf = self.seat.cookie, self.seat.csrf
        self.server.process.kill()
        self.server.process.wait()
        self.server.close()
        self.start()
        again = Client(self.server)
        again.cookie, again.csrf = cookie, csrf
        self.assertEqual(again.rule("POST", "/api/calls/next", {}, key="k1"), (409, "request.already_done"))
        self.assertEqual(again.rule("POST", "/api/calls/next", {"leg": "branch_call"}, key="k1"),
                         (400, "request.key_reused"))

    def test_many_at_once_are_one(self):
        call = self.seat.ask("POST", "/api/calls/next", {})[1]["call"]
        answers = []
        request = {"fence": call["fence"], "attempt_id": "T1", "leg": call["leg"],
                   "started_at": "2021-10-20T10:00:00+08:00", "connection": "busy", "corrected": [], "open": []}

        def send():
            answers.append(self.seat.rule("POST", f"/api/calls/{call['policy_no']}/wrap-up", request, key="k1"))

        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertLessEqual(set(answers), {(201, None), (409, "request.in_progress")})
        self.assertIn((201, None), answers)
        self.assertEqual(len(self.folder.rows("export", "attempts")), 1)


if __name__ == "__main__":
    unittest.main()
