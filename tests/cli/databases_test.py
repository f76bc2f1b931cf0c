"""Every command on both engines: the same bytes; many programs at once; a server that dies and comes back; copies."""

import datetime
import os
import pathlib
import random
import re
import subprocess
import sys
import threading
import time
import unittest

from run_test import business
from shouyue_program import SOURCE, Folder, attempts, many_policies, policies, policy

sys.path.insert(0, str(SOURCE / "tests" / "store"))
from postgres_cluster import Cluster, program  # noqa: E402

SEED = int(os.environ.get("SHOUYUE_TEST_SEED", random.SystemRandom().randrange(1 << 30)))
schemas = 0


def new_database(cluster=None):
    """The address of an empty schema on the server that ctest started."""
    global schemas
    schemas += 1
    cluster = cluster or Cluster(pathlib.Path(os.environ["SHOUYUE_TEST_CLUSTER"]).read_text(encoding="utf-8"))
    schema = f"cli_{os.getpid()}_{schemas}"
    subprocess.run([program("psql"), "--quiet", "--no-psqlrc", cluster.url(), "-c", f"CREATE SCHEMA {schema}"],
                   check=True)
    return cluster.url(schema)


class DatedFolder(Folder):
    """Gives every command a business time of its own, so that nothing depends on the clock."""
    now = "2021-09-01"

    def run(self, *arguments, **more):
        at = () if "--now" in arguments else ("--now", self.now)
        return super().run(*at, *arguments, **more)


