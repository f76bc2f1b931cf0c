#include "regime/vocabulary.hpp"

#include "insurer/codes.hpp"

namespace shouyue::regime {
namespace {

using expr::Schema;
using expr::Type;
using expr::Variable;

// A code that is empty in the files is `none` in conditions.
template <class Enum>
std::vector<std::string> codes() {
  std::vector<std::string> result;
  for (const insurer::Word& word : insurer::words<Enum>()) result.emplace_back(word.code.empty() ? "none" : word.code);
  return result;
}

void add_for_each_leg(Schema& schema, const std::string& what) {
  for (const std::string& leg : codes<insurer::Leg>()) schema.push_back({leg + what, Type::integer});
}

}  // namespace

std::span<const std::string_view> intake_defects() {
  static constexpr std::string_view words[] = {"no_phone", "wrong_digits", "agent_phone", "shared_phone"};
  return words;
}

Schema policy_schema() {
  return {
      {"channel", Type::text, codes<insurer::Channel>()},
      {"product_type", Type::text, codes<insurer::ProductType>()},
      {"pay_mode", Type::text, codes<insurer::PayMode>()},
      {"pay_years", Type::integer},
      {"term_months", Type::integer},
      {"premium", Type::money},
      {"holder_age", Type::integer},
      {"holder_gender", Type::text, {"M", "F"}},
      {"province", Type::integer},
      {"region", Type::integer},
      {"issued_on", Type::date},
      {"effective_on", Type::date},
      {"printed_on", Type::date},
      {"special_request", Type::text, codes<insurer::SpecialRequest>()},
      {"holder_is_insured", Type::boolean},
  };
}

Schema question_schema(std::vector<std::string> earlier) {
  Schema schema = policy_schema();
  for (const char* name : {"said_yes", "said_no", "said_unclear"}) schema.push_back({name, Type::set, earlier});
  return schema;
}

Schema attempt_schema(const std::vector<std::string>& reason_groups, const std::vector<std::string>& subtypes) {
  Schema schema = policy_schema();
  const Schema own = {
      {"leg", Type::text, codes<insurer::Leg>()},
      {"connection", Type::text, codes<insurer::Connection>()},
      {"reason_group", Type::text, reason_groups},
      {"party", Type::text, codes<insurer::Party>()},
      {"identity", Type::text, codes<insurer::Identity>()},
      {"interview", Type::text, codes<insurer::Interview>()},
      {"corrected", Type::set, codes<insurer::Finding>()},
      {"open", Type::set, codes<insurer::Finding>()},
      {"ended_by",
       Type::text,
       {"nothing", "success", "at_once", "attempts_used_up", "days_used_up", "time_limit", "later_leg", "no_phone",
        "window_exhausted", "passed_over"}},
      {"subtype", Type::text, subtypes},
      {"signed_receipt", Type::boolean},
      {"receipt_has_phone", Type::boolean},
      {"visitor_is_agent", Type::boolean},
      {"reality_checked", Type::boolean},
      {"days_since_first_attempt", Type::integer},
      {"same_connection_attempts", Type::integer},
      {"phone_updated", Type::boolean},
      {"fed_back", Type::set, codes<insurer::TicketKind>()},
      {"defects", Type::set, {intake_defects().begin(), intake_defects().end()}},
  };
  schema.insert(schema.end(), own.begin(), own.end());
  add_for_each_leg(schema, "_attempts");
  add_for_each_leg(schema, "_bands");
  return schema;
}

Schema ticket_schema(const std::vector<std::string>& subtypes) {
  return {
      {"kind", Type::text, codes<insurer::TicketKind>()},
      {"subtype", Type::text, subtypes},
      {"timeliness", Type::text, codes<insurer::Timeliness>()},
      {"months_since_opened", Type::integer},
      {"days_left", Type::integer},
      {"opened_on", Type::date},
      {"issued_on", Type::date},
      {"channel", Type::text, codes<insurer::Channel>()},
      {"product_type", Type::text, codes<insurer::ProductType>()},
  };
}

Schema commission_schema() {
  return {
      {"success", Type::boolean},
      {"completed", Type::boolean},
      {"result_class", Type::text, codes<insurer::ResultClass>()},
      {"success_leg", Type::text, codes<insurer::Leg>()},
      {"failed_legs", Type::set, codes<insurer::Leg>()},
      {"findings_seen", Type::set, codes<insurer::Finding>()},
      {"findings_open", Type::set, codes<insurer::Finding>()},
      {"receipt_returned", Type::boolean},
      {"receipt_late", Type::boolean},
      {"receipt_signature_ok", Type::boolean},
      {"changes", Type::set, codes<insurer::Change>()},
      {"in_scope", Type::boolean},
      {"waived", Type::boolean},
      {"follow_up_due", Type::boolean},
  };
}

Schema policy_column_schema() {
  return {
      {"issued_on", Type::date},
      {"effective_on", Type::date},
      {"cooling_off_end", Type::date},
      {"success_on", Type::date},
      {"first_success_on", Type::date},
      {"completed_on", Type::date},
      {"cancelled_on", Type::date},
      {"deadline", Type::date},
      {"success", Type::boolean},
      {"completed", Type::boolean},
      {"in_scope", Type::boolean},
      {"waived", Type::boolean},
      {"state", Type::text, codes<insurer::CaseStatus>()},
      {"result_class", Type::text, codes<insurer::ResultClass>()},
      {"channel", Type::text, codes<insurer::Channel>()},
      {"product_type", Type::text, codes<insurer::ProductType>()},
      {"pay_mode", Type::text, codes<insurer::PayMode>()},
      {"term_months", Type::integer},
      {"premium", Type::money},
      {"last_leg", Type::text, codes<insurer::Leg>()},
      {"last_connection", Type::text, codes<insurer::Connection>()},
      {"cancelled_in_cooling_off", Type::boolean},
      {"claim_ended_in_cooling_off", Type::boolean},
      {"attempts", Type::integer},
  };
}

Schema ticket_column_schema(const std::vector<std::string>& subtypes) {
  return {
      {"issued_on", Type::date},
      {"opened_on", Type::date},
      {"due_on", Type::date},
      {"closed_on", Type::date},
      {"kind", Type::text, codes<insurer::TicketKind>()},
      {"subtype", Type::text, subtypes},
      {"closed", Type::boolean},
      {"working_days_used", Type::integer},
      {"channel", Type::text, codes<insurer::Channel>()},
      {"product_type", Type::text, codes<insurer::ProductType>()},
  };
}

Schema analysis_schema(const std::vector<std::string>& ticket_results) {
  return {
      {"channel", Type::text, codes<insurer::Channel>()},
      {"product_type", Type::text, codes<insurer::ProductType>()},
      {"state", Type::text, codes<insurer::CaseStatus>()},
      {"issued_on", Type::date},
      {"effective_on", Type::date},
      {"first_visit_on", Type::date},
      {"make_up_on", Type::date},
      {"first_visit_over", Type::boolean},
      {"first_success", Type::boolean},
      {"first_class", Type::text, codes<insurer::ResultClass>()},
      {"first_connection", Type::text, codes<insurer::Connection>()},
      {"first_party", Type::text, codes<insurer::Party>()},
      {"first_identity", Type::text, codes<insurer::Identity>()},
      {"first_interview", Type::text, codes<insurer::Interview>()},
      {"make_up_success", Type::boolean},
      {"make_up_class", Type::text, codes<insurer::ResultClass>()},
      {"make_up_connection", Type::text, codes<insurer::Connection>()},
      {"make_up_party", Type::text, codes<insurer::Party>()},
      {"make_up_identity", Type::text, codes<insurer::Identity>()},
      {"make_up_interview", Type::text, codes<insurer::Interview>()},
      {"legs", Type::set, codes<insurer::Leg>()},
      {"tickets", Type::set, codes<insurer::TicketKind>()},
      {"ticket_results", Type::set, ticket_results},
      {"changes", Type::set, codes<insurer::Change>()},
  };
}

}  // namespace shouyue::regime
