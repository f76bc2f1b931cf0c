"""Scores over the API: the figures of the command line, unfolded to the cases behind them; a closed month stands."""

import sqlite3
import threading
import unittest

from money_store import NOW, MoneyTest, table
from server_program import Client, Server, ServerTest, on_both_databases
from shouyue_program import attempts, policies, policy

BOOK = "operations-kpi"


@on_both_databases
class ScoresTest(MoneyTest):
    begins_at = NOW

    def figures(self, page):
        return {(row["org_code"], figure["indicator"]): figure for row in page["rows"] for figure in row["figures"]}

    def test_figures_are_those_of_the_command_line_and_of_the_file(self):
        officer = self.person("kaohe", "kpi_officer")
        path = f"/api/scores?regime={BOOK}&period=2021-10&level=city"
        figures = self.figures(officer.get(path))
        rows = self.folder.rows("kpi", "--regime", BOOK, "--period", "2021-10", "--level", "city")
        self.assertTrue(rows)
        for row in rows:
            figure = figures[row["org_code"], row["indicator"]]
            self.assertEqual([str(figure[name]) for name in ("numerator", "denominator", "excluded")],
                             [row["numerator"], row["denominator"], row["excluded"]])
            self.assertEqual((figure.get("value", ""), figure.get("score", "")), (row["value"], row["score"]))
        lines = table(officer.get(path + "&format=csv"))
        self.assertEqual(sum(int(line["分母"]) for line in lines),
                         sum(figure["denominator"] for figure in figures.values()))

    def test_each_figure_unfolds_to_its_cases(self):
        officer = self.person("kaohe", "kpi_officer")
        page = officer.get(f"/api/scores?regime={BOOK}&period=2021-10")
        seen = 0
        for figure in page["rows"][0]["figures"]:
            for side in ("numerator", "denominator", "excluded"):
                cases = officer.get(f"/api/scores/cases?regime={BOOK}&period=2021-10&indicator={figure['indicator']}"
                                    f"&side={side}")
                self.assertEqual(cases["total"], figure[side], (figure, side))
                self.assertEqual(len(cases["rows"]), figure[side])
                seen += figure[side]
        self.assertGreater(seen, 0)

    def test_months_of_a_trend_are_the_months(self):
        officer = self.person("kaohe", "kpi_officer")
        book = next(book for book in officer.get("/api/score-books")["rows"] if book["id"] == BOOK)
        indicator = next(one["id"] for one in book["indicators"] if one["table"] == "policies")
        trend = officer.get(f"/api/scores/trend?regime={BOOK}&period=2021Q4&indicator={indicator}")["rows"]
        self.assertEqual({one["id"]: one.get("higher_is_better") for one in book["indicators"]
                          if one["id"] in ("servicing_error_rate", "premium_issue_rate", "success_30_days")},
                         {"servicing_error_rate": False, "premium_issue_rate": True, "success_30_days": None})
        self.assertEqual([row["period"] for row in trend], ["2021-10", "2021-11", "2021-12"])
        for row in trend:
            month = self.figures(officer.get(f"/api/scores?regime={BOOK}&period={row['period']}"))
            self.assertEqual(row["figure"], month["00" if ("00", indicator) in month else "", indicator])

    def test_a_closed_month_stands_and_corrections_are_shown_beside_it(self):
        asks, decides = self.person("kaohe", "kpi_officer"), self.person("dudao", "supervisor")
        request = {"kind": "month_close", "rule_book": BOOK, "month": "2021-10", "reason": "十月考核数据已核对"}
        self.assertEqual(asks.rule("POST", "/api/exceptions", {**request, "month": "2021-11"}),
                         (422, "month_close.not_over"))
        self.assertEqual(asks.rule("POST", "/api/exceptions", {**request, "month": "2021Q4"}),
                         (400, "month_close.form"))
        # Visits of November and tickets of proxy signatures still change October: 30 days and 7 working days.
        closing = asks.get(f"/api/scores/month-closing?regime={BOOK}&month=2021-10")
        self.assertEqual((closing["final_on"], closing["closable_from"], closing["is_closable"]),
                         ("2021-12-09", "2021-12-10", False))
        self.assertEqual([step["id"].rsplit(".", 1)[1] for step in closing["steps"]], ["visit", "handling"])
        self.assertEqual(asks.rule("POST", "/api/exceptions", request), (422, "month_close.not_final"))
        self.assertEqual(asks.ask("POST", "/api/exceptions", request)[1]["detail_zh"].count("2021-12-10"), 1)
        for moment, refused in (("2021-12-09T23:59:00+08:00", (422, "month_close.not_final")),
                                ("2021-12-10T00:00:00+08:00", None)):
            self.stop(self.server)
            self.folder.must("--now", moment, "run")
            self.begins_at = moment
            self.start()
            asks, decides, self.admin = (self.sign_in_again(name) for name in ("kaohe", "dudao", "admin"))
            if refused:
                self.assertEqual(asks.rule("POST", "/api/exceptions", request), refused)
        self.assertTrue(asks.get(f"/api/scores/month-closing?regime={BOOK}&month=2021-10")["is_closable"])
        status, asked = asks.ask("POST", "/api/exceptions", request)
        self.assertEqual(status, 201, asked)
        path = f"/api/exceptions/{BOOK} 2021-10/1"
        self.assertEqual(asks.rule("POST", path + "/decision", {"granted": True}), (422, "exception.same_person"))
        city = self.person("fuzhou", "supervisor", org="3501")
        self.assertEqual(city.rule("POST", path + "/decision", {"granted": True}), (404, "exception.not_found"))
        before = self.figures(asks.get(f"/api/scores?regime={BOOK}&period=2021-10"))
        self.assertEqual(decides.ask("POST", path + "/decision", {"granted": True})[0], 200)
        self.assertEqual(asks.rule("POST", "/api/exceptions", request), (409, "month_close.already_closed"))
        self.stop(self.server)
        late = "T3,P3,first_call,2021-10-25 10:00:00,2021-10-25 10:05:00,answered,holder,verified,complete,"
        self.folder.load("attempts", attempts(late))
        self.folder.must("--now", "2021-12-10T11:00:00+08:00", "run")
        self.begins_at = "2021-12-10T11:00:00+08:00"
        self.start()
        again = self.sign_in_again("kaohe")
        page = again.get(f"/api/scores?regime={BOOK}&period=2021-10")
        self.assertEqual((page["closed"]["granted_by"], page["closed"]["granted_by_name"]), ("dudao", "dudao"))
        changed = 0
        for key, figure in self.figures(page).items():
            closed = figure["closed"]
            self.assertEqual([closed[name] for name in ("numerator", "denominator", "excluded")],
                             [before[key][name] for name in ("numerator", "denominator", "excluded")])
            changed += figure["numerator"] - closed["numerator"]
        self.assertGreater(changed, 0)
        # The month report of the same data says that the month was closed, the file what was closed.
        lines = table(again.get(f"/api/scores?regime={BOOK}&period=2021-10&format=csv"))
        own = page["rows"][0]["org_code"]
        self.assertEqual([line["月结值"] for line in lines if line["机构代码"] == own],
                         [figure["closed"].get("value", "") for figure in page["rows"][0]["figures"]])
        self.assertIn("已月结", again.get("/api/reports/month?period=2021-10&format=html").decode())
        self.folder.must("audit", "verify")

    def test_the_figures_follow_what_happens(self):
        officer = self.person("kaohe", "kpi_officer")
        path = f"/api/scores?regime={BOOK}&period=2021-10&level=city"
        before = self.figures(officer.get(path))
        call = "answered,holder,verified,complete,"
        self.folder.load("policies", policies(policy("P9", mobile="13812340009")), name="more.csv")
        self.folder.load("attempts", attempts(f"T3,P3,first_call,2021-10-25 10:00:00,2021-10-25 10:05:00,{call}",
                                              f"T9,P9,first_call,2021-10-26 10:00:00,2021-10-26 10:05:00,{call}"))
        for _ in range(300):
            after = self.figures(officer.get(path))
            if after["3501", "success_30_days"]["numerator"] == 4:
                break
            threading.Event().wait(0.1)
        for row in self.folder.rows("kpi", "--regime", BOOK, "--period", "2021-10", "--level", "city"):
            figure = after[row["org_code"], row["indicator"]]
            self.assertEqual([str(figure[name]) for name in ("numerator", "denominator", "excluded")],
                             [row["numerator"], row["denominator"], row["excluded"]])
        self.assertEqual(before["3501", "success_30_days"]["numerator"], 2)
        self.assertEqual(after["3501", "success_30_days"]["denominator"], 4)
        cases = officer.get(f"/api/scores/cases?regime={BOOK}&period=2021-10&indicator=success_30_days&side=denominator"
                            "&org_code=3501")
        self.assertEqual({row["policy_no"] for row in cases["rows"]}, {"P0", "P2", "P3", "P9"})

    def test_only_the_own_organisations(self):
        city = self.person("fuzhou", "kpi_officer", org="3501")
        page = city.get(f"/api/scores?regime={BOOK}&period=2021-10")
        self.assertEqual([row["org_code"] for row in page["rows"]], ["3501"])
        self.assertEqual(city.rule("GET", f"/api/scores?regime={BOOK}&period=2021-10&org_code=35"),
                         (404, "organisation.not_found"))
        self.assertEqual([office["code"] for office in city.get("/api/score-books")["organisations"]], ["3501"])
        for query, expected in (("regime=nothing&period=2021-10", (404, "regime.not_found")),
                                (f"regime={BOOK}&period=soon", (400, "kpi.period_form")),
                                (f"regime={BOOK}&period=2021-10&level=village", (400, "kpi.unknown_level"))):
            self.assertEqual(city.rule("GET", "/api/scores?" + query), expected)
        seat = self.person("zuoxi", "call_agent", seat="S1")
        self.assertEqual(seat.rule("GET", f"/api/scores?regime={BOOK}&period=2021-10"), (403, "access.denied"))

    def start(self, *arguments):
        self.server = Server(self.folder, *arguments, at=self.begins_at)
        self.addCleanup(self.stop, self.server)

    def sign_in_again(self, name):
        client = Client(self.server)
        self.assertEqual(client.sign_in(name)[0], 200)
        return client


