"""The scorecard of bench_scorecard and the same in SQLite, round by round in one run on the same columns. SQL can say
it in several ways, with and without indexes that cover the groups: each is checked to give all the engine's figures and
timed once, and the fastest goes through all rounds.

    python3 scorecard_sqlite.py ENGINE POLICIES FOLDER [ROUNDS]
"""

import csv
import json
import sqlite3
import statistics
import subprocess
import sys
import time

SPAN = "2020-01-01..2022-03-31"

# Codes of the word lists that the conditions name.
CANCELLED, REFUSALS, CENTRE, BRANCH, PROBLEM, PROXY_SIGNATURE = 12, "(16, 23, 22)", "(1, 2)", "(3, 4, 5, 6)", 1, 0

SUCCESS = f"""case when not success and last_connection = {CANCELLED} and last_leg in {CENTRE} then 3
  when not success and last_connection in {REFUSALS} and last_leg in {CENTRE} then 4
  when not success and last_connection in {REFUSALS} and last_leg in {BRANCH} then 5
  when success and first_success_on <= issued_on + 30 then 1 else 2 end"""
COOLING_OFF = """case when cancelled_in_cooling_off then 3 when claim_ended_in_cooling_off then 4
  when success and success_on <= cooling_off_end then 1 else 2 end"""
IN_TIME = f"""case when closed and (working_days_used <= 5 or subtype = {PROXY_SIGNATURE} and working_days_used <= 7)
  then 1 else 2 end"""
EARLY_MONTH = """case when success and success_on < cooling_off_end and not cancelled_in_cooling_off
  and not claim_ended_in_cooling_off then success_month else cooling_off_month end"""

# name, state of a row, month, rows
INDICATORS = [
    ("success_30_days", SUCCESS, "issued_month", "policies where in_scope and not waived"),
    ("cooling_off_success", COOLING_OFF, EARLY_MONTH, "policies where in_scope and cooling_off_end is not null"),
    ("problem_tickets_in_time", IN_TIME, "issued_month", f"tickets where kind = {PROBLEM}"),
]
COUNTS = ", ".join(f"c{n}" for n in range(1, 6))
TOTAL = ", ".join(f"sum(c{n}) as c{n}" for n in range(1, 6))
INDEXES = [
    """create index by_issue on policies (organisation, channel, issued_month, in_scope, waived, success, issued_on,
       first_success_on, last_leg, last_connection)""",
    """create index by_channel on policies (organisation, channel, in_scope, cooling_off_end, success, success_on,
       cancelled_in_cooling_off, claim_ended_in_cooling_off, success_month, cooling_off_month)""",
    """create index tickets_by_issue on tickets (organisation, channel, issued_month, kind, subtype, closed,
       working_days_used)""",
]


def leaf(name, state, month, rows, flavour):
    inner = f"select organisation, channel, {month} as month, {state} as state from {rows}"
    if flavour == "state":
        sums = ", ".join(f"sum(case when state = {n} then n else 0 end) as c{n}" for n in range(1, 6))
        inner = f"select organisation, channel, month, state, count(*) as n from ({inner}) group by 1, 2, 3, 4"
    elif flavour == "filter":
        sums = ", ".join(f"count(*) filter (where state = {n}) as c{n}" for n in range(1, 6))
    else:
        sums = ", ".join(f"sum(state = {n}) as c{n}" for n in range(1, 6))
    return f"select '{name}' as indicator, organisation, channel, month, {sums} from ({inner}) group by 2, 3, 4"


def up(level):
    return f"""select indicator, parent as organisation, channel, month, {TOTAL}
      from {level} join tree using (organisation) group by 1, 2, 3, 4"""


def statement(flavour):
    leaves = " union all ".join(leaf(*indicator, flavour) for indicator in INDICATORS)
    columns = f"indicator, organisation, channel, month, {COUNTS}"
    return f"""create temp table result as with leaf as materialized ({leaves}),
      level2 as materialized ({up('leaf')}), level1 as materialized ({up('level2')}), level0 as ({up('level1')})
      select {columns} from leaf union all select {columns} from level2
      union all select {columns} from level1 union all select {columns} from level0"""


def load(db, folder, name, columns):
    """The columns of a file as integers, empty fields as null."""
    db.execute(f"create table {name} ({', '.join(column + ' integer' for column in columns)})")
    with open(f"{folder}/{name}.csv", newline="") as file:
        rows = csv.DictReader(file)
        db.executemany(f"insert into {name} values ({', '.join('?' * len(columns))})",
                       ([int(row[column]) if row[column] else None for column in columns] for row in rows))


