"""The audit journal with its verification, organisations by day, and the settings."""

import sqlite3
import time
import unittest

from server_program import PASSWORD, Client, ServerTest, on_both_databases


@on_both_databases
class SystemTest(ServerTest):
    profile = ('insurer = "test"\nassign = [ { regime = "pacific-2010", channel = "agency" } ]\n'
               '[[seats]]\nid = "S1"\nlanguages = ["粤语"]\n[[seats]]\nid = "S2"\n')

    def verification(self, auditor):
        status, job = auditor.ask("POST", "/api/audit/verify")
        self.assertEqual(status, 202, job)
        for _ in range(200):
            job = auditor.get(f"/api/jobs/{job['id']}")
            if job["state"] not in ("waiting", "running"):
                break
            time.sleep(0.05)
        self.assertEqual(job["state"], "done", job)
        return job["result"]

    def test_the_journal_by_person_kind_and_day(self):
        auditor = self.person("shenji", "auditor")
        Client(self.server).sign_in("shenji", "wrong")
        rows = auditor.get("/api/audit")["rows"]
        self.assertEqual([row["n"] for row in rows], list(range(rows[0]["n"], rows[0]["n"] - len(rows), -1)))
        self.assertEqual((rows[0]["who"], rows[0]["action"]), ("shenji", "sign_in_refused"))
        own = auditor.get("/api/audit?who=shenji")["rows"]
        self.assertEqual({row["action"] for row in own}, {"sign_in", "sign_in_refused", "change_password"})
        self.assertEqual(len(auditor.get("/api/audit?who=shenji&action=sign_in_refused")["rows"]), 1)
        of_the_day = [row for row in rows if row["at"].startswith("2021-10-20")]  # the files came by the clock
        self.assertLess(len(of_the_day), len(rows))
        self.assertEqual(auditor.get("/api/audit?from=2021-10-20&to=2021-10-20")["rows"], of_the_day)
        self.assertEqual(auditor.get("/api/audit?from=2021-10-21&to=2021-10-22")["rows"], [])
        self.assertEqual(auditor.get("/api/audit?to=2021-10-19")["rows"], [])
        self.assertEqual(auditor.get("/api/audit?who='%20OR%201=1")["rows"], [])

    def test_the_journal_part_by_part(self):
        auditor = self.person("shenji", "auditor")
        whole = auditor.get("/api/audit?limit=200")
        self.assertNotIn("next", whole)
        parts, after = [], ""
        while after is not None:
            part = auditor.get(f"/api/audit?limit=3&after={after}")
            parts += part["rows"]
            after = part.get("next")
        self.assertEqual(parts, whole["rows"])
        for wrong in ("limit=0", "limit=201", "after=x", "from=tomorrow"):
            self.assertEqual(auditor.ask("GET", f"/api/audit?{wrong}")[0], 400, wrong)

    def test_the_journal_as_a_file(self):
        auditor = self.person("shenji", "auditor")
        status, text = auditor.ask("GET", "/api/audit?who=shenji&limit=1&format=csv")
        lines = text.decode("utf-8-sig").splitlines()
        self.assertEqual((status, lines[0]), (200, "n,at,who,action,detail,prev_hash,hash"))
        self.assertEqual([line.split(",")[3] for line in lines[1:]],
                         ["export", "change_password", "sign_in"])
        self.assertTrue(auditor.ask("GET", "/api/audit?format=xlsx")[1].startswith(b"PK"))
        self.assertEqual(auditor.ask("GET", "/api/audit?format=pdf")[0], 400)
        codes = auditor.ask("GET", "/api/organisations?format=csv")[1].decode("utf-8-sig").splitlines()
        self.assertEqual([line.split(",")[0] for line in codes], ["code", "00", "35", "3501"])

    def test_a_changed_entry_is_found(self):
        auditor = self.person("shenji", "auditor")
        whole = self.verification(auditor)
        self.assertGreater(whole["entries"], 5)
        self.assertNotIn("broken_at", whole)
        if not self.database().startswith("sqlite:"):
            return
        database = sqlite3.connect(self.folder.path / "test.db")
        with database:
            database.execute("UPDATE audit SET detail = 'nothing' WHERE n = 3")
        database.close()
        self.assertEqual(self.verification(auditor)["broken_at"], 3)

    def test_the_journal_is_for_the_whole_company(self):
        branch = self.person("fenshen", "auditor", org="35")
        for method, path in (("GET", "/api/audit"), ("GET", "/api/audit?format=csv"), ("POST", "/api/audit/verify")):
            self.assertEqual(branch.rule(method, path), (422, "access.whole_company"), path)

    def test_an_organisation_that_has_moved_is_seen_where_it_is(self):
        branch = self.person("jigou", "branch_handler", org="35")
        self.folder.load("organisations", "code,name,level,parent_code,valid_from\n36,江西分公司,branch,00,\n"
                                          "3501,福州中支,city,36,2021-10-15\n")
        self.assertEqual([row["code"] for row in branch.get("/api/organisations")["rows"]], ["35"])
        self.assertEqual([row["code"] for row in branch.get("/api/organisations?on=2021-10-01")["rows"]], ["35"])

    def test_the_organisations_that_one_sees(self):
        def codes(client, query=""):
            return [row["code"] for row in client.get(f"/api/organisations{query}")["rows"]]

        self.assertEqual(codes(self.person("shenji", "auditor")), ["00", "35", "3501"])
        branch = self.person("jigou", "branch_handler", org="35")
        self.assertEqual(codes(branch), ["35", "3501"])
        self.folder.load("organisations", "code,name,level,parent_code,valid_from\n3502,厦门中支,city,35,2021-11-01\n"
                                          "36,江西分公司,branch,00,\n")
        found = branch.get("/api/organisations?on=2021-11-01")
        self.assertEqual((found["on"], [row["code"] for row in found["rows"]]), ("2021-11-01", ["35", "3501", "3502"]))
        self.assertEqual(branch.ask("GET", "/api/organisations?on=x")[0], 400)

    def test_the_settings(self):
        self.person("zuoxi1", "call_agent", seat="S1")
        self.person("zuoxi9", "call_agent", seat="S9")
        settings = self.admin.get("/api/settings")
        self.assertEqual((settings["insurer"], settings["profile"]), ("test", "insurer.toml"))
        self.assertEqual([(book["regime"], book["channel"]) for book in settings["assignments"]],
                         [("pacific-2010", "agency")])
        self.assertEqual(settings["seats"], [
            {"id": "S1", "languages": ["粤语"], "legs": [], "accounts": ["zuoxi1"]},
            {"id": "S2", "languages": [], "legs": [], "accounts": []}])
        self.assertEqual(settings["seats_unknown"], ["S9"])
        self.assertLess(settings["calendar_from"], settings["calendar_to"])

    def test_business_time_does_not_go_back(self):
        self.server.stop()
        self.folder.must("--now", "2021-10-20T12:00:00+08:00", "run")
        self.start()  # as of 10:00
        admin = Client(self.server)
        self.assertEqual(admin.sign_in("admin", PASSWORD)[0], 200)
        self.assertGreaterEqual(admin.get("/api/me")["now"], "2021-10-20T12:00:00")

    def test_for_whom_it_is(self):
        auditor = self.person("shenji", "auditor")
        for path in ("/api/audit", "/api/organisations", "/api/settings"):
            self.assertEqual(Client(self.server).rule("GET", path), (401, "sign_in.needed"))
        self.assertEqual(self.admin.rule("GET", "/api/audit"), (403, "access.denied"))
        self.assertEqual(self.admin.rule("POST", "/api/audit/verify"), (403, "access.denied"))
        self.assertEqual(auditor.rule("GET", "/api/settings"), (403, "access.denied"))


if __name__ == "__main__":
    unittest.main()
