#!/usr/bin/env python3
"""The pages of 考核 on a server with so many policies: how long each of their requests takes at the server, the first
time and afterwards, and when cases have changed in between; and how much memory the server takes then.

usage: scores.py SHOUYUE [POLICIES]      default 1000000
"""

import hashlib
import http.client
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from day import write_reference
from databases import must
from seats import AT, Insurer, Server

ROUNDS = 30
QUESTIONS = {
    "books and organisations": "/api/score-books",
    "a month, all offices below": "/api/scores?regime=call-centre-2021&period=2021-08&org_code=8601",
    "a month, a level": "/api/scores?regime=call-centre-2021&period=2021-08&level=sub_branch",
    "a year, all offices below": "/api/scores?regime=operations-kpi&period=2021&org_code=8601",
    "twelve months of one indicator": "/api/scores/trend?regime=call-centre-2021&period=2020-10-01..2021-09-30"
                                      "&indicator=cooling_off_success",
    "the cases of a figure": "/api/scores/cases?regime=call-centre-2021&period=2021-08&indicator=cooling_off_success"
                             "&side=denominator",
}


class Officer:
    """Of the scores, signed in as the server would have written it."""

    def __init__(self, insurer):
        now = int(time.mktime(time.strptime(AT, "%Y-%m-%dT%H:%M:%S")) - time.timezone - 8 * 3600) * 1000
        digest = hashlib.sha256(b"bench-officer").hexdigest()
        insurer.execute([
            "INSERT INTO account (name, display_name, role, org_code, seat, agent_code, password_hash, "
            "must_change_password, is_disabled, failures) VALUES ('officer', 'officer', 'kpi_officer', '86', '', '', "
            "'', 0, 0, 0)",
            f"INSERT INTO sign_in (digest, account, csrf, begun_at, used_at) VALUES ('{digest}', 'officer', 'x', "
            f"{now}, {now})"])

    def ask(self, port, path):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        begun = time.monotonic()
        line.request("GET", path, headers={"Cookie": "shouyue=bench-officer"})
        answer = line.getresponse()
        body = answer.read()
        line.close()
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status} {body.decode()}")
        return (time.monotonic() - begun) * 1000, json.loads(body)


def call_some(insurer, policies):
    """Calls that another program brings in."""
    rows = "".join(f"C{n},{policy},first_call,2021-09-29 09:00:00,zuoxi,,answered,holder,verified,complete,\n"
                   for n, policy in enumerate(policies))
    path = insurer.folder / "attempts.csv"
    path.write_text("attempt_id,policy_no,leg,started_at,operator,phone,connection,party,identity,interview,findings\n"
                    + rows)
    must(*insurer.base, "import", "attempts", path)
    must(*insurer.base, "--now", AT, "run")


def look(insurer, officer, server):
    print(f"server started in {server.seconds_to_start:.2f} s, memory {server.memory()[1]} MiB", flush=True)
    first, _ = officer.ask(server.port, QUESTIONS["a month, all offices below"])
    print(f"first look: {first:.0f} ms, memory {server.memory()[1]} MiB", flush=True)
    for question, path in QUESTIONS.items():
        times = sorted(officer.ask(server.port, path)[0] for _ in range(ROUNDS))
        print(f"  {question}: median {times[ROUNDS // 2]:.1f} ms, longest {times[-1]:.1f} ms", flush=True)
    _, answer = officer.ask(server.port, QUESTIONS["the cases of a figure"] + "&limit=200")
    call_some(insurer, [row["policy_no"] for row in answer["rows"]])
    changed, _ = officer.ask(server.port, QUESTIONS["a month, all offices below"])
    peak, now = server.memory()
    print(f"  after calls on {len(answer['rows'])} cases: {changed:.1f} ms; memory {now} MiB, at most {peak} MiB")


def main():
    shouyue = os.path.abspath(sys.argv[1])
    policies = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR", ".")) as name:
        folder = Path(name).resolve()
        write_reference(folder)
        insurer = Insurer(shouyue, f"sqlite:{folder}/scores.db", folder)
        insurer.fill(policies)
        print(f"{policies:,} policies:", flush=True)
        officer = Officer(insurer)
        server = Server(insurer)
        try:
            look(insurer, officer, server)
        finally:
            status = server.stop()
        return status


if __name__ == "__main__":
    sys.exit(main())
