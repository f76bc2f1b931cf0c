#include "demo/ticket_work.hpp"

#include <array>

#include "base/text.hpp"

namespace shouyue::demo {
namespace {

using insurer::Step;
using insurer::TicketKind;

enum class Pace { quick, ordinary, slow, very_slow, never };

Pace pace_of(Random& random, const std::string& branch_code) {
  const int care = std::stoi(branch_code) % 5;  // 0: the most careful offices
  const std::array weights{420 - 30 * care, 380, 120 + 20 * care, 50 + 8 * care, 20 + 4 * care};
  return static_cast<Pace>(random.weighted(weights));
}

// Working days from opening to the answer.
int days_to_answer(Random& random, Pace pace) {
  switch (pace) {
    case Pace::quick: return random.between(0, 2);
    case Pace::ordinary: return random.between(2, 4);
    case Pace::slow: return random.between(5, 8);
    default: return random.between(9, 18);
  }
}

const char* result_of(TicketKind kind, const Life& life) {
  switch (kind) {
    case TicketKind::verification: return has_bad_number(life.story) ? "phone_updated" : "contacted";
    case TicketKind::problem:
      return life.story == Story::proxy_documents || life.story == Story::proxy_risk_statement ? "signed_again"
                                                                                               : "explained";
    case TicketKind::surrender_warning: return life.index % 3 == 0 ? "surrendered" : "kept";
    case TicketKind::substandard: return "training_arranged";
    case TicketKind::intake_problem: return "data_corrected";
    default: return "done";
  }
}

}  // namespace

Result<std::vector<insurer::TicketStepRow>> plan_ticket(const Life& life, const OpenTicket& ticket,
                                                        const calendar::WorkingCalendar& calendar, std::uint64_t seed) {
  std::vector<insurer::TicketStepRow> steps;
  Random random(seed, "ticket", stable_hash(ticket.ticket_id));
  const Pace pace = pace_of(random, life.branch_code);
  if (pace == Pace::never) return steps;
  const auto add = [&](Step step, Date day, int hour) -> insurer::TicketStepRow& {
    insurer::TicketStepRow row;
    row.policy_no = ticket.policy_no;
    row.ticket_id = ticket.ticket_id;
    row.step = step;
    row.at = Instant::at(day, hour * 3600 + random.below(3600));
    row.operator_code = "G" + life.branch_code + "-" + std::to_string(random.between(1, 4));
    steps.push_back(std::move(row));
    return steps.back();
  };
  const Date opened = ticket.opened_at.date();
  const Date accepted = SHOUYUE_TRY(calendar.working_days_after(opened, 1));
  add(Step::accept, accepted, 9);
  const Date answered = SHOUYUE_TRY(calendar.working_days_after(accepted, days_to_answer(random, pace)));
  insurer::TicketStepRow& feedback = add(Step::feedback, answered, random.between(10, 16));
  feedback.result = result_of(ticket.kind, life);
  const bool finds_the_number = random.permille(780);
  const bool asked_for_the_number =
      ticket.kind == TicketKind::verification || ticket.kind == TicketKind::intake_problem;
  if (asked_for_the_number && has_bad_number(life.story) && finds_the_number) feedback.new_phone = life.holder.mobile;
  add(Step::resolve, answered, 17).result = result_of(ticket.kind, life);
  return steps;
}

}  // namespace shouyue::demo
