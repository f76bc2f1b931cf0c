#include "worklist/ticket_track.hpp"

namespace shouyue::worklist {

std::string ticket_id(const std::string& policy_no, insurer::TicketKind kind, int number) {
  return policy_no + "-" + std::string(insurer::code_of(kind)) + "-" + std::to_string(number);
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
