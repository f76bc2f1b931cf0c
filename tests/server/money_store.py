"""A store in which money has moved: settlements of October and November 2021 have run, a cancellation came late."""

import csv
import io
from decimal import Decimal

from server_program import Server, ServerTest
from shouyue_program import attempts, policies, policy

NOW = "2021-11-22T10:00:00+08:00"
LATER = "2021-11-22T12:00:00+08:00"


class MoneyTest(ServerTest):
    """P0 is paid in October and cancelled later, P1 paid with a deduction for its late receipt, P2 paid in November
    when its receipt had come, P3 waits; Q1 is the branch's own."""

    def fill(self):
        folder = self.folder
        folder.open_for_business()
        folder.load("policies", policies(policy("P0", mobile="13812340000"),
                                         policy("P1", issued_on="2021-06-01", mobile="13812340001"),
                                         policy("P2", mobile="13812340002"), policy("P3", mobile="13812340003"),
                                         policy("Q1", mobile="13812345678", org="35")))
        head = "policy_no,signed_on,handed_in_on,reconciled_on\n"
        folder.load("receipts", head + "P0,2021-10-12,2021-10-13,2021-10-14\nP1,2021-06-05,2021-09-30,2021-10-01\n"
                                       "P2,2021-10-12,,\nQ1,2021-10-12,2021-10-13,2021-10-14\n")
        done = "answered,holder,verified,complete,"
        folder.load("attempts", attempts(*(f"T{n},{n},first_call,2021-10-19 10:00:00,2021-10-19 10:05:00,{done}"
                                           for n in ("P0", "P1", "P2", "Q1"))))
        folder.must("--now", "2021-10-20T10:00:00+08:00", "run")
        folder.load("receipts", head + "P2,2021-10-12,2021-11-09,2021-11-10\n")
        folder.must("--now", "2021-11-20T10:00:00+08:00", "run")
        folder.load("policy_changes", "policy_no,change,on\nP0,cooling_off_cancel,2021-10-18\n")
        folder.must("--now", NOW, "run")

    def start(self, *arguments):
        self.server = Server(self.folder, *arguments, at=NOW)
        self.addCleanup(self.stop, self.server)

    def booked(self, month):
        """What the command line says was booked in a month, by kind."""
        sums = {}
        for row in self.folder.rows("export", "commission", "--entries"):
            if row["month"] == month:
                sums[row["kind"]] = sums.get(row["kind"], Decimal(0)) + Decimal(row["amount"])
        return sums


def table(content):
    """The rows of a CSV file that was downloaded."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
