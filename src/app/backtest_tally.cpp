#include "app/backtest_tally.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace shouyue::app {
namespace {

template <class Key, class Count>
void add_all(std::map<Key, Count>& counts, const std::map<Key, Count>& part) {
  for (const auto& [key, count] : part) counts[key] = counts[key] + count;
}

bool same_case(const followup::Case& a, const followup::Case& b) {
  return a.status == b.status && a.leg == b.leg && a.deadline == b.deadline && a.cooling_off_end == b.cooling_off_end &&
         a.result_class == b.result_class && a.success == b.success && a.success_on == b.success_on &&
         a.completed == b.completed && a.completed_on == b.completed_on && a.next_slot_from == b.next_slot_from;
}

bool same_ticket(const ticket::Ticket& a, const ticket::Ticket& b) {
  return a.ticket_id == b.ticket_id && a.subtype == b.subtype && a.org_code == b.org_code &&
         a.opened_at == b.opened_at && a.due_on == b.due_on && a.state == b.state && a.timeliness == b.timeliness &&
         a.closed_at == b.closed_at;
}

// The order of their causes plays no part.
bool same_tickets(const std::vector<ticket::Ticket>& a, const std::vector<ticket::Ticket>& b) {
  return a.size() == b.size() && std::ranges::all_of(a, [&](const ticket::Ticket& ticket) {
           return std::ranges::any_of(b, [&](const ticket::Ticket& other) { return same_ticket(ticket, other); });
         });
}

bool same_entry(const commission::Entry& a, const commission::Entry& b) {
  return a.month == b.month && a.kind == b.kind && a.amount == b.amount && a.reasons == b.reasons;
}

bool same_account(const std::optional<commission::Account>& a, const std::optional<commission::Account>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  const commission::Standing &x = a->standing, &y = b->standing;
  return x.status == y.status && x.month == y.month && x.commission == y.commission && x.deduction == y.deduction &&
         x.payable == y.payable && x.reasons == y.reasons && std::ranges::equal(a->entries, b->entries, same_entry);
}

bool same_but_rules(TicketRow a, const TicketRow& b) {
  a.rules = b.rules;
  return a == b;
}

bool same_but_rules(CommissionRow a, const CommissionRow& b) {
  a.rules = b.rules;
  return a == b;
}

bool same_but_rules(EntryRow a, const EntryRow& b) {
  a.rules = b.rules;
  return a == b;
}

template <class Row>
bool all_same(const std::vector<Row>& a, const std::vector<Row>& b) {
  return std::ranges::equal(a, b, [](const Row& x, const Row& y) { return same_but_rules(x, y); });
}

bool same_commission(const DerivedRows& a, const DerivedRows& b) {
  if (a.commission.has_value() != b.commission.has_value()) return false;
  if (a.commission && !same_but_rules(*a.commission, *b.commission)) return false;
  return all_same(a.entries, b.entries);
}

using Words = std::set<std::string, std::less<>>;

void add_rules(Words& words, const std::string& rules) {
  for (const std::string_view id : split(rules, ';'))
    if (!id.empty()) words.emplace(id);
}

// The rules of the tickets of `rows` that `other` does not have just so.
void add_ticket_rules(Words& words, const DerivedRows& rows, const DerivedRows& other) {
  for (const TicketRow& ticket : rows.tickets)
    if (std::ranges::none_of(other.tickets, [&](const TicketRow& known) { return same_but_rules(known, ticket); }))
      add_rules(words, ticket.rules);
}

std::vector<std::string_view> differing_case_columns(const CaseRow& a, const CaseRow& b) {
  std::vector<std::string_view> what;
  const auto compare = [&what](std::string_view name, bool same) {
    if (!same) what.push_back(name);
  };
  compare("state", a.state == b.state);
  compare("leg", a.leg == b.leg);
  compare("deadline", a.deadline == b.deadline);
  compare("cooling_off_end", a.cooling_off_end == b.cooling_off_end);
  compare("result_class", a.result_class == b.result_class);
  compare("success", a.success == b.success && a.success_on == b.success_on);
  compare("completed", a.completed == b.completed && a.completed_on == b.completed_on);
  compare("next_slot_from", a.next_slot_from == b.next_slot_from);
  return what;
}

std::vector<std::string> only_in(const Words& words, const Words& others) {
  std::vector<std::string> only;
  std::ranges::set_difference(words, others, std::back_inserter(only));
  return only;
}

void explain(Difference& difference, bool case_differs, bool tickets_differ, bool commission_differs) {
  const DerivedRows &base = difference.base, &candidate = difference.candidate;
  Words base_rules, candidate_rules;
  if (base.refused) base_rules.insert(base.refused->rule);
  if (candidate.refused) candidate_rules.insert(candidate.refused->rule);
  if (case_differs && base.kase) add_rules(base_rules, base.kase->rules);
  if (case_differs && candidate.kase) add_rules(candidate_rules, candidate.kase->rules);
  if (tickets_differ) {
    add_ticket_rules(base_rules, base, candidate);
    add_ticket_rules(candidate_rules, candidate, base);
  }
  if (commission_differs && base.commission) add_rules(base_rules, base.commission->rules);
  if (commission_differs && candidate.commission) add_rules(candidate_rules, candidate.commission->rules);
  difference.base_only = only_in(base_rules, candidate_rules);
  difference.candidate_only = only_in(candidate_rules, base_rules);
}

void count_move(Moves& moves, bool before, bool after) {
  if (!before && after) ++moves.gained;
  if (before && !after) ++moves.lost;
}

// Successful, on or before its deadline where it has one.
template <class Case>
bool is_in_time(const Case& kase) {
  return kase.success && kase.success_on && (!kase.deadline || *kase.success_on <= *kase.deadline);
}

}  // namespace

