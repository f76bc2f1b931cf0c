#include "api/call_card_json.hpp"

#include <set>

#include "base/id_number.hpp"
#include "base/text.hpp"
#include "insurer/visible.hpp"

namespace shouyue::api {
namespace {

template <class Enum>
std::string code(Enum value) {
  return std::string(code_of(value));
}
template <class Enum>
std::optional<std::string> code(const std::optional<Enum>& value) {
  return value ? std::optional(code(*value)) : std::nullopt;
}

std::vector<std::string> findings_of(std::uint64_t bits) {
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < insurer::words<insurer::Finding>().size(); ++i)
    if ((bits >> i & 1) != 0) codes.push_back(code(static_cast<insurer::Finding>(i)));
  return codes;
}

std::optional<int> age_of(const insurer::Policy& policy, Date today) {
  std::optional<Date> birth = policy.holder_birth_date;
  if (const auto id = read_id_number(policy.holder_id_no); !birth && id) birth = id->birth;
  if (!birth || *birth > today) return std::nullopt;
  const bool had_birthday =
      today.month() > birth->month() || (today.month() == birth->month() && today.day() >= birth->day());
  return today.year() - birth->year() - (had_birthday ? 0 : 1);
}

CardHolder holder_of(const insurer::Policy& policy, Date today) {
  return {.name_masked = mask_name(policy.holder_name),
          .gender = policy.holder_gender,
          .insured_name_masked = mask_name(policy.insured_name),
          .age = age_of(policy, today)};
}

CardPolicy policy_of(const app::CallCard& card) {
  const insurer::Policy& policy = card.state.facts.policy;
  return {.channel = code(policy.channel),
          .org_code = policy.org_code,
          .org_name = card.organisation ? card.organisation->name : "",
          .agent_code = policy.agent_code,
          .product_code = policy.product_code,
          .product_name = card.product ? card.product->name : "",
          .special_request = code(policy.special_request),
          .product_type = card.product ? code(card.product->type) : std::nullopt,
          .pay_mode = code(policy.pay_mode),
          .premium = policy.premium,
          .pay_years = policy.pay_years,
          .term_months = policy.term_months,
          .applied_on = policy.applied_on,
          .effective_on = policy.effective_on,
          .printed_on = policy.printed_on,
          .issued_on = policy.issued_on};
}

CardAttempt attempt_of(const insurer::Attempt& attempt, const app::CallCard& card) {
  CardAttempt row{.attempt_id = attempt.attempt_id,
                  .leg = code(attempt.leg),
                  .started_at = attempt.started_at,
                  .ended_at = attempt.ended_at,
                  .appointment_at = attempt.appointment_at,
                  .made_by = attempt.operator_code,
                  .connection = code(attempt.connection),
                  .party = code(attempt.party),
                  .identity = code(attempt.identity),
                  .interview = code(attempt.interview),
                  .language = attempt.language,
                  .note = attempt.note,
                  .recording_id = attempt.recording_id,
                  .corrected = findings_of(attempt.corrected),
                  .open = findings_of(attempt.open),
                  .answers = {}};
  if (const auto found = card.answers.find(attempt.attempt_id); found != card.answers.end())
    for (const insurer::Answer& answer : found->second)
      row.answers.push_back({.question = answer.question,
                             .wording = answer.wording,
                             .option = code(answer.option),
                             .at = answer.at,
                             .recording_offset = answer.recording_offset,
                             .not_applicable = answer.not_applicable});
  return row;
}

void add_history(const app::CallCard& card, CallCardAnswer& answer) {
  for (const insurer::Attempt& attempt : card.state.facts.attempts)
    answer.attempts.push_back(attempt_of(attempt, card));
  for (const auto& ticket : card.state.tickets)
    if (!ticket.closed_at)
      answer.tickets.push_back({.ticket_id = ticket.ticket_id,
                                .kind = code(ticket.kind),
                                .subtype = ticket.subtype,
                                .state = ticket.state,
                                .timeliness = code(ticket.timeliness),
                                .opened_at = ticket.opened_at,
                                .due_on = ticket.due_on});
  for (const app::RecordingRow& recording : card.recordings)
    answer.recordings.push_back({.recording_id = recording.recording_id,
                                 .attempt_id = recording.attempt_id,
                                 .media_type = recording.media_type,
                                 .bytes = recording.bytes,
                                 .at = recording.at});
}

void add_reasons(const regime::Regime& book, CallCardAnswer& answer) {
  for (const regime::ReasonGroup& group : book.outcome->groups) {
    CardReasonGroup& row = answer.reason_groups.emplace_back();
    row.id = group.id;
    row.title = group.clause.title;
    row.title_en = group.clause.title_en;
    for (const insurer::Connection member : group.members) row.members.push_back(code(member));
  }
}

}  // namespace

CardClause clause_answer(const regime::Clause& clause) {
  return {.id = clause.id, .title = clause.title, .title_en = clause.title_en, .cite = clause.cite};
}

CallCardAnswer card_answer(const app::CallCard& card, const app::Profile& profile, Date today) {
  const followup::Case& follow_up = card.state.follow_up;
  const insurer::PolicyFacts& facts = card.state.facts;
  const regime::Regime& book = *card.policy.books->visits;
  CallCardAnswer answer;
  answer.policy_no = card.policy.policy_no;
  answer.state = code(follow_up.status);
  answer.result_class = code(follow_up.result_class);
  answer.rule_book = book.title;
  answer.rule_book_en = book.title_en;
  answer.holder = holder_of(facts.policy, today);
  answer.policy = policy_of(card);
  if (const auto& receipt = facts.receipt)
    answer.receipt = {.delivered_on = receipt->delivered_on,
                      .signed_on = receipt->signed_on,
                      .handed_in_on = receipt->handed_in_on,
                      .reconciled_on = receipt->reconciled_on,
                      .electronic = receipt->electronic};
  for (const std::string& phone : card.phones) answer.phones_masked.push_back(mask_phone(phone));
  for (const app::IdentityItem item : card.identity_items) answer.identity_items.push_back(code(item));
  answer.language = insurer::language_of(facts);
  std::set<std::string> languages;
  for (const app::Seat& seat : profile.seats) languages.insert(seat.languages.begin(), seat.languages.end());
  answer.languages.assign(languages.begin(), languages.end());
  answer.deadline = follow_up.deadline;
  answer.cooling_off_end = follow_up.cooling_off_end;
  answer.slots_left = card.slots_left;
  if (follow_up.active) {
    answer.leg = code(follow_up.active->leg->leg);
    answer.appointment_at = follow_up.active->cadence.appointment;
  }
  for (const regime::Clause* clause : card.why_now) answer.why_now.push_back(clause_answer(*clause));
  add_history(card, answer);
  add_reasons(book, answer);
  return answer;
}

}  // namespace shouyue::api
