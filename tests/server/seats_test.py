"""Many seats on one server and beside it: who gets which case, how long a seat keeps it, what a kill leaves."""

import json
import random
import signal
import sys
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

from server_program import AT, PASSWORD, WITHOUT_DOUBT, Client, Server, ServerTest, on_both_databases
from shouyue_program import attempts, policies, policy

KILLS = int(sys.argv.pop()) if len(sys.argv) > 1 and sys.argv[-1].isdigit() else 5
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


def wrap_up(call, number, **more):
    return {"fence": call["fence"], "attempt_id": number, "leg": call["leg"], "started_at": AT,
            "connection": "answered", "party": "holder", "identity": "verified", "interview": "complete",
            "answers": WITHOUT_DOUBT, "corrected": [], "open": [], **more}


def receipts(numbers):
    return "policy_no,signed_on\n" + "".join(f"{number},2021-10-12\n" for number in numbers)


class Seats(ServerTest):
    def seats(self, count, org="00"):
        """Accounts with seats, signed in; all with the password of the first, which is slow to hash."""
        return [self.person(f"zuoxi{n}", "call_agent", org, seat=f"S{n}") for n in range(count)]

    def next_call(self, seat):
        status, answer = seat.ask("POST", "/api/calls/next", {})
        self.assertEqual(status, 200, answer)
        return answer.get("call")

    def wrap(self, seat, call, number, **more):
        status, answer = seat.ask("POST", f"/api/calls/{call['policy_no']}/wrap-up", wrap_up(call, number, **more))
        self.assertEqual(status, 201, answer)
        return answer


class ManySeats(Seats):
    """Sixty cases that all may be called."""

    def fill(self):
        numbers = [f"P{i:03}" for i in range(60)]
        self.folder.open_for_business()
        self.folder.load("policies", policies(*(policy(n, mobile=f"1381234{i:04}") for i, n in enumerate(numbers))))
        self.folder.load("receipts", receipts(numbers))
        self.folder.must("--now", AT, "run")

    def all_cases_are_called_once(self, seats):
        called, mutex = [], threading.Lock()

        def work(seat):
            while call := self.next_call(seat):
                with mutex:
                    called.append(call["policy_no"])
                again = self.next_call(seat)
                self.assertEqual((again["policy_no"], again["fence"]), (call["policy_no"], call["fence"]))
                self.wrap(seat, call, f"T{call['policy_no']}")

        with ThreadPoolExecutor(len(seats)) as threads:
            list(threads.map(work, seats))
        self.assertEqual(len(called), 60)
        self.assertEqual(len(set(called)), 60)

    def every_call_is_kept(self):
        self.assertEqual(len(self.folder.rows("export", "attempts")), 60)
        self.folder.must("--now", "2021-10-20T10:50:00+08:00", "run")
        self.folder.must("rebuild", "--check")
        self.folder.must("audit", "verify")


@on_both_databases
class ManySeatsTest(ManySeats):
    def test_seats_at_once_share_the_cases_and_no_call_is_lost_or_made_twice(self):
        self.all_cases_are_called_once(self.seats(6))
        self.assertEqual(self.server.stop(), 0)
        self.every_call_is_kept()

    def test_what_other_programs_write_and_claim_is_seen(self):
        one, two = self.seats(2)
        listed = [row["policy_no"] for row in self.folder.rows("--now", AT, "worklist")]
        self.folder.must("--now", AT, "claim", listed[0], "--seat", "S9")
        self.assertEqual(self.next_call(one)["policy_no"], listed[1])
        self.folder.load("policies", policies(policy("A1", issued_on="2021-10-07")))
        self.folder.load("receipts", receipts(["A1"]), name="more.csv")
        self.folder.must("--now", "2021-10-20T10:01:00+08:00", "run")
        self.assertEqual(self.next_call(two)["policy_no"], "A1")

    def test_a_lease_outlives_the_server_and_goes_on_while_the_seat_says_so(self):
        seat, other = self.seats(2)
        call = self.next_call(seat)
        self.server.process.send_signal(signal.SIGKILL)
        self.server.process.wait()
        self.server.close()
        self.server = Server(self.folder, at="2021-10-20T10:05:00+08:00")
        self.addCleanup(self.stop, self.server)
        for client in (seat, other):
            client.server = self.server
            self.assertEqual(client.sign_in("zuoxi0" if client is seat else "zuoxi1")[0], 200)
        self.assertNotEqual(self.next_call(other)["policy_no"], call["policy_no"])
        self.assertEqual(self.next_call(seat)["fence"], call["fence"])
        keep = f"/api/calls/{call['policy_no']}/renew"
        status, kept = seat.ask("POST", keep, {"fence": call["fence"]})
        self.assertEqual(status, 200)
        self.assertGreater(kept["lease_until"], call["lease_until"])
        self.assertEqual(other.rule("POST", keep, {"fence": call["fence"]}), (409, "claim.not_held"))
        self.assertEqual(seat.rule("POST", keep, {"fence": call["fence"] + 1}), (409, "claim.not_held"))

    def test_a_lease_that_ran_out_gives_the_case_back_with_its_rank_and_the_call_still_counts(self):
        seat, other = self.seats(2)
        call = self.next_call(seat)
        self.server.stop()
        self.server = Server(self.folder, at="2021-10-20T10:10:30+08:00")
        self.addCleanup(self.stop, self.server)
        for client, name in ((seat, "zuoxi0"), (other, "zuoxi1")):
            client.server = self.server
            self.assertEqual(client.sign_in(name)[0], 200)
        again = self.next_call(other)
        self.assertEqual((again["policy_no"], again["fence"]), (call["policy_no"], call["fence"] + 1))
        self.assertNotEqual(self.next_call(seat)["policy_no"], call["policy_no"])
        self.wrap(seat, call, "T1")
        self.assertNotEqual(self.next_call(other)["policy_no"], call["policy_no"])


