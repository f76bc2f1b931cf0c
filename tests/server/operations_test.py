"""What docs/operations.md says an operator does: back up and restore, move to another database, rotate keys; and what a
server does while its database is away or its disk is full."""

import os
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
import unittest

from lived_in_store import WAV, LivedInTest, wrap_up
from server_program import AT, SOURCE, Client, Folder, Server, ServerTest, new_database, on_both_databases

sys.path.insert(0, str(SOURCE / "tests" / "store"))
from postgres_cluster import Cluster, program  # noqa: E402

LATER = "2021-10-20T10:30:00+08:00"
# Nothing is waiting or refused, no month is closed, no exchange connected.
EMPTY = {"refused", "marked", "closed_month", "closed_figure", "dial", "parked_change"}


class Load:
    """Seats that call without end; `told` are the calls that the server acknowledged."""

    def __init__(self, test, seats):
        self.test, self.told, self.is_over = test, [], threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(seat, n)) for n, seat in enumerate(seats)]
        for thread in self.threads:
            thread.start()

    def work(self, seat, n):
        while not self.is_over.is_set():
            status, answer = seat.ask("POST", "/api/calls/next", {})
            if status != 200 or not answer.get("call"):
                time.sleep(0.05)
                continue
            number = f"L{n}-{answer['call']['policy_no']}"
            if seat.ask(*wrap_up(answer["call"], number))[0] == 201:
                self.told.append(number)

    def wait(self, count):
        until = time.monotonic() + 60
        while len(self.told) < count:
            self.test.assertLess(time.monotonic(), until)
            time.sleep(0.01)

    def end(self):
        self.is_over.set()
        for thread in self.threads:
            thread.join()


@on_both_databases
class BackupTest(LivedInTest):
    callable_cases = 120

    def back_up(self, name):
        """As operations.md says for this database; gives what is to be restored."""
        if self.folder.database.startswith("sqlite:"):
            self.folder.must("copy", "--from", self.folder.database, "--to", f"sqlite:{name}.db")
            return self.folder.path / f"{name}.db"
        dump = self.folder.path / f"{name}.dump"
        schema = re.search(r"search_path%3D(\w+)", self.folder.database).group(1)
        subprocess.run([program("pg_dump"), "--schema", schema, "--no-owner", "--file", dump, self.folder.database],
                       check=True)
        return dump

    def restore(self, backup):
        """A machine that has the backup, the recordings, the profile and the settings, but not the key yet."""
        there = self.folder_kind(self.profile)
        self.addCleanup(there.close)
        if backup.suffix == ".db":
            shutil.copy(backup, there.path / "test.db")
        else:
            there.database = self.folder.database.replace("/postgres?", f"/restored_{os.getpid()}?")
            url = self.folder.database.split("&options")[0]
            for sql in ("DROP DATABASE IF EXISTS", "CREATE DATABASE"):
                subprocess.run([program("psql"), "--quiet", "--no-psqlrc", url, "-c", f"{sql} restored_{os.getpid()}"],
                               check=True, stderr=subprocess.DEVNULL)
            subprocess.run([program("psql"), "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "--file", backup,
                            there.database], check=True, stdout=subprocess.DEVNULL)
        for name in ("server.toml", "port.secret", "visit.key"):
            shutil.copy(self.folder.path / name, there.path)
        shutil.copytree(self.folder.path / "files", there.path / "files")
        return there

    def test_a_backup_made_under_load_is_whole_and_goes_on_elsewhere(self):
        seats = [self.person(f"z{n}", "call_agent", org="3501", seat=f"Z{n}") for n in range(3)]
        load = Load(self, seats)
        load.wait(5)
        told = list(load.told)
        backup = self.back_up("under_load")
        load.wait(len(told) + 5)
        load.end()
        there = self.restore(backup)
        for refused in (there.run("audit", "verify"), there.run("serve", "--listen", "127.0.0.1:0")):
            self.assertEqual(refused.returncode, 4)
            self.assertIn("store.key_missing", refused.stderr)
            self.assertIn("请用 --key-file", refused.stderr)
            self.assertIn("give its key", refused.stderr)
        shutil.copy(self.folder.path / "first.key", there.path)
        there.must("audit", "verify")
        self.assertIn("differing 0", there.must("rebuild", "--check").stdout)
        kept = {row["attempt_id"] for row in there.rows("export", "attempts")}
        self.assertEqual(set(told) - kept, set())
        self.assertEqual(kept - {row["attempt_id"] for row in self.folder.rows("export", "attempts")}, set())
        self.exact_copy()
        self.folder = there
        self.serve_again()
        self.check_nothing_is_missing()

    def exact_copy(self):
        """Of a server at rest the backup says the same to the byte, and another key opens nothing."""
        self.assertEqual(self.server.stop(), 0)
        there = self.restore(self.back_up("at_rest"))
        shutil.copy(self.folder.path / "first.key", there.path)
        shown = "case", "P1", "--unmasked"
        self.assertEqual(there.exports(), self.folder.exports())
        self.assertEqual(there.must(*shown).stdout, self.folder.must(*shown).stdout)
        there.must("audit", "verify")
        there.must("key", "new", "--out", "wrong.key")
        wrong = there.must("--key-file", "wrong.key", "audit", "verify", status=4).stderr
        self.assertIn("store.wrong_key", wrong)
        self.assertIn("密钥与数据库不符", wrong)


