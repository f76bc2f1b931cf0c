#include "app/analysis_row.hpp"

#include "followup/outcome.hpp"
#include "regime/rows.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::app {
namespace {

namespace at = regime::analysis_variable;
using insurer::CaseStatus;

template <class Enum>
expr::Value of(Enum value) {
  return {.amount = static_cast<std::int64_t>(value)};
}
expr::Value of(const std::optional<Date>& day) {
  return day ? expr::Value{.amount = day->days()} : expr::Value{.amount = 0, .missing = true};
}

// Where the values of one visit stand in the row.
struct Place {
  std::size_t on, success, result_class, connection, party, identity, interview;
};
constexpr Place first_visit{at::first_visit_on, at::first_success,  at::first_class,    at::first_connection,
                            at::first_party,    at::first_identity, at::first_interview};
constexpr Place make_up{at::make_up_on,    at::make_up_success,  at::make_up_class,    at::make_up_connection,
                        at::make_up_party, at::make_up_identity, at::make_up_interview};

void set_visit(expr::Row& row, const Place& place, const insurer::Attempt& attempt, const regime::OutcomeRule& rule) {
  row[place.on] = of(std::optional(attempt.started_at.date()));
  row[place.success] = {.amount = rule.success};
  row[place.result_class] = of(rule.result_class);
  row[place.connection] = of(attempt.connection);
  row[place.party] = of(attempt.party);
  row[place.identity] = of(attempt.identity);
  row[place.interview] = of(attempt.interview);
}

// A link that was sent and brought no answers is no visit yet.
bool is_unanswered_link(const insurer::Attempt& attempt) {
  return attempt.leg == insurer::Leg::electronic && attempt.connection != insurer::Connection::answered;
}

// The first visit is over when it succeeded, when its last leg ended without success, or when the case is closed.
bool is_over(const regime::Analysis& analysis, const regime::Followup& followup, const followup::Case& kase) {
  if (kase.status == CaseStatus::failed || kase.status == CaseStatus::cancelled) return true;
  const regime::Leg* last = nullptr;
  for (const regime::Leg& leg : followup.legs)
    if (analysis.first_visit & insurer::bit(leg.leg)) last = &leg;
  return !last || (kase.failed_legs & insurer::bit(last->leg)) != 0;
}

std::uint64_t results_of(const regime::Analysis& analysis, const std::vector<insurer::TicketStep>& steps) {
  std::uint64_t results = 0;
  for (const insurer::TicketStep& step : steps)
    for (std::size_t i = 0; i < analysis.ticket_results.size(); ++i) {
      const regime::TicketResult& result = analysis.ticket_results[i];
      if (step.result == result.id || step.result == result.clause.title) results |= std::uint64_t{1} << i;
    }
  return results;
}

}  // namespace

expr::Row analysis_row(const regime::Analysis& analysis, const LoadedPolicy& policy, const PolicyState& state) {
  const insurer::PolicyFacts& facts = state.facts;
  expr::Row row(at::count, expr::Value{.amount = 0, .missing = true});
  row[at::channel] = of(facts.policy.channel);
  row[at::product_type] = of(policy.surroundings.product_type);
  row[at::state] = of(state.follow_up.status);
  row[at::issued_on] = of(std::optional(facts.policy.issued_on));
  row[at::effective_on] = of(facts.policy.effective_on);
  const worklist::Context context{facts,
                                  policy.surroundings,
                                  *policy.books,
                                  *policy.calendar,
                                  regime::policy_row(facts.policy, policy.surroundings),
                                  intake::bits_of(state.defects)};
  std::uint64_t legs = 0, tickets = 0, changes = 0;
  for (std::size_t i = 0; i < facts.attempts.size(); ++i) {
    const insurer::Attempt& attempt = facts.attempts[i];
    const followup::Reduced reduced = followup::reduce(context, i);
    if (!reduced.may_decide() || is_unanswered_link(attempt)) continue;
    legs |= insurer::bit(attempt.leg);
    const bool is_first = (analysis.first_visit & insurer::bit(attempt.leg)) != 0;
    set_visit(row, is_first ? first_visit : make_up, attempt, *reduced.rule);
  }
  for (const ticket::Ticket& ticket : state.tickets) tickets |= insurer::bit(ticket.kind);
  for (const insurer::PolicyChange& change : facts.changes) changes |= insurer::bit(change.change);
  const bool has_succeeded = row[at::first_success].amount != 0;
  const bool has_make_up = !row[at::make_up_connection].missing;
  row[at::first_visit_over] = {.amount = has_succeeded || has_make_up ||
                                         is_over(analysis, *policy.books->visits->followup, state.follow_up)};
  row[at::legs] = of(legs);
  row[at::tickets] = of(tickets);
  row[at::ticket_results] = of(results_of(analysis, facts.ticket_steps));
  row[at::changes] = of(changes);
  return row;
}

}  // namespace shouyue::app
