"""Personal data at rest: nothing of it lies in the files of a sealed database, and only its key opens it."""

import os
import random
import signal
import subprocess
import sys
import time
import unittest
import urllib.parse

from databases_test import new_database
from shouyue_program import PROGRAM, SOURCE, Folder

sys.path.insert(0, str(SOURCE / "tests" / "store"))
from postgres_cluster import program  # noqa: E402

SEED = int(os.environ.get("SHOUYUE_TEST_SEED", random.SystemRandom().randrange(1 << 30)))

HEAD = ("policy_no,channel,org_code,agent_code,product_code,holder_name,holder_id_type,holder_id_no,holder_birth_date,"
        "insured_name,mobile_phone,home_phone,work_phone,address,premium,pay_mode,issued_on")
POLICY = ("{0},agency,3501,A1,P1,{1},id_card,{2},1990-01-01,钱小七,{3},059187654321,059187654322,台江区广达路{0}号,6000,"
          "annual,2021-10-08")
ATTEMPT = ("attempt_id,policy_no,leg,started_at,connection,phone,recording_id,note\n"
           "T1,S1,first_call,2021-10-09 10:00:00,no_answer,13812345671,rec-13812345671,邻居孙八接听\n")
STEP = ("policy_no,kind,step,at,new_phone,note,result\n"
        "S1,verification,accept,2021-10-15 10:00:00,13812345699,上门遇到周九,吴十说\n")
CHANGE = "policy_no,change,on,value,note\nS1,phone_change,2021-10-10,13812345688,郑一来电\n"
# What the files above say of people, the agent of Folder included.
SECRETS = ("欧阳娜", "钱小七", "350102199001011234", "13812345671", "059187654321", "059187654322", "广达路", "1990-01-01",
           "孙八", "13812345699", "周九", "吴十", "13812345688", "郑一", "王五", "13900000001")


def fill(folder):
    folder.open_for_business()
    folder.load("policies", "\n".join((HEAD, POLICY.format("S1", "欧阳娜", "350102199001011234", "13812345671"),
                                       POLICY.format("S2", "欧阳娜", "350102199001011234", "13812345671"))) + "\n")
    folder.load("attempts", ATTEMPT)
    folder.load("policy_changes", CHANGE)
    folder.must("--now", "2021-10-20", "run")
    folder.load("ticket_steps", STEP)
    folder.must("--now", "2021-10-21", "run")
    return folder


class SealedFolder(Folder):
    """With a key file, which every command gets by the environment."""
    key_name = "first.key"

    def environment(self):
        key = self.path / self.key_name
        given = {"SHOUYUE_KEY": key.read_text(encoding="utf-8").strip()} if key.exists() else {}
        return {**super().environment(), **given}

    def open_for_business(self):
        if not (self.path / self.key_name).exists():
            self.must("key", "new", "--out", self.key_name)
        return super().open_for_business()


def clear_bytes(folder):
    """All that lies on disk or comes out of a dump."""
    if folder.database.startswith("sqlite:"):
        return b"".join(path.read_bytes() for path in folder.path.glob("test.db*"))
    schema = urllib.parse.unquote(folder.database).split("search_path=")[1]
    return subprocess.run([program("pg_dump"), "--inserts", "--schema", schema, folder.database], capture_output=True,
                          check=True).stdout


def found(folder):
    data = clear_bytes(folder)
    return [secret for secret in SECRETS if secret.encode() in data]