@on_both_databases
class MoveTest(LivedInTest):
    def other_database(self):
        return new_database() if self.folder.database.startswith("sqlite:") else "sqlite:moved.db"

    def test_everything_moves_to_another_database_and_goes_on_there(self):
        self.assertEqual(self.server.stop(), 0)
        source, target = self.folder.database, self.other_database()
        report = self.folder.must("copy", "--from", source, "--to", target).stdout
        self.assertIn("equal on both sides", report)
        rows = {name: int(count) for name, count in re.findall(r"(?m)^(\w+): (\d+) rows", report)}
        self.assertEqual({name for name, count in rows.items() if count == 0}, EMPTY)
        before = self.folder.exports()
        self.folder.database = target
        self.assertEqual(self.folder.exports(), before)
        self.folder.must("audit", "verify")
        self.assertIn("differing 0", self.folder.must("--now", AT, "rebuild", "--check").stdout)
        self.serve_again()
        self.check_nothing_is_missing()
        self.outside.is_down = False
        self.assertEqual(self.server.stop(), 0)
        self.at = LATER
        self.serve_again()
        self.assertEqual({message["to"] for message in self.arrived("/messages", 2)},
                         {"13812340000", "13812340001"})
        self.arrived("/changes", 1)


@on_both_databases
class KeysTest(LivedInTest):
    def test_other_keys_while_the_server_works(self):
        self.folder.must("key", "new", "--out", "next.key")
        self.folder.must("key", "rotate", "--to", "next.key")
        self.check_nothing_is_missing()
        self.assertEqual(self.server.stop(), 0)
        self.assertIn("store.wrong_key", self.folder.must("serve", "--listen", "127.0.0.1:0", status=4).stderr)
        self.folder.key_name = "next.key"
        self.serve_again()
        self.folder.must("key", "new", "--out", "last.key")
        self.folder.must("key", "rotate", "--to", "last.key", "--reseal")
        self.assertEqual(self.seat.rule(*wrap_up(self.held, "T9")), (503, "store.key_rotated"))
        self.assertEqual(self.seat.rule("GET", f"/api/calls/{self.held['policy_no']}"), (503, "store.key_rotated"))
        self.server.stop()
        self.folder.key_name = "last.key"
        self.serve_again()
        self.check_nothing_is_missing()
        self.assertEqual(self.server.stop(), 0)
        self.folder.must("audit", "verify")


