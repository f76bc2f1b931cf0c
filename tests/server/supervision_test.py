"""What a supervisor sees of seats and cases, and what he moves."""

import contextlib
import datetime
import json
import sqlite3
import subprocess
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

from server_program import AT, WITHOUT_DOUBT, ServerTest, new_database, on_both_databases
from shouyue_program import SOURCE, policies, policy

sys.path.insert(0, str(SOURCE / "tests" / "store"))
from postgres_cluster import program  # noqa: E402


def wrap_up(call, number, **more):
    return {"fence": call["fence"], "attempt_id": number, "leg": call["leg"], "started_at": AT,
            "connection": "answered", "party": "holder", "identity": "verified", "interview": "complete",
            "answers": WITHOUT_DOUBT, "corrected": [], "open": [], **more}


@on_both_databases
class SupervisionTest(ServerTest):
    def setUp(self):
        super().setUp()
        self.boss = self.person("dudao", "supervisor")
        self.seat = self.person("zuoxi1", "call_agent", seat="S1")

    def next_call(self, seat):
        return seat.ask("POST", "/api/calls/next", {})[1].get("call")

    def board(self, who=None):
        return (who or self.boss).get("/api/supervision/wallboard")

    def line(self, board, account):
        return next(line for line in board["seats"] if line["account"] == account)

    def reassign(self, policy_no, who=None, **body):
        path = f"/api/supervision/cases/{policy_no}/reassign"
        return (who or self.boss).ask("POST", path, {"reason": "坐席临时离开", **body})

    def test_the_board_counts_what_waits_who_calls_and_what_today_brought(self):
        board = self.board()
        self.assertEqual(board["queue"], [{"leg": "first_call", "callable": 5, "waiting": 0, "overdue": 0,
                                           "due_today": 0}])
        self.assertEqual((board["calls"], self.line(board, "zuoxi1")["state"]), (0, "free"))
        call = self.next_call(self.seat)
        board = self.board()
        self.assertEqual((board["queue"][0]["callable"], board["queue"][0]["waiting"]), (4, 1))
        line = self.line(board, "zuoxi1")
        self.assertEqual((line["state"], line["policy_no"], line["cases"]), ("calling", call["policy_no"], 1))
        self.assertEqual(self.seat.ask("POST", f"/api/calls/{call['policy_no']}/wrap-up", wrap_up(call, "T1"))[0], 201)
        other = self.next_call(self.seat)
        busy = wrap_up(other, "T2", connection="busy", party="unknown", identity="not_asked", interview="none",
                       answers=[])
        self.assertEqual(self.seat.ask("POST", f"/api/calls/{other['policy_no']}/wrap-up", busy)[0], 201)
        board = self.board()
        self.assertEqual((board["calls"], board["reached"], board["successes"]), (2, 1, 1))
        self.assertEqual((self.line(board, "zuoxi1")["calls"], self.line(board, "zuoxi1")["reached"]), (2, 1))
        self.assertEqual(sum(line["callable"] for line in board["queue"]), 3)

    def test_a_case_goes_to_another_seat_which_gets_it_before_any_other(self):
        other = self.person("zuoxi2", "call_agent", seat="S2")
        call, current = self.next_call(self.seat), self.next_call(other)
        status, done = self.reassign(call["policy_no"], seat="S2")
        self.assertEqual((status, done["seat"]), (200, "S2"), done)
        self.assertEqual(self.line(self.board(), "zuoxi2")["cases"], 2)
        self.assertEqual(self.next_call(other)["policy_no"], current["policy_no"])
        other.ask("POST", f"/api/calls/{current['policy_no']}/wrap-up", wrap_up(current, "T1"))
        self.assertEqual(self.next_call(other)["policy_no"], call["policy_no"])
        self.assertNotEqual(self.next_call(self.seat)["policy_no"], call["policy_no"])
        # What the first seat had said on the phone by then still counts.
        self.assertEqual(self.seat.ask("POST", f"/api/calls/{call['policy_no']}/wrap-up", wrap_up(call, "T2"))[0], 201)
        self.assertNotEqual(self.next_call(other)["policy_no"], call["policy_no"])
        self.server.stop()
        self.folder.must("audit", "verify")

    def test_a_case_goes_back_into_the_queue_with_its_rank(self):
        other = self.person("zuoxi2", "call_agent", seat="S2")
        call = self.next_call(self.seat)
        status, done = self.reassign(call["policy_no"])
        self.assertEqual((status, done), (200, {"policy_no": call["policy_no"]}))
        self.assertEqual(self.next_call(other)["policy_no"], call["policy_no"])

    def test_what_may_not_be_moved(self):
        call = self.next_call(self.seat)
        policy_no = call["policy_no"]
        self.assertEqual(self.reassign(policy_no, seat="S9")[1]["rule"], "reassign.no_such_seat")
        self.assertEqual(self.reassign(policy_no, reason="")[1]["rule"], "reassign.reason")
        self.assertEqual(self.reassign("NO")[0], 404)
        self.seat.ask("POST", f"/api/calls/{policy_no}/wrap-up", wrap_up(call, "T1"))
        self.assertEqual(self.reassign(policy_no, seat="S1")[1]["rule"], "reassign.not_now")
        self.assertEqual(self.reassign(policy_no, who=self.seat)[0], 403)

    def test_the_next_ones_are_those_of_the_worklist(self):
        listed = [row["policy_no"] for row in self.folder.rows("--now", AT, "worklist")]
        rows = self.boss.get("/api/supervision/next-up")["rows"]
        self.assertEqual([row["policy_no"] for row in rows], listed)
        self.assertNotIn("13812340000", json.dumps(rows))
        self.assertEqual(self.boss.get("/api/supervision/next-up?leg=branch_call")["rows"], [])
        self.assertEqual(self.boss.rule("GET", "/api/supervision/next-up?leg=x"), (400, "worklist.unknown_leg"))

    def test_a_supervisor_of_a_city_sees_its_cases_and_seats_and_no_others(self):
        city = self.person("dudao2", "supervisor", org="3501", seat="S7")
        board = self.board(city)
        self.assertEqual(board["queue"][0]["callable"], 4)
        self.assertEqual([line["account"] for line in board["seats"]], ["dudao2"])
        self.assertNotIn("Q1", json.dumps(city.get("/api/supervision/next-up")))
        self.assertEqual(self.reassign("Q1", who=city)[1]["rule"], "policy.not_found")
        self.assertEqual(self.reassign("P1", who=city, seat="S1")[1]["rule"], "reassign.no_such_seat")

    def test_the_board_is_told_when_it_changes(self):
        connection = self.boss.connect()
        connection.request("GET", "/api/supervision/wallboard/events", headers={"Cookie": self.boss.cookie})
        answer = connection.getresponse()
        self.assertEqual(answer.headers["Content-Type"], "text/event-stream")
        self.assertEqual(self.event(answer)["queue"][0]["callable"], 5)
        call = self.next_call(self.seat)
        for _ in range(5):
            board = self.event(answer)
            if self.line(board, "zuoxi1")["state"] == "calling":
                break
        self.assertEqual(self.line(board, "zuoxi1")["policy_no"], call["policy_no"])
        connection.close()

    def test_to_look_on_keeps_nobody_signed_in(self):
        if not self.database().startswith("sqlite:"):
            return
        connection = self.boss.connect()
        connection.request("GET", "/api/supervision/wallboard/events", headers={"Cookie": self.boss.cookie})
        answer = connection.getresponse()
        self.event(answer)
        with contextlib.closing(sqlite3.connect(self.folder.path / "test.db")) as database:
            used_at = "SELECT used_at FROM sign_in WHERE account = 'dudao'"
            with database:
                database.execute("UPDATE sign_in SET used_at = used_at - 120000 WHERE account = 'dudao'")
            before = database.execute(used_at).fetchone()
            self.next_call(self.seat)
            self.event(answer)
            self.assertEqual(database.execute(used_at).fetchone(), before)
        change = {"display_name": "d", "role": "auditor", "org_code": "00"}
        self.assertEqual(self.admin.ask("PUT", "/api/accounts/dudao", change)[0], 200)
        while (line := answer.readline().decode()) and "signed_out" not in line:
            pass
        self.assertIn("signed_out", line)
        connection.close()

    def event(self, answer):
        while True:
            line = answer.readline().decode()
            if line.startswith("data: "):
                return json.loads(line[6:])

    def test_attempts_needed_by_day(self):
        status, job = self.boss.ask("POST", "/api/supervision/capacity", {"days": 31})
        self.assertEqual(status, 202, job)
        for _ in range(100):
            job = self.boss.get(f"/api/jobs/{job['id']}")
            if job["state"] not in ("waiting", "running"):
                break
            time.sleep(0.1)
        self.assertEqual(job["state"], "done", job)
        counted = job["result"]
        self.assertEqual((counted["cases"], counted["beyond"], counted["seats"]), (5, 0, 1))
        first = counted["rows"][0]
        self.assertEqual((first["day"], first["leg"], first["first_attempts"]), ("2021-10-20", "first_call", 5))
        self.assertEqual(sum(row["last_days"] for row in counted["rows"]), 5)
        slots = int(self.folder.rows("--now", AT, "worklist")[0]["slots_left"])
        self.assertEqual(sum(row["attempts"] for row in counted["rows"]), 5 * slots)
        self.assertEqual(self.boss.rule("POST", "/api/supervision/capacity", {"days": 32}), (400, "capacity.days"))
        kept = f"/api/supervision/capacity/{job['id']}"
        self.assertEqual(self.boss.get(kept), counted)
        lines = self.boss.ask("GET", kept + "?format=csv")[1].decode("utf-8-sig").splitlines()
        self.assertEqual(lines[0], "日期,环节,首次可拨打,需拨打次数,每坐席次数,最后可拨打日")
        self.assertEqual(len(lines), 1 + len(counted["rows"]))
        self.assertEqual(lines[1], f"2021-10-20,首访,5,{first['attempts']},{first['attempts']},{first['last_days']}")
        other = self.person("dudao2", "supervisor")
        self.assertEqual(other.rule("GET", kept), (404, "job.not_found"))
        self.assertEqual(self.boss.rule("GET", "/api/supervision/capacity/none"), (404, "job.not_found"))

    def test_cases_that_begin_later_are_counted_from_their_day_on(self):
        later = policies(policy("N1", issued_on="2021-10-19", mobile="13812349999"))
        self.folder.load("policies", later, name="later.csv")
        for _ in range(300):
            begins_later = self.boss.get("/api/cases?state=not_due")["rows"]
            if begins_later:
                break
            time.sleep(0.1)
        self.assertEqual([row["policy_no"] for row in begins_later], ["N1"])
        for days, cases in ((5, 5), (31, 6)):
            job = self.boss.ask("POST", "/api/supervision/capacity", {"days": days})[1]
            for _ in range(100):
                job = self.boss.get(f"/api/jobs/{job['id']}")
                if job["state"] not in ("waiting", "running"):
                    break
                time.sleep(0.1)
            counted = job["result"]
            self.assertEqual(counted["cases"], cases, counted)
        # Ten days after it was printed.
        self.assertEqual([row["day"] for row in counted["rows"] if row["first_attempts"]], ["2021-10-20", "2021-10-29"])

    def test_the_tables_as_files(self):
        status, text = self.boss.ask("GET", "/api/supervision/wallboard?format=csv&table=queue")
        self.assertEqual(status, 200)
        self.assertIn("首访,5,0,0,0", text.decode("utf-8-sig"))
        status, text = self.boss.ask("GET", "/api/supervision/wallboard?format=csv&table=seats")
        self.assertIn("S1,zuoxi1,空闲", text.decode("utf-8-sig"))
        self.assertEqual(self.boss.ask("GET", "/api/supervision/wallboard?format=xlsx")[1][:2], b"PK")


