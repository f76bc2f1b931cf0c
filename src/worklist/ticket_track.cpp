#include "worklist/ticket_track.hpp"

namespace shouyue::worklist {

std::string ticket_id(const std::string& policy_no, insurer::TicketKind kind, int number) {
  return policy_no + "-" + std::string(insurer::code_of(kind)) + "-" + std::to_string(number);
}

std::optional<insurer::TicketKind> kind_of(const insurer::TicketStep& step) {
  if (step.kind) return step.kind;
  const std::string_view id = step.ticket_id;
  const std::size_t number = id.rfind('-');
  if (number == std::string_view::npos || number == 0) return std::nullopt;
  const std::size_t kind = id.rfind('-', number - 1);
  if (kind == std::string_view::npos) return std::nullopt;
  return insurer::from_word<insurer::TicketKind>(id.substr(kind + 1, number - kind - 1));
}

TicketTrack track(const std::vector<insurer::TicketStep>& steps, const std::string& id, insurer::TicketKind kind,
                  Instant opened_at, std::optional<Instant> next_opened_at) {
  TicketTrack result;
  for (const insurer::TicketStep& step : steps) {
    const bool by_kind = step.ticket_id.empty() && step.kind == kind && step.at >= opened_at &&
                         (!next_opened_at || step.at < *next_opened_at);
    if (step.ticket_id != id && !by_kind) continue;
    switch (step.step) {
      case insurer::Step::accept: result.state = "accepted"; break;
      case insurer::Step::feedback:
        result.state = "feedback";
        if (!result.feedback_at) result.feedback_at = step.at;
        break;
      case insurer::Step::resolve:
        result.state = "resolved";
        result.closed_at = step.at;
        break;
      case insurer::Step::reject: result.state = "rejected"; break;
      case insurer::Step::reopen:
        result.state = "open";
        result.closed_at.reset();
        break;
      case insurer::Step::close:
        result.state = "closed";
        if (!result.closed_at) result.closed_at = step.at;
        break;
    }
  }
  return result;
}

}  // namespace shouyue::worklist
