#include "app/wallboard.hpp"

#include <algorithm>

#include "app/account_store.hpp"
#include "app/scope.hpp"

namespace shouyue::app {
namespace {

std::vector<QueueLine> queue_lines(Switchboard& switchboard, const std::function<bool(const std::string&)>& holds,
                                   Instant now) {
  std::map<insurer::Leg, QueueLine> lines;
  for (const OpenCases::Count& count : switchboard.cases().counts(now)) {
    if (holds && !holds(count.org_code)) continue;
    QueueLine& line = lines[count.leg];
    line.leg = count.leg;
    const auto callable = static_cast<std::int64_t>(count.callable), waiting = static_cast<std::int64_t>(count.waiting);
    line.callable += callable;
    line.waiting += waiting;
    if (!count.deadline) continue;
    if (*count.deadline < now.date()) line.overdue += callable + waiting;
    if (*count.deadline == now.date()) line.due_today += callable + waiting;
  }
  std::vector<QueueLine> list;
  for (const auto& [leg, line] : lines) list.push_back(line);
  return list;
}

// The accounts that are signed in.
Result<std::set<std::string>> signed_in(Session& session) {
  std::set<std::string> names;
  SHOUYUE_CHECK(session.store.accounts().each_sign_in([&](access::SignIn& sign_in) -> Result<void> {
    if (!access::is_over(sign_in, session.now)) names.insert(sign_in.account);
    return {};
  }));
  return names;
}

Result<std::vector<SeatLine>> seat_lines(Session& session, const std::function<bool(const std::string&)>& holds) {
  const auto present = SHOUYUE_TRY(signed_in(session));
  std::vector<SeatLine> lines;
  SHOUYUE_CHECK(session.store.accounts().each_account([&](access::Account& account) -> Result<void> {
    if (account.seat.empty() || account.is_disabled || (holds && !holds(account.org_code))) return {};
    lines.push_back({.account = account.name,
                     .display_name = account.display_name,
                     .seat = account.seat,
                     .org_code = account.org_code,
                     .state = present.contains(account.name) ? SeatState::free : SeatState::away});
    return {};
  }));
  return lines;
}

// What lies on the desks by leases that run; a case of another organisation is not named.
Result<void> add_desks(Session& session, std::vector<SeatLine>& lines) {
  const auto held = SHOUYUE_TRY(session.store.all_held());
  std::vector<std::string> policies;
  for (const HeldCase& one : held) policies.push_back(one.policy_no);
  const auto claims = SHOUYUE_TRY(session.store.claims_of_each(policies));
  std::map<std::string, std::vector<std::size_t>> of_seat;
  for (std::size_t i = 0; i < held.size(); ++i)
    if (claims[i] && claims[i]->fence == held[i].fence && claims[i]->lease_until > session.now)
      of_seat[held[i].seat].push_back(i);
  for (SeatLine& line : lines) {
    const auto desk = of_seat.find(line.seat);
    if (desk == of_seat.end()) continue;
    const std::size_t first = desk->second.front();
    line.state = SeatState::calling;
    line.cases = static_cast<int>(desk->second.size());
    line.policy_no = held[first].policy_no;
    line.since = held[first].since;
    line.lease_until = claims[first]->lease_until;
  }
  return {};
}

}  // namespace

std::string_view code_of(SeatState state) {
  switch (state) {
    case SeatState::calling: return "calling";
    case SeatState::free: return "free";
    case SeatState::away: break;
  }
  return "away";
}

Result<Wallboard> wallboard(Session& session, const PolicyDeriver& deriver, Switchboard& switchboard,
                            const access::Account& supervisor) {
  const auto holds = organisations_held(supervisor, deriver.directory(), session.now.date());
  SHOUYUE_CHECK(switchboard.cases().catch_up(session.store, session.now));
  SHOUYUE_CHECK(switchboard.calls_of_day().catch_up(session.store, session.now.date()));
  Wallboard board{.at = session.now, .queue = queue_lines(switchboard, holds, session.now)};
  board.seats = SHOUYUE_TRY(seat_lines(session, holds));
  SHOUYUE_CHECK(add_desks(session, board.seats));
  const auto figures = switchboard.calls_of_day().figures(holds);
  board.calls = figures.all;
  board.successes = figures.successes;
  for (SeatLine& line : board.seats) {
    const auto own = figures.of_operator.find(line.account);
    if (own == figures.of_operator.end()) continue;
    line.calls = own->second.calls;
    line.reached = own->second.reached;
  }
  return board;
}

Result<std::vector<WorklistRow>> next_up(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                                         const WorklistRequest& request) {
  SHOUYUE_CHECK(switchboard.cases().catch_up(session.store, session.now));
  const auto limit = static_cast<std::size_t>(request.limit);
  const auto numbers = switchboard.cases().first(request, deriver, session.now, limit);
  std::vector<WorklistRow> rows;
  for (auto& policy : SHOUYUE_TRY(deriver.read_each(numbers, session.now))) {
    if (!policy && policy.error().code == Errc::environment) return std::unexpected(policy.error());
    if (!policy) continue;
    const auto state = PolicyDeriver::derive(*policy, session.now);
    if (!state) continue;
    Callable callable = SHOUYUE_TRY(look_at(*policy, *state, request, nullptr, session.now));
    if (!callable.row) continue;
    callable.row->position = static_cast<int>(rows.size()) + 1;
    rows.push_back(std::move(*callable.row));
  }
  return rows;
}

}  // namespace shouyue::app
