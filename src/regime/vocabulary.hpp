#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expression.hpp"
#include "insurer/codes.hpp"

// The names that conditions of rule books may use, per section. The enums give the position of each name in the schema,
// so that the modules above fill rows by position.
namespace shouyue::regime {

// followup.scope, exceptions of follow-up terms, questionnaire conditions.
namespace policy_variable {
enum : std::size_t {
  channel,
  product_type,
  pay_mode,
  pay_years,
  term_months,
  premium,
  holder_age,
  holder_gender,
  province,
  region,
  issued_on,
  effective_on,
  printed_on,
  special_request,
  holder_is_insured,
  count,
};
}
expr::Schema policy_schema();

// questionnaire conditions: the policy's names followed by the questions answered so far.
namespace question_variable {
enum : std::size_t {
  said_yes = policy_variable::count /* sets of ids of earlier questions, by insurer::AnswerOption */,
  said_no,
  said_unclear,
  count,
};
}
// `earlier`: the ids of the questions before, at most 64; a condition can name no others.
expr::Schema question_schema(std::vector<std::string> earlier);

// What intake can find wrong, see intake/defects.hpp: no_phone, wrong_digits, agent_phone, shared_phone.
std::span<const std::string_view> intake_defects();

// outcome rules, ends_at_once, hand-overs, ticket subtypes and exceptions: the policy's names followed by these.
namespace attempt_variable {
enum : std::size_t {
  leg = policy_variable::count,
  connection,
  reason_group,
  party,
  identity,
  interview,
  corrected,
  open,
  ended_by,
  subtype,
  signed_receipt,
  receipt_has_phone,
  visitor_is_agent,
  reality_checked,
  days_since_first_attempt,
  same_connection_attempts,
  phone_updated,
  fed_back /* set of ticket kinds */,
  defects /* set of intake_defects() */,
  attempts_of_first_leg /* <leg>_attempts, in the order of insurer::Leg */,
  bands_of_first_leg = attempts_of_first_leg + insurer::leg_count /* <leg>_bands */,
  count = bands_of_first_leg + insurer::leg_count,
};
}
// `ended_by`: nothing, success, at_once, attempts_used_up, days_used_up, window_exhausted, time_limit, later_leg,
// no_phone, passed_over.
expr::Schema attempt_schema(const std::vector<std::string>& reason_groups, const std::vector<std::string>& subtypes);

// ticket_order: one row an open ticket.
namespace ticket_variable {
enum : std::size_t {
  kind,
  subtype,
  timeliness,
  months_since_opened /* 0: opened this month */,
  days_left /* until the due day */,
  opened_on,
  issued_on,
  channel,
  product_type,
  count,
};
}
expr::Schema ticket_schema(const std::vector<std::string>& subtypes);

// commission holds, withholdings, deductions.
namespace commission_variable {
enum : std::size_t {
  success,
  completed,
  result_class,
  success_leg,
  failed_legs /* set of legs that ended without success */,
  findings_seen /* set, of the deciding attempt, open or corrected */,
  findings_open,
  receipt_returned,
  receipt_late,
  receipt_signature_ok,
  changes /* set of policy changes */,
  in_scope,
  waived,
  follow_up_due,
  count,
};
}
expr::Schema commission_schema();

// indicators over policies and tickets: one row a policy or a ticket, columns of kpi/columns.hpp.
namespace policy_column {
enum : std::size_t {
  issued_on,
  effective_on,
  cooling_off_end,
  success_on,
  first_success_on,
  completed_on,
  cancelled_on,
  deadline,
  success,
  completed,
  in_scope,
  waived,
  state,
  result_class,
  channel,
  product_type,
  pay_mode,
  term_months,
  premium,
  last_leg,
  last_connection,
  cancelled_in_cooling_off,
  claim_ended_in_cooling_off,
  attempts,
  count,
};
}
expr::Schema policy_column_schema();

namespace ticket_column {
enum : std::size_t {
  issued_on,
  opened_on,
  due_on,
  closed_on,
  kind,
  subtype,
  closed,
  working_days_used,
  channel,
  product_type,
  count,
};
}
// `subtypes`: the closed list of ticket subtypes of the book.
expr::Schema ticket_column_schema(const std::vector<std::string>& subtypes);

// counts and parts of an analysis: one row a case. `first_*` and `make_up_*` are of the last attempt of the first visit
// and of the make-up visits, missing without one.
namespace analysis_variable {
enum : std::size_t {
  channel,
  product_type,
  state,
  issued_on,
  effective_on,
  first_visit_on,
  make_up_on,
  first_visit_over /* succeeded, or ended without success */,
  first_success,
  first_class,
  first_connection,
  first_party,
  first_identity,
  first_interview,
  make_up_success,
  make_up_class,
  make_up_connection,
  make_up_party,
  make_up_identity,
  make_up_interview,
  legs /* set, attempted */,
  tickets /* set, opened */,
  ticket_results /* set */,
  changes /* set */,
  count,
};
}
// `ticket_results`: the book's own words.
expr::Schema analysis_schema(const std::vector<std::string>& ticket_results);

}  // namespace shouyue::regime
