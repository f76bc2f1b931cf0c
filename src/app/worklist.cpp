#include "app/worklist.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <span>

#include "app/import_rows.hpp"
#include "app/person_limit.hpp"
#include "insurer/visible.hpp"
#include "worklist/call_queue.hpp"

namespace shouyue::app {
namespace {

constexpr std::int64_t everything_known = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t batch_policies = 1000;

// How many calls each person had by now today, over all policies.
class PersonBudget {
 public:
  explicit PersonBudget(Instant now) : now_(now) {}
  Result<void> add_stored(Store& store) {
    return store.each_person_on(now_.date(), [this](std::int64_t person, int calls) { calls_[person] += calls; });
  }
  // In place of what the stored row of the policy says.
  void replace(const DerivedRows& stored, const insurer::FactVersions& versions) {
    if (stored.kase && stored.kase->attempts_day == now_.date())
      calls_[stored.kase->person] -= stored.kase->attempts_that_day;
    Now now(now_);
    const auto facts = insurer::visible_at(insurer::as_known(versions, everything_known), now);
    calls_[holder_key(facts.policy)] += static_cast<int>(std::ranges::count_if(facts.attempts, [this](const auto& one) {
      return insurer::is_call(one.leg) && one.started_at.date() == now_.date();
    }));
  }
  // The limit that keeps the person from being called again today; empty when none does.
  Result<const regime::Clause*> exhausted(const LoadedPolicy& policy, const PolicyState& state) const {
    const auto found = calls_.find(holder_key(state.facts.policy));
    const bool is_known = found != calls_.end() && found->first != 0;
    return person_limit(*policy.books, state.facts.policy, policy.surroundings, is_known ? found->second : 0);
  }

 private:
  Instant now_;
  std::map<std::int64_t, int> calls_;
};

class WorklistBuilder {
 public:
  WorklistBuilder(Session& session, const WorklistRequest& request, PolicyDeriver& deriver, const Seat* seat,
                  PersonBudget budget)
      : session_(session), request_(request), deriver_(deriver), seat_(seat), budget_(std::move(budget)) {}

  Result<std::vector<WorklistRow>> build(const worklist::CallQueue& queue) {
    Result<void> outcome;
    queue.each([&](const std::string& policy_no) {
      if (static_cast<int>(rows_.size()) >= request_.limit) return false;
      outcome = add(policy_no);
      return outcome.has_value();
    });
    SHOUYUE_CHECK(outcome);
    return std::move(rows_);
  }

 private:
  Result<void> add(const std::string& policy_no) {
    const auto policy = SHOUYUE_TRY(deriver_.read(policy_no, session_.now));
    const auto derived = PolicyDeriver::derive(policy, session_.now);
    // What cannot be derived is nobody's work; `run` reports it.
    if (!derived) return {};
    Callable callable = SHOUYUE_TRY(look_at(policy, *derived, request_, seat_, session_.now));
    if (!callable.row) return {};
    const regime::Clause* limit = SHOUYUE_TRY(budget_.exhausted(policy, *derived));
    if (limit) return {};
    const auto claim = SHOUYUE_TRY(session_.store.claim_of(policy_no));
    if (claim && claim->lease_until > session_.now && claim->seat != request_.seat) return {};
    callable.row->position = static_cast<int>(rows_.size()) + 1;
    rows_.push_back(std::move(*callable.row));
    return {};
  }

