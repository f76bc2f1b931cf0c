#include "app/worklist.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <span>

#include "app/import_rows.hpp"
#include "app/person_limit.hpp"
#include "base/text.hpp"
#include "insurer/visible.hpp"
#include "worklist/call_queue.hpp"

namespace shouyue::app {
namespace {

constexpr int slots_counted_max = 99;
constexpr std::int64_t everything_known = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t batch_policies = 1000;

std::optional<std::string> first_phone(const insurer::PolicyFacts& facts) {
  for (auto step = facts.ticket_steps.rbegin(); step != facts.ticket_steps.rend(); ++step)
    if (!step->new_phone.empty()) return step->new_phone;
  for (auto change = facts.changes.rbegin(); change != facts.changes.rend(); ++change)
    if (change->change == insurer::Change::phone_change && !change->value.empty()) return change->value;
  const auto phones = intake::dialable_phones(facts.policy);
  if (phones.empty()) return std::nullopt;
  return phones.front();
}

// The leg before was left to the policyholder and time ended it: 回访超时件.
bool has_timed_out(const followup::Case& kase) {
  if (kase.means.size() < 2) return false;
  const followup::Means& before = kase.means[kase.means.size() - 2];
  return before.leg->performer == regime::Performer::holder &&
         (before.ended_by == "time_limit" || before.ended_by == "window_exhausted");
}

std::string reason_of(const PolicyState& state, int slots_left, Date today) {
  if (state.follow_up.success) return "second_visit";
  std::string reason = has_timed_out(state.follow_up) ? "timed_out;" : "";
  if (slots_left == 1) reason += "last_slot;";
  if (!state.follow_up.deadline) return reason + "no_deadline";
  const int days = *state.follow_up.deadline - today;
  if (days < 0) return reason + "overdue";
  return reason + (days == 0 ? "due_today" : "due_in_" + std::to_string(days) + "_days");
}

// How many attempts each person had by now today, over all policies.
class PersonBudget {
 public:
  explicit PersonBudget(Instant now) : now_(now) {}
  Result<void> add_stored(Store& store) {
    return store.each_person_on(now_.date(),
                                [this](std::int64_t person, int attempts) { attempts_[person] += attempts; });
  }
  // In place of what the stored row of the policy says.
  void replace(const DerivedRows& stored, const insurer::FactVersions& versions) {
    if (stored.kase && stored.kase->attempts_day == now_.date())
      attempts_[stored.kase->person] -= stored.kase->attempts_that_day;
    Now now(now_);
    const auto facts = insurer::visible_at(insurer::as_known(versions, everything_known), now);
    attempts_[holder_key(facts.policy)] += static_cast<int>(std::ranges::count_if(
        facts.attempts, [this](const auto& attempt) { return attempt.started_at.date() == now_.date(); }));
  }
  // The limit that keeps the person from being called again today; empty when none does.
  Result<const regime::Clause*> exhausted(const LoadedPolicy& policy, const PolicyState& state) const {
    const auto found = attempts_.find(holder_key(state.facts.policy));
    const bool is_known = found != attempts_.end() && found->first != 0;
    return person_limit(*policy.books, state.facts.policy, policy.surroundings, is_known ? found->second : 0);
  }

 private:
  Instant now_;
  std::map<std::int64_t, int> attempts_;
};

class WorklistBuilder {
 public:
  WorklistBuilder(Session& session, const WorklistRequest& request, PolicyDeriver& deriver, const Seat* seat,
                  PersonBudget budget)
      : session_(session), request_(request), deriver_(deriver), seat_(seat), budget_(std::move(budget)) {}

  Result<std::vector<WorklistRow>> build(const worklist::CallQueue& queue) {
    Result<void> outcome;
    queue.each([&](const worklist::QueuedCase& kase) {
      if (static_cast<int>(rows_.size()) >= request_.limit) return false;
      outcome = add(kase.policy_no);
      return outcome.has_value();
    });
    SHOUYUE_CHECK(outcome);
    return std::move(rows_);
  }

 private:
  bool fits_seat(const followup::Case& kase, const std::string& language) const {
    const insurer::Leg leg = kase.active->leg->leg;
    if (request_.leg && leg != request_.leg) return false;
    // A leg that the holder answers alone is nobody's call.
    if (!request_.seat.empty() && kase.active->leg->performer == regime::Performer::holder) return false;
    if (!seat_) return true;
    if (!seat_->legs.empty() && !seat_->legs.contains(leg)) return false;
    return language.empty() || seat_->languages.contains(language);
  }

  bool belongs_to(const LoadedPolicy& policy) const {
    const std::vector<std::string>& path = policy.surroundings.org_path;
    return request_.org.empty() || request_.org == policy.policy().org_code ||
           std::ranges::find(path, request_.org) != path.end();
  }

