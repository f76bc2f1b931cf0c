"""Rule books to be read, compared and tried, and what another one would have made of the policies."""

import csv
import io
import json
import time
import unittest

from server_program import SOURCE, ServerTest, on_both_databases
from shouyue_program import attempts, many_policies


@on_both_databases
class RuleBooksTest(ServerTest):
    profile = ('insurer = "test"\nassign = [ { regime = "pacific-2010", channel = "agency", issued_from = 2021-01-01 },'
               ' { regime = "call-centre-2021", channel = "telesales" } ]\n')

    def test_the_books_are_listed_with_what_they_govern(self):
        seat = self.person("zuoxi", "call_agent", seat="S1")
        books = {book["id"]: book for book in seat.get("/api/rule-books")["rows"]}
        self.assertEqual(sorted(books), sorted(path.parent.name for path in SOURCE.glob("regimes/*/regime.toml")))
        self.assertEqual(books["pacific-2010"]["assigned"], [{"channel": "agency", "issued_from": "2021-01-01"}])
        self.assertEqual(books["national"]["assigned"], [])
        self.assertIn("followup", books["pacific-2010"]["sections"])
        self.assertEqual(books["pacific-2010"]["extends"], "national")
        status, data = seat.ask("GET", "/api/rule-books?format=csv")
        self.assertEqual((status, data.count(b"\n")), (200, 1 + len(books)))

    def test_a_book_says_what_the_command_says(self):
        seat = self.person("zuoxi", "call_agent", seat="S1")
        text = seat.get("/api/rule-books/pacific-2010")
        told = self.folder.must("regime", "show", "pacific-2010").stdout
        self.assertGreater(len(text["statements"]), 50)
        for statement in text["statements"]:
            self.assertIn(statement["id"], told)
            for value in statement["values"]:
                self.assertIn(value["value"], told)
                self.assertTrue(value.get("cite") or statement["cite"], statement)
        assumed = [statement for statement in text["statements"] if statement["assumed"]]
        self.assertEqual(len(assumed), text["book"]["open_points"])
        self.assertTrue(assumed and all(statement["note"] for statement in assumed))
        self.assertEqual(seat.rule("GET", "/api/rule-books/nothing"), (404, "regime.not_found"))
        self.assertEqual(seat.rule("GET", "/api/rule-books/national?on=soon")[0], 400)

    def test_two_books_and_two_days_of_one(self):
        seat = self.person("zuoxi", "call_agent", seat="S1")
        found = seat.get("/api/rule-books/pacific-2010/differences?against=call-centre-2021")["rows"]
        told = self.folder.must("regime", "diff", "pacific-2010", "call-centre-2021").stdout
        marks = [line[:2] + line[2:].split("  ")[0] for line in told.splitlines() if line[:1] in "+-~"]
        kind = {(True, True): "~ ", (False, True): "+ ", (True, False): "- "}
        self.assertEqual([kind["before" in row, "after" in row] + row["path"] for row in found], marks)
        self.assertEqual(seat.get("/api/rule-books/national/differences")["rows"], [])
        between = seat.get("/api/rule-books/national/differences?on=2010-01-02&against_on=2025-01-01")["rows"]
        self.assertTrue(between)
        changed = [row for row in between if row.get("before", {}).get("values") != row.get("after", {}).get("values")]
        self.assertTrue(changed)

    def test_the_cases_of_a_book_are_run(self):
        seat = self.person("zuoxi", "call_agent", seat="S1")
        run = seat.get("/api/rule-books/pacific-2010/cases")
        self.assertEqual((run["failed"], run["untouched"]), (0, []))
        told = json.loads(self.folder.must("--json", "regime", "test", "pacific-2010").stdout)
        self.assertEqual([one["name"] for one in run["cases"]], [one["name"] for one in told[0]["cases"]])


