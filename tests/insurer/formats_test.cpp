#include "insurer/formats.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "insurer/fact_text.hpp"

using namespace shouyue;
using namespace shouyue::insurer;

namespace {

using Cells = std::vector<std::string_view>;

template <class Record>
std::vector<std::string> rules_of(FileKind kind, const Cells& headings, const Cells& cells, Record& record) {
  const auto header = match_header(kind, headings);
  REQUIRE(header.has_value());
  std::vector<RowProblem> problems;
  read_row(*header, cells, record, problems);
  std::vector<std::string> rules;
  for (const RowProblem& problem : problems) rules.push_back(problem.error.rule);
  return rules;
}

template <class Record>
Record round_trip(const Record& record) {
  CanonicalText text;
  encode(record, text);
  Record again;
  REQUIRE(decode(text.body, text.personal, again).has_value());
  return again;
}

template <class Record>
std::string all_fields(const Record& record) {
  std::string text;
  for (const auto& field : fields<Record>()) {
    field.append(record, text);
    text += '|';
  }
  return text;
}

}  // namespace

TEST_CASE("every column has its own headings within its file") {
  for (std::size_t i = 0; i < words<FileKind>().size(); ++i) {
    const auto texts = field_texts(static_cast<FileKind>(i));
    for (std::size_t field = 0; field < texts.size(); ++field) {
      CAPTURE(texts[field].name);
      CHECK_FALSE(texts[field].meaning.empty());
      std::vector<std::string_view> headings{texts[field].name, texts[field].zh};
      std::string_view further = texts[field].synonyms;
      while (!further.empty()) {
        headings.push_back(further.substr(0, further.find('|')));
        further = headings.back().size() == further.size() ? "" : further.substr(headings.back().size() + 1);
      }
      for (const std::string_view heading : headings) {
        // The first field whose names fit is taken: a heading that two fields share would hide the second.
        Cells row;
        for (const auto& text : texts)
          if (text.need == Need::required && text.name != texts[field].name) row.push_back(text.name);
        row.push_back(heading);
        const auto header = match_header(static_cast<FileKind>(i), row);
        REQUIRE_MESSAGE(header.has_value(), heading);
        CHECK_MESSAGE(header->field_of_column.back() == static_cast<int>(field), heading);
      }
    }
  }
}

TEST_CASE("headings are found however they are written") {
  const auto header =
      match_header(FileKind::policies, Cells{" 保单号 ", "销售渠道", "Org_Code", "承保日期", "保险期间（月）", "颜色"});
  REQUIRE(header.has_value());
  CHECK(header->field_of_column == std::vector<int>{0, 1, 2, 21, 19, -1});
  CHECK(header->unknown == std::vector<std::string>{"颜色"});
}

TEST_CASE("a file without a required column, or with one twice, is refused") {
  CHECK(match_header(FileKind::policies, Cells{"policy_no", "channel", "org_code"}).error().rule ==
        "import.missing_column");
  CHECK(
      match_header(FileKind::policies, Cells{"policy_no", "保单号", "channel", "org_code", "issued_on"}).error().rule ==
      "import.duplicate_column");
}

TEST_CASE("values are read in all the forms that files have") {
  Policy policy;
  CHECK(rules_of(
            FileKind::policies,
            {"policy_no", "channel", "org_code", "issued_on", "premium", "pay_mode", "holder_gender", "holder_id_type"},
            {"P1", "银保", "3501", "44477", "60,000.5", "年缴", "女", "身份证"}, policy)
            .empty());
  CHECK(policy.channel == Channel::bancassurance);
  CHECK(policy.issued_on.text() == "2021-10-08");
  CHECK(policy.premium->yuan() == "60000.50");
  CHECK(policy.pay_mode == PayMode::annual);
  CHECK(policy.holder_gender == "F");
  CHECK(policy.holder_id_type == "id_card");

  AttemptRow attempt;
  CHECK(rules_of(FileKind::attempts, {"attempt_id", "policy_no", "leg", "started_at", "connection", "findings"},
                 {"T1", "P1", "集中回访", "44477.395833", "业务员/网点电话",
                  "returns_unclear:corrected; intends_surrender:open"},
                 attempt)
            .empty());
  CHECK(attempt.leg == Leg::first_call);
  CHECK(attempt.started_at.plain_text() == "2021-10-08 09:30:00");
  CHECK(attempt.connection == Connection::agent_phone);
  CHECK(attempt.corrected == bit(Finding::returns_unclear));
  CHECK(attempt.open == bit(Finding::intends_surrender));
}

TEST_CASE("what is wrong with a row is said by a rule of its own") {
  struct Case {
    const char* heading;
    const char* value;
    const char* rule;
  };
  const Case cases[] = {
      {"channel", "street", "import.unknown_word"},
      {"issued_on", "2021-02-29", "date.does_not_exist"},
      {"issued_on", "", "import.required"},
      {"policy_no", " ", "import.required"},
      {"policy_no", "8.83E+15", "policies.rounded_number"},
      {"premium", "1.234", "money.form"},
      {"premium", "-1", "policies.negative_amount"},
      {"pay_years", "-1", "import.not_a_number"},
      {"pay_years", "99999999999", "import.not_a_number"},
      {"address",
       "a\x1f"
       "b",
       "import.control_character"},
      {"holder_birth_date", "2021-10-09", "policies.born_after_issue"},
      {"holder_id_no", "123", "policies.id_form"},
      {"holder_id_no", "110105194912310021", "policies.id_checksum"},
      {"applied_on", "2021-10-09", "policies.applied_after_issue"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.heading);
    CAPTURE(one.value);
    Cells headings{"policy_no", "channel", "org_code", "issued_on", "holder_id_type"};
    Cells cells{"P1", "agency", "3501", "2021-10-08", "id_card"};
    std::size_t at = std::find(headings.begin(), headings.end(), one.heading) - headings.begin();
    if (at == headings.size()) {
      headings.push_back(one.heading);
      cells.emplace_back();
    }
    cells[at] = one.value;
    Policy policy;
    const auto rules = rules_of(FileKind::policies, headings, cells, policy);
    REQUIRE(rules.size() == 1);
    CHECK(rules[0] == one.rule);
  }
}