void BookTotals::add(const Verdict& verdict) {
  if (!verdict.state) {
    ++refused;
    return;
  }
  const followup::Case& kase = verdict.state->follow_up;
  in_scope += kase.status != insurer::CaseStatus::out_of_scope;
  succeeded += kase.success;
  in_time += is_in_time(kase);
  completed += kase.completed;
  ++states[kase.status];
  ++classes[kase.result_class];
  for (const ticket::Ticket& ticket : verdict.state->tickets) {
    TicketCount& count = tickets[ticket.kind];
    ++count.opened;
    count.overdue += ticket.timeliness == insurer::Timeliness::overdue;
  }
  if (const auto& account = verdict.state->commission) {
    Money& sum = commission[account->standing.status];
    sum = sum + account->standing.commission;
    deducted = deducted + account->standing.deduction;
  }
  attempts_needed += verdict.attempts_needed;
  open += verdict.slots_left.has_value();
  slots_left += verdict.slots_left.value_or(0);
}

void BookTotals::add(const BookTotals& part) {
  refused += part.refused;
  in_scope += part.in_scope;
  succeeded += part.succeeded;
  in_time += part.in_time;
  completed += part.completed;
  add_all(states, part.states);
  add_all(classes, part.classes);
  add_all(tickets, part.tickets);
  add_all(commission, part.commission);
  deducted = deducted + part.deducted;
  attempts_needed += part.attempts_needed;
  open += part.open;
  slots_left += part.slots_left;
}

bool is_same(const Verdict& base, const Verdict& candidate) {
  if (!base.state || !candidate.state)
    return !base.state && !candidate.state && base.state.error().rule == candidate.state.error().rule;
  const PolicyState &a = *base.state, &b = *candidate.state;
  return same_case(a.follow_up, b.follow_up) && same_tickets(a.tickets, b.tickets) &&
         same_account(a.commission, b.commission);
}

Difference difference(std::string policy_no, DerivedRows base, DerivedRows candidate) {
  Difference found{.policy_no = std::move(policy_no),
                   .base = std::move(base),
                   .candidate = std::move(candidate),
                   .what = {},
                   .base_only = {},
                   .candidate_only = {}};
  const DerivedRows &a = found.base, &b = found.candidate;
  if (a.refused || b.refused) found.what.emplace_back("refused");
  if (a.kase && b.kase) std::ranges::copy(differing_case_columns(*a.kase, *b.kase), std::back_inserter(found.what));
  const bool case_differs = !found.what.empty();
  const bool tickets_differ = !all_same(a.tickets, b.tickets);
  if (tickets_differ) found.what.emplace_back("tickets");
  const bool commission_differs = !same_commission(a, b);
  if (commission_differs) found.what.emplace_back("commission");
  explain(found, case_differs, tickets_differ, commission_differs);
  return found;
}

void BacktestTally::add(const Difference& difference, std::size_t examples_max) {
  const auto &before = difference.base.kase, &after = difference.candidate.kase;
  ++differing;
  count_move(success, before && before->success, after && after->success);
  count_move(in_time, before && is_in_time(*before), after && is_in_time(*after));
  if (before && after && before->state != after->state) ++states[{before->state, after->state}];
  if (before && after && before->result_class != after->result_class)
    ++classes[{before->result_class, after->result_class}];
  ClauseGroup& group = groups[{difference.base_only, difference.candidate_only}];
  ++group.policies;
  if (group.examples.size() < examples_max) group.examples.push_back(difference.policy_no);
}

void BacktestTally::add(const BacktestTally& part, std::size_t examples_max) {
  policies += part.policies;
  differing += part.differing;
  base.add(part.base);
  candidate.add(part.candidate);
  success = success + part.success;
  in_time = in_time + part.in_time;
  add_all(states, part.states);
  add_all(classes, part.classes);
  for (const auto& [clauses, added] : part.groups) {
    ClauseGroup& group = groups[clauses];
    group.policies += added.policies;
    for (const std::string& policy_no : added.examples)
      if (group.examples.size() < examples_max) group.examples.push_back(policy_no);
  }
}

}  // namespace shouyue::app
