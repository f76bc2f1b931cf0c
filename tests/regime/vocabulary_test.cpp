#include "regime/vocabulary.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "insurer/codes.hpp"

using namespace shouyue;
using namespace shouyue::regime;
using expr::Schema;
using expr::Type;

namespace {

std::string names_of(const Schema& schema) {
  std::string result;
  for (const expr::Variable& variable : schema) result += (result.empty() ? "" : " ") + variable.name;
  return result;
}

#define CHECK_POSITION(space, schema, variable) CHECK((schema)[space::variable].name == #variable)

}  // namespace

TEST_CASE("names stand in the order of their enums") {
  const Schema policy = policy_schema();
  REQUIRE(policy.size() == policy_variable::count);
  CHECK_POSITION(policy_variable, policy, channel);
  CHECK_POSITION(policy_variable, policy, product_type);
  CHECK_POSITION(policy_variable, policy, pay_mode);
  CHECK_POSITION(policy_variable, policy, pay_years);
  CHECK_POSITION(policy_variable, policy, term_months);
  CHECK_POSITION(policy_variable, policy, premium);
  CHECK_POSITION(policy_variable, policy, holder_age);
  CHECK_POSITION(policy_variable, policy, holder_gender);
  CHECK_POSITION(policy_variable, policy, province);
  CHECK_POSITION(policy_variable, policy, region);
  CHECK_POSITION(policy_variable, policy, issued_on);
  CHECK_POSITION(policy_variable, policy, effective_on);
  CHECK_POSITION(policy_variable, policy, printed_on);
  CHECK_POSITION(policy_variable, policy, special_request);
  CHECK_POSITION(policy_variable, policy, holder_is_insured);

  const Schema analysis = analysis_schema({"visit_order"});
  REQUIRE(analysis.size() == analysis_variable::count);
  CHECK_POSITION(analysis_variable, analysis, channel);
  CHECK_POSITION(analysis_variable, analysis, product_type);
  CHECK_POSITION(analysis_variable, analysis, state);
  CHECK_POSITION(analysis_variable, analysis, issued_on);
  CHECK_POSITION(analysis_variable, analysis, effective_on);
  CHECK_POSITION(analysis_variable, analysis, first_visit_on);
  CHECK_POSITION(analysis_variable, analysis, make_up_on);
  CHECK_POSITION(analysis_variable, analysis, first_visit_over);
  CHECK_POSITION(analysis_variable, analysis, first_success);
  CHECK_POSITION(analysis_variable, analysis, first_class);
  CHECK_POSITION(analysis_variable, analysis, first_connection);
  CHECK_POSITION(analysis_variable, analysis, first_party);
  CHECK_POSITION(analysis_variable, analysis, first_identity);
  CHECK_POSITION(analysis_variable, analysis, first_interview);
  CHECK_POSITION(analysis_variable, analysis, make_up_success);
  CHECK_POSITION(analysis_variable, analysis, make_up_class);
  CHECK_POSITION(analysis_variable, analysis, make_up_connection);
  CHECK_POSITION(analysis_variable, analysis, make_up_party);
  CHECK_POSITION(analysis_variable, analysis, make_up_identity);
  CHECK_POSITION(analysis_variable, analysis, make_up_interview);
  CHECK_POSITION(analysis_variable, analysis, legs);
  CHECK_POSITION(analysis_variable, analysis, tickets);
  CHECK_POSITION(analysis_variable, analysis, ticket_results);
  CHECK_POSITION(analysis_variable, analysis, changes);

  const Schema attempt = attempt_schema({"temporary"}, {"proxy_signature"});
  REQUIRE(attempt.size() == attempt_variable::count);
  CHECK_POSITION(policy_variable, attempt, channel);
  CHECK_POSITION(attempt_variable, attempt, leg);
  CHECK_POSITION(attempt_variable, attempt, connection);
  CHECK_POSITION(attempt_variable, attempt, reason_group);
  CHECK_POSITION(attempt_variable, attempt, party);
  CHECK_POSITION(attempt_variable, attempt, identity);
  CHECK_POSITION(attempt_variable, attempt, interview);
  CHECK_POSITION(attempt_variable, attempt, corrected);
  CHECK_POSITION(attempt_variable, attempt, open);
  CHECK_POSITION(attempt_variable, attempt, ended_by);
  CHECK_POSITION(attempt_variable, attempt, subtype);
  CHECK_POSITION(attempt_variable, attempt, signed_receipt);
  CHECK_POSITION(attempt_variable, attempt, receipt_has_phone);
  CHECK_POSITION(attempt_variable, attempt, visitor_is_agent);
  CHECK_POSITION(attempt_variable, attempt, reality_checked);
  CHECK_POSITION(attempt_variable, attempt, days_since_first_attempt);
  CHECK_POSITION(attempt_variable, attempt, same_connection_attempts);
  CHECK_POSITION(attempt_variable, attempt, phone_updated);
  CHECK_POSITION(attempt_variable, attempt, fed_back);
  for (std::size_t i = 0; i < insurer::leg_count; ++i) {
    const std::string leg(insurer::code_of(static_cast<insurer::Leg>(i)));
    CHECK(attempt[attempt_variable::attempts_of_first_leg + i].name == leg + "_attempts");
    CHECK(attempt[attempt_variable::bands_of_first_leg + i].name == leg + "_bands");
  }
  CHECK(attempt[attempt_variable::reason_group].words == std::vector<std::string>{"temporary"});
  CHECK(attempt[attempt_variable::subtype].words == std::vector<std::string>{"proxy_signature"});

  CHECK(names_of(commission_schema()) ==
        "success completed result_class success_leg failed_legs findings_seen findings_open receipt_returned "
        "receipt_late "
        "receipt_signature_ok changes in_scope waived follow_up_due");
  CHECK(commission_schema().size() == commission_variable::count);
  CHECK_POSITION(commission_variable, commission_schema(), findings_open);
  CHECK_POSITION(commission_variable, commission_schema(), follow_up_due);
  CHECK(names_of(policy_column_schema()) ==
        "issued_on effective_on cooling_off_end success_on first_success_on completed_on cancelled_on deadline success "
        "completed in_scope waived state result_class channel product_type pay_mode term_months premium last_leg "
        "last_connection cancelled_in_cooling_off claim_ended_in_cooling_off attempts");
  CHECK(policy_column_schema().size() == policy_column::count);
  CHECK_POSITION(policy_column, policy_column_schema(), state);
  CHECK_POSITION(policy_column, policy_column_schema(), attempts);
  CHECK(names_of(ticket_column_schema({})) ==
        "issued_on opened_on due_on closed_on kind subtype closed working_days_used channel product_type");
  CHECK(ticket_column_schema({}).size() == ticket_column::count);
  CHECK(names_of(ticket_schema({})) ==
        "kind subtype timeliness months_since_opened days_left opened_on issued_on channel product_type");
  CHECK(ticket_schema({}).size() == ticket_variable::count);
}

