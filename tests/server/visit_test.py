"""The policyholder's page: a signed link, who he is, the questions or a call; what the rule book makes of it."""

import base64
import re
import threading
import unittest

from outside_program import GATEWAY_SETTINGS, ID_NUMBER, POLICY_HEAD, OutsideTest, eventually, linked_policy
from server_program import AT, Client, on_both_databases
from workbook_reader import Page


def forged(token):
    """The token with its expiry a year later and the old proof."""
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[2:6] = (int.from_bytes(raw[2:6], "big") + 365 * 86_400).to_bytes(4, "big")
    return base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")


@on_both_databases
class VisitTest(OutsideTest):
    settings = GATEWAY_SETTINGS

    def setUp(self):
        super().setUp()
        self.holder = Client(self.server)
        texts = {message["to"]: message["text"] for message in self.arrived("/messages", self.links)}
        self.tokens = {f"V{n}": re.search(r"https://huifang\.example\.cn/visit\.html#(\S+)",
                                          texts[f"1381234{n:04}"]).group(1) for n in range(self.links)}

    def visit(self, step, policy_no="V0", status=200, token=None, **more):
        answered, body = self.holder.ask("POST", f"/api/visit/{step}",
                                         {"token": token or self.tokens[policy_no], **more})
        self.assertEqual(answered, status, body)
        return body if status == 200 else body["rule"]

    def pass_of(self, policy_no="V0"):
        return self.visit("identity", policy_no, answer=ID_NUMBER[-4:])["pass"]

    def all_answers(self, policy_no="V0", proof=None, **other):
        """An answer to every question that is asked: yes, unless `other` says something else."""
        proof = proof or self.pass_of(policy_no)
        given = {}
        for _ in range(40):
            answers = [{"question": question, "option": option} for question, option in given.items()]
            page = self.visit("questions", policy_no, **{"pass": proof}, answers=answers)
            open_questions = [question["id"] for question in page["questions"] if question["id"] not in given]
            if not open_questions:
                return {"pass": proof, "answers": answers}
            given[open_questions[0]] = other.get(open_questions[0], "yes")
        raise AssertionError("the questions do not end")

    def case(self, policy_no="V0"):
        return next(row for row in self.folder.rows("--now", AT, "export", "cases") if row["policy_no"] == policy_no)

    def attempt(self, policy_no="V0"):
        return [row for row in self.folder.rows("export", "attempts") if row["policy_no"] == policy_no]

    def test_a_holder_without_doubt_is_done_and_the_link_is_used_up(self):
        self.assertEqual(self.case()["leg"], "electronic")
        seat = self.person("zuoxi1", "call_agent", seat="S1")
        self.assertNotIn("call", seat.ask("POST", "/api/calls/next", {})[1])
        self.assertEqual(self.visit("begin")["identity"], "id_last_four")
        answers = self.all_answers()
        self.assertFalse(self.visit("answers", **answers)["call_follows"])
        case = self.case()
        self.assertEqual((case["state"], case["leg"], case["success_on"]), ("succeeded", "electronic", "2021-10-20"))
        only = self.attempt()
        self.assertEqual(len(only), 1)
        self.assertEqual((only[0]["connection"], only[0]["identity"], only[0]["interview"], only[0]["findings"]),
                         ("answered", "verified", "complete", ""))
        self.assertEqual(self.visit("answers", status=422, **answers), "visit.answered")
        self.assertEqual(self.visit("begin", status=422), "visit.answered")
        self.folder.must("--now", AT, "rebuild", "--check")
        self.folder.must("audit", "verify")

    def test_a_doubt_becomes_a_call(self):
        page = self.visit("questions", **{"pass": self.pass_of()}, answers=[])
        self.assertNotIn("李秀英", str(page))
        self.assertEqual((page["cooling_off_end"], page["cooling_off_days_left"]), ("2021-10-30", 10))
        answers = self.all_answers(surrender_loss="no")
        self.assertTrue(self.visit("answers", **answers)["call_follows"])
        self.assertIn(":open", self.attempt()[0]["findings"])
        case = self.case()
        self.assertEqual((case["state"], case["leg"], case["success"]), ("waiting", "first_call", "0"))
        later = self.folder.rows("--now", "2021-10-26T10:00:00+08:00", "worklist")
        self.assertIn("V0", [row["policy_no"] for row in later])

    def test_who_does_not_remember_whether_he_signed_has_accused_nobody(self):
        self.visit("answers", **self.all_answers(purchase_and_signature="unclear"))
        self.assertEqual(self.attempt()[0]["findings"], "signature_unsure:open")
        self.visit("answers", token=self.tokens["V1"], **self.all_answers("V1", purchase_and_signature="no"))
        self.assertEqual(self.attempt("V1")[0]["findings"], "proxy_signature_documents:open")

    def test_answers_must_be_complete_and_known(self):
        proof = self.pass_of()
        self.assertEqual(self.visit("answers", status=422, **{"pass": proof}, answers=[]), "visit.unanswered")
        some = self.all_answers(proof=proof)["answers"][:2]
        self.assertEqual(self.visit("answers", status=422, **{"pass": proof}, answers=some), "answers.incomplete")
        wrong = [{"question": some[0]["question"], "option": "perhaps"}]
        self.assertEqual(self.visit("answers", status=400, **{"pass": proof}, answers=wrong), "visit.unknown_answer")
        self.assertEqual(self.case()["success"], "0")

    def test_without_the_identity_nothing_is_told(self):
        self.assertEqual(self.visit("questions", status=403, answers=[]), "visit.pass_needed")
        other = self.pass_of("V1")
        self.assertEqual(self.visit("questions", status=403, **{"pass": other}, answers=[]), "visit.pass_needed")
        self.assertEqual(self.visit("answers", status=403, **{"pass": other}, answers=[]), "visit.pass_needed")

    def test_the_fifth_wrong_answer_closes_the_link(self):
        for _ in range(4):
            self.assertEqual(self.visit("identity", status=403, answer="0000"), "visit.identity_wrong")
        self.assertEqual(self.visit("identity", status=422, answer="0000"), "visit.locked")
        self.assertEqual(self.visit("identity", status=422, answer=ID_NUMBER[-4:]), "visit.locked")
        self.assertEqual(self.attempt()[0]["identity"], "failed")
        self.assertEqual(self.attempt()[0]["connection"], "identity_mismatch")

    def test_links_that_are_not_ours(self):
        token = self.tokens["V0"]
        turned = token[:10] + ("A" if token[10] != "A" else "B") + token[11:]
        for strange in (turned, forged(token), token[:-2], token + "AA", "", "x" * 500, "'; DROP TABLE visit_link"):
            status, body = self.holder.ask("POST", "/api/visit/begin", {"token": strange})
            self.assertIn((status, body["rule"]), ((404, "visit.unknown_link"), (429, "visit.too_often")), strange)
        self.visit("begin")

    def test_an_expired_link_says_so(self):
        self.begin_again("2021-10-24T23:59:00+08:00")
        self.holder.server = self.server
        self.visit("begin")
        self.begin_again("2021-10-25T00:00:00+08:00")
        self.holder.server = self.server
        self.assertEqual(self.visit("begin", status=422), "visit.expired")
        self.assertEqual(self.visit("answers", status=422, answers=[]), "visit.expired")

    def test_the_office_sends_another_and_withdraws(self):
        office = self.person("wangban", "branch_handler", org="3501")
        elsewhere = self.person("biechu", "branch_handler", org="35")
        self.assertEqual(office.get("/api/cases/V0/links")["rows"][0]["state"], "open")
        eventually(lambda: office.get("/api/cases/V0/links")["rows"][0]["message_state"] == "sent")
        status, links = office.ask("POST", "/api/cases/V0/links", {})
        self.assertEqual((status, [row["state"] for row in links["rows"]]), (201, ["withdrawn", "open"]))
        self.assertNotIn(self.tokens["V0"], str(links))
        self.assertEqual(self.visit("begin", status=422), "visit.withdrawn")
        newest = self.arrived("/messages", self.links + 1)[-1]["text"]
        self.tokens["V0"] = re.search(r"#(\S+)", newest).group(1)
        self.visit("begin")
        self.assertEqual(office.ask("DELETE", "/api/cases/V0/links")[0], 200)
        self.assertEqual(self.visit("begin", status=422), "visit.withdrawn")
        self.assertEqual(elsewhere.ask("GET", "/api/cases/V0/links")[0], 200)
        self.assertEqual(self.person("shei", "sales_agent", agent_code="A1").rule("POST", "/api/cases/V0/links", {}),
                         (403, "access.denied"))

    def test_two_clicks_are_one_link(self):
        office = self.person("wangban", "branch_handler", org="3501")
        eventually(lambda: office.get("/api/cases/V0/links")["rows"][0]["message_state"] == "sent")
        self.outside.is_down = True
        answers = []
        clicks = [threading.Thread(target=lambda: answers.append(office.rule("POST", "/api/cases/V0/links", {})))
                  for _ in range(3)]
        for click in clicks:
            click.start()
        for click in clicks:
            click.join()
        self.assertEqual(sorted(answers, key=str), [(201, None)] + [(409, "visit.link_on_its_way")] * 2)
        self.assertEqual(len(self.attempt()), 2)

    def test_a_call_instead_at_a_time_of_ones_own(self):
        moments = self.visit("call-moments")["moments"]
        self.assertEqual(moments[0], "2021-10-25T09:00:00+08:00")
        self.assertTrue(all("T09" <= moment[10:13] < "T21" for moment in moments), moments)
        self.assertEqual(self.visit("call", status=422, wished="2021-10-25T08:00:00+08:00"), "visit.no_such_moment")
        wished = "2021-10-26T14:00:00+08:00"
        self.assertEqual(self.visit("call", **{"pass": self.pass_of()}, wished=wished)["wished"], wished)
        self.assertEqual(self.visit("begin", status=422), "visit.call_wanted")
        only = self.attempt()[0]
        self.assertEqual((only["appointment_at"], only["connection"], only["identity"], only["interview"]),
                         ("2021-10-26 14:00:00", "inconvenient", "verified", "none"))
        self.assertEqual((self.case()["state"], self.case()["leg"]), ("waiting", "first_call"))
        for at, is_listed in (("2021-10-26T13:59:00+08:00", False), (wished, True)):
            listed = [row["policy_no"] for row in self.folder.rows("--now", at, "worklist")]
            self.assertEqual("V0" in listed, is_listed, at)

    def report(self, name):
        at = ("--now", "2021-10-21T00:00:00+08:00")
        self.folder.must(*at, "report", name, "--period", "2021-10", "--out", "report.html")
        return Page(self.folder.read("report.html"))

    def test_a_link_is_no_call(self):
        """All policies are one person's: three links went out to her, one she answered, for one she wants a call."""
        self.visit("answers", **self.all_answers())
        self.visit("call", "V1", **{"pass": self.pass_of("V1")})
        self.assertNotIn("person_per_day_max", self.folder.must("--now", AT, "why", "V2").stdout)
        board = self.person("dudao", "supervisor").get("/api/supervision/wallboard")
        self.assertEqual((board["calls"], board["reached"], board["successes"]), (0, 0, 1))
        self.assertEqual(self.person("yewu", "sales_agent", agent_code="A1").get("/api/mine")["calls"], [])
        self.folder.must("--now", "2021-10-21T00:00:00+08:00", "run")
        self.assertEqual(self.report("staff").tables, [])
        statistics = self.report("monthly-statistics").tables
        visits, questionnaires = dict(zip(statistics[0][0], statistics[0][-1])), dict(zip(statistics[-1][0],
                                                                                         statistics[-1][-1]))
        self.assertEqual((visits["应访"], visits["已访"], visits["成功"]), ("3", "1", "1"))
        self.assertEqual((questionnaires["回访次数"], questionnaires["完成问卷"], questionnaires["其中微回访问卷"]),
                         ("0", "1", "1"))
        reasons = [row for table in self.report("monthly-analysis").tables for row in table if row[0] == "无人接听"]
        self.assertEqual(reasons, [])

    def test_a_call_made_meanwhile_ends_the_visit(self):
        self.folder.load("attempts", "attempt_id,policy_no,leg,started_at,connection,party,identity,interview\n"
                                     "C1,V0,first_call,2021-10-20 09:59:00,answered,holder,verified,complete\n")
        self.assertEqual(self.visit("begin", status=422), "visit.over")

    def test_nothing_of_a_person_is_logged_and_too_much_is_too_often(self):
        self.visit("answers", **self.all_answers())
        refused = [self.holder.ask("POST", "/api/visit/begin", {"token": self.tokens["V1"]})[0] for _ in range(60)]
        self.assertEqual((refused[0], refused[-1]), (200, 429))
        self.assertEqual(self.server.stop(), 0)
        said = "".join(self.server.notes)
        for personal in (self.tokens["V0"], "李秀英", "13812340000", ID_NUMBER, "V0"):
            self.assertNotIn(personal, said)


