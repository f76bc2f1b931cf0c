"""Finding cases, one case with everything about it, personal data in full for a reason, a phone put right."""

import json
import sqlite3
import subprocess
import sys
import unittest

from server_program import AT, ServerTest, on_both_databases
from shouyue_program import SOURCE

sys.path.insert(0, str(SOURCE / "tests" / "store"))
from postgres_cluster import program  # noqa: E402

HEAD = ("policy_no,channel,org_code,agent_code,product_code,holder_name,holder_id_type,holder_id_no,mobile_phone,"
        "home_phone,address,premium,pay_mode,issued_on,commission")
ROWS = ("R1,agency,3501,A1,P1,欧阳娜,id_card,11010519491231002X,13912345671,059187654321,广达路1号,6000,annual,2021-10-08,600",
        "R2,bancassurance,35,A1,P1,欧阳娜,id_card,11010519491231002X,13912345672,,广达路1号,6000,annual,2021-10-09,600")
ATTEMPTS = ("attempt_id,policy_no,leg,started_at,connection,phone,note\n"
            "T1,R1,first_call,2021-10-11 10:00:00,{0},13912345671,{1}\n")
SECRETS = ("欧阳娜", "11010519491231002X", "13912345671", "13912345672", "059187654321", "广达路", "13700000001")


