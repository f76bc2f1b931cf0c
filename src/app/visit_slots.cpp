#include "app/visit_slots.hpp"

namespace shouyue::app {
namespace {

constexpr int first_minute = 8 * 60, last_minute = 21 * 60, step_minutes = 30;

// Why the moment is no slot; empty when it is one.
Result<std::optional<worklist::Rejection>> rejection(const TicketView& view, Instant at) {
  if (!view.visit) return std::optional<worklist::Rejection>{};
  worklist::Cadence cadence = view.visit->cadence;
  cadence.appointment.reset();  // the new appointment takes the place of an older one
  std::vector<worklist::Rejection> rejections;
  const auto next =
      SHOUYUE_TRY(worklist::next_legal(cadence, view.visit->history, at, *view.policy.calendar, &rejections));
  if (next == at || rejections.empty()) return std::optional<worklist::Rejection>{};
  return std::optional(rejections.front());
}

}  // namespace

Result<std::vector<SlotDay>> visit_slots(const TicketView& view, Instant now, Date first, int days) {
  std::vector<SlotDay> list;
  for (Date day = first; day < first + days; day = day + 1) {
    SlotDay& shown = list.emplace_back();
    shown.day = day;
    shown.is_working_day = SHOUYUE_TRY(view.policy.calendar->is_working(day));
    for (int minute = first_minute; minute < last_minute; minute += step_minutes) {
      const Instant at = Instant::at(day, minute * 60);
      if (at <= now) continue;
      const auto rejected = SHOUYUE_TRY(rejection(view, at));
      if (!rejected) {
        shown.slots.push_back(at);
        continue;
      }
      shown.rejected_by = rejected->layer;
      shown.clause = rejected->clause;
    }
    if (shown.slots.empty()) continue;
    shown.rejected_by = {};
    shown.clause = nullptr;
  }
  return list;
}

Result<void> require_slot(const TicketView& view, Instant at) {
  const auto rejected = SHOUYUE_TRY(rejection(view, at));
  if (!rejected) return {};
  const std::string layer(rejected->layer);
  const std::string title = rejected->clause ? rejected->clause->title : layer;
  const std::string title_en = rejected->clause ? rejected->clause->title_en : layer;
  return refuse(Errc::rule_broken, "tickets.not_a_slot",
                "no visit may be made then (" + title_en + "); choose one of the times offered",
                "该时间不能回访（" + title + "），请选择所列时间");
}

}  // namespace shouyue::app