TEST_CASE("a ticket step says its policy by the ticket's id") {
  TicketStepRow step;
  CHECK(rules_of(FileKind::ticket_steps, {"ticket_id", "step", "at"},
                 {"P-1-problem-2", "accept", "2021-10-08 09:30:00"}, step)
            .empty());
  CHECK(step.policy_no == "P-1");
  const Cells headings{"policy_no", "ticket_id", "kind", "step", "at"};
  for (const Cells& cells :
       {Cells{"P2", "P-1-problem-2", "", "accept", "2021-10-08"}, Cells{"P2", "", "", "accept", "2021-10-08"},
        Cells{"", "", "problem", "accept", "2021-10-08"}, Cells{"", "P1-nothing-2", "", "accept", "2021-10-08"}}) {
    TicketStepRow wrong;
    CHECK(rules_of(FileKind::ticket_steps, headings, cells, wrong) ==
          std::vector<std::string>{"ticket_steps.which_ticket"});
  }
}

TEST_CASE("canonical text gives the record back, personal fields apart") {
  Policy policy;
  policy.channel = Channel::telesales;
  policy.org_code = "3501";
  policy.holder_name = "张三";
  policy.mobile_phone = "138 1234 1234";
  policy.premium = Money::fen(600'050);
  policy.pay_mode = PayMode::monthly;
  policy.issued_on = *Date::from_civil(2021, 10, 8);
  policy.special_request = SpecialRequest::waiver;
  CanonicalText text;
  encode(policy, text);
  CHECK(text.body.find("张三") == std::string::npos);
  CHECK(text.personal.find("138 1234 1234") != std::string::npos);
  CHECK(all_fields(round_trip(policy)) == all_fields(policy));

  AttemptRow attempt;
  attempt.attempt_id = "T1";
  attempt.started_at = Instant::from_milliseconds(1'633'656'600'000);
  attempt.phone = "13812341234";
  attempt.corrected = bit(Finding::returns_unclear);
  attempt.open = bit(Finding::other_doubt);
  CHECK(all_fields(round_trip(attempt)) == all_fields(attempt));

  ReceiptRow receipt;
  receipt.electronic = true;
  receipt.signature_matches = false;
  CHECK(all_fields(round_trip(receipt)) == all_fields(receipt));
}

TEST_CASE("a stored fact of a table that had fewer fields is still read") {
  PolicyChangeRow change;
  REQUIRE(decode("surrender\x1f"
                 "2021-10-08",
                 "", change)
              .has_value());
  CHECK(change.change == Change::surrender);
  CHECK(change.note.empty());
  CHECK(decode("nonsense", "", change).error().rule == "store.corrupt_fact");
}

TEST_CASE("columns that a file lacks leave no trace in the stored text") {
  AttemptRow call;
  call.attempt_id = "T1";
  call.phone = "13800138000";
  CanonicalText text;
  encode(call, text);
  CHECK(text.personal == "13800138000");
  const std::string body_of_a_call = text.body;
  call.leg = Leg::door_visit;
  call.signed_receipt = true;
  call.receipt_phone = "13800138001";
  encode(call, text);
  CHECK(text.personal ==
        "13800138000\x1f\x1f\x1f"
        "13800138001");
  CHECK(body_of_a_call.back() != '\x1f');
  CHECK(round_trip(call).signed_receipt == true);
  CHECK(round_trip(call).receipt_phone == "13800138001");
}

TEST_CASE("of each key the newest version that was known counts") {
  FactVersions versions;
  const auto add = [&](std::int64_t seq, FactKind kind, const char* body) {
    REQUIRE(add_fact(versions, "P1", {.kind = kind, .seq = seq, .body = body, .personal = ""}).has_value());
  };
  add(1, FactKind::policy,
      "agency\x1f"
      "3501");
  add(2, FactKind::attempt,
      "T2\x1f"
      "first_call\x1f"
      "2021-10-09 10:00:00");
  add(3, FactKind::attempt,
      "T1\x1f"
      "first_call\x1f"
      "2021-10-09 10:00:00");
  add(4, FactKind::attempt,
      "T2\x1f"
      "second_call\x1f"
      "2021-10-08 10:00:00");
  add(5, FactKind::policy,
      "online\x1f"
      "3501");
  const PolicyFacts early = as_known(versions, 3);
  CHECK(early.policy.channel == Channel::agency);
  REQUIRE(early.attempts.size() == 2);
  CHECK(early.attempts[0].attempt_id == "T1");
  const PolicyFacts now = as_known(versions, 5);
  CHECK(now.policy.channel == Channel::online);
  REQUIRE(now.attempts.size() == 2);
  CHECK(now.attempts[0].attempt_id == "T2");
  CHECK(now.attempts[0].leg == Leg::second_call);
  CHECK(as_known(versions, 0).policy.seq == 0);
}
