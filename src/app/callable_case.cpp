#include "app/callable_case.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "intake/defects.hpp"

namespace shouyue::app {
namespace {

// The leg before was left to the policyholder and time ended it: 回访超时件.
bool has_timed_out(const followup::Case& kase) {
  if (kase.means.size() < 2) return false;
  const followup::Means& before = kase.means[kase.means.size() - 2];
  return before.leg->performer == regime::Performer::holder &&
         (before.ended_by == "time_limit" || before.ended_by == "window_exhausted");
}

std::string reason_of(const followup::Case& kase, int slots_left, Date today) {
  if (kase.success) return "second_visit";
  std::string reason = kase.active->cadence.appointment ? "promised;" : "";
  if (has_timed_out(kase)) reason += "timed_out;";
  if (slots_left == 1) reason += "last_slot;";
  if (!kase.deadline) return reason + "no_deadline";
  const int days = *kase.deadline - today;
  if (days < 0) return reason + "overdue";
  return reason + (days == 0 ? "due_today" : "due_in_" + std::to_string(days) + "_days");
}

bool is_below(const LoadedPolicy& policy, const std::string& org) {
  const std::vector<std::string>& path = policy.surroundings.org_path;
  return org.empty() || org == policy.policy().org_code || std::ranges::find(path, org) != path.end();
}

}  // namespace

std::optional<std::string> phone_in_use(const insurer::PolicyFacts& facts) {
  for (auto step = facts.ticket_steps.rbegin(); step != facts.ticket_steps.rend(); ++step)
    if (!step->new_phone.empty()) return step->new_phone;
  for (auto change = facts.changes.rbegin(); change != facts.changes.rend(); ++change)
    if (change->change == insurer::Change::phone_change && !change->value.empty()) return change->value;
  const auto phones = intake::dialable_phones(facts.policy);
  if (phones.empty()) return std::nullopt;
  return phones.front();
}

Result<insurer::Leg> leg_named(std::string_view word) {
  if (const auto leg = insurer::from_word<insurer::Leg>(word)) return *leg;
  return refuse(Errc::invalid_input, "worklist.unknown_leg", "'" + std::string(word) + "' is not a leg of follow-up",
                "“" + std::string(word) + "”不是回访环节");
}

bool fits_seat(const WorklistRequest& request, const Seat* seat, insurer::Leg leg, const std::string& language) {
  if (request.leg && leg != request.leg) return false;
  if (!seat) return true;
  if (!seat->legs.empty() && !seat->legs.contains(leg)) return false;
  return language.empty() || seat->languages.contains(language);
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

Result<std::optional<WorklistRow>> row_of_active(const LoadedPolicy& policy, const PolicyState& state, Instant now) {
  const followup::Case& kase = state.follow_up;
  if (!kase.active) return std::nullopt;
  const auto& [leg, cadence, history] = *kase.active;
  const int slots = SHOUYUE_TRY(worklist::slots_left(cadence, history, now, slots_counted_max, *policy.calendar));
  const auto phone = phone_in_use(state.facts);
  return WorklistRow{.policy_no = policy.policy_no,
                     .leg = leg->leg,
                     .phone_masked = phone ? mask_phone(*phone) : "",
                     .deadline = kase.success ? std::nullopt : kase.deadline,
                     .slots_left = slots,
                     .language = insurer::language_of(state.facts),
                     .reason = reason_of(kase, slots, now.date())};
}

Result<Callable> look_at(const LoadedPolicy& policy, const PolicyState& state, const WorklistRequest& request,
                         const Seat* seat, Instant now) {
  Callable callable;
  if (!state.follow_up.active) return callable;
  const auto& [leg, cadence, history] = *state.follow_up.active;
  callable.next = SHOUYUE_TRY(worklist::next_legal(cadence, history, now, *policy.calendar));
  // A leg that the holder answers alone is nobody's call.
  const bool is_call = request.seat.empty() || leg->performer != regime::Performer::holder;
  const bool is_wanted =
      is_call && is_below(policy, request.org) && fits_seat(request, seat, leg->leg, insurer::language_of(state.facts));
  if (callable.next == now && is_wanted) callable.row = SHOUYUE_TRY(row_of_active(policy, state, now));
  return callable;
}

}  // namespace shouyue::app