class UnlinkedTest(OutsideTest):
    """A phone that is not the holder's own gets no link, and a server without a key has no page."""

    links = 1
    settings = GATEWAY_SETTINGS

    def fill(self):
        super().fill()
        rows = [linked_policy("W1", "13900000001"), linked_policy("W2", ""), linked_policy("W3", "13812345999")]
        self.folder.load("policies", "\n".join([POLICY_HEAD, *rows]) + "\n", name="more.csv")

    def test_who_gets_no_link(self):
        office = self.person("wangban", "branch_handler", org="3501")
        self.arrived("/messages", 2)
        for policy_no, rule in (("W1", "visit.phone_of_another"), ("W2", "visit.no_phone")):
            self.assertEqual(office.rule("POST", f"/api/cases/{policy_no}/links", {}), (422, rule))
            self.assertEqual(office.get(f"/api/cases/{policy_no}/links")["rows"], [])
        self.assertEqual(sorted(message["to"] for message in self.outside.arrived["/messages"]),
                         ["13812340000", "13812345999"])

    def test_a_server_without_settings(self):
        (self.folder.path / "server.toml").unlink()
        self.begin_again(AT)
        self.assertEqual(Client(self.server).rule("GET", "/api/visit"), (404, "visit.off"))

    def test_settings_that_are_wrong_are_refused(self):
        for text, rule in (("zz = 1\n", "profile.unknown_key"),
                           (GATEWAY_SETTINGS.replace("OUTSIDE", "http://example.cn"), "profile.wrong_value"),
                           (GATEWAY_SETTINGS.replace('secret_file = "port.secret"', 'secret_file = "none"')
                            .replace("OUTSIDE", self.outside.address), "file.cannot_read"),
                           (GATEWAY_SETTINGS.replace('secret_file', 'secret_environment')
                            .replace("OUTSIDE", self.outside.address), "settings.secret")):
            self.folder.write("server.toml", text)
            done = self.folder.run("serve", "--listen", "127.0.0.1:0")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(rule, done.stderr)


if __name__ == "__main__":
    unittest.main()
