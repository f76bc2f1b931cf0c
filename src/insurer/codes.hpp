#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// The closed word lists of the file formats (contract of files and columns). The order of each list is the index used
// in conditions and columns; words are added at the end only.
namespace shouyue::insurer {

enum class Channel : std::uint8_t { agency, bancassurance, telesales, online, broker, group };
enum class ProductType : std::uint8_t { traditional, participating, universal, unit_linked, health };
enum class Level : std::uint8_t { head_office, branch, city, sub_branch, outlet, area };
enum class PayMode : std::uint8_t { single, annual, semiannual, quarterly, monthly };
enum class SpecialRequest : std::uint8_t { none, early_visit, waiver, special_visit };
enum class Leg : std::uint8_t {
  electronic,
  first_call,
  second_call,
  branch_call,
  letter,
  door_visit,
  manual_visit,
  reality_check,
};
constexpr std::size_t leg_count = static_cast<std::size_t>(Leg::reality_check) + 1;
// Whether an attempt on the leg is a call (拨打). A letter and a visit at the door are none, nor is a link, which the
// policyholder answers alone.
bool is_call(Leg leg);
enum class Party : std::uint8_t { unknown, holder, other };
enum class Identity : std::uint8_t { not_asked, verified, failed };
enum class Interview : std::uint8_t { none, partial, complete, refused };
enum class AnswerOption : std::uint8_t { yes, no, unclear };
enum class Connection : std::uint8_t {
  answered,
  contract_not_received,
  no_answer,
  identity_mismatch,
  call_rejected,
  wrong_number,
  suspended_for_arrears,
  busy,
  powered_off,
  line_fault,
  inconvenient,
  special_reason,
  cancelled,
  holder_absent,
  nonexistent_number,
  other,
  holder_refused,
  hung_up_early,
  unaware_of_purchase,
  travelling,
  dialect,
  incoming_restricted,
  uncooperative,
  family_refused,
  no_phone,
  agent_phone,
  recorder,
  fax,
  contract_not_arrived,
};
enum class Finding : std::uint8_t {
  not_aware_insurance,
  notice_or_liability_unclear,
  cooling_off_or_surrender_loss_unclear,
  terms_unclear,
  returns_unclear,
  deductions_unclear,
  signature_unsure,
  proxy_signature_documents,
  proxy_signature_risk_statement,
  health_disclosure_untrue,
  other_financial_product_recommended,
  recording_not_told,
  recording_not_own_will,
  intends_surrender,
  intends_complaint,
  phone_changed,
  other_doubt,
};
enum class Step : std::uint8_t { accept, feedback, resolve, reject, reopen, close, review };
enum class TicketResult : std::uint8_t { kept, surrendered, talked, explained, signed_again, data_corrected };
enum class Change : std::uint8_t {
  cooling_off_cancel,
  withdrawal,
  surrender,
  claim_termination,
  lapse,
  reinstatement,
  transfer_out,
  maturity,
  phone_change,
};
enum class TicketKind : std::uint8_t {
  verification,
  problem,
  substandard,
  dialect,
  letter,
  door_visit,
  contract_quality,
  surrender_warning,
  complaint_warning,
  intake_problem,
  explanation,
  phone,
};
enum class CaseStatus : std::uint8_t {
  not_due,
  open,
  waiting,
  window_exhausted,
  with_branch,
  succeeded,
  failed,
  out_of_scope,
  waived,
  cancelled,
};
enum class ResultClass : std::uint8_t { none, standard, substandard, problem, verification };
enum class Timeliness : std::uint8_t { normal, warning, overdue };
enum class CommissionStatus : std::uint8_t { pending, held, released, withheld, cancelled };
// What two persons together may decide against the rule books: one asks, another grants.
enum class ExceptionKind : std::uint8_t { waiver, rule_book, commission_release, month_close, revocation };
enum class ExceptionState : std::uint8_t { asked, granted, refused, withdrawn, revoked };
enum class Gender : std::uint8_t { male, female };  // codes M and F

// One word of a list: the code of the files, and what the Chinese files and screens say.
struct Word {
  std::string_view code;
  std::string_view zh;
};

// The list of an enum, in index order.
template <class Enum>
std::span<const Word> words();

template <class Enum>
std::string_view code_of(Enum value) {
  return words<Enum>()[static_cast<std::size_t>(value)].code;
}

template <class Enum>
std::string_view zh_of(Enum value) {
  return words<Enum>()[static_cast<std::size_t>(value)].zh;
}

// The enum value of an English or Chinese word; empty when the list does not have it.
template <class Enum>
std::optional<Enum> from_word(std::string_view text) {
  const auto list = words<Enum>();
  for (std::size_t i = 0; i < list.size(); ++i)
    if (text == list[i].code || text == list[i].zh) return static_cast<Enum>(i);
  return std::nullopt;
}

template <class Enum>
constexpr std::uint64_t bit(Enum value) {
  return std::uint64_t{1} << static_cast<int>(value);
}

}  // namespace shouyue::insurer