class DayTest(ServerTest):
    """A ticket that is open uses a working day each day, under a server that stays up."""

    profile = 'insurer = "test"\nassign = [ { regime = "call-centre-2021" } ]\n'

    def fill(self):
        folder = self.folder
        (folder.path / "regimes" / "own").mkdir(parents=True)
        folder.write("regimes/own/regime.toml", """
[regime]
id = "own"
title = "本公司指标"
title_en = "Figures of our own"
source = "测试"
binds_from = 2021-01-01

[[kpi.indicator]]
id = "open_long"
title = "处理超过三个工作日的问题件"
title_en = "Problem tickets open for more than three working days"
table = "tickets"
cohort = "issued_on"
population = "kind == 'problem'"
numerator = "not closed and working_days_used > 3"
cite = "测试 · 一"
""")
        folder.open_for_business()
        folder.load("policies", policies(policy("P1")))
        folder.load("receipts", "policy_no,signed_on\nP1,2021-10-12\n")
        folder.load("attempts", attempts("C1,P1,first_call,2021-10-18 10:00:00,,answered,holder,verified,complete,"
                                         "proxy_signature_documents:open"))
        folder.must("--now", "2021-10-21T23:40:00+08:00", "run")

    at = "2021-10-21T23:45:00+08:00"

    def test_a_new_day(self):
        officer = self.person("kaohe", "kpi_officer")
        self.stop(self.server)
        self.at = "2021-10-21T23:59:52+08:00"
        self.start()
        officer.server = self.server

        def figure():
            page = officer.get("/api/scores?regime=own&period=2021-10")
            return page["rows"][0]["figures"][0]["numerator"], page["as_of"][:10]

        self.assertEqual(figure(), (0, "2021-10-21"))
        for _ in range(300):
            numerator, day = figure()
            if day == "2021-10-22":
                break
            threading.Event().wait(0.1)
        self.assertEqual((numerator, day), (1, "2021-10-22"))

    def test_a_ticket_whose_case_was_not_read_costs_no_figure_and_no_server(self):
        self.stop(self.server)
        with sqlite3.connect(self.folder.path / "test.db") as database:
            self.assertEqual(database.execute("DELETE FROM case_state").rowcount, 1)
            self.assertEqual(database.execute("SELECT count(*) FROM ticket").fetchone()[0], 1)
        database.close()
        self.start()
        self.admin.server = self.server
        self.person("kaohe", "kpi_officer").get("/api/scores?regime=own&period=2021-10")


if __name__ == "__main__":
    unittest.main()