class SealingTest(unittest.TestCase):
    def folders(self, kind):
        for database in ("sqlite:test.db", new_database()):
            folder = kind(database=database)
            self.addCleanup(folder.close)
            yield folder

    def test_nothing_personal_lies_in_the_database(self):
        shown = []
        for folder in self.folders(SealedFolder):
            fill(folder)
            self.assertEqual(found(folder), [])
            shown.append([folder.must("--now", "2021-10-21", *command).stdout for command in (
                ("case", "S1", "--unmasked"), ("export", "attempts", "--unmasked"), ("export", "cases"),
                ("explain", "S1"), ("worklist",))])
            self.assertIn("欧阳娜", shown[-1][0])
            self.assertIn("13812345671", shown[-1][1])
            folder.must("--now", "2021-10-21", "rebuild", "--check")
            folder.must("audit", "verify")
            # The same files again change nothing.
            for kind in ("policies", "attempts", "policy_changes", "ticket_steps", "agents"):
                self.assertIn("accepted 0", folder.must("import", kind, f"{kind}.csv").stdout)
        self.assertEqual(*shown)

    def test_a_database_without_a_key_shows_them_so_the_search_can_find(self):
        for folder in self.folders(Folder):
            fill(folder)
            self.assertEqual(found(folder), list(SECRETS))

    def test_keys_are_asked_for(self):
        folder = fill(SealedFolder())
        self.addCleanup(folder.close)
        key = folder.path / "first.key"
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)

        def refused(*arguments, key_text=""):
            done = subprocess.run([PROGRAM, *arguments], cwd=folder.path,
                                  env={**Folder.environment(folder), "SHOUYUE_KEY": key_text}, capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, 4, done.stderr)
            return done.stderr

        self.assertIn("store.key_missing", refused("case", "S1"))
        self.assertIn("store.key_missing", refused("init"))
        self.assertIn("key.form", refused("case", "S1", key_text="x"))
        self.assertIn("key.cannot_read", refused("--key-file", "none", "case", "S1"))
        folder.must("key", "new", "--out", "other.key")
        self.assertIn("store.wrong_key", refused("--key-file", "other.key", "case", "S1"))
        key.chmod(0o640)
        self.assertIn("key.readable_by_others", refused("--key-file", "first.key", "case", "S1"))
        key.chmod(0o600)
        self.assertIn("key.file_exists", folder.must("key", "new", "--out", "first.key", status=1).stderr)
        clear = Folder()
        self.addCleanup(clear.close)
        clear.must("init")
        self.assertIn("store.not_sealed", clear.must("--key-file", str(key), "init", status=4).stderr)

    def test_another_key_and_everything_sealed_anew(self):
        for folder in self.folders(SealedFolder):
            fill(folder)
            before = folder.must("case", "S1").stdout
            folder.must("key", "new", "--out", "second.key")
            folder.must("key", "rotate", "--to", "second.key")
            self.assertIn("store.wrong_key", folder.must("case", "S1", status=4).stderr)
            folder.key_name = "second.key"
            self.assertEqual(folder.must("case", "S1").stdout, before)
            folder.must("key", "new", "--out", "third.key")
            folder.must("key", "rotate", "--to", "third.key", "--reseal")
            folder.key_name = "third.key"
            self.assertEqual(folder.must("case", "S1").stdout, before)
            folder.must("--now", "2021-10-21", "rebuild", "--check")
            folder.must("audit", "verify")
            self.assertEqual(found(folder), [])

    def test_a_database_is_sealed_later(self):
        for folder in self.folders(Folder):
            fill(folder)
            before = folder.must("case", "S1", "--unmasked").stdout
            folder.must("key", "new", "--out", "first.key")
            self.assertIn("store.not_sealed", folder.must("key", "rotate", "--to", "first.key", status=4).stderr)
            folder.must("key", "rotate", "--to", "first.key", "--reseal")
            self.assertEqual(found(folder), [])
            self.assertIn("store.key_missing", folder.must("case", "S1", status=4).stderr)
            self.assertEqual(folder.must("--key-file", "first.key", "case", "S1", "--unmasked").stdout, before)

    def test_a_copy_goes_without_the_key_and_opens_with_it(self):
        lite, postgres = self.folders(SealedFolder)
        fill(lite)
        target = lite.database.replace("test.db", "copy.db")
        report = lite.must("copy", "--from", lite.database, "--to", postgres.database).stdout
        self.assertIn("subject_key: 2 rows", report)
        lite.must("copy", "--from", postgres.database, "--to", target)
        shown = lite.must("case", "S1", "--unmasked").stdout
        for database in (postgres.database, target):
            self.assertEqual(lite.must("--db", database, "case", "S1", "--unmasked").stdout, shown)
            lite.must("--db", database, "--now", "2021-10-21", "rebuild", "--check")
        self.assertEqual(found(postgres), [])

    def test_a_rotation_that_is_killed_leaves_one_key_that_opens_all(self):
        rng = random.Random(SEED)
        print(f"SHOUYUE_TEST_SEED={SEED}", file=sys.stderr)
        for folder in self.folders(SealedFolder):
            folder.open_for_business()
            rows = (POLICY.format(f"K{n:05}", "欧阳娜", "350102199001011234", f"139{n:08}") for n in range(4000))
            folder.load("policies", "\n".join((HEAD, *rows)) + "\n")
            shown = folder.must("case", "K00077", "--unmasked").stdout
            killed = 0
            for n in range(6):
                key = f"try{n}.key"
                folder.must("key", "new", "--out", key)
                rotation = folder.start("key", "rotate", "--to", key, "--reseal")
                time.sleep(rng.uniform(0.01, 0.25))
                rotation.send_signal(signal.SIGKILL)
                rotation.communicate()
                killed += rotation.returncode != 0
                if folder.run("case", "K00077").returncode == 4:
                    folder.key_name = key  # it was through before the kill
                self.assertEqual(folder.must("case", "K00077", "--unmasked").stdout, shown)
                self.assertIn("accepted 0", folder.must("import", "policies", "policies.csv").stdout)
            self.assertGreater(killed, 0)
            folder.must("audit", "verify")
            self.assertEqual(found(folder), [])


if __name__ == "__main__":
    unittest.main()