  Result<void> add(const std::string& policy_no) {
    const auto policy = SHOUYUE_TRY(deriver_.read(policy_no, session_.now));
    if (!belongs_to(policy)) return {};
    const auto derived = PolicyDeriver::derive(policy, session_.now);
    // What cannot be derived is nobody's work; `run` reports it.
    if (!derived || !derived->follow_up.active) return {};
    const PolicyState& state = *derived;
    const std::string& language = insurer::language_of(state.facts);
    if (!fits_seat(state.follow_up, language)) return {};
    const auto& active = *state.follow_up.active;
    const auto next = SHOUYUE_TRY(worklist::next_legal(active.cadence, active.history, session_.now, *policy.calendar));
    if (next != session_.now) return {};
    if (SHOUYUE_TRY(budget_.exhausted(policy, state))) return {};
    const auto claim = SHOUYUE_TRY(session_.store.claim_of(policy_no));
    if (claim && claim->lease_until > session_.now && claim->seat != request_.seat) return {};
    const int slots = SHOUYUE_TRY(
        worklist::slots_left(active.cadence, active.history, session_.now, slots_counted_max, *policy.calendar));
    const auto phone = first_phone(state.facts);
    rows_.push_back({.position = static_cast<int>(rows_.size()) + 1,
                     .policy_no = policy_no,
                     .leg = active.leg->leg,
                     .phone_masked = phone ? mask_phone(*phone) : "",
                     .deadline = state.follow_up.success ? std::nullopt : state.follow_up.deadline,
                     .slots_left = slots,
                     .language = language,
                     .reason = reason_of(state, slots, session_.now.date())});
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
          .promised = {},
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
    if (rows.kase && rows.kase->next_slot_from) work.cases.push_back(queued(*rows.kase));
  }
  return {};
}

// Stored rows hold while no fact and no moment has come since. Before the last run nothing stored holds.
Result<OpenWork> open_work(Session& session, PolicyDeriver& deriver) {
  OpenWork work{.cases = {}, .budget = PersonBudget(session.now)};
  SHOUYUE_CHECK(work.budget.add_stored(session.store));
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  std::vector<std::string> changed;
  if (session.now.milliseconds() >= run_now) {
    const std::int64_t derived_to = SHOUYUE_TRY(number_of(session.store, meta::derived_to));
    changed = SHOUYUE_TRY(session.store.due(derived_to, session.now));
    const std::set<std::string> skipped(changed.begin(), changed.end());
    SHOUYUE_CHECK(session.store.each_callable(session.now, [&](CaseRow& row) -> Result<void> {
      if (!skipped.contains(row.policy_no)) work.cases.push_back(queued(row));
      return {};
    }));
  } else {
    SHOUYUE_CHECK(session.store.each_policy([&](std::string& policy_no) -> Result<void> {
      changed.push_back(std::move(policy_no));
      return {};
    }));
  }
  for (std::span<const std::string> rest = changed; !rest.empty();) {
    const auto batch = rest.first(std::min(rest.size(), batch_policies));
    SHOUYUE_CHECK(add_changed(session, deriver, batch, work));
    rest = rest.subspan(batch.size());
  }
  return work;
}

Result<const Seat*> find_seat(const Profile& profile, const std::string& id) {
  if (id.empty()) return nullptr;
  for (const Seat& seat : profile.seats)
    if (seat.id == id) return &seat;
  // A profile without seats restricts nobody.
  if (profile.seats.empty()) return nullptr;
  return refuse(Errc::not_found, "worklist.unknown_seat", "the profile has no seat '" + id + "'",
                "公司档案中没有坐席“" + id + "”");
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
  Why answer;
  answer.deriver = std::make_shared<PolicyDeriver>(SHOUYUE_TRY(PolicyDeriver::load(session)));
  const auto policy = SHOUYUE_TRY(answer.deriver->read(policy_no, session.now));
  const auto state = SHOUYUE_TRY(PolicyDeriver::derive(policy, session.now));
  answer.policy_no = policy_no;
  answer.state = state.follow_up.status;
  answer.leg = state.follow_up.active ? state.follow_up.active->leg->leg : state.follow_up.leg;
  answer.rules = state.follow_up.rules;
  if (!state.follow_up.active) {
    answer.hindrances.push_back(
        {.layer = "state", .next = state.wake_at, .clause = nullptr, .detail = std::string(code_of(answer.state))});
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
  const OpenWork work = SHOUYUE_TRY(open_work(session, *answer.deriver));
  if (const regime::Clause* clause = SHOUYUE_TRY(work.budget.exhausted(policy, state)))
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
