#!/usr/bin/env python3
"""Many seats at work on one server: how long it takes to give the next call and to take in what came of it, as the
server itself notes it, whether a case is lost or given twice, and how much memory the server takes; on SQLite and on
PostgreSQL, beside so many policies.

usage: seats.py SHOUYUE BENCH_SEATS [POLICIES [SEATS [SECONDS [TALK_MS [AFTER_MS]]]]]
       default 1000000 policies, 1000 seats, 30 seconds, talks of 2000 ms (no shorter than 1000: a call begins
       in a second of its own) and 500 ms after them
"""

import datetime
import hashlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from databases import SETTINGS, must
from day import write_policies, write_reference

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "store"))
from postgres_cluster import Cluster, program  # noqa: E402

DAYS = 100  # of issue; receipts are signed two days later; cases are open whose cooling-off period goes on
ISSUED_TO = "2021-09-27"
AT = "2021-09-29T10:00:00"
WORK = {"POST /api/calls/next": "next call", "POST /api/calls/{policy_no}/wrap-up": "wrap-up"}


def issue_days():
    return [datetime.date.fromisoformat(ISSUED_TO) - datetime.timedelta(days=n) for n in range(DAYS)]


class Insurer:
    """A database of many policies and the seats that call."""

    def __init__(self, shouyue, database, folder):
        self.base = [shouyue, "--db", database, "--insurer", folder / "insurer.toml"]
        self.database, self.folder = database, folder

    def fill(self, policies):
        must(*self.base, "init")
        for kind in ("organisations", "agents", "products"):
            must(*self.base, "import", kind, self.folder / f"{kind}.csv")
        for n, day in enumerate(issue_days()):
            path = self.folder / "rows.csv"
            write_policies(path, f"P{n:03d}", policies // DAYS, day)
            must(*self.base, "import", "policies", path)
            signed_on = day + datetime.timedelta(days=2)
            path.write_text("policy_no,signed_on\n" + "".join(
                f"P{n:03d}{m:08d},{signed_on}\n" for m in range(policies // DAYS)))
            must(*self.base, "import", "receipts", path)
            path.unlink()
        must(*self.base, "--now", AT, "run")

    def open_seats(self, seats):
        """Accounts that are signed in, as the server would have written them."""
        now = int(datetime.datetime.fromisoformat(AT + "+08:00").timestamp() * 1000)
        rows, lines = [], []
        for n in range(seats):
            token, csrf = f"bench-token-{n}", f"bench-csrf-{n}"
            rows.append((f"INSERT INTO account (name, display_name, role, org_code, seat, agent_code, password_hash, "
                         f"must_change_password, is_disabled, failures) VALUES ('seat{n}', 'seat', 'call_agent', '86', "
                         f"'S{n}', '', '', 0, 0, 0)"))
            digest = hashlib.sha256(token.encode()).hexdigest()
            rows.append(f"INSERT INTO sign_in (digest, account, csrf, begun_at, used_at) VALUES ('{digest}', "
                        f"'seat{n}', '{csrf}', {now}, {now})")
            lines.append(f"{token} {csrf}")
        self.execute(rows)
        (self.folder / "sign_ins").write_text("\n".join(lines) + "\n")

    def execute(self, statements):
        if self.database.startswith("sqlite:"):
            with sqlite3.connect(self.database.removeprefix("sqlite:")) as database:
                for statement in statements:
                    database.execute(statement)
            database.close()
        else:
            must(program("psql"), "--quiet", "--no-psqlrc", self.database, input=";\n".join(statements) + ";\n")

    def attempts(self):
        rows = must(*self.base, "export", "attempts").splitlines()[1:]
        return [row.split(",")[0] for row in rows]


class Server:
    def __init__(self, insurer):
        self.times = {name: [] for name in WORK.values()}
        begun = time.monotonic()
        self.process = subprocess.Popen([str(part) for part in insurer.base] +
                                        ["--now", AT, "serve", "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self.read_notes)
        self.reader.start()
        self.port = int(re.search(r":(\d+)$", self.process.stdout.readline().strip()).group(1))
        self.seconds_to_start = time.monotonic() - begun

    def wait_until_idle(self):
        """What the server does by itself when it starts, as reading the figures of the day, is over."""
        used = None
        while (now := self.processor_ticks()) != used:
            used = now
            time.sleep(2)

    def processor_ticks(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) // 10

    def read_notes(self):
        self.notes = list(self.process.stderr)

    def memory(self):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return [int(re.search(rf"{name}:\s+(\d+)", text).group(1)) // 1024 for name in ("VmHWM", "VmRSS")]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=60)
        self.reader.join()
        for note in self.notes:
            if note.startswith("{"):
                line = json.loads(note)
                name = WORK.get(f"{line.get('method')} {line.get('route')}")
                if name:
                    self.times[name].append(line["microseconds"] / 1000)
        return status


def flushes_per_second(folder, flushes=200):
    with open(folder / "flushed", "wb", buffering=0) as file:
        begun = time.monotonic()
        for _ in range(flushes):
            file.write(bytes(4096))
            os.fdatasync(file.fileno())
        return round(flushes / (time.monotonic() - begun))


def at(times, share):
    return sorted(times)[int(share * (len(times) - 1))] if times else 0.0


def measure(insurer, bench_seats, seats, seconds, talk, after):
    insurer.open_seats(seats)
    server = Server(insurer)
    begun = time.monotonic()
    server.wait_until_idle()
    print(f"  started in {server.seconds_to_start:.2f} s, idle {time.monotonic() - begun:.0f} s later with "
          f"{server.memory()[1]} MiB; {flushes_per_second(insurer.folder)} flushes of the disk a second")
    acknowledged = insurer.folder / "acknowledged"
    done = subprocess.run([bench_seats, str(server.port), insurer.folder / "sign_ins", str(seconds), str(talk),
                           str(after), acknowledged], capture_output=True, text=True, check=False)
    print("  " + done.stdout.strip().replace("\n", "\n  ") + done.stderr)
    peak, now = server.memory()
    if server.stop() != 0:
        sys.exit(f"the server ended badly: {server.notes[-5:]}")
    for name, times in server.times.items():
        print(f"  {name}, at the server: {len(times)} answers, p50 {at(times, .5):.2f} ms, "
              f"p99 {at(times, .99):.2f} ms, longest {at(times, 1):.2f} ms")
    told, kept = acknowledged.read_text().split(), insurer.attempts()
    lost, more = len(set(told) - set(kept)), len(kept) - len(set(kept))
    print(f"  acknowledged {len(told)}, lost {lost}, kept twice {more}; memory {now} MiB, at most {peak} MiB")
    return done.returncode == 0 and lost == 0 and more == 0


def main():
    shouyue, bench_seats = (os.path.abspath(path) for path in sys.argv[1:3])
    numbers = [int(text) for text in sys.argv[3:]]
    policies, seats, seconds, talk, after = numbers + [1_000_000, 1000, 30, 2000, 500][len(numbers):]
    fine = True
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR", ".")) as name:
        folder = Path(name).resolve()
        write_reference(folder)
        cluster = Cluster.create(SETTINGS)
        cluster.start()
        try:
            for engine, database in (("SQLite", f"sqlite:{folder}/seats.db"), ("PostgreSQL", cluster.url())):
                print(f"{engine}, {policies:,} policies, {seats} seats, {seconds} s:", flush=True)
                insurer = Insurer(shouyue, database, folder)
                insurer.fill(policies)
                fine = measure(insurer, bench_seats, seats, seconds, talk, after) and fine
        finally:
            cluster.stop()
            cluster.remove()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
