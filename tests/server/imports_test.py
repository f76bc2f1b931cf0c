"""Files into the store: sent, looked at, taken in as a job; what is wrong with them, whose policies they may touch."""

import csv
import http.client
import io
import socket
import time
import unittest

from server_program import AT, ServerTest, on_both_databases
from shouyue_program import ORGANISATIONS, POLICY_HEAD, policies, policy, workbook

BRANCHES = ORGANISATIONS + "44,广东分公司,branch,00,440000\n4401,广州中支,city,44,440100\n"


def table(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@on_both_databases
class ImportsTest(ServerTest):
    def fill(self):
        super().fill()
        self.folder.load("organisations", BRANCHES)

    def send(self, client, data, name="保单.csv"):
        data = data if isinstance(data, bytes) else data.encode()
        return client.ask("POST", f"/api/imports/files?file_name={name}", data)

    def job(self, client, path, body):
        status, job = client.ask("POST", path, body)
        self.assertEqual(status, 202, job)
        for _ in range(600):
            job = client.get(f"/api/jobs/{job['id']}")
            if job["state"] not in ("waiting", "running"):
                return job
            time.sleep(0.05)
        raise AssertionError(f"the job does not end: {job}")

    def take_in(self, client, data, kind=None, **more):
        """Sends a file and imports it; gives the import, or the refusal of the job."""
        status, sent = self.send(client, data)
        self.assertEqual(status, 201, sent)
        job = self.job(client, "/api/imports", {"file": sent["id"], "kind": kind or sent["kind"], **more})
        if job["state"] != "done":
            return job["refusal"]["rule"]
        return client.get(f"/api/imports/{job['result']['import_id']}")

    def test_a_file_is_looked_at_taken_in_and_its_rejects_are_read(self):
        person = self.person("dudao", "supervisor")
        bad = policies(policy("N1"), policy("N2", "2021-02-30"), policy("N3", org="99"), policy("N4", mobile="12"))
        status, sent = self.send(person, bad)
        self.assertEqual((status, sent["kind"], sent["rows"], sent["file_name"]), (201, "policies", 4, "保单.csv"))
        fit = sent["kinds"][0]
        self.assertEqual((fit["matched"], fit["unknown_columns"]), (len(sent["columns"]), []))
        self.assertEqual({other["kind"]: other.get("refusal", {}).get("rule") for other in sent["kinds"]}["attempts"],
                         "import.missing_column")
        job = self.job(person, "/api/imports", {"file": sent["id"], "kind": "policies", "expected_rows": 5,
                                                "expected_premium": "24000"})
        self.assertEqual((job["kind"], job["state"], job["done"]), ("import", "done", 4))
        run = person.get(f"/api/imports/{job['result']['import_id']}")
        self.assertEqual((run["read"], run["accepted"], run["rejected"], run["state"]), (4, 2, 2, "done"))
        self.assertEqual((run["who"], run["file_name"], run["began_at"][:10]), ("dudao", "保单.csv", AT[:10]))
        self.assertEqual((run["rows_difference"], run["premium_difference"]), (-1, "0.00"))
        self.assertEqual(run["premium_read"], "24000.00")
        path = f"/api/imports/{run['id']}/rejects"
        rejects = person.get(path)["rows"]
        self.assertEqual([(row["line"], row["column"], row["rule"]) for row in rejects],
                         [(3, "issued_on", "date.does_not_exist"), (3, "effective_on", "date.does_not_exist"),
                          (4, "org_code", "policies.unknown_org")])
        one = person.get(path + "?limit=1")
        self.assertEqual((one["rows"], person.get(f"{path}?limit=9&after={one['next']}")["rows"]),
                         (rejects[:1], rejects[1:]))
        status, data = person.ask("GET", path + "?format=csv")
        self.assertEqual([row[:4] for row in table(data)[1:]],
                         [[str(row["line"]), row["column"], row["value"], row["rule"]] for row in rejects])
        self.assertEqual(person.ask("GET", path + "?format=xlsx")[1][:2], b"PK")
        newest = person.get("/api/imports?limit=1")
        self.assertEqual(newest["rows"], [run])
        self.assertGreater(len(person.get(f"/api/imports?after={newest['next']}")["rows"]), 4)  # at the command line
        self.assertEqual(self.take_in(person, bad)["unchanged"], 2)
        self.assertEqual(len(self.send(person, bad)[1]["earlier"]), 2)
        self.assertEqual(len(table(person.ask("GET", "/api/imports?format=csv")[1])), 1 + run["id"] + 1)
        self.folder.must("audit", "verify")

    def test_what_is_personal_is_masked_wherever_a_value_is_shown(self):
        person = self.person("dudao", "supervisor")
        rows = ["policy_no,channel,org_code,holder_name,holder_id_type,holder_id_no,mobile_phone,premium,issued_on",
                "N1,agency,3501,赵六七,id_card,35010219900101,13812341234,6000,2021-10-08",
                "N2,13912345678,3501,赵六七,,,13812341234,x13712345678,2021-10-08",
                "N3,钱七八,3501,赵六七,,,13812341234,6000,2021-10-08",
                "N4,福州市东街8号,3501,赵六七,,,13812341234,6000,2021-10-08",
                "N5,agency,3501,赵六七,,,13812341234,6000,2021-10-08,孙八九",
                "13812345678,nowhere,3501,赵六七,,,13812341234,6000,2021-02-30"]
        run = self.take_in(person, "\n".join(rows) + "\n")
        self.assertEqual(run["rejected"], 6)
        shown = str(person.get(f"/api/imports/{run['id']}/rejects"))
        shown += person.ask("GET", f"/api/imports/{run['id']}/rejects?format=csv")[1].decode()
        for secret in ("35010219900101", "13912345678", "13712345678", "13812341234", "13812345678", "赵六七", "钱七八",
                       "东街", "孙八九"):
            self.assertNotIn(secret, shown)
        for masked in ("350*********01", "139****5678", "*** (3)"):
            self.assertIn(masked, shown)

    def test_files_that_are_wrong(self):
        person = self.person("dudao", "supervisor")
        for data, rule in ((b"", "import.empty_file"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xlsx.old_format"),
                           (b"PK\x03\x04 broken", "zip.broken")):
            with self.subTest(rule=rule):
                self.assertEqual(self.send(person, data)[1]["rule"], rule)
        status, sent = self.send(person, b"a,b\n1,2\n")
        self.assertEqual((status, "kind" in sent), (201, False))
        self.assertEqual(self.take_in(person, b"a,b\n1,2\n", "policies"), "import.missing_column")
        start = {"file": sent["id"], "kind": "policies"}
        for change, refusal in (({"kind": "people"}, (400, "import.unknown_kind")),
                                ({"file": "nothing"}, (404, "file.not_found")),
                                ({"expected_premium": "much"}, (400, "money.form")),
                                ({"encoding": "ebcdic"}, (400, "import.unknown_encoding"))):
            with self.subTest(change=change):
                self.assertEqual(person.rule("POST", "/api/imports", start | change), refusal)
        other = self.person("xuqi", "renewal_officer")
        self.assertEqual(other.rule("POST", "/api/imports", start), (404, "file.not_found"))
        for path in ("/api/imports/999", "/api/imports/x", "/api/imports/999/rejects"):
            self.assertEqual(person.rule("GET", path), (404, "import.not_found"))
        self.assertEqual(person.rule("GET", "/api/imports?limit=0"), (400, "request.page"))

    def test_workbooks_and_other_encodings(self):
        person = self.person("dudao", "supervisor")
        head = POLICY_HEAD.split(",")
        book = workbook([head, policy("X1").split(","), policy("X2").split(",")])
        run = self.take_in(person, book)
        self.assertEqual((run["kind"], run["accepted"]), ("policies", 2))
        run = self.take_in(person, policies(policy("X3").replace("张三", "李四")).encode("gb18030"))
        self.assertEqual(run["accepted"], 1)
        self.assertIn("李", self.folder.must("case", "X3").stdout)

    def test_markup_and_sql_in_cells_are_text(self):
        person = self.person("dudao", "supervisor")
        evil = "<img src=x onerror=alert(1)>'; DROP TABLE fact; --"
        rows = policies(policy("N1").replace("张三", f'"{evil}"'), policy("N2").replace("annual", f'"{evil}"'),
                        policy("=1+1", "2021-02-30"), policy("N4").replace("agency", "=HYPERLINK(1)"))
        run = self.take_in(person, rows)
        self.assertEqual((run["accepted"], run["rejected"]), (1, 3))
        status, page = person.ask("GET", f"/api/imports/{run['id']}/rejects")
        self.assertIn(evil, [row["value"] for row in page["rows"]])
        self.assertEqual(person.headers["Content-Type"], "application/json")
        cells = [cell for row in table(person.ask("GET", f"/api/imports/{run['id']}/rejects?format=csv")[1])
                 for cell in row]
        self.assertIn("'=HYPERLINK(1)", cells)
        self.assertFalse([cell for cell in cells if cell.startswith(("=", "+", "@"))])
        self.assertGreater(len(self.folder.rows("export", "cases")), 4)

    def test_a_huge_file_is_refused_before_it_is_sent(self):
        person = self.person("dudao", "supervisor")
        for length, client, expected in ((10 ** 11, person, 413), (10, self.person("zuoxi", "call_agent"), 403)):
            connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
            connection.putrequest("POST", "/api/imports/files?file_name=x.csv")
            for name, value in (("Cookie", client.cookie), ("X-CSRF-Token", client.csrf), ("Idempotency-Key", "k"),
                                ("Content-Length", str(length))):
                connection.putheader(name, value)
            connection.endheaders()
            self.assertEqual(connection.getresponse().status, expected)
            connection.close()

    def test_a_file_that_breaks_off_was_not_sent(self):
        person = self.person("dudao", "supervisor")
        before = person.get("/api/imports")["rows"]
        data = policies(policy("N1"), policy("N2")).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.putrequest("POST", "/api/imports/files?file_name=x.csv")
        for name, value in (("Cookie", person.cookie), ("X-CSRF-Token", person.csrf), ("Idempotency-Key", "k"),
                            ("Content-Length", str(len(data)))):
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(data[:data.index(b"N2")])
        connection.sock.shutdown(socket.SHUT_WR)
        self.assertEqual(connection.sock.recv(100), b"")
        connection.close()
        self.assertEqual(person.get("/api/imports")["rows"], before)
        status, sent = person.ask("POST", "/api/imports/files?file_name=x.csv", data, key="k")
        self.assertEqual((status, sent["rows"]), (201, 2))

    def test_a_branch_touches_its_own_policies_only(self):
        branch, chief = self.person("fujian", "supervisor", org="35"), self.person("zong", "supervisor")
        self.assertEqual(self.take_in(chief, policies(policy("G1", org="4401")))["accepted"], 1)
        run = self.take_in(branch, policies(policy("F1"), policy("F2", org="4401"), policy("G1", org="3501")))
        self.assertEqual((run["accepted"], run["rejected"]), (1, 2))
        rejects = branch.get(f"/api/imports/{run['id']}/rejects")["rows"]
        self.assertEqual([row["rule"] for row in rejects], ["policies.unknown_org", "policies.number_in_use"])
        run = self.take_in(branch, "policy_no,signed_on\nF1,2021-10-12\nG1,2021-10-12\nNN,2021-10-12\n")
        self.assertEqual((run["kind"], run["accepted"]), ("receipts", 1))
        rejects = branch.get(f"/api/imports/{run['id']}/rejects")["rows"]
        self.assertEqual({row["rule"] for row in rejects}, {"receipts.unknown_policy"})
        self.assertEqual(len({row["detail"].replace(number, "") for row, number in zip(rejects, ("G1", "NN"))}), 1)
        self.assertEqual(self.take_in(branch, BRANCHES), "access.whole_company")
        seen = branch.get("/api/imports")["rows"]
        self.assertEqual({row["who"] for row in seen}, {"fujian"})
        others = next(row["id"] for row in chief.get("/api/imports")["rows"] if row["who"] == "zong")
        self.assertEqual(branch.rule("GET", f"/api/imports/{others}"), (404, "import.not_found"))
        self.assertEqual(branch.rule("GET", f"/api/imports/{others}/rejects"), (404, "import.not_found"))

    def test_who_may_not(self):
        seat = self.person("zuoxi", "call_agent", seat="S1")
        self.assertEqual(seat.rule("GET", "/api/imports"), (403, "access.denied"))
        self.assertEqual(self.send(seat, policies(policy("N1")))[1]["rule"], "access.denied")
        self.assertEqual(seat.rule("POST", "/api/imports", {"file": "x", "kind": "policies"}), (403, "access.denied"))


if __name__ == "__main__":
    unittest.main()