TEST_CASE("word lists are those of the file formats, and sets fit 64 bits") {
  for (const Schema& schema : {attempt_schema({}, {}), commission_schema(), policy_column_schema(),
                               ticket_column_schema({}), ticket_schema({})})
    for (const expr::Variable& variable : schema) {
      CAPTURE(variable.name);
      CHECK(variable.words.size() <= 64);
      if (variable.name != "reason_group" && variable.name != "subtype")
        CHECK(variable.words.empty() == (variable.type != Type::text && variable.type != Type::set));
    }
  CHECK(commission_schema()[commission_variable::result_class].words[0] == "none");
  const Schema attempt = attempt_schema({}, {});
  CHECK(attempt[attempt_variable::connection].words[static_cast<std::size_t>(insurer::Connection::fax)] == "fax");
  CHECK(attempt[attempt_variable::open].words[static_cast<std::size_t>(insurer::Finding::other_doubt)] ==
        "other_doubt");
}

TEST_CASE("every name that conditions may use is documented") {
  std::ifstream file(std::string(SHOUYUE_SOURCE_DIR) + "/docs/reference/rule-books.md");
  REQUIRE(file.good());
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const Schema& schema : {attempt_schema({}, {}), commission_schema(), policy_column_schema(),
                               ticket_column_schema({}), ticket_schema({})})
    for (const expr::Variable& variable : schema) {
      CAPTURE(variable.name);
      CHECK(page.find("`" + variable.name + "`") != std::string::npos);
    }
  const Schema attempt = attempt_schema({}, {});
  for (const std::string& word : attempt[attempt_variable::ended_by].words)
    CHECK_MESSAGE(page.find("`" + word + "`") != std::string::npos, word);
}
