#include "app/call_card.hpp"

#include <algorithm>
#include <array>

#include "base/id_number.hpp"
#include "intake/defects.hpp"
#include "worklist/cadence.hpp"

namespace shouyue::app {
namespace {

constexpr int slots_counted_max = 99;

std::vector<IdentityItem> items_of(const insurer::Policy& policy) {
  std::vector<IdentityItem> items;
  if (policy.holder_id_no.size() >= 8) items.push_back(IdentityItem::id_tail);
  if (policy.holder_birth_date || read_id_number(policy.holder_id_no)) items.push_back(IdentityItem::birth_date);
  if (!policy.insured_name.empty() && policy.insured_name != policy.holder_name)
    items.push_back(IdentityItem::insured_name);
  return items;
}

std::vector<const regime::Clause*> why_now(const followup::ActiveLeg& active) {
  std::vector<const regime::Clause*> clauses{&active.leg->clause};
  for (const regime::Clause* clause :
       {active.cadence.start_clause, active.cadence.window_clause, active.cadence.until_clause})
    if (clause && std::ranges::find(clauses, clause) == clauses.end()) clauses.push_back(clause);
  return clauses;
}

// Of each answer the newest version, in the order of the call.
Result<std::map<std::string, std::vector<insurer::Answer>>> answers_of(Store& store, const std::string& policy_no) {
  std::map<std::string, insurer::AnswerRow> newest;
  for (const insurer::FactText& text : SHOUYUE_TRY(store.answers_of(policy_no))) {
    insurer::AnswerRow row;
    SHOUYUE_CHECK(insurer::decode(text.body, text.personal, row));
    newest[insurer::fact_key(row)] = row;
  }
  std::map<std::string, std::vector<insurer::Answer>> by_attempt;
  for (auto& [key, row] : newest) by_attempt[row.attempt_id].push_back(std::move(row));
  for (auto& [attempt, answers] : by_attempt) std::ranges::stable_sort(answers, {}, &insurer::Answer::at);
  return by_attempt;
}

}  // namespace

std::string_view code_of(IdentityItem item) {
  static constexpr std::array<std::string_view, 3> codes{"id_tail", "birth_date", "insured_name"};
  return codes[static_cast<std::size_t>(item)];
}

std::vector<std::string> phones_of(const insurer::PolicyFacts& facts) {
  std::vector<std::string> phones;
  const auto add = [&phones](const std::string& phone) {
    if (!phone.empty() && std::ranges::find(phones, phone) == phones.end()) phones.push_back(phone);
  };
  for (auto step = facts.ticket_steps.rbegin(); step != facts.ticket_steps.rend(); ++step) add(step->new_phone);
  for (auto change = facts.changes.rbegin(); change != facts.changes.rend(); ++change)
    if (change->change == insurer::Change::phone_change) add(change->value);
  for (const std::string& phone : intake::dialable_phones(facts.policy)) add(phone);
  return phones;
}

Result<CallCard> call_card(Session& session, PolicyDeriver& deriver, const std::string& policy_no) {
  CallCard card;
  card.policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  card.state = SHOUYUE_TRY(PolicyDeriver::derive(card.policy, session.now));
  const insurer::Policy& facts = card.state.facts.policy;
  card.product = deriver.directory().product(facts.product_code);
  card.organisation = deriver.directory().organisation(facts.org_code, session.now.date());
  card.phones = phones_of(card.state.facts);
  card.identity_items = items_of(facts);
  if (const auto& active = card.state.follow_up.active) {
    card.why_now = why_now(*active);
    card.slots_left = SHOUYUE_TRY(
        worklist::slots_left(active->cadence, active->history, session.now, slots_counted_max, *card.policy.calendar));
  }
  card.recordings = SHOUYUE_TRY(session.store.calls().recordings_of(policy_no));
  card.answers = SHOUYUE_TRY(answers_of(session.store, policy_no));
  return card;
}

}  // namespace shouyue::app
