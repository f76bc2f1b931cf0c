#include "app/open_cases.hpp"

#include <algorithm>

#include "app/organisation_part.hpp"

namespace shouyue::app {
namespace {

constexpr std::int64_t looking_seconds = 60;

}  // namespace

Result<void> OpenCases::load(Store& store, Instant now) {
  const std::lock_guard reading(reading_), lock(mutex_);
  read_to_ = SHOUYUE_TRY(store.newest_change());
  queue_ = worklist::CallQueue();
  now_ = now;
  SHOUYUE_CHECK(store.each_open([&](OpenCase& kase) -> Result<void> {
    if (is_open(kase)) queue_.add(queued(std::move(kase)));
    return {};
  }));
  queue_.order(now);
  std::vector<std::string> held;
  for (HeldCase& kase : SHOUYUE_TRY(store.all_held())) held.push_back(std::move(kase.policy_no));
  for (const auto& claim : SHOUYUE_TRY(store.claims_of_each(held)))
    if (claim) queue_.hold(claim->policy_no, claim->lease_until);
  return {};
}

Result<void> OpenCases::catch_up(Store& store, Instant now) {
  const std::unique_lock reading(reading_, std::try_to_lock);
  if (!reading) return {};
  // What is committed while this reads may come twice.
  const std::int64_t newest = SHOUYUE_TRY(store.newest_change());
  std::vector<OpenCase> changed;
  if (newest != read_to_)
    SHOUYUE_CHECK(store.each_changed(read_to_, [&](OpenCase& kase) -> Result<void> {
      changed.push_back(std::move(kase));
      return {};
    }));
  read_to_ = newest;
  const std::lock_guard lock(mutex_);
  advance(now);
  for (OpenCase& kase : changed) put(std::move(kase));
  return {};
}

std::vector<char> OpenCases::lanes_wanted(const WorklistRequest& request, const Seat* seat,
                                          const PolicyDeriver& deriver, Date today) {
  const std::vector<char>* below = request.org.empty() ? nullptr : &orgs_below(request.org, deriver, today);
  std::vector<char> wanted(lanes_.size());
  for (std::size_t n = 0; n < lanes_.size(); ++n) {
    const Lane& lane = lanes_[n];
    wanted[n] = (!below || (*below)[lane.org] != 0) && fits_seat(request, seat, lane.leg, lane.language);
  }
  return wanted;
}

std::optional<std::string> OpenCases::take(const WorklistRequest& request, const Seat* seat,
                                           const PolicyDeriver& deriver, Instant now) {
  const std::lock_guard lock(mutex_);
  advance(now);
  auto found = queue_.best(lanes_wanted(request, seat, deriver, now.date()), 1);
  if (found.empty()) return std::nullopt;
  queue_.hold(found[0], now_.plus_seconds(looking_seconds));
  return std::move(found[0]);
}

std::vector<std::string> OpenCases::first(const WorklistRequest& request, const PolicyDeriver& deriver, Instant now,
                                          std::size_t most) {
  const std::lock_guard lock(mutex_);
  advance(now);
  return queue_.best(lanes_wanted(request, nullptr, deriver, now.date()), most);
}

std::vector<std::string> OpenCases::all(const WorklistRequest& request, const PolicyDeriver& deriver, Instant now) {
  const std::lock_guard lock(mutex_);
  return queue_.all(lanes_wanted(request, nullptr, deriver, now.date()));
}

void OpenCases::hold(const std::string& policy_no, Instant until) {
  const std::lock_guard lock(mutex_);
  queue_.hold(policy_no, until);
}

void OpenCases::release(const std::string& policy_no) {
  const std::lock_guard lock(mutex_);
  queue_.release(policy_no);
}

std::vector<OpenCases::Count> OpenCases::counts(Instant now) {
  const std::lock_guard lock(mutex_);
  advance(now);
  std::vector<Count> counts;
  for (const worklist::CallQueue::Count& count : queue_.counts()) {
    const Lane& lane = lanes_[count.lane];
    counts.push_back({.org_code = orgs_[lane.org],
                      .language = lane.language,
                      .leg = lane.leg,
                      .deadline = count.deadline,
                      .callable = count.callable,
                      .waiting = count.waiting});
  }
  return counts;
}

worklist::QueuedCase OpenCases::queued(OpenCase kase) {
  const auto [org, is_new_org] = org_numbers_.try_emplace(kase.org_code, static_cast<std::uint32_t>(orgs_.size()));
  if (is_new_org) {
    orgs_.push_back(kase.org_code);
    below_.clear();
  }
  Lane lane{.org = org->second, .leg = *kase.active_leg, .language = std::move(kase.language)};
  const auto [number, is_new] = lane_numbers_.try_emplace(lane, static_cast<std::uint32_t>(lanes_.size()));
  if (is_new) lanes_.push_back(std::move(lane));
  return {.policy_no = std::move(kase.policy_no),
          .promised = kase.promised_at,
          .deadline = kase.success ? std::nullopt : kase.deadline,
          .leg_until = kase.leg_until,
          .callable_from = *kase.next_slot_from,
          .lane = number->second};
}

void OpenCases::put(OpenCase kase) {
  if (is_open(kase))
    queue_.put(queued(std::move(kase)));
  else
    queue_.remove(kase.policy_no);
}

// The moments of threads that come at once are not in order.
void OpenCases::advance(Instant now) {
  if (now <= now_) return;
  now_ = now;
  queue_.advance(now);
}

const std::vector<char>& OpenCases::orgs_below(const std::string& org, const PolicyDeriver& deriver, Date today) {
  if (directory_ != deriver.shared_directory() || day_ != today) {
    directory_ = deriver.shared_directory();
    day_ = today;
    below_.clear();
  }
  const auto [entry, is_new] = below_.try_emplace(org, orgs_.size());
  if (!is_new) return entry->second;
  OrganisationPart part(*directory_, org, today);
  for (std::size_t n = 0; n < orgs_.size(); ++n) entry->second[n] = part.holds(orgs_[n]);
  return entry->second;
}

}  // namespace shouyue::app