@on_both_databases
class BacktestsTest(ServerTest):
    def fill(self):
        self.folder.open_for_business()
        self.folder.load("policies", many_policies(60))
        self.folder.load("receipts", "policy_no,signed_on\n" + "".join(f"P{n:06},2021-10-12\n" for n in range(60)))
        self.folder.load("attempts", attempts(*(
            f"T{n},P{n:06},first_call,2021-10-{14 + n % 5} 10:00:00,,answered,holder,verified,complete,"
            for n in range(40))))
        self.folder.must("--now", self.at, "run")

    def backtest(self, client, **more):
        asked = {"regime": "pacific-2010", "against": "call-centre-2021", "from": "2021-10-01", "to": "2021-10-31"}
        status, job = client.ask("POST", "/api/backtests", asked | more)
        self.assertEqual(status, 202, job)
        for _ in range(600):
            job = client.get(f"/api/jobs/{job['id']}")
            if job["state"] not in ("waiting", "running"):
                return job
            time.sleep(0.1)
        raise AssertionError("the job does not end")

    def test_a_backtest_gives_what_the_command_gives_and_unfolds(self):
        person = self.person("kaohe", "kpi_officer")
        job = self.backtest(person)
        self.assertEqual((job["state"], job["done"], job["total"]), ("done", 1024, 1024))
        result = job["result"]
        command = ("backtest", "--regime", "pacific-2010", "--against", "call-centre-2021", "--from", "2021-10-01",
                   "--to", "2021-10-31")
        told = json.loads(self.folder.must("--now", self.at, "--json", *command, "--out", "out.csv").stdout)
        self.assertEqual((result["policies"], result["differing"]), (told["policies"], told["differing"]))
        self.assertGreater(result["differing"], 0)
        self.assertEqual({one["name"]: [one["regime"], one["against"]] for one in result["figures"]},
                         {name: [str(one["regime"]), str(one["against"])] for name, one in told["figures"].items()})
        self.assertEqual([group["policies"] for group in result["groups"]],
                         [group["policies"] for group in told["groups"]])
        self.assertEqual(sum(group["policies"] for group in result["groups"]), result["differing"])
        path = f"/api/backtests/{result['file']}/differences"
        written = list(csv.reader(io.StringIO(self.folder.read("out.csv"))))
        everything = self.all_rows(person, path + "?limit=7")
        self.assertEqual(everything, written[1:])
        group = result["groups"][0]
        of_group = self.all_rows(person, f"{path}?group=one&regime_rules={group['regime_rules']}"
                                         f"&against_rules={group['against_rules']}&limit=7")
        self.assertEqual(len(of_group), group["policies"])
        status, data = person.ask("GET", path + "?format=csv")
        self.assertEqual(list(csv.reader(io.StringIO(data.decode("utf-8-sig")))), written)
        other = self.person("kaohe2", "kpi_officer")
        self.assertEqual(other.rule("GET", path), (404, "file.not_found"))

    def all_rows(self, client, path):
        rows, after = [], ""
        while True:
            part = client.get(path + (f"&after={after}" if after else ""))
            rows += part["rows"]
            after = part.get("next")
            if not after:
                return rows

    def test_a_branch_replays_its_own_policies(self):
        self.assertEqual(self.backtest(self.person("fj", "kpi_officer", org="35"))["result"]["policies"], 60)
        self.folder.load("organisations", "code,name,level,parent_code,region_code\n44,广东分公司,branch,00,440000\n")
        self.assertEqual(self.backtest(self.person("gd", "kpi_officer", org="44"))["result"]["policies"], 0)

    def test_what_is_wrong_is_refused(self):
        person, seat = self.person("kaohe", "kpi_officer"), self.person("zuoxi", "call_agent", seat="S1")
        asked = {"regime": "pacific-2010", "against": "national", "from": "2021-10-01", "to": "2021-10-31"}
        self.assertEqual(person.rule("POST", "/api/backtests", asked | {"against": "x"}), (404, "regime.not_found"))
        self.assertEqual(person.rule("POST", "/api/backtests", asked | {"to": "2021-09-01"}), (400, "backtest.span"))
        self.assertEqual(seat.rule("POST", "/api/backtests", asked), (403, "access.denied"))
        self.assertEqual(person.rule("GET", "/api/backtests/x/differences"), (404, "file.not_found"))

    def test_a_job_that_is_cancelled_stops(self):
        person = self.person("kaohe", "kpi_officer")
        asked = {"regime": "pacific-2010", "against": "national", "from": "2021-10-01", "to": "2021-10-31"}
        job = person.ask("POST", "/api/backtests", asked)[1]
        self.assertEqual(person.ask("DELETE", f"/api/jobs/{job['id']}")[0], 204)
        for _ in range(100):
            state = person.get(f"/api/jobs/{job['id']}")["state"]
            if state not in ("waiting", "running"):
                break
            time.sleep(0.1)
        self.assertEqual(state, "cancelled")


if __name__ == "__main__":
    unittest.main()
