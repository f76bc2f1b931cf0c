#include "followup/second_visit.hpp"

#include <map>

#include "worklist/ticket_track.hpp"

namespace shouyue::followup {
namespace {

std::optional<Instant> next_of_kind(const std::vector<Opening>& openings, std::size_t which) {
  for (std::size_t i = which + 1; i < openings.size(); ++i)
    if (openings[i].kind == openings[which].kind) return openings[i].at;
  return std::nullopt;
}

}  // namespace

Result<std::optional<SecondVisit>> second_visit(const worklist::Context& context, const Case& kase,
                                                const worklist::KnownDays& known, std::span<const Reduced> reduced,
                                                bool reachable, Now& now) {
  using regime::Basis;
  std::map<insurer::TicketKind, int> numbers;
  for (std::size_t i = 0; i < kase.openings.size(); ++i) {
    const Opening& opening = kase.openings[i];
    const regime::TicketRule* rule = context.books.ticket(opening.kind);
    const int number = ++numbers[opening.kind];
    if (!rule || !rule->second_visit) continue;
    const auto id = worklist::ticket_id(context.facts.policy.policy_no, opening.kind, number);
    const auto track =
        worklist::track(context, id, opening.kind, opening.at, next_of_kind(kase.openings, i), kase.visits);
    if (track.closed_at) continue;
    LegEntry entry{.known = known,
                   .not_before = opening.at,
                   .feedback_at = track.feedback_at,
                   .attempts_from = opening.at,
                   .reachable = reachable};
    const Date opened = opening.at.date();
    entry.known.set(Basis::previous_leg_end, opening.previous_leg_end);
    entry.known.set(Basis::ticket_opened, opened);
    if (track.feedback_at) entry.known.set(Basis::ticket_feedback, track.feedback_at->date());
    const auto due = SHOUYUE_TRY(worklist::due_day(context, *rule, entry.known, opened, opening.row));
    if (due) entry.known.set(Basis::ticket_due, due->day + 1);
    LegRun run =
        SHOUYUE_TRY(run_leg(context, *context.books.visits->followup->find(*rule->second_visit), entry, reduced, now));
    if (run.started) return std::optional(SecondVisit{rule, std::move(run)});
  }
  return std::optional<SecondVisit>{};
}

}  // namespace shouyue::followup
