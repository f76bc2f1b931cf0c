"""What would have been under another rule book: the same as deriving everything anew under it, policy by policy."""

import csv
import hashlib
import io
import json
import re
import shutil
import unittest

from shouyue_program import SOURCE, Folder

NOW = "2021-10-20T09:00:00+08:00"
SPAN = ("--from", "2021-06-01", "--to", "2021-10-20")
PROFILE = (SOURCE / "regimes" / "demo-insurer.toml").read_text(encoding="utf-8")
# Of each book a number or condition of every matter that hangs on it, and what it becomes.
CHANGES = {
    "pacific-2010": ["followup.deadline", "followup.cooling_off", "followup.leg.first_call.attempts_max",
                     "followup.leg.second_call.start", "ticket.problem.due", "receipt.late",
                     "commission.cut_off_day"],
    "call-centre-2021": ["followup.leg.first_call.start", "followup.leg.first_call.days_max",
                         "followup.leg.first_call.per_day_max", "ticket.problem.due", "ticket.verification.due"],
}
BINDS_FROM = {"pacific-2010": "2010-09-01", "call-centre-2021": "2021-01-01"}


def table_of(book, name):
    """The text of one table of a book, from its heading to the next; empty when the book does not state it."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((SOURCE / "regimes" / book).glob("*.toml")))
    found = re.search(rf"^\[{re.escape(name)}\]\n(?:(?!\[).*\n?)*", text, re.MULTILINE)
    return found.group(0) if found else ""


def with_number_changed(table, by=1):
    return re.sub(r"\bvalue = (\d+)", lambda found: f"value = {int(found.group(1)) + by}", table)


class BacktestTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder(PROFILE)
        cls.addClassCleanup(cls.folder.close)
        cls.folder.must("demo", "--policies", "400", "--days", "45", "--seed", "11", "--out", "out")
        (cls.folder.path / "regimes").mkdir()
        cls.facts, cls.derived = cls.facts_taken_in(), {}

    def add_book(self, name, base, *tables):
        heading = (f'[regime]\nid = "{name}"\ntitle = "试行"\ntitle_en = "On trial"\nsource = "试行办法"\n'
                   f'extends = "{base}"\nbinds_from = {BINDS_FROM[base]}\n\n')
        (self.folder.path / "regimes" / name).mkdir(exist_ok=True)
        self.folder.write(f"regimes/{name}/regime.toml", heading + "\n".join(tables))

    def backtest(self, regime, against, *more):
        return self.folder.must("--now", NOW, "backtest", "--regime", regime, "--against", against, *SPAN, *more)

    def report(self, regime, against, *more):
        return json.loads(self.backtest(regime, against, "--json", *more).stdout)

    @classmethod
    def facts_taken_in(cls):
        """The files of the demo insurer, those of all days as one, taken in by a program that never ran."""
        folder = Folder()
        cls.addClassCleanup(folder.close)
        folder.must("init")
        for kind in ("organisations", "agents", "products", "policies", "receipts", "attempts", "ticket_steps",
                     "policy_changes"):
            texts = [path.read_text(encoding="utf-8")
                     for path in sorted((cls.folder.path / "out" / "files").rglob(f"{kind}.csv"))]
            folder.load(kind, texts[0] + "".join(text.split("\n", 1)[1] for text in texts[1:]))
        return folder

    def derived_anew(self, book):
        """What is exported of each policy after a run on the same facts under a profile of this book alone."""
        if book in self.derived:
            return self.derived[book]
        other = Folder(f'insurer = "x"\nassign = [ {{ regime = "{book}" }} ]\n')
        self.addCleanup(other.close)
        shutil.copy(self.facts.path / "test.db", other.path)
        shutil.copytree(self.folder.path / "regimes", other.path / "regimes")
        other.must("--now", NOW, "run")
        state = self.derived[book] = {}
        for part, export in (("cases", ("cases",)), ("tickets", ("tickets",)), ("commission", ("commission",)),
                             ("entries", ("commission", "--entries"))):
            state[part] = {}
            for row in other.rows("export", *export):
                row.pop("rules")
                row.pop("regime", None)
                state[part].setdefault(row["policy_no"], []).append(row)
        return state

    def compare(self, regime, against, what=("cases", "tickets", "commission", "entries")):
        report = self.report(regime, against, "--out", "differing.csv")
        rows = list(csv.DictReader(io.StringIO(self.folder.read("differing.csv"))))
        self.assertEqual(report["differing"], len(rows))
        self.assertEqual(sum(group["policies"] for group in report["groups"]), len(rows))
        listed = [row["policy_no"] for row in rows if row["what"] != "commission" or "commission" in what]
        before, after = self.derived_anew(regime), self.derived_anew(against)
        expected = {number for part in what for number in before[part].keys() | after[part].keys()
                    if before[part].get(number) != after[part].get(number)}
        self.assertEqual(sorted(listed), sorted(expected))
        self.assertEqual(report["policies"], len(before["cases"]))
        return report, before, after

    def test_a_book_against_itself_gives_no_difference(self):
        for book in CHANGES:
            report = self.report(book, book)
            self.assertGreater(report["policies"], 300)
            self.assertEqual(report["differing"], 0)
            self.assertEqual(report["groups"], [])
            for figure in report["figures"].values():
                self.assertEqual(figure["regime"], figure["against"])

    def test_one_changed_number_gives_exactly_what_deriving_anew_gives(self):
        differing = 0
        for book, tables in CHANGES.items():
            for n, name in enumerate(tables):
                table = table_of(book, name)
                changed = with_number_changed(table)
                if not table or changed == table:
                    continue
                with self.subTest(book=book, table=name):
                    trial = f"trial-{book}-{n}"
                    self.add_book(trial, book, changed)
                    report, *_ = self.compare(book, trial)
                    differing += report["differing"]
        self.assertGreater(differing, 100)

    def test_two_different_books(self):
        # What the second has no section for stays as assigned: here the commission of some policies.
        report, before, after = self.compare("pacific-2010", "call-centre-2021", what=("cases", "tickets"))
        self.assertGreater(report["differing"], 0)

        def count(state, part, column, value):
            return sum(1 for rows in state[part].values() for row in rows if row[column] == value)

        for side, state in (("regime", before), ("against", after)):
            self.assertEqual(report["figures"]["succeeded"][side], count(state, "cases", "success", "1"))
            self.assertEqual(report["figures"]["tickets.problem"][side], count(state, "tickets", "kind", "problem"))
            self.assertEqual(report["figures"]["overdue.verification"][side],
                             sum(1 for rows in state["tickets"].values() for row in rows
                                 if row["kind"] == "verification" and row["timeliness"] == "overdue"))
        success = report["success"]
        self.assertEqual(success["gained"] - success["lost"],
                         report["figures"]["succeeded"]["against"] - report["figures"]["succeeded"]["regime"])

    def test_the_result_is_the_same_for_any_number_of_threads(self):
        results = set()
        for threads in ("1", "2", "7"):
            out = f"differing-{threads}.csv"
            text = self.backtest("pacific-2010", "call-centre-2021", "--threads", threads, "--out", out).stdout
            results.add((text, self.folder.read(out)))
        self.assertEqual(len(results), 1)

    def test_it_writes_nothing(self):
        before = hashlib.sha256((self.folder.path / "test.db").read_bytes()).hexdigest()
        self.backtest("pacific-2010", "call-centre-2021")
        self.assertEqual(hashlib.sha256((self.folder.path / "test.db").read_bytes()).hexdigest(), before)

    def test_each_difference_names_its_clauses(self):
        self.add_book("trial-clause", "call-centre-2021",
                      with_number_changed(table_of("call-centre-2021", "ticket.verification.due")))
        groups = self.report("call-centre-2021", "trial-clause")["groups"]
        named = [({clause["id"] for clause in group["regime"]}, {clause["id"] for clause in group["against"]})
                 for group in groups]
        self.assertEqual(named, [({"call-centre-2021/ticket.verification.due"},
                                  {"trial-clause/ticket.verification.due"})])
        self.assertEqual(len(groups[0]["examples"]), 3)
        text = self.backtest("call-centre-2021", "trial-clause").stdout
        self.assertIn("- 犹豫期内处理 / Inside the cooling-off period: 0 (days after cooling_off_end)", text)
        self.assertIn("+ 犹豫期内处理 / Inside the cooling-off period: 1 (days after cooling_off_end)", text)

    def test_only_the_days_of_issue_that_were_asked_for(self):
        one_day = json.loads(self.folder.must("--now", NOW, "--json", "backtest", "--regime", "pacific-2010",
                                              "--against", "pacific-2010", "--from", "2021-09-10", "--to",
                                              "2021-09-10").stdout)
        whole = self.report("pacific-2010", "pacific-2010")
        self.assertGreater(one_day["policies"], 0)
        self.assertLess(one_day["policies"], whole["policies"])

    def test_refusals(self):
        for arguments, rule in ((("--regime", "no-such", "--against", "pacific-2010", *SPAN), "regime.not_found"),
                                (("--regime", "pacific-2010", "--against", "pacific-2010", "--from", "2021-10-02",
                                  "--to", "2021-10-01"), "backtest.span")):
            self.assertIn(rule, self.folder.must("backtest", *arguments, status=1).stderr)


if __name__ == "__main__":
    unittest.main()
