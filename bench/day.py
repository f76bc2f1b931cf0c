#!/usr/bin/env python3
"""Measures the program as a whole process: import of a large extract beside sqlite3's own import of the same file, and
the work of one day with and without a million idle cases.

usage: day.py SHOUYUE [POLICIES]      default 1000000
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DUE = 10_000
ROUNDS = 5
COLUMNS = (
    "policy_no,channel,org_code,agent_code,product_code,holder_name,holder_gender,mobile_phone,address,premium,"
    "pay_mode,pay_years,term_months,applied_on,issued_on,effective_on,printed_on,commission"
)


def write_policies(path, prefix, count, issued_on):
    channels = ("agency", "bancassurance", "telesales", "online", "broker")
    with open(path, "w", encoding="utf-8") as file:
        file.write(COLUMNS + "\n")
        for n in range(count):
            phone = 13_000_000_000 + (n * 7_919) % 999_999_937
            file.write(
                f"{prefix}{n:08d},{channels[n % 5]},8601{n % 40:02d},A{n % 500:03d},T1,客户{n % 9973},{'MF'[n % 2]},"
                f"{phone},某市某路{n % 997}号,{1000 + n % 9000}.00,annual,10,240,"
                f"{issued_on},{issued_on},{issued_on},{issued_on},{100 + n % 900}.00\n"
            )


def write_reference(folder):
    organisations = [
        "code,name,level,parent_code,region_code,valid_from",
        "86,总公司,head_office,,110000,2000-01-01",
        "8601,分公司,branch,86,350000,2000-01-01",
    ]
    organisations += [f"8601{n:02d},支公司{n},sub_branch,8601,350100,2000-01-01" for n in range(40)]
    agents = ["code,name,org_code,channel,phone"]
    agents += [f"A{n:03d},业务员{n},8601{n % 40:02d},agency,139{n:08d}" for n in range(500)]
    (folder / "organisations.csv").write_text("\n".join(organisations) + "\n")
    (folder / "agents.csv").write_text("\n".join(agents) + "\n")
    (folder / "products.csv").write_text("code,name,type,cooling_off_days\nT1,终身寿险,traditional,\n")
    (folder / "insurer.toml").write_text('insurer = "bench"\nassign = [ { regime = "call-centre-2021" } ]\n')


class Program:
    def __init__(self, program, folder, database):
        self.database = folder / f"{database}.db"
        self.base = [program, "--db", f"sqlite:{self.database}", "--insurer", f"{folder}/insurer.toml"]

    def run(self, *arguments, now=None):
        """Gives seconds of the wall clock and the greatest resident set in MiB of any child so far."""
        start = time.monotonic()
        moment = ["--now", now] if now else []
        done = subprocess.run(self.base + moment + list(arguments), capture_output=True, text=True)
        seconds = time.monotonic() - start
        if done.returncode != 0:
            sys.exit(f"{arguments} failed with {done.returncode}: {done.stderr}")
        return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024

    def prepare(self, folder):
        self.run("init")
        for kind in ("organisations", "agents", "products"):
            self.run("import", kind, f"{folder}/{kind}.csv")


def import_into_sqlite(folder):
    """Seconds of sqlite3's own import of the same file into a table with the same key and the same durability."""
    names = ",".join(f"{name} TEXT" for name in COLUMNS.split(","))
    script = (
        "PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\n"
        f"CREATE TABLE policy({names}, PRIMARY KEY(policy_no)) WITHOUT ROWID;\n"
        f".mode csv\n.import --skip 1 {folder}/idle.csv policy\n"
    )
    start = time.monotonic()
    subprocess.run(["sqlite3", f"{folder}/plain.db"], input=script, text=True, check=True, capture_output=True)
    return time.monotonic() - start


def compare_imports(program, folder, count):
    tenth = Program(program, folder, "tenth")
    tenth.prepare(folder)
    _, small = tenth.run("import", "policies", f"{folder}/tenth.csv")
    large = Program(program, folder, "large")
    large.prepare(folder)
    seconds, memory = large.run("import", "policies", f"{folder}/idle.csv")
    plain = import_into_sqlite(folder)
    print(f"import of {count:,} policies, all checks, durable: {count / seconds:,.0f} rows/s, {seconds:.1f} s")
    print(f"sqlite3 .import of the same file, no checks: {count / plain:,.0f} rows/s; ratio {plain / seconds:.2f}")
    print(f"memory: {memory} MiB; of a tenth of the file: {small} MiB")
    return large


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def day_of_work(shouyue, folder):
    """Medians of the wall clock and of the processor time of the run in which DUE cases come due, all else idle."""
    shouyue.run("import", "policies", f"{folder}/due.csv")
    shouyue.run("run", now="2021-09-23")
    before = shouyue.database.with_suffix(".before")
    shutil.copy(shouyue.database, before)
    wall, processor = [], []
    for _ in range(ROUNDS):
        shutil.copy(before, shouyue.database)
        used = processor_seconds()
        wall.append(shouyue.run("run", now="2021-09-27T09:00:00")[0])
        processor.append(processor_seconds() - used)
    return statistics.median(wall), statistics.median(processor)


def main():
    program = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR", ".")) as name:
        folder = Path(name).resolve()
        write_reference(folder)
        write_policies(folder / "idle.csv", "I", count, "2021-12-01")
        write_policies(folder / "tenth.csv", "I", count // 10, "2021-12-01")
        write_policies(folder / "due.csv", "D", DUE, "2021-09-22")
        large = compare_imports(program, folder, count)
        alone = Program(program, folder, "alone")
        alone.prepare(folder)
        few, few_processor = day_of_work(alone, folder)
        many, many_processor = day_of_work(large, folder)
        print(f"a day with {DUE:,} cases due, alone: {few:.2f} s, processor {few_processor:.2f} s")
        print(f"the same with {count:,} idle cases beside them: {many:.2f} s, processor {many_processor:.2f} s")
        print(f"ratio: {many / few:.2f} by the wall clock, {many_processor / few_processor:.2f} by the processor")


if __name__ == "__main__":
    main()
