#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/call_card.hpp"
#include "json/write.hpp"

// The card of a call as the page gets it, with names and numbers masked.
namespace shouyue::api {

struct CardClause {
  std::string id, title, title_en, cite;
};
BOOST_DESCRIBE_STRUCT(CardClause, (), (id, title, title_en, cite))

struct CardAnswer {
  std::string question, wording, option;
  Instant at;
  std::optional<int> recording_offset;
  bool not_applicable = false;
};
BOOST_DESCRIBE_STRUCT(CardAnswer, (), (question, wording, option, at, recording_offset, not_applicable))

struct CardAttempt {
  std::string attempt_id, leg;
  Instant started_at;
  std::optional<Instant> ended_at, appointment_at;
  std::string made_by, connection, party, identity, interview, language, note, recording_id;
  std::vector<std::string> corrected, open;
  std::vector<CardAnswer> answers;
};
BOOST_DESCRIBE_STRUCT(CardAttempt, (),
                      (attempt_id, leg, started_at, ended_at, appointment_at, made_by, connection, party, identity,
                       interview, language, note, recording_id, corrected, open, answers))

struct CardTicket {
  std::string ticket_id, kind, subtype, state, timeliness;
  Instant opened_at;
  std::optional<Date> due_on;
};
BOOST_DESCRIBE_STRUCT(CardTicket, (), (ticket_id, kind, subtype, state, timeliness, opened_at, due_on))

struct CardReasonGroup {
  std::string id, title, title_en;
  std::vector<std::string> members;
};
BOOST_DESCRIBE_STRUCT(CardReasonGroup, (), (id, title, title_en, members))

struct CardRecording {
  std::string recording_id, attempt_id, media_type;
  std::int64_t bytes = 0;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(CardRecording, (), (recording_id, attempt_id, media_type, bytes, at))

struct CardReceipt {
  std::optional<Date> delivered_on, signed_on, handed_in_on, reconciled_on;
  bool electronic = false;
};
BOOST_DESCRIBE_STRUCT(CardReceipt, (), (delivered_on, signed_on, handed_in_on, reconciled_on, electronic))

struct CardHolder {
  std::string name_masked, gender, insured_name_masked;
  std::optional<int> age;
};
BOOST_DESCRIBE_STRUCT(CardHolder, (), (name_masked, gender, insured_name_masked, age))

struct CardPolicy {
  std::string channel, org_code, org_name, agent_code, product_code, product_name, special_request;
  std::optional<std::string> product_type, pay_mode;
  std::optional<Money> premium;
  std::optional<int> pay_years, term_months;
  std::optional<Date> applied_on, effective_on, printed_on;
  Date issued_on;
};
BOOST_DESCRIBE_STRUCT(CardPolicy, (),
                      (channel, org_code, org_name, agent_code, product_code, product_name, special_request,
                       product_type, pay_mode, premium, pay_years, term_months, applied_on, effective_on, printed_on,
                       issued_on))

struct CallCardAnswer {
  std::string policy_no, state, result_class, rule_book, rule_book_en;
  std::optional<std::string> leg;
  CardHolder holder;
  CardPolicy policy;
  std::optional<CardReceipt> receipt;
  std::vector<std::string> phones_masked, identity_items;
  std::string language;
  std::vector<std::string> languages;  // that seats speak besides Mandarin
  std::optional<Date> deadline, cooling_off_end;
  std::optional<Instant> appointment_at;
  int slots_left = 0;
  std::vector<CardClause> why_now;
  std::vector<CardAttempt> attempts;
  std::vector<CardTicket> tickets;
  std::vector<CardRecording> recordings;
  std::vector<CardReasonGroup> reason_groups;
};
BOOST_DESCRIBE_STRUCT(CallCardAnswer, (),
                      (policy_no, state, result_class, rule_book, rule_book_en, leg, holder, policy, receipt,
                       phones_masked, identity_items, language, languages, deadline, cooling_off_end, appointment_at,
                       slots_left, why_now, attempts, tickets, recordings, reason_groups))

CardClause clause_answer(const regime::Clause& clause);
CallCardAnswer card_answer(const app::CallCard& card, const app::Profile& profile, Date today);

}  // namespace shouyue::api