@on_both_databases
class CasesTest(ServerTest):
    def fill(self):
        super().fill()
        self.folder.load("policies", "\n".join((HEAD, *ROWS)) + "\n", name="more.csv")
        self.folder.load("attempts", ATTEMPTS.format("no_answer", "无人"), name="first.csv")
        self.folder.load("attempts", ATTEMPTS.format("busy", "忙音"), name="corrected.csv")
        self.folder.must("--now", AT, "run")

    def setUp(self):
        super().setUp()
        self.branch = self.person("fengongsi", "branch_handler", org="35")
        self.city = self.person("zhongzhi", "branch_handler", org="3501")

    def numbers(self, client, query=""):
        return [row["policy_no"] for row in client.get("/api/cases" + query)["rows"]]

    def search(self, client, **question):
        status, answer = client.ask("POST", "/api/cases/search", question)
        self.assertEqual(status, 200, answer)
        return [row["policy_no"] for row in answer["rows"]]

    def test_the_list_is_filtered_paged_and_masked(self):
        self.assertEqual(self.numbers(self.branch), ["R2", "R1", "Q1", "P3", "P2", "P1", "P0"])
        self.assertEqual(self.numbers(self.city), ["R1", "P3", "P2", "P1", "P0"])
        self.assertEqual(self.numbers(self.branch, "?org=3501&channel=agency"), ["R1", "P3", "P2", "P1", "P0"])
        self.assertEqual(self.numbers(self.branch, "?channel=bancassurance"), ["R2"])
        self.assertEqual(self.numbers(self.branch, "?issued_from=2021-10-09"), ["R2"])
        self.assertEqual(self.numbers(self.branch, "?issued_to=2021-10-07"), [])
        self.assertEqual(self.numbers(self.city, "?org=35"), ["R1", "P3", "P2", "P1", "P0"])
        states = {row["state"] for row in self.branch.get("/api/cases")["rows"]}
        self.assertEqual(sum(len(self.numbers(self.branch, f"?state={state}")) for state in states), 7)
        found, path = [], "/api/cases?limit=3"
        while path:
            answer = self.branch.get(path)
            found += [row["policy_no"] for row in answer["rows"]]
            path = f"/api/cases?limit=3&after={answer['next']}" if "next" in answer else None
        self.assertEqual(found, ["R2", "R1", "Q1", "P3", "P2", "P1", "P0"])
        status, file = self.branch.ask("GET", "/api/cases?format=csv&channel=agency")
        lines = file.decode("utf-8-sig").splitlines()
        self.assertEqual((status, len(lines)), (200, 7))
        self.assertIn("R1,欧**,139****5671", lines[1])
        self.assertEqual(self.branch.ask("GET", "/api/cases?format=xlsx")[0], 200)
        row = self.branch.get("/api/cases?channel=bancassurance")["rows"][0]
        self.assertEqual((row["holder_masked"], row["phone_masked"]), ("欧**", "139****5672"))
        for wrong in ("state=x", "leg=x", "channel=x", "issued_from=x", "limit=0", "limit=201", "limit=x", "after=x"):
            self.assertEqual(self.branch.rule("GET", f"/api/cases?{wrong}"), (400, "request.parameter"), wrong)

    def test_a_case_is_found_by_its_number_phone_and_id(self):
        self.assertEqual(self.search(self.branch, policy_no=" R1 "), ["R1"])
        self.assertEqual(self.search(self.branch, phone="139 1234 5671"), ["R1"])
        self.assertEqual(self.search(self.branch, phone="0591-87654321"), ["R1"])  # the second phone
        self.assertEqual(self.search(self.branch, phone="13900000009"), [])
        self.assertEqual(self.search(self.branch, id_no="11010519491231002x"), ["R1", "R2"])
        self.assertEqual(self.search(self.city, id_no="11010519491231002X"), ["R1"])
        self.assertEqual(self.search(self.city, policy_no="R2"), [])
        self.assertEqual(self.search(self.branch, policy_no="none"), [])
        for wrong in ({}, {"phone": "1", "id_no": "2"}):
            self.assertEqual(self.branch.rule("POST", "/api/cases/search", wrong), (400, "case_search.one_of"))
        self.assertEqual(self.branch.rule("POST", "/api/cases/search", {"phone": "abc"}),
                         (400, "case_search.phone_form"))

    def test_a_case_shows_facts_corrections_state_and_reasons(self):
        page = self.city.get("/api/cases/R1")
        self.assertFalse([secret for secret in SECRETS if secret in json.dumps(page, ensure_ascii=False)])
        self.assertEqual(page["standing"]["policy_no"], "R1")
        attempt = next(fact for fact in page["facts"] if fact["kind"] == "attempt")
        self.assertEqual([len(attempt["versions"]), attempt["key"]], [2, "T1"])
        changed = {field["name"]: field["text"] for field in attempt["versions"][1]["fields"] if field["is_changed"]}
        self.assertEqual(changed, {"connection": "busy", "note": "忙音"})
        self.assertEqual([happening["what"] for happening in page["timeline"]][:2], ["issued", "attempt"])
        self.assertNotIn("commission", page)
        self.assertNotIn("600.00", json.dumps(page))
        quality = self.person("pinzhi", "quality_officer", org="35")
        self.assertEqual(quality.get("/api/cases/R1")["commission"]["commission"], "600.00")
        explained = self.city.get("/api/cases/P1/explanation")["parts"]  # its receipt was signed
        self.assertIn("deadline", {part["what"] for part in explained})
        self.assertNotIn("commission", {part["what"] for part in explained})
        self.assertTrue(all(part["rules"] for part in explained if part["what"] == "deadline"))
        why = self.city.get("/api/cases/R1/why")
        self.assertEqual(why["on_worklist"] or bool(why["hindrances"]), True)

    def test_personal_data_in_full_needs_a_reason_and_is_in_the_journal(self):
        path, fields = "/api/cases/R1/unmask", ["holder_name", "mobile_phone", "attempt/T1/phone"]
        status, answer = self.city.ask("POST", path, {"fields": fields, "reason": "客户来电核对"})
        self.assertEqual(status, 200, answer)
        self.assertEqual([field["text"] for field in answer["fields"]], ["欧阳娜", "13912345671", "13912345671"])
        for reason in ("", " ", "看", " 看 ", "长" * 201):
            self.assertEqual(self.city.rule("POST", path, {"fields": fields, "reason": reason}), (400, "reason.length"))
        self.assertEqual(self.city.rule("POST", path, {"fields": [], "reason": "核对"}), (400, "unmask.no_fields"))
        self.assertEqual(self.city.rule("POST", path, {"fields": ["password"], "reason": "核对"}),
                         (400, "unmask.unknown_field"))
        officer = self.person("kaohe", "kpi_officer", org="35")
        self.assertEqual(officer.rule("POST", path, {"fields": fields, "reason": "核对"}), (403, "access.denied"))
        self.assertEqual(self.server.stop(), 0)
        journal = [row for row in self.audit() if row[1] == "unmasked"]
        self.assertEqual(journal, [("zhongzhi", "unmasked", "case R1 fields=holder_name,mobile_phone,attempt/T1/phone "
                                    "reason=客户来电核对")])
        self.folder.must("audit", "verify")

    def test_a_phone_is_put_right_and_found_again(self):
        path = "/api/cases/R1/phone"
        status, page = self.city.ask("POST", path, {"phone": "137 0000 0001", "reason": "客户来电告知"})
        self.assertEqual(status, 200, page)
        self.assertNotIn("13700000001", json.dumps(page))
        change = next(fact for fact in page["facts"] if fact["kind"] == "policy_change")
        self.assertEqual({field["name"]: field["is_masked"] for field in change["versions"][0]["fields"]},
                         {"change": False, "on": False, "value": True, "note": False})
        self.assertEqual(self.search(self.branch, phone="13700000001"), ["R1"])
        for phone in ("", "95500", "abc"):
            self.assertEqual(self.city.rule("POST", path, {"phone": phone, "reason": "客户来电"}), (400, "phone.form"))
        self.assertEqual(self.city.rule("POST", path, {"phone": "13700000001", "reason": "x"}), (400, "reason.length"))
        self.assertEqual(self.server.stop(), 0)
        self.assertIn(("zhongzhi", "phone_corrected", "case R1"), self.audit())
        self.folder.must("--now", AT, "rebuild", "--check")

    def test_a_case_of_another_branch_is_not_there(self):
        body = {"fields": ["mobile_phone"], "reason": "核对"}
        for method, path, sent in (("GET", "R2", None), ("GET", "R2/explanation", None), ("GET", "R2/why", None),
                                   ("POST", "R2/unmask", body),
                                   ("POST", "R2/phone", {"phone": "13700000001", "reason": "核对"})):
            self.assertEqual(self.city.rule(method, f"/api/cases/{path}", sent), (404, "policy.not_found"), path)
            self.assertEqual(self.city.rule(method, f"/api/cases/{path.replace('R2', 'none')}", sent),
                             (404, "policy.not_found"))
        self.assertEqual(self.numbers(self.city, "?channel=bancassurance"), [])

    def audit(self):
        question = "SELECT who, action, detail FROM audit ORDER BY n"
        if self.folder.database.startswith("sqlite:"):
            with sqlite3.connect(self.folder.path / "test.db") as database:
                return database.execute(question).fetchall()
        text = subprocess.run([program("psql"), "--no-psqlrc", "--tuples-only", "--no-align", "--field-separator=\t",
                               self.folder.database, "-c", question], capture_output=True, check=True, text=True).stdout
        return [tuple(line.split("\t")) for line in text.splitlines()]


if __name__ == "__main__":
    unittest.main()
