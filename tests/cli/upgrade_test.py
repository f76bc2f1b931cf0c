"""A database that an earlier version of this program made: upgraded once, derived again, and it says what it said.

tests/data/schema-3 is such a database: its tables, the rows of both engines, and the SHA-256 of what that program
exported. `fill` does with the present program what was done then."""

import hashlib
import json
import sqlite3
import subprocess
import sys
import unittest

from databases_test import new_database
from shouyue_program import SOURCE, Folder, attempts

sys.path.insert(0, str(SOURCE / "tests" / "store"))
from postgres_cluster import program  # noqa: E402

KEPT = SOURCE / "tests/data/schema-3"
PROFILE = ('insurer = "test"\nassign = [ { regime = "pacific-2010", channel = "agency" }, '
           '{ regime = "call-centre-2021", channel = "telesales" } ]\n')
AT = "2021-11-22T18:00:00+08:00"
HEAD = ("policy_no,channel,org_code,agent_code,product_code,holder_name,holder_id_type,holder_id_no,holder_birth_date,"
        "insured_name,mobile_phone,home_phone,address,premium,pay_mode,pay_years,term_months,issued_on,effective_on,"
        "commission\n")
REPORTS = "tickets", "staff", "failure-analysis", "monthly-statistics", "monthly-analysis", "month"


def policy(number, channel, mobile, org):
    return (f"{number},{channel},{org},A1,P1,欧阳娜,id_card,350102196001310028,1960-01-31,钱小七,{mobile},059122345678,"
            f"台江区广达路{number}号,6000,annual,10,240,2021-09-08,2021-09-08,600\n")


def fill(folder):
    folder.open_for_business()
    folder.load("policies", HEAD + "".join([policy(f"A{i}", "agency", f"1381234000{i}", "3501") for i in range(6)]
                                           + [policy(f"T{i}", "telesales", f"1391234000{i}", "35") for i in range(4)]))
    folder.load("receipts", "policy_no,signed_on,handed_in_on,reconciled_on\n"
                + "".join(f"{n},2021-09-10,2021-09-12,2021-09-13\n" for n in ("A0", "A1", "A2", "A3", "T0", "T1", "T2"))
                + "A4,2021-09-20,2021-10-20,2021-10-21\n")
    done = "answered,holder,verified,complete,"
    folder.load("attempts", attempts(f"C1,A0,first_call,2021-09-18 10:00:00,2021-09-18 10:06:00,{done}",
                                     "C2,A1,first_call,2021-09-18 10:00:00,,no_answer,,,,",
                                     f"C3,A1,first_call,2021-09-19 10:00:00,,{done}",
                                     f"C4,T0,first_call,2021-09-18 10:00:00,,{done}proxy_signature_documents:open",
                                     "C5,T1,first_call,2021-09-18 10:00:00,,wrong_number,unknown,not_asked,none,"))
    folder.must("--now", "2021-09-20T10:00:00+08:00", "run")
    folder.load("ticket_steps", "policy_no,kind,step,at,note,result\n"
                                "T0,problem,accept,2021-09-21 10:00:00,上门遇到周九,\n")
    folder.load("policy_changes", "policy_no,change,on,value,note\nA3,phone_change,2021-09-21,13812345688,郑一来电\n"
                                  "A2,cooling_off_cancel,2021-09-15,,\n")
    for day in ("2021-09-30", "2021-10-22", "2021-11-22"):
        folder.must("--now", f"{day}T18:00:00+08:00", "run")
    return folder


def said(folder):
    reports = []
    for kind in REPORTS:
        folder.must("--now", AT, "report", kind, "--period", "2021-09", "--out", "report.html")
        reports.append((folder.path / "report.html").read_bytes())
    return folder.exports(), folder.must("case", "A3", "--unmasked").stdout, reports


class UpgradeTest(unittest.TestCase):
    def kept(self, database):
        folder = Folder(PROFILE, database)
        self.addCleanup(folder.close)
        engine = "sqlite" if database.startswith("sqlite:") else "postgresql"
        sql = "".join((KEPT / f"{part}.sql").read_text(encoding="utf-8") for part in (engine, "rows"))
        if engine == "sqlite":
            connection = sqlite3.connect(folder.path / "test.db")
            connection.executescript(sql)
            connection.close()
        else:
            subprocess.run([program("psql"), "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", database], input=sql,
                           text=True, check=True)
        return folder

    def test_an_earlier_database_is_upgraded_once_and_says_what_it_said(self):
        fresh = fill(Folder(PROFILE))
        self.addCleanup(fresh.close)
        expected = said(fresh)
        for database in ("sqlite:test.db", new_database()):
            folder = self.kept(database)
            self.assertIn("store.not_initialised", folder.must("--now", AT, "run", status=4).stderr)
            folder.must("init")
            self.assertIn("nothing to do", folder.must("init").stderr)
            # Rule books have changed since that program was made: that is the operator's word to say.
            self.assertIn("run.rules_changed", folder.must("--now", AT, "run", status=1).stderr)
            folder.must("--now", AT, "rebuild")
            self.assertIn("derived 10", folder.must("--now", AT, "run").stdout)
            self.assertEqual(said(folder), expected)
            for command, digest in json.loads((KEPT / "said.json").read_text(encoding="utf-8")).items():
                self.assertEqual(hashlib.sha256(folder.must(*command.split()).stdout.encode()).hexdigest(), digest)
            taken = folder.must("--now", AT, "claim", "A5", "--seat", "S2", status=1)
            self.assertIn("claim.taken", taken.stderr)
            folder.must("key", "new", "--out", "new.key")
            folder.must("key", "rotate", "--to", "new.key", "--reseal")
            key = "--key-file", "new.key", "--now", AT
            self.assertIn("policies 10, differing 0", folder.must(*key, "rebuild", "--check").stdout)
            self.assertIn("entries", folder.must(*key, "audit", "verify").stdout)


if __name__ == "__main__":
    unittest.main()
