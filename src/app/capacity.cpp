#include "app/capacity.hpp"

#include <algorithm>
#include <map>

#include "app/account_store.hpp"
#include "app/case_store.hpp"
#include "app/organisation_part.hpp"
#include "app/scope.hpp"

namespace shouyue::app {
namespace {

constexpr int batch_policies = 500;

class Counting {
 public:
  Counting(Instant now, int days) : now_(now), end_(Instant::start_of(now.date() + days)) {}

  Result<void> add(const LoadedPolicy& policy, const PolicyState& state) {
    ++capacity_.cases;
    if (!state.follow_up.active) {
      ++capacity_.beyond;
      return {};
    }
    auto [leg, cadence, history] = *state.follow_up.active;
    std::optional<Date> last;
    for (Instant from = now_; from < end_;) {
      const auto slot = SHOUYUE_TRY(worklist::next_legal(cadence, history, from, *policy.calendar));
      if (!slot || *slot >= end_) break;
      CapacityLine& line = line_of(slot->date(), leg->leg);
      ++line.attempts;
      if (!last) ++line.first_attempts;
      last = slot->date();
      history.push_back(*slot);
      cadence.appointment.reset();
      from = slot->plus_seconds(1);
    }
    if (last)
      ++line_of(*last, leg->leg).last_days;
    else
      ++capacity_.beyond;
    return {};
  }

  // Of a case whose first call is not due yet when that falls due in these days. What the policyholder answers alone is
  // nobody's call.
  Result<void> add_later(const LoadedPolicy& policy, std::optional<Instant> begins_at) {
    if (!begins_at || *begins_at >= end_) return {};
    const auto state = PolicyDeriver::derive(policy, *begins_at);
    const bool has_call =
        state && state->follow_up.active && state->follow_up.active->leg->performer != regime::Performer::holder;
    return has_call ? add(policy, *state) : Result<void>();
  }

  Capacity take() {
    for (auto& [key, line] : lines_) capacity_.lines.push_back(line);
    return std::move(capacity_);
  }

 private:
  CapacityLine& line_of(Date day, insurer::Leg leg) {
    CapacityLine& line = lines_[{day, leg}];
    line.day = day;
    line.leg = leg;
    return line;
  }

  Instant now_, end_;
  std::map<std::pair<Date, insurer::Leg>, CapacityLine> lines_;
  Capacity capacity_;
};

// Policies whose first call is not due yet, by number.
Result<std::vector<std::string>> not_due(Session& session, const PolicyDeriver& deriver, const std::string& org) {
  OrganisationPart part(deriver.directory(), org, session.now.date());
  CaseFilter filter{.state = insurer::CaseStatus::not_due};
  filter.orgs = SHOUYUE_TRY(session.store.cases().organisations());
  std::erase_if(filter.orgs, [&](const std::string& code) { return !part.holds(code); });
  std::vector<std::string> found;
  for (std::optional<CasePosition> after;;) {
    const auto rows = SHOUYUE_TRY(session.store.cases().list(filter, after, batch_policies));
    for (const CaseRow& row : rows) found.push_back(row.policy_no);
    if (rows.size() < static_cast<std::size_t>(batch_policies)) return found;
    after = CasePosition{rows.back().issued_on, rows.back().policy_no};
  }
}

Result<int> seats_of(Session& session, const std::function<bool(const std::string&)>& holds) {
  int seats = 0;
  SHOUYUE_CHECK(session.store.accounts().each_account([&](access::Account& account) -> Result<void> {
    seats += !account.seat.empty() && !account.is_disabled && (!holds || holds(account.org_code));
    return {};
  }));
  return seats;
}

}  // namespace

Result<Capacity> capacity(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                          const access::Account& supervisor, int days,
                          const std::function<bool(std::int64_t done, std::int64_t total)>& progress) {
  SHOUYUE_CHECK(switchboard.cases().catch_up(session.store, session.now));
  const WorklistRequest request{.leg = {}, .seat = {}, .limit = 0, .org = supervisor.org_code};
  std::vector<std::string> open = switchboard.cases().all(request, deriver, session.now);
  std::ranges::move(SHOUYUE_TRY(not_due(session, deriver, supervisor.org_code)), std::back_inserter(open));
  Counting counting(session.now, days);
  for (std::span<const std::string> rest = open; !rest.empty();) {
    const auto done = static_cast<std::int64_t>(open.size() - rest.size());
    if (!progress(done, static_cast<std::int64_t>(open.size())))
      return refuse(Errc::conflict, "capacity.stopped", "the count was stopped", "计算已停止");
    const auto batch = rest.first(std::min(rest.size(), static_cast<std::size_t>(batch_policies)));
    for (const auto& policy : SHOUYUE_TRY(deriver.read_each(batch, session.now))) {
      if (!policy && policy.error().code == Errc::environment) return std::unexpected(policy.error());
      if (!policy) continue;
      const auto state = PolicyDeriver::derive(*policy, session.now);
      if (!state) continue;
      const bool begins_later = state->follow_up.status == insurer::CaseStatus::not_due;
      SHOUYUE_CHECK(begins_later ? counting.add_later(*policy, state->wake_at) : counting.add(*policy, *state));
    }
    rest = rest.subspan(batch.size());
  }
  Capacity capacity = counting.take();
  capacity.seats =
      SHOUYUE_TRY(seats_of(session, organisations_held(supervisor, deriver.directory(), session.now.date())));
  return capacity;
}

}  // namespace shouyue::app