class ClaimedMeanwhileTest(ServerTest):
    """Claims do not wait for other writers in PostgreSQL: the case that is moved may be taken at the same moment."""

    database = staticmethod(new_database)

    def test_a_free_case_that_a_seat_takes_at_this_moment_is_refused(self):
        boss = self.person("dudao", "supervisor")
        self.person("zuoxi1", "call_agent", seat="S1")
        at = int(datetime.datetime.fromisoformat(AT).timestamp() * 1000)
        with subprocess.Popen([program("psql"), "--quiet", "--no-psqlrc", self.folder.database], text=True,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other, ThreadPoolExecutor(1) as thread:
            print("BEGIN; INSERT INTO claim (bucket, policy_no, seat, fence, claimed_at, lease_until) "
                  f"SELECT bucket, policy_no, 'S9', 1, {at}, {at + 600_000} FROM case_state WHERE policy_no = 'P1';",
                  "\\echo taken", sep="\n", file=other.stdin, flush=True)
            self.assertEqual(other.stdout.readline(), "taken\n")
            moved = thread.submit(boss.rule, "POST", "/api/supervision/cases/P1/reassign",
                                  {"reason": "坐席临时离开", "seat": "S1"})
            time.sleep(1)
            self.assertFalse(moved.done())
            print("COMMIT;", file=other.stdin, flush=True)
            other.stdin.close()
            self.assertEqual(moved.result(), (409, "claim.taken"))


if __name__ == "__main__":
    unittest.main()
