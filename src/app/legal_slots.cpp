#include "app/legal_slots.hpp"

#include <algorithm>

#include "app/person_limit.hpp"
#include "worklist/cadence.hpp"

namespace shouyue::app {
namespace {

constexpr int first_second = 8 * 3600, last_second = 21 * 3600 + 1800, step_seconds = 1800;

// The leg on which the next call would be made, with the call of this moment counted.
class Calendar {
 public:
  static Result<Calendar> of(Session& session, PolicyDeriver& deriver, const std::string& policy_no, Instant made_at) {
    Calendar calendar;
    calendar.policy_ = SHOUYUE_TRY(deriver.read(policy_no, session.now));
    calendar.state_ = SHOUYUE_TRY(PolicyDeriver::derive(calendar.policy_, session.now));
    if (!calendar.state_.follow_up.active)
      return refuse(Errc::rule_broken, "slots.no_leg", "no more calls are to be made to this policyholder",
                    "该客户无需再次拨打");
    const auto& active = *calendar.state_.follow_up.active;
    calendar.cadence_ = active.cadence;
    calendar.cadence_.appointment.reset();
    calendar.history_ = active.history;
    if (std::ranges::find(calendar.history_, made_at) == calendar.history_.end()) calendar.history_.push_back(made_at);
    std::ranges::sort(calendar.history_);
    calendar.person_day_ = made_at.date();
    // The call of this moment counts against the person too.
    const PersonDay day = SHOUYUE_TRY(
        day_of_person(session.store, calendar.policy_, calendar.person_day_, session.now, {.policies = {}, .more = 1}));
    calendar.person_clause_ = day.limit;
    return calendar;
  }

  const followup::Case& follow_up() const { return state_.follow_up; }

  Result<Slot> slot(Instant at) const {
    std::vector<worklist::Rejection> rejections;
    const auto next = SHOUYUE_TRY(worklist::next_legal(cadence_, history_, at, *policy_.calendar, &rejections));
    if (next != at) return Slot{at, false, std::string(rejections.front().layer), rejections.front().clause};
    if (person_clause_ && at.date() == person_day_) return Slot{at, false, "person_per_day_max", person_clause_};
    return Slot{at, true, "", nullptr};
  }

 private:
  LoadedPolicy policy_;
  PolicyState state_;
  worklist::Cadence cadence_;
  std::vector<Instant> history_;
  const regime::Clause* person_clause_ = nullptr;
  Date person_day_;
};

}  // namespace

Result<LegalSlots> legal_slots(Session& session, PolicyDeriver& deriver, const std::string& policy_no, Instant made_at,
                               int days) {
  const Calendar calendar = SHOUYUE_TRY(Calendar::of(session, deriver, policy_no, made_at));
  LegalSlots result{
      .leg = calendar.follow_up().active->leg->leg, .deadline = calendar.follow_up().deadline, .slots = {}};
  for (int day = 0; day < days; ++day)
    for (int second = first_second; second <= last_second; second += step_seconds) {
      const Instant at = Instant::at(made_at.date() + day, second);
      if (at > made_at) result.slots.push_back(SHOUYUE_TRY(calendar.slot(at)));
    }
  return result;
}

Result<void> require_legal_slot(Session& session, PolicyDeriver& deriver, const std::string& policy_no, Instant made_at,
                                Instant at) {
  const Calendar calendar = SHOUYUE_TRY(Calendar::of(session, deriver, policy_no, made_at));
  const Slot slot = SHOUYUE_TRY(calendar.slot(at));
  if (slot.is_legal && at > made_at) return {};
  const std::string clause = slot.clause ? " (" + slot.clause->id + ")" : "";
  const std::string title = slot.clause ? slot.clause->title : slot.layer;
  return refuse(Errc::rule_broken, "slots.not_legal",
                "no call may be promised for " + at.text() + ": " + slot.layer + clause + "; choose another moment",
                "不能预约 " + at.plain_text() + "：" + title + "；请另选时间");
}

}  // namespace shouyue::app
