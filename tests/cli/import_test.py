"""Importing files: idempotence, encodings, rejects, and files that are broken in every way that was thought of."""

import csv
import io
import pathlib
import random
import resource
import sqlite3
import subprocess
import unittest
import zipfile

from shouyue_program import PROGRAM, Folder, attempts, many_policies, policies, policy, workbook

ANSWERED = "answered,holder,verified,complete,"


class ImportTest(unittest.TestCase):
    def setUp(self):
        self.folder = Folder().open_for_business()
        self.addCleanup(self.folder.close)

    def rejects(self, name):
        return list(csv.DictReader(io.StringIO(self.folder.read(name + ".rejects.csv"))))

    def counts(self, done):
        words = done.stdout.strip().split(": ", 1)[1].split(", ")
        return {word.split(" ")[0]: int(word.split(" ")[1]) for word in words}

    def test_the_same_file_again_changes_nothing(self):
        first = self.folder.load("policies", many_policies(50))
        self.assertEqual(self.counts(first), {"read": 50, "accepted": 50, "unchanged": 0, "rejected": 0})
        before = self.stored(), self.folder.exports()
        again = self.folder.load("policies", many_policies(50))
        self.assertEqual(self.counts(again), {"read": 50, "accepted": 0, "unchanged": 50, "rejected": 0})
        self.assertEqual(before, (self.stored(), self.folder.exports()))

    def stored(self):
        """The digest of each table, but of the list of imports, which has every file that was brought."""
        copied = self.folder.must("copy", "--from", self.folder.database, "--to", "sqlite:copied.db").stdout
        (self.folder.path / "copied.db").unlink()
        tables = [line for line in copied.splitlines() if not line.startswith(("import_run:", "copied "))]
        self.assertGreater(len(tables), 20)
        return tables

    def test_a_later_row_with_the_same_key_is_a_correction_and_both_are_kept(self):
        twice = policies(policy("P1", "2021-10-08"), policy("P1", "2021-10-09"))
        self.assertEqual(self.counts(self.folder.load("policies", twice))["accepted"], 2)
        self.folder.must("--now", "2021-10-10", "run")
        again = self.folder.load("policies", twice)
        self.assertEqual(self.counts(again), {"read": 2, "accepted": 0, "unchanged": 2, "rejected": 0})
        view = ("--now", "2021-10-10", "--json", "case", "P1")
        self.assertIn('"issued_on":"2021-10-09"', self.folder.must(*view).stdout)
        self.folder.load("policies", policies(policy("P1", "2021-10-08")), name="back.csv")
        self.assertIn('"issued_on":"2021-10-08"', self.folder.must(*view).stdout)

    def test_chinese_headings_and_words_in_gb18030(self):
        text = "保单号,渠道,机构代码,投保人,承保日期,期交保费,缴费方式\r\nP9,银保,3501,𠀀某,2021/10/8,\"60,000.00\",趸交\r\n"
        self.folder.load("policies", text.encode("gb18030"))
        case = self.folder.must("--now", "2021-10-10", "--json", "case", "P9").stdout
        self.assertIn('"premium":"60000.00"', case)
        self.assertIn('"pay_mode":"single"', case)
        self.assertIn('"channel":"bancassurance"', case)

    def test_utf8_with_a_byte_order_mark_and_semicolons(self):
        text = "\ufeffpolicy_no;channel;org_code;issued_on\nP8;agency;3501;2021-10-08\n"
        self.assertEqual(self.counts(self.folder.load("policies", text))["accepted"], 1)

    def test_joined_pages_repeat_their_header_and_carry_a_library_name(self):
        header = "policy_no,channel,org_code,holder_name,issued_on\n"
        text = header + "P6,agency,3501,客Байду номын сангаас户,2021-10-08\n" + header + "P7,agency,3501,客户,2021-10-08\n"
        self.assertEqual(self.counts(self.folder.load("policies", text))["accepted"], 2)
        case = self.folder.must("--now", "2021-10-10", "--json", "case", "P6").stdout
        self.assertIn('"holder_name":"客*"', case)

    def test_workbooks(self):
        head = ["保单号", "渠道", "机构代码", "承保日期", "期交保费", "手机", "备注"]
        rows = [head, ["P7", "个险", 3501, 44477, 6000.1 + 0.2, 13812341234, "x"], [None] * 7,
                ["P8", "个险", "3501", "2021/10/9", 0.5, "138 1234 1235", None], ["P9", "个险", 3501, "2021-02-30"]]
        for shared in (True, False):
            with self.subTest(shared=shared):
                done = self.folder.load("policies", workbook(rows, shared), name=f"{shared}.xlsx", status=3)
                self.assertEqual(self.counts(done)["rejected"], 1)
                found = [(row["line"], row["value"]) for row in self.rejects(f"{shared}.xlsx")]
                self.assertEqual(found, [("5", "2021-02-30")])
                case = self.folder.must("--now", "2021-10-10", "--json", "case", "P7", "--unmasked").stdout
                for part in ('"issued_on":"2021-10-08"', '"premium":"6000.30"', '"mobile_phone":"13812341234"'):
                    self.assertIn(part, case)

    def test_an_export_to_a_workbook_can_be_opened_and_holds_the_same(self):
        self.folder.load("policies", many_policies(30))
        self.folder.must("--now", "2021-10-10", "run")
        self.folder.must("export", "cases", "--out", "cases.xlsx")
        with zipfile.ZipFile(self.folder.path / "cases.xlsx") as archive:
            self.assertIsNone(archive.testzip())
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        self.assertEqual(sheet.count("<row "), 31)
        self.assertIn("P000029", sheet)

    def test_broken_workbooks(self):
        whole = workbook([["policy_no", "channel", "org_code", "issued_on"], ["P1", "agency", "3501", "2021-10-08"]])
        for size in range(8, len(whole), 37):
            done = self.folder.run("import", "policies", self.folder.write("cut.xlsx", whole[:size]))
            self.assertEqual(done.returncode, 1, size)
            self.assertRegex(done.stderr, "zip.broken|xlsx.broken", size)
        draw = random.Random(5)
        for _ in range(100):
            changed = bytearray(whole)
            changed[draw.randrange(8, len(whole))] ^= 1 << draw.randrange(8)
            done = self.folder.run("import", "policies", self.folder.write("changed.xlsx", bytes(changed)))
            self.assertIn(done.returncode, (0, 1, 3), done.stderr)
        old = self.folder.load("policies", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), name="old.xls", status=1)
        self.assertIn("xlsx.old_format", old.stderr)

    def test_rejected_rows_are_listed_with_line_column_value_and_rule(self):
        text = policies(policy("P1"), policy("P2", issued_on="2021-02-30"), policy("P3", org="9999"),
                        policy("P4").replace("6000", "sixty"), policy("P5").replace("agency", "street"), policy(""))
        done = self.folder.load("policies", text, status=3)
        self.assertEqual(self.counts(done), {"read": 6, "accepted": 1, "unchanged": 0, "rejected": 5})
        found = [(row["line"], row["column"], row["value"], row["rule"]) for row in self.rejects("policies.csv")]
        self.assertIn(("3", "issued_on", "2021-02-30", "date.does_not_exist"), found)
        self.assertIn(("4", "org_code", "9999", "policies.unknown_org"), found)
        self.assertIn(("5", "premium", "sixty", "money.form"), found)
        self.assertIn(("6", "channel", "street", "import.unknown_word"), found)
        self.assertIn(("7", "policy_no", "", "import.required"), found)
        for row in self.rejects("policies.csv"):
            self.assertRegex(row["message"], r"[\u4e00-\u9fff].* / .*[a-z]")

    def test_the_list_of_rejects_goes_when_nothing_is_rejected_any_more(self):
        self.folder.load("policies", policies(policy("P1", org="3502")), status=3)
        self.folder.load("organisations", "code,name,level,parent_code\n3502,厦门中支,city,35\n", name="more.csv")
        self.folder.load("policies", policies(policy("P1", org="3502")))
        self.assertFalse((self.folder.path / "policies.csv.rejects.csv").exists())

    def test_facts_about_unknown_policies_wait_outside(self):
        rows = attempts("T1,P7,first_call,2021-10-12 10:00:00,," + ANSWERED)
        self.folder.load("attempts", rows, status=3)
        self.assertEqual(self.rejects("attempts.csv")[0]["rule"], "attempts.unknown_policy")
        self.folder.load("policies", policies(policy("P7")))
        self.assertEqual(self.counts(self.folder.load("attempts", rows))["accepted"], 1)
        for kind, head in (("receipts", "policy_no,signed_on\nP6,2021-10-10\n"),
                           ("ticket_steps", "policy_no,kind,step,at\nP6,problem,accept,2021-10-10 10:00:00\n"),
                           ("policy_changes", "policy_no,change,on\nP6,surrender,2021-10-10\n")):
            self.folder.load(kind, head, status=3)
            self.assertEqual(self.rejects(kind + ".csv")[0]["rule"], kind + ".unknown_policy")

    def test_a_receipt_signed_before_the_issue_is_rejected_and_on_the_day_is_not(self):
        self.folder.load("policies", policies(policy("P1", "2021-10-08"), policy("P2", "2021-10-08")))
        self.folder.load("receipts", "policy_no,signed_on\nP1,2021-10-07\nP2,2021-10-08\n", status=3)
        found = [(row["line"], row["rule"]) for row in self.rejects("receipts.csv")]
        self.assertEqual(found, [("2", "receipts.before_issue")])

    def test_an_attempt_that_ends_before_it_starts_is_rejected(self):
        self.folder.load("policies", policies(policy("P1")))
        rows = attempts("T1,P1,first_call,2021-10-12 10:00:00,2021-10-12 09:59:59," + ANSWERED)
        self.folder.load("attempts", rows, status=3)
        self.assertEqual(self.rejects("attempts.csv")[0]["rule"], "attempts.ends_before_start")

    def test_refused_files(self):
        cases = {"import.missing_column": "policy_no,channel\nP1,agency\n", "import.empty_file": "",
                 "import.duplicate_column": "policy_no,保单号,channel,org_code,issued_on\n",
                 "encoding.utf16": "policy_no,channel".encode("utf-16")}
        for rule, content in cases.items():
            with self.subTest(rule):
                done = self.folder.load("policies", content, status=1)
                self.assertIn(rule, done.stderr)
        self.assertIn("file.cannot_read", self.folder.must("import", "policies", "absent.csv", status=4).stderr)
        self.assertIn("import.unknown_kind", self.folder.must("import", "pollicies", "policies.csv", status=1).stderr)

    def test_a_row_in_broken_encoding_costs_that_row_only(self):
        good = policies(policy("P1"), policy("P2"), policy("P3")).encode("utf-8")
        broken = good.replace("P2,agency,3501,A1,P1,张三".encode(), b"P2,agency,3501,A1,P1,\xff\xfe\xfa")
        self.folder.write("policies.csv", broken)
        self.folder.must("import", "policies", "policies.csv", "--encoding", "utf-8", status=3)
        found = [(row["line"], row["rule"]) for row in self.rejects("policies.csv")]
        self.assertEqual(found, [("3", "encoding.broken")])
        self.assertEqual(len(self.folder.rows("export", "attempts")), 0)

    def test_a_line_of_100_megabytes_costs_that_row_only_and_little_memory(self):
        path = self.folder.path / "policies.csv"
        with open(path, "wb") as out:
            out.write((policies(policy("P1")) + "P2,").encode())
            for _ in range(100):
                out.write(b"x" * (1 << 20))
            out.write(b"\n" + policy("P3").encode() + b"\n")
        # The address sanitizer reserves memory of its own: under it only the answer is compared.
        limit = resource.RLIM_INFINITY if b"__asan_init" in pathlib.Path(PROGRAM).read_bytes() else 400 << 20
        process = self.folder.start("import", "policies", "policies.csv",
                                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)))
        out, err = process.communicate()
        self.assertEqual(process.returncode, 3, out + err)
        self.assertIn("read 3, accepted 2, unchanged 0, rejected 1", out)
        found = [(row["line"], row["rule"]) for row in self.rejects("policies.csv")]
        self.assertEqual(found, [("3", "csv.row_too_long")])

    def test_a_locked_database_is_the_environments_fault(self):
        other = sqlite3.connect(self.folder.path / "test.db", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        done = self.folder.load("policies", policies(policy("P1")), status=4)
        self.assertIn("store.locked", done.stderr)
        other.execute("ROLLBACK")
        self.folder.load("policies", policies(policy("P1")))

    def test_a_full_disk_keeps_what_was_committed_and_the_rest_follows_later(self):
        self.folder.write("policies.csv", many_policies(60000))
        limit = 8 << 20
        process = self.folder.start("import", "policies", "policies.csv",
                                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        _, err = process.communicate()
        self.assertEqual(process.returncode, 4, err)
        self.assertRegex(err, "store.(full|failed)")
        self.folder.must("import", "policies", "policies.csv")
        self.folder.must("--now", "2021-10-09", "run")
        self.assertEqual(len(self.folder.rows("export", "cases")), 60000)

    def test_a_file_that_breaks_off_leaves_what_was_stored_in_the_journal(self):
        rows = [row.split(",") for row in many_policies(30002).splitlines()]
        whole = zipfile.ZipFile(io.BytesIO(workbook(rows)))
        broken = io.BytesIO()
        with zipfile.ZipFile(broken, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in whole.namelist():
                archive.writestr(name, whole.read(name).replace(b'<row r="30003">', b'<row r="0">'))
        done = self.folder.load("policies", broken.getvalue(), name="half.xlsx", status=1)
        self.assertIn("xlsx.broken", done.stderr)
        database = sqlite3.connect(self.folder.path / "test.db")
        self.addCleanup(database.close)
        action, detail = database.execute("SELECT action, detail FROM audit ORDER BY n DESC LIMIT 1").fetchone()
        self.assertEqual(action, "import")
        self.assertRegex(detail, "policies sha256=[0-9a-f]{64} read=30000 accepted=30000 unchanged=0 rejected=0 "
                                 "failed=xlsx.broken")
        self.folder.must("audit", "verify")

    def test_files_that_are_no_database(self):
        self.folder.write("other.db", "this is no database at all, only text of some length\n" * 100)
        self.assertIn("store.not_a_database", self.folder.must("--db", "sqlite:other.db", "run", status=4).stderr)
        self.assertIn("store.not_initialised", self.folder.must("--db", "sqlite:new.db", "run", status=4).stderr)
        missing = self.folder.must("--db", "sqlite:no/such/folder.db", "init", status=4)
        self.assertIn("store.cannot_open", missing.stderr)
        self.assertIn("store.unknown_url", self.folder.must("--db", "mysql:x", "init", status=1).stderr)

    def test_wrong_usage(self):
        for arguments in ((), ("import",), ("no-such-command",), ("worklist", "--limit", "0"), ("run", "--what")):
            with self.subTest(arguments):
                self.assertEqual(self.folder.run(*arguments).returncode, 2)

    def test_help_names_every_command(self):
        text = self.folder.must("help").stdout
        for command in ("init", "import", "run", "worklist", "why", "case", "explain", "kpi", "export", "regime",
                        "questions", "what-if", "rebuild",
                        "audit", "demo"):
            self.assertRegex(text, rf"(?m)^  {command} ")

    def test_the_program_finds_its_rule_books_without_being_told(self):
        environment = self.folder.environment()
        del environment["SHOUYUE_HOME"]
        done = subprocess.run([PROGRAM, "regime", "list"], cwd=self.folder.path, env=environment, capture_output=True,
                              text=True, check=False)
        self.assertIn("pacific-2010", done.stdout, done.stderr)


if __name__ == "__main__":
    unittest.main()
