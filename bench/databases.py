#!/usr/bin/env python3
"""Measures both engines side by side, every commit on disk: the import of policies, the first run over them, the run
of a day on which some come due, and claims; in plain and sealed databases; beside PostgreSQL's own COPY of the same file
into one table with the same key. A server of its own is started and stopped.

usage: databases.py SHOUYUE BENCH_CLAIMS [POLICIES [CLAIMS]]      default 300000 policies, 1000000 claims
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from day import COLUMNS, DUE, write_policies, write_reference

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "store"))
from postgres_cluster import Cluster, program  # noqa: E402

ROUNDS = 3
SETTINGS = ("listen_addresses=", "shared_buffers=512MB", "max_wal_size=4GB")


def must(*command, **more):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        sys.exit(f"{command} failed with {done.returncode}: {done.stderr}")
    return done.stdout


def seconds_of(*command, **more):
    start = time.monotonic()
    must(*command, **more)
    return time.monotonic() - start


def measure(shouyue, database, folder, *key):
    """Seconds of the import, of the first run after it, and of the run of a day."""
    base = [shouyue, "--db", database, "--insurer", folder / "insurer.toml", *key]
    must(*base, "init")
    for kind in ("organisations", "agents", "products"):
        must(*base, "import", kind, folder / f"{kind}.csv")
    imported = seconds_of(*base, "import", "policies", folder / "idle.csv")
    must(*base, "import", "policies", folder / "due.csv")
    return (imported, seconds_of(*base, "--now", "2021-09-23", "run"),
            seconds_of(*base, "--now", "2021-09-27T09:00:00", "run"))


def print_rates(engine, rounds, count):
    work = (("import", count), ("first run", count + DUE), ("run of a day", DUE))
    for (what, policies), times in zip(work, zip(*rounds)):
        print(f"{engine}, {what}, {policies:,} policies: {policies / statistics.median(times):,.0f}/s "
              f"({min(times):.1f} to {max(times):.1f} s)")


def copy_by_itself(cluster, folder, n):
    names = ", ".join(f"{name} TEXT" for name in COLUMNS.split(","))
    psql = [program("psql"), "--quiet", "--no-psqlrc", cluster.url()]
    must(*psql, "-c", f"CREATE TABLE plain{n} ({names}, PRIMARY KEY (policy_no))")
    with open(folder / "idle.csv", "rb") as file:
        return seconds_of(*psql, "-c", f"COPY plain{n} FROM STDIN (FORMAT csv, HEADER)", stdin=file)


def main():
    shouyue = os.path.abspath(sys.argv[1])
    bench_claims = os.path.abspath(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 300_000
    claims = sys.argv[4] if len(sys.argv) > 4 else "1000000"
    cluster = Cluster.create(SETTINGS)
    try:
        cluster.start()
        with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR", ".")) as name:
            folder = Path(name).resolve()
            write_reference(folder)
            write_policies(folder / "idle.csv", "I", count, "2021-12-01")
            write_policies(folder / "due.csv", "D", DUE, "2021-09-22")
            must(shouyue, "key", "new", "--out", folder / "key")
            sealing = ("--key-file", folder / "key")
            found = {"SQLite": [], "PostgreSQL": [], "SQLite, sealed": [], "PostgreSQL, sealed": []}
            plain = []
            for n in range(ROUNDS):
                for schema in (f"bench{n}", f"sealed{n}"):
                    must(program("psql"), "--quiet", cluster.url(), "-c", f"CREATE SCHEMA {schema}")
                found["PostgreSQL"].append(measure(shouyue, cluster.url(f"bench{n}"), folder))
                found["SQLite"].append(measure(shouyue, f"sqlite:{folder}/bench{n}.db", folder))
                found["PostgreSQL, sealed"].append(measure(shouyue, cluster.url(f"sealed{n}"), folder, *sealing))
                found["SQLite, sealed"].append(measure(shouyue, f"sqlite:{folder}/sealed{n}.db", folder, *sealing))
                plain.append(copy_by_itself(cluster, folder, n))
            for engine, rounds in found.items():
                print_rates(engine, rounds, count)
            print(f"COPY of the same file, no checks: {count / statistics.median(plain):,.0f}/s")
            print("SQLite:\n" + must(bench_claims, folder / "claims", "", claims), end="")
            print("PostgreSQL:\n" + must(bench_claims, folder / "claims", cluster.url(), claims), end="")
    finally:
        cluster.stop("immediate")
        cluster.remove()


if __name__ == "__main__":
    main()