@on_both_databases
class TwoServersTest(ManySeats):
    """Two servers on one database: neither knows what the other holds in memory."""

    def setUp(self):
        super().setUp()
        self.second = Server(self.folder, at=AT)
        self.addCleanup(self.stop, self.second)

    def at_the_second(self, client, name):
        client.server = self.second
        self.assertEqual(client.sign_in(name)[0], 200)
        return client

    def test_seats_of_two_servers_share_the_cases(self):
        seats = self.seats(6)
        for n in range(3, 6):
            self.at_the_second(seats[n], f"zuoxi{n}")
        self.all_cases_are_called_once(seats)
        self.assertEqual(self.second.stop(), 0)
        self.assertEqual(self.server.stop(), 0)
        self.every_call_is_kept()

    def test_a_case_that_the_other_server_takes_away_is_given_out_there_and_renewed_nowhere(self):
        one, two = self.seats(2)
        self.at_the_second(two, "zuoxi1")
        boss = self.person("dudao", "supervisor")
        self.at_the_second(boss, "dudao")
        call, other = self.next_call(one), self.next_call(two)
        self.assertNotEqual(call["policy_no"], other["policy_no"])
        back = f"/api/supervision/cases/{call['policy_no']}/reassign"
        self.assertEqual(boss.ask("POST", back, {"reason": "坐席临时离开"})[0], 200)
        renew = f"/api/calls/{call['policy_no']}/renew"
        self.assertEqual(one.rule("POST", renew, {"fence": call["fence"]}), (409, "claim.not_held"))
        self.assertNotEqual(self.next_call(one)["policy_no"], call["policy_no"])
        self.wrap(two, other, "T1")
        again = self.next_call(two)
        self.assertEqual((again["policy_no"], again["fence"]), (call["policy_no"], call["fence"] + 1))


@on_both_databases
class HolderAloneTest(Seats):
    """A leg that the policyholder answers alone is open, but nobody's call."""

    profile = 'insurer = "test"\nassign = [ { regime = "call-centre-2021" } ]\n'
    at = "2021-10-12T10:00:00+08:00"

    def fill(self):
        self.folder.open_for_business()
        self.folder.load("policies", policies(policy("P1"), policy("P2", "2021-10-06", "13812340002")))
        unanswered = "T0,P1,electronic,2021-10-08 12:00:00,,no_answer,,,,"
        doubt = "T1,P2,electronic,2021-10-07 12:00:00,,answered,holder,verified,complete,terms_unclear:open"
        self.folder.load("attempts", attempts(unanswered, doubt))
        self.folder.must("--now", self.at, "run")

    def test_it_is_no_call_until_its_time_is_over_or_a_doubt_asks_for_one(self):
        (seat,) = self.seats(1)
        boss = self.person("dudao", "supervisor")
        self.assertIn(("P1", "electronic"), [(row["policy_no"], row["leg"])
                                             for row in self.folder.rows("--now", self.at, "worklist")])
        called = []
        while call := self.next_call(seat):
            called.append((call["policy_no"], call["leg"]))
            self.wrap(seat, call, f"C{len(called)}", started_at=self.at)
        self.assertEqual(called, [("P2", "first_call")])
        self.assertEqual(boss.get("/api/supervision/next-up")["rows"], [])
        self.assertEqual(sum(line["callable"] + line["waiting"]
                             for line in boss.get("/api/supervision/wallboard")["queue"]), 0)
        status, refused = boss.ask("POST", "/api/supervision/cases/P1/reassign", {"reason": "试", "seat": "S0"})
        self.assertEqual((status, refused["rule"]), (422, "reassign.not_now"))
        self.assertEqual(self.server.stop(), 0)
        self.server = seat.server = Server(self.folder, at="2021-10-13T09:00:00+08:00")
        self.addCleanup(self.stop, self.server)
        self.assertEqual(seat.sign_in("zuoxi0")[0], 200)
        call = self.next_call(seat)
        self.assertEqual((call["policy_no"], call["leg"], call["reason"].split(";")[0]),
                         ("P1", "first_call", "timed_out"))