class BothTest(unittest.TestCase):
    def setUp(self):
        self.both = DatedFolder(), DatedFolder(database=new_database())
        for folder in self.both:
            self.addCleanup(folder.close)
        self.commands = set()

    def same(self, *arguments, status=0):
        """Runs a command on both; gives what it prints."""
        lite, postgres = (folder.run(*arguments) for folder in self.both)
        said = [(done.returncode, done.stdout, done.stderr) for done in (lite, postgres)]
        self.assertEqual(*said, arguments)
        if status is not None:
            self.assertEqual(lite.returncode, status, (arguments, said))
        self.commands.add(next(word for word in arguments if not re.match(r"--|\d", word)))
        return lite.stdout

    def write(self, name, content):
        for folder in self.both:
            folder.write(name, content)
        return name

    def at(self, now):
        for folder in self.both:
            folder.now = now

    def same_files(self):
        def files(folder):
            return {str(path.relative_to(folder.path)): path.read_bytes() for path in folder.path.rglob("*")
                    if path.is_file() and not path.name.startswith("test.db")}

        lite, postgres = map(files, self.both)
        self.assertEqual(sorted(lite), sorted(postgres))
        for name, content in lite.items():
            self.assertEqual(content, postgres[name], name)

    def same_stored(self):
        """Everything stored is equal, told by the digests of copies; passwords have a salt by chance."""
        copies = [[line for line in
                   folder.must("copy", "--from", folder.database, "--to", "sqlite:copied.db").stdout.splitlines()
                   if not line.startswith("account:")] for folder in self.both]
        self.assertGreater(len(copies[0]), 20)
        self.assertEqual(*copies)
        for folder in self.both:
            (folder.path / "copied.db").unlink()

    def prepare(self):
        for folder in self.both:
            folder.open_for_business()
            business(folder)

    def test_every_command_says_and_writes_the_same(self):
        self.prepare()
        self.same("init")
        self.write("bad.csv", policies(policy("P1"), policy("P2", "2021-02-30"), policy("P3", org="99"), "x"))
        self.same("import", "policies", "bad.csv", status=3)
        self.same("import", "policies", "bad.csv", status=3)
        self.same("--json", "import", "policies", "policies.csv")
        self.write("new_org.csv", "code,name,level,parent_code,region_code\n3501,厦门中支,city,35,350200\n")
        day = datetime.date(2021, 9, 1)
        while day <= datetime.date(2021, 10, 25):
            self.at(f"{day}T08:00:00+08:00")
            self.same("run")
            day += datetime.timedelta(4)
        self.same("--now", "2021-09-02", "run", status=1)
        self.same("import", "organisations", "new_org.csv")
        self.at("2021-10-25T10:00:00+08:00")
        self.same("run")
        tickets = [row.split(",")[:2] for row in self.same("export", "tickets").splitlines()[1:]]
        self.assertTrue(tickets)
        steps = [f"{ticket},{number},resolve,2021-10-25 09:00:00,S1,corrected" for ticket, number in tickets[:3]]
        self.write("steps.csv", "\n".join(["ticket_id,policy_no,step,at,operator,result", *steps]) + "\n")
        self.same("import", "ticket_steps", "steps.csv", status=None)
        self.same("run")
        self.at("2021-09-20T10:00:00+08:00")
        listed = self.same("worklist")
        self.same("--json", "worklist", "--leg", "first_call", "--limit", "5")
        number = listed.splitlines()[1].split(",")[1]
        for words in (("why",), ("case",), ("case", "--unmasked"), ("explain",), ("questions",)):
            self.same(words[0], number, *words[1:])
            self.same("--json", words[0], number, *words[1:])
            self.same(words[0], "no-such-policy", *words[1:], status=None)
        self.same("claim", number, "--seat", "S1")
        self.same("claim", number, "--seat", "S2", status=1)
        self.same("release", number, "--fence", "1")
        self.same("--json", "claim", number, "--seat", "S2")
        self.at("2021-10-25T10:00:00+08:00")
        self.same("what-if", "--on", "2021-11-01", "--receipt", "--follow-up")
        for period in ("2021-09", "2021Q3", "2021"):
            self.same("kpi", "--regime", "operations-kpi", "--period", period, "--by", "org,channel", status=None)
        self.same("kpi", "cases", "--regime", "operations-kpi", "--period", "2021-09", "--indicator",
                  "follow_up_success", "--side", "denominator", status=None)
        for what in (("cases",), ("attempts",), ("attempts", "--unmasked"), ("tickets",), ("commission",),
                     ("commission", "--entries"), ("kpi", "--regime", "operations-kpi", "--period", "2021-09")):
            self.same("export", *what, status=None)
            for kind in ("csv", "xlsx"):
                self.same("export", *what, "--out", f"{'-'.join(what).replace('--', '')}.{kind}", status=None)
        self.same("report", "month", "--period", "2021-09", "--out", "month.html", status=None)
        self.same("regime", "list")
        self.same("tickets", status=None)
        self.same("--json", "tickets", "--timeliness", "overdue", status=None)
        for paper in ("letter", "door-visit"):
            self.same(paper, number, "--out", f"{paper}.html", status=None)
        self.same("receipts", status=None)
        self.same("reports", "due", "--all", status=None)
        self.same("reports", "done", "no-such-report", "--period", "2021-09", status=None)
        self.same("backtest", "--regime", "pacific-2010", "--against", "call-centre-2021", "--from", "2021-09-01",
                  "--to", "2021-09-30", "--out", "backtest.csv", status=None)
        self.same("import", "no-such-kind", "bad.csv", status=1)
        self.same("import", "policies", "no-such-file.csv", status=None)
        self.same("rebuild", "--check")
        self.same("rebuild")
        self.same("audit", "verify")
        self.same("run")
        self.same_files()
        self.same_stored()
        elsewhere = {"help", "demo", "copy", "serve", "key"}
        commands = set(re.findall(r"(?m)^  ([a-z][a-z-]*) ", self.same("help").split("Subcommands:")[1]))
        self.assertGreater(len(commands), 15)
        self.assertEqual(commands - self.commands - elsewhere, set(), "a command that is not compared")

    def test_the_demo_plays_the_same(self):
        for folder in self.both:
            (folder.path / "insurer.toml").unlink()
        self.same("demo", "--policies", "60", "--days", "8", "--out", "played")
        self.same_files()
        self.same_stored()
        self.same("rebuild", "--check")

    def test_a_copy_holds_everything_and_goes_on_as_the_original(self):
        self.prepare()
        self.at("2021-10-20")
        self.same("run")
        for folder, target in zip(self.both, (new_database(), "sqlite:copy.db")):
            report = folder.must("copy", "--from", folder.database, "--to", target).stdout
            self.assertIn("equal on both sides", report)
            self.assertRegex(report, r"(?m)^fact: [1-9]")
            refused = folder.must("copy", "--from", folder.database, "--to", target, status=1)
            self.assertIn("copy.target_not_empty", refused.stderr)
            before = folder.exports()
            folder.database = target
            self.assertEqual(folder.exports(), before)
            self.assertIn("differing 0", folder.must("rebuild", "--check").stdout)
            folder.must("audit", "verify")
        self.at("2021-11-20")
        self.same("run")
        self.assertEqual(*(folder.exports() for folder in self.both))
        missing = self.both[0].must("copy", "--from", "sqlite:none.db", "--to", "sqlite:new.db", status=4)
        self.assertIn("store.not_initialised", missing.stderr)
        self.assertFalse((self.both[0].path / "none.db").exists())

    def test_no_command_but_init_makes_a_database(self):
        for command in (("run",), ("worklist",), ("export", "cases"), ("audit", "verify"), ("case", "P1")):
            self.same(*command, status=4)
        self.assertEqual([path.name for path in self.both[0].path.iterdir()], ["insurer.toml"])