class DatabaseAwayTest(LivedInTest):
    """The database server is stopped and started under a server that works."""

    callable_cases = 120

    @staticmethod
    def database():
        cluster = DatabaseAwayTest.cluster = Cluster.create()
        cluster.start()
        return new_database(cluster)

    def setUp(self):
        self.addCleanup(lambda: self.cluster.remove())
        self.addCleanup(lambda: (self.cluster.data / "postmaster.pid").exists() and self.cluster.stop("immediate"))
        super().setUp()

    def test_requests_are_refused_until_it_is_back_and_nothing_acknowledged_is_lost(self):
        load = Load(self, [self.person("z1", "call_agent", org="3501", seat="Z1")])
        load.wait(2)
        self.cluster.stop("immediate")
        for method, path in (("GET", "/api/calls/current"), ("POST", "/api/calls/next"), ("GET", "/readyz")):
            status, rule = self.seat.rule(method, path, {} if method == "POST" else None)
            self.assertEqual(status, 503, (path, rule))
            self.assertRegex(str(rule), "store.(gone|unreachable)")
            self.assertEqual(self.seat.headers["Content-Type"], "application/problem+json")
            self.assertEqual(self.seat.headers["Retry-After"], "5")
        self.assertEqual(self.seat.ask("GET", "/healthz"), (200, b"ok\n"))
        self.cluster.start()
        until = time.monotonic() + 30
        while self.seat.ask("GET", "/readyz")[0] != 200:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.1)
        self.check_nothing_is_missing()
        load.wait(len(load.told) + 2)
        load.end()
        self.assertEqual(self.server.stop(), 0)
        kept = [row["attempt_id"] for row in self.folder.rows("export", "attempts")]
        self.assertEqual(len(kept), len(set(kept)))
        self.assertEqual(set(load.told) - set(kept), set())
        self.folder.must("audit", "verify")


class FullDiskTest(LivedInTest):
    """Files cannot grow any more under a server that works."""

    def test_nothing_half_is_kept_and_work_goes_on_when_there_is_room(self):
        pid = self.server.process.pid
        unlimited = resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        other = WAV + b"another one"
        status, rule = self.seat.rule(*wrap_up(self.held, "T8"))
        self.assertEqual(status, 503, rule)
        self.assertRegex(rule, "store.(full|failed)")
        self.assertTrue(self.seat.headers["Retry-After"])
        status, _ = self.seat.ask("POST", f"{self.recording.rsplit('/', 1)[0]}?attempt_id=T1", other)
        self.assertIn(status, (503, 507))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)
        self.check_nothing_is_missing()
        self.assertEqual(self.server.stop(), 0)
        self.assertNotIn("T8", {row["attempt_id"] for row in self.folder.rows("export", "attempts")})
        self.assertEqual(len([path for path in (self.folder.path / "files").rglob("*") if path.is_file()]), 1)
        self.folder.must("audit", "verify")
        self.assertIn("differing 0", self.folder.must("--now", AT, "rebuild", "--check").stdout)


class OneTimePasswordTest(ServerTest):
    def fill(self):
        super().fill()
        self.folder.write("server.toml", "[access]\none_time_password_hours = 24\n")

    def test_a_one_time_password_has_its_time(self):
        late = {"display_name": "迟", "role": "auditor", "org_code": "00"}
        _, late = self.admin.ask("PUT", "/api/accounts/late", late)
        self.server.stop()
        self.at = "2021-10-21T11:00:00+08:00"
        self.start()
        person = Client(self.server)
        status, answer = person.sign_in("late", late["one_time_password"])
        self.assertEqual((status, answer["rule"]), (401, "sign_in.one_time_over"))
        self.assertEqual(person.sign_in("late", "wrong")[1]["rule"], "sign_in.refused")
        self.server.stop()
        self.folder.write("server.toml", "[access]\none_time_password_hours = 0\n")
        self.assertIn("profile.wrong_value", self.folder.run("serve", "--listen", "127.0.0.1:0").stderr)


class FirstAdministratorTest(unittest.TestCase):
    def test_who_never_came_gets_another_password(self):
        folder = Folder().open_for_business()
        self.addCleanup(folder.close)
        passwords = []
        for at in (AT, "2021-10-23T09:59:00+08:00", "2021-10-23T10:01:00+08:00"):
            server = Server(folder, at=at)
            server.stop()
            passwords += re.findall(r"one-time password: (\S+)", "".join(server.notes))
        self.assertEqual(len(passwords), 2)
        server = Server(folder, at="2021-10-23T10:02:00+08:00")
        self.addCleanup(server.stop)
        person = Client(server)
        self.assertEqual(person.sign_in("admin", passwords[0])[1]["rule"], "sign_in.refused")
        status, answer = person.sign_in("admin", passwords[1])
        self.assertEqual(status, 200, answer)
        person.csrf = answer["csrf"]
        change = {"before": passwords[1], "after": "Shouyue-Admin-2021"}
        self.assertEqual(person.rule("PUT", "/api/me/password", change), (400, "password.known"))


if __name__ == "__main__":
    unittest.main()