  Session& session_;
  const WorklistRequest& request_;
  PolicyDeriver& deriver_;
  const Seat* seat_;
  PersonBudget budget_;
  std::vector<WorklistRow> rows_;
};

worklist::QueuedCase queued(const CaseRow& row) {
  return {.policy_no = row.policy_no,
          .promised = row.promised_at,
          .deadline = row.success ? std::nullopt : row.deadline,
          .leg_until = row.leg_until,
          .callable_from = *row.next_slot_from};
}

// What the worklist of a moment is made of.
struct OpenWork {
  std::vector<worklist::QueuedCase> cases;
  PersonBudget budget;
};

Result<void> add_changed(Session& session, PolicyDeriver& deriver, std::span<const std::string> policies,
                         OpenWork& work) {
  const auto loaded = SHOUYUE_TRY(deriver.read_each(policies, session.now));
  const auto stored = SHOUYUE_TRY(session.store.derived_of_each(policies));
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (!loaded[i] && loaded[i].error().code == Errc::environment) return std::unexpected(loaded[i].error());
    if (!loaded[i]) continue;
    work.budget.replace(stored[i], loaded[i]->versions);
    const DerivedRows rows = PolicyDeriver::derive_rows(*loaded[i], session.now);
    if (rows.kase && rows.kase->next_slot_from && rows.kase->active_leg) work.cases.push_back(queued(*rows.kase));
  }
  return {};
}

// The policies whose stored rows may not hold at this moment, in their place what is derived now. Stored rows hold
// while no fact and no moment has come since; before the last run none does.
struct Changed {
  bool is_all = false;
  std::vector<std::string> policies;
  OpenWork work;
};

Result<Changed> changed_work(Session& session, PolicyDeriver& deriver) {
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  Changed changed{.is_all = session.now.milliseconds() < run_now,
                  .policies = {},
                  .work = {.cases = {}, .budget = PersonBudget(session.now)}};
  SHOUYUE_CHECK(changed.work.budget.add_stored(session.store));
  if (changed.is_all) {
    SHOUYUE_CHECK(session.store.each_policy([&](std::string& policy_no) -> Result<void> {
      changed.policies.push_back(std::move(policy_no));
      return {};
    }));
  } else {
    const std::int64_t derived_to = SHOUYUE_TRY(number_of(session.store, meta::derived_to));
    changed.policies = SHOUYUE_TRY(session.store.due(derived_to, session.now));
  }
  for (std::span<const std::string> rest = changed.policies; !rest.empty();) {
    const auto batch = rest.first(std::min(rest.size(), batch_policies));
    SHOUYUE_CHECK(add_changed(session, deriver, batch, changed.work));
    rest = rest.subspan(batch.size());
  }
  return changed;
}

Result<OpenWork> open_work(Session& session, PolicyDeriver& deriver) {
  Changed changed = SHOUYUE_TRY(changed_work(session, deriver));
  OpenWork work = std::move(changed.work);
  if (changed.is_all) return work;
  const std::set<std::string> skipped(changed.policies.begin(), changed.policies.end());
  SHOUYUE_CHECK(session.store.each_callable(session.now, [&](CaseRow& row) -> Result<void> {
    if (row.active_leg && !skipped.contains(row.policy_no)) work.cases.push_back(queued(row));
    return {};
  }));
  return work;
}

}  // namespace

Result<std::vector<WorklistRow>> worklist(Session& session, const WorklistRequest& request) {
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  const Seat* seat = SHOUYUE_TRY(find_seat(deriver.profile(), request.seat));
  OpenWork work = SHOUYUE_TRY(open_work(session, deriver));
  const auto queue = worklist::CallQueue::of(std::move(work.cases), session.now);
  return WorklistBuilder(session, request, deriver, seat, std::move(work.budget)).build(queue);
}

Result<Why> why(Session& session, const std::string& policy_no) {
  const PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  return why(session, deriver, policy_no);
}

Result<Why> why(Session& session, const PolicyDeriver& deriver, const std::string& policy_no) {
  Why answer;
  answer.deriver = std::make_shared<PolicyDeriver>(deriver);
  const auto policy = SHOUYUE_TRY(answer.deriver->read(policy_no, session.now));
  const auto state = SHOUYUE_TRY(PolicyDeriver::derive(policy, session.now));
  answer.policy_no = policy_no;
  answer.state = state.follow_up.status;
  answer.leg = state.follow_up.active ? state.follow_up.active->leg->leg : state.follow_up.leg;
  answer.rules = state.follow_up.rules;
  if (!state.follow_up.active) {
    answer.hindrances.push_back(
        {.layer = "state", .next = state.wake_at, .clause = nullptr, .detail = std::string(code_of(answer.state))});
    for (const ticket::Ticket& ticket : state.tickets)
      if (!ticket.closed_at)
        answer.hindrances.push_back({.layer = "ticket",
                                     .next = state.wake_at,
                                     .clause = &policy.books->ticket(ticket.kind)->clause,
                                     .detail = ticket.ticket_id});
    return answer;
  }
  const auto& active = *state.follow_up.active;
  std::vector<worklist::Rejection> rejections;
  answer.next_slot =
      SHOUYUE_TRY(worklist::next_legal(active.cadence, active.history, session.now, *policy.calendar, &rejections));
  for (const worklist::Rejection& rejection : rejections)
    answer.hindrances.push_back({.layer = std::string(rejection.layer),
                                 .next = rejection.next,
                                 .clause = rejection.clause,
                                 .detail = "at " + rejection.at.text()});
  const Changed changed = SHOUYUE_TRY(changed_work(session, *answer.deriver));
  if (const regime::Clause* clause = SHOUYUE_TRY(changed.work.budget.exhausted(policy, state)))
    answer.hindrances.push_back({.layer = "person_per_day_max",
                                 .next = Instant::start_of(session.now.date() + 1),
                                 .clause = clause,
                                 .detail = ""});
  const auto claim = SHOUYUE_TRY(session.store.claim_of(policy_no));
  if (claim && claim->lease_until > session.now)
    answer.hindrances.push_back(
        {.layer = "claim", .next = claim->lease_until, .clause = nullptr, .detail = claim->seat});
  answer.slots_left = SHOUYUE_TRY(
      worklist::slots_left(active.cadence, active.history, session.now, slots_counted_max, *policy.calendar));
  answer.on_worklist = answer.hindrances.empty() && answer.next_slot == session.now;
  return answer;
}

}  // namespace shouyue::app