@on_both_databases
class PromisesTest(Seats):
    def fill(self):
        super().fill()
        text = attempts("T1,P3,first_call,2021-10-19 09:30:00,,answered,holder,verified,refused,,2021-10-20 10:00:00")
        self.folder.load("attempts", text.replace("findings", "findings,appointment_at"))
        self.folder.must("--now", AT, "run")

    def test_a_promise_goes_first_when_its_hour_has_come_on_the_list_and_at_the_seat(self):
        (first, *_) = self.folder.rows("--now", AT, "worklist")
        self.assertEqual((first["policy_no"], first["reason"].split(";")[0]), ("P3", "promised"))
        (seat,) = self.seats(1)
        call = self.next_call(seat)
        self.assertEqual((call["policy_no"], call["reason"]), ("P3", first["reason"]))


@on_both_databases
class OneCallADayTest(Seats):
    profile = 'insurer = "test"\nassign = [ { regime = "one-call-a-day" } ]\n'

    def fill(self):
        (self.folder.path / "regimes" / "one-call-a-day").mkdir(parents=True)
        self.folder.write("regimes/one-call-a-day/regime.toml", BOOK)
        self.folder.open_for_business()
        self.folder.load("policies", policies(*(policy(f"P{i}", mobile="13812340001") for i in range(4)),
                                              policy("Q1", mobile="13812345678")))
        self.folder.load("receipts", receipts([f"P{i}" for i in range(4)] + ["Q1"]))
        self.folder.must("--now", AT, "run")

    def test_one_person_is_called_once_a_day_however_many_seats_ask_at_once(self):
        seats = self.seats(4)
        with ThreadPoolExecutor(4) as threads:
            calls = [call for call in threads.map(self.next_call, seats) if call]
        self.assertEqual(len(calls), 2)
        self.assertEqual(sum(call["policy_no"] == "Q1" for call in calls), 1)


@on_both_databases
class KilledServerTest(Seats):
    """Kill after kill while seats call: the number is the last argument of this file, 5 without one."""

    calls_a_kill_max, policies_a_kill = 24, 40

    def fill(self):
        numbers = [f"P{i:05}" for i in range(self.policies_a_kill * KILLS)]
        self.folder.open_for_business()
        self.folder.load("policies", policies(*(policy(n, mobile=f"138{i:08}") for i, n in enumerate(numbers))))
        self.folder.load("receipts", receipts(numbers))
        self.folder.must("--now", AT, "run")

    def test_every_acknowledged_call_is_there_and_no_case_is_held_for_good(self):
        seats = self.seats(4)
        chance, told, taken = random.Random(20211020), [], {}
        for round_number in range(KILLS):
            self.call_until_killed(seats, round_number, chance, told, taken)
            self.server = Server(self.folder)
            self.addCleanup(self.stop, self.server)
            for seat in seats:
                seat.server = self.server
        self.server.stop()
        kept = [row["attempt_id"] for row in self.folder.rows("export", "attempts")]
        self.assertEqual(len(kept), len(set(kept)))
        self.assertEqual(sorted(set(told) - set(kept)), [])
        self.assertGreaterEqual(len(told), 2 * KILLS)
        self.folder.must("--now", "2021-10-20T10:50:00+08:00", "run")
        self.folder.must("rebuild", "--check")
        self.folder.must("audit", "verify")
        self.nothing_is_held_for_good(set(row["policy_no"] for row in self.folder.rows("export", "attempts")))

    def call_until_killed(self, seats, round_number, chance, told, taken):
        gone = threading.Event()

        def work(seat):
            n = 0
            while not gone.is_set():
                n += 1
                try:
                    call = seat.ask("POST", "/api/calls/next", {})[1].get("call")
                    if not call:
                        return
                    # One case is with one seat until that seat has told what came of it.
                    holder = taken.setdefault(call["policy_no"], seat)
                    self.assertIs(holder, seat, call["policy_no"])
                    number = f"T{round_number}-{seats.index(seat)}-{n}"
                    status, answer = seat.ask("POST", f"/api/calls/{call['policy_no']}/wrap-up", wrap_up(call, number))
                    self.assertEqual(status, 201, answer)
                    told.append(number)
                except (ConnectionError, TimeoutError, json.JSONDecodeError, OSError):
                    return
                except Exception as broken:  # http.client.IncompleteRead and RemoteDisconnected among them
                    if type(broken).__module__ == "http.client":
                        return
                    raise

        with ThreadPoolExecutor(len(seats)) as threads:
            working = [threads.submit(work, seat) for seat in seats]
            enough, patience = len(told) + chance.randint(2, self.calls_a_kill_max), time.monotonic() + 60
            while len(told) < enough and time.monotonic() < patience:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.02))
            self.server.process.kill()
            gone.set()
            self.server.process.wait()
            for one in working:
                one.result()
        self.server.close()

    def nothing_is_held_for_good(self, called):
        """When all leases are over, every case that was not called can be had again."""
        later = "2021-10-20T11:00:00+08:00"
        count = self.policies_a_kill * KILLS
        answer = self.folder.must("--now", later, "--json", "claim", "--count", str(count), "--seat", "S9").stdout
        self.assertEqual(len(json.loads(answer)), count - len(called))


if __name__ == "__main__":
    unittest.main()