def load_all(folder):
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("pragma temp_store = memory")
    db.execute("pragma cache_size = -1000000")
    load(db, folder, "policies", ["organisation", "channel", "issued_on", "cooling_off_end", "success_on",
                                  "first_success_on", "success", "in_scope", "waived", "last_leg", "last_connection",
                                  "cancelled_in_cooling_off", "claim_ended_in_cooling_off"])
    load(db, folder, "tickets", ["organisation", "channel", "issued_on", "kind", "subtype", "closed",
                                 "working_days_used"])
    load(db, folder, "organisations", ["organisation", "parent"])
    db.execute("alter table organisations rename to tree")
    for table, day, month in [("policies", "issued_on", "issued_month"), ("policies", "success_on", "success_month"),
                              ("policies", "cooling_off_end", "cooling_off_month"),
                              ("tickets", "issued_on", "issued_month")]:
        db.execute(f"alter table {table} add column {month} integer")
        db.execute(f"update {table} set {month} = cast(strftime('%Y', {day} * 86400, 'unixepoch') as integer) * 12 "
                   f"+ cast(strftime('%m', {day} * 86400, 'unixepoch') as integer) - 1 where {day} is not null")
    db.execute("create unique index tree_by_organisation on tree (organisation)")
    return db


def expected_figures(folder):
    figures = set()
    with open(f"{folder}/figures.csv", newline="") as file:
        for row in csv.DictReader(file):
            year, month = row["month"].split("-")
            excluded = [int(count) for count in row["excluded"].split(";") if count]
            counts = [int(row["numerator"]), int(row["denominator"]) - int(row["numerator"])]
            counts += excluded + [0] * (3 - len(excluded))
            figures.add((row["indicator"], int(row["organisation"]), int(row["channel"]),
                         int(year) * 12 + int(month) - 1, *counts))
    return figures


def ask_sqlite(db, sql):
    db.execute("drop table if exists result")
    wall, processor = time.perf_counter(), time.process_time()
    db.execute(sql)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def main():
    program, policies, folder = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    engine = subprocess.Popen([program, policies, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    made = json.loads(engine.stdout.readline())

    def ask_engine(threads):
        engine.stdin.write(f"{threads} {SPAN}\n")
        engine.stdin.flush()
        return tuple(float(part) for part in engine.stdout.readline().split())

    db = load_all(folder)
    expected = expected_figures(folder)
    forms, first = {}, {}
    for indexes in ["no indexes", "covering indexes"]:
        if indexes == "covering indexes":
            for index in INDEXES:
                db.execute(index)
        db.execute("analyze")
        for flavour in ["sum", "filter", "state"]:
            form = f"{indexes}, {flavour}"
            forms[form] = statement(flavour)
            first[form] = ask_sqlite(db, forms[form])[1]
            found = set(db.execute(f"select indicator, organisation, channel, month, {COUNTS} from result "
                                   "where c1 + c2 + c3 + c4 + c5 > 0 and month is not null"))
            if found != expected:
                sys.exit(f"{form}: {len(found ^ expected)} figures differ from the engine's")
    best = min(first, key=first.get)
    if best.startswith("no indexes"):  # nor are there any when it is timed
        for index in ["by_issue", "by_channel", "tickets_by_issue"]:
            db.execute(f"drop index {index}")
        db.execute("analyze")
    times = {"engine, 2 threads": [], "engine, 1 thread": [], "SQLite": []}
    for _ in range(rounds):
        times["engine, 2 threads"].append(ask_engine(2))
        times["SQLite"].append(ask_sqlite(db, forms[best]))
        times["engine, 1 thread"].append(ask_engine(1))
    engine.stdin.close()
    engine.wait()

    print(f"{made['policies']} policies, {made['tickets']} tickets: {len(expected)} figures, equal in the engine and "
          f"in all {len(forms)} SQL forms of SQLite {sqlite3.sqlite_version}")
    for form, taken in sorted(first.items(), key=lambda item: item[1]):
        print(f"  once, {form}: processor time {taken:.0f} ms")
    print(f"medians of {rounds} rounds, ms: wall clock (fastest … slowest), processor time; SQLite with {best}")
    medians = {}
    for name, taken in times.items():
        walls, processors = zip(*taken)
        medians[name] = (statistics.median(walls), statistics.median(processors))
        print(f"  {name}: {medians[name][0]:.1f} ({min(walls):.1f} … {max(walls):.1f}), {medians[name][1]:.1f}")
    for name in ["engine, 2 threads", "engine, 1 thread"]:
        wall, processor = (medians["SQLite"][i] / medians[name][i] for i in range(2))
        print(f"SQLite needs {wall:.0f} times as long as the {name}, {processor:.0f} times the processor time")


main()