class ManyProgramsTest(unittest.TestCase):
    """Programs that work on one database at the same time."""
    PROGRAMS, POLICIES, CLAIMED = 4, 3000, 12

    def work(self, folder):
        shared = many_policies(500)
        for n in range(self.PROGRAMS):
            rows = (policy(f"W{n}{i:05}", mobile=f"139{n}{i % 900:07}") for i in range(self.POLICIES))
            folder.write(f"own{n}.csv", policies(*rows))
            folder.write(f"shared{n}.csv", shared)
        folder.load("policies", many_policies(self.CLAIMED), "claimed.csv")
        claims, failures = [], []

        def program_of(n):
            must_end = {("import",): (0,), ("run",): (0, 1), ("claim",): (0, 1)}
            steps = [("import", "policies", f"own{n}.csv"), ("--now", "2021-10-20", "run"),
                     ("import", "policies", f"shared{n}.csv"), ("--now", "2021-10-20", "run")]
            steps += [("--now", "2021-10-20", "claim", f"P{i:06}", "--seat", f"S{n}") for i in range(self.CLAIMED)]
            for step in steps:
                done = folder.run(*step)
                word = next(word for word in step if word in ("import", "run", "claim"))
                if done.returncode not in must_end[(word,)]:
                    failures.append((step, done.returncode, done.stderr))
                if word == "run" and done.returncode == 1 and "run.overtaken" not in done.stderr:
                    failures.append((step, done.stderr))
                if word == "claim" and done.returncode == 0:
                    claims.append(step[3])

        threads = [threading.Thread(target=program_of, args=(n,)) for n in range(self.PROGRAMS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        self.assertEqual(sorted(claims), [f"P{i:06}" for i in range(self.CLAIMED)])
        folder.must("--now", "2021-10-20", "run")
        self.assertEqual(len(folder.rows("export", "cases")), self.PROGRAMS * self.POLICIES + 500)
        self.assertIn("differing 0", folder.must("rebuild", "--check").stdout)
        folder.must("audit", "verify")
        return folder.exports()

    def test_nothing_is_lost_and_no_case_is_claimed_twice(self):
        done = []
        for database in ("sqlite:test.db", new_database()):
            folder = Folder(database=database).open_for_business()
            self.addCleanup(folder.close)
            done.append(self.work(folder))
        self.assertEqual(*done)


class ServerTest(unittest.TestCase):
    def start_cluster(self):
        cluster = Cluster.create()
        self.addCleanup(cluster.remove)
        cluster.start()
        self.addCleanup(lambda: (cluster.data / "postmaster.pid").exists() and cluster.stop("immediate"))
        return cluster

    def test_a_killed_server_loses_nothing_that_was_acknowledged(self):
        print(f"SHOUYUE_TEST_SEED={SEED}", flush=True)
        draw = random.Random(SEED)
        cluster = self.start_cluster()
        folder = Folder(database=new_database(cluster)).open_for_business()
        self.addCleanup(folder.close)
        count = 30000
        folder.write("policies.csv", many_policies(count))
        folder.write("attempts.csv", attempts(*(
            f"T{i},P{i:06},first_call,2021-10-12 10:00:00,,answered,holder,verified,complete,"
            for i in range(0, count, 3))))
        steps = [("import", "policies", "policies.csv"), ("import", "attempts", "attempts.csv"),
                 ("--now", "2021-10-30", "run")]
        acknowledged = 0
        for step in (*steps, steps[0]):
            process = folder.start(*step)
            time.sleep(draw.random() * 2)
            cluster.stop("immediate")
            _, err = process.communicate(timeout=120)
            if process.returncode != 0:
                self.assertEqual(process.returncode, 4, err)
                self.assertRegex(err, "store.(gone|unreachable)")
            self.assertIn("store.unreachable", folder.must(*step, status=4).stderr)
            cluster.start()
            folder.must(*step)
            claimed = folder.run("--now", "2021-10-30", "claim", f"P{acknowledged:06}", "--seat", "S1")
            self.assertEqual(claimed.returncode, 0, claimed.stderr)
            cluster.stop("immediate")
            cluster.start()
            acknowledged += 1
        for n in range(acknowledged):
            taken = folder.must("--now", "2021-10-30", "claim", f"P{n:06}", "--seat", "S2", status=1)
            self.assertIn("claim.taken", taken.stderr)
        undisturbed = Folder().open_for_business()
        self.addCleanup(undisturbed.close)
        for name in ("policies.csv", "attempts.csv"):
            undisturbed.write(name, folder.read(name))
        for step in steps:
            undisturbed.must(*step)
        self.assertEqual(folder.exports(), undisturbed.exports())
        self.assertIn("differing 0", folder.must("rebuild", "--check").stdout)
        folder.must("audit", "verify")

    def test_what_a_server_refuses_is_the_environments_fault(self):
        cluster = Cluster(pathlib.Path(os.environ["SHOUYUE_TEST_CLUSTER"]).read_text(encoding="utf-8"))
        url = new_database()
        schema = re.search(r"search_path%3D(\w+)", url).group(1)
        folder = Folder(database=url).open_for_business()
        self.addCleanup(folder.close)

        def sql(text):
            subprocess.run([program("psql"), "--quiet", "--no-psqlrc", cluster.url(), "-c", text], check=True)

        def refused(rule, database, *command):
            done = folder.must("--db", database, *(command or ("import", "policies", "p.csv")), status=4)
            self.assertIn(rule, done.stderr)
            self.assertNotIn("secret", done.stderr)

        folder.write("p.csv", policies(policy("P1")))
        refused("store.unreachable", "postgresql://u:secret@/postgres?host=/nowhere")
        refused("store.unreachable", "postgresql://u:secret@127.0.0.1:1/postgres")
        refused("store.not_initialised", cluster.url())
        read_only = url.replace("options=", "options=-cdefault_transaction_read_only%3Don%20")
        self.assertEqual(folder.run("--db", read_only, "worklist").returncode, 0)
        sql(f"DROP ROLE IF EXISTS reader_{schema}")
        sql(f"CREATE ROLE reader_{schema} LOGIN; GRANT USAGE ON SCHEMA {schema} TO reader_{schema}; "
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader_{schema}")
        reader = url.replace("user=shouyue", f"user=reader_{schema}")
        self.assertEqual(folder.run("--db", reader, "worklist").returncode, 0)
        refused("store.not_permitted", reader)
        refused("store.not_permitted", reader.replace(f"search_path%3D{schema}", "search_path%3Dpublic"), "init")
        holder = subprocess.Popen([program("psql"), "--quiet", "--no-psqlrc", url], stdin=subprocess.PIPE, text=True)
        holder.stdin.write("BEGIN; SELECT value FROM meta WHERE name = 'schema_version' FOR UPDATE;\n")
        holder.stdin.flush()
        time.sleep(1)
        refused("store.locked", url.replace("options=", "options=-clock_timeout%3D300%20"))
        holder.stdin.close()
        holder.wait()
        sql(f"UPDATE {schema}.meta SET value = '999' WHERE name = 'schema_version'")
        refused("store.newer_schema", url)
        self.assertIn("store.unknown_url", folder.must("--db", "postgres//x", "init", status=1).stderr)


if __name__ == "__main__":
    unittest.main()
