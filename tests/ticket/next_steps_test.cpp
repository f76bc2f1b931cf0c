#include "ticket/next_steps.hpp"

#include <doctest/doctest.h>

using namespace shouyue;
using insurer::Step;

namespace {

struct Desk {
  ticket::Ticket ticket{.ticket_id = "P1-problem-1", .kind = insurer::TicketKind::problem, .state = "open"};
  regime::TicketRule rule{.kind = insurer::TicketKind::problem};
  insurer::Surroundings surroundings;
  ticket::Handling handling{.org_code = "3501", .steps = {}};

  Desk() {
    surroundings.org_path = {"350101", "3501", "35"};
    surroundings.org_levels = {insurer::Level::sub_branch, insurer::Level::city, insurer::Level::branch};
  }

  void took(Step step, const char* org_code = "") { handling.steps.push_back({.step = step, .org_code = org_code}); }

  // The rule that refuses the step; empty when it may be taken.
  std::string refusal_of(Step step) const {
    for (const auto& choice : ticket::step_choices(ticket, rule, surroundings, handling))
      if (choice.step == step) return choice.refused ? choice.refused->rule : "";
    return "no such choice";
  }
  std::string allowed() const {
    std::string steps;
    for (const auto& choice : ticket::step_choices(ticket, rule, surroundings, handling))
      if (!choice.refused) steps += std::string(code_of(choice.step)) + " ";
    return steps;
  }
};

}  // namespace

TEST_CASE("what was done decides what comes next") {
  Desk desk;
  desk.took(Step::resolve);
  const std::pair<const char*, const char*> onward[] = {{"open", "accept feedback "},
                                                        {"accepted", "feedback resolve reject "},
                                                        {"reviewed", "feedback resolve reject "},
                                                        {"feedback", "feedback resolve reject "},
                                                        {"rejected", "accept feedback "},
                                                        {"resolved", "close reopen "},
                                                        {"closed", "reopen "}};
  for (const auto& [state, steps] : onward) {
    desk.ticket.state = state;
    CHECK_MESSAGE(desk.allowed() == steps, state);
  }
}

TEST_CASE("the seller takes no step, unless agents work on the ticket now") {
  Desk desk;
  desk.handling.sold_the_policy = true;
  CHECK(desk.allowed().empty());
  CHECK(desk.refusal_of(Step::accept) == "tickets.seller_handles");
  desk.rule.handler = regime::Performer::agent;
  CHECK(desk.allowed().empty());
  desk.handling.handler = regime::Performer::agent;
  CHECK(desk.allowed() == "accept feedback ");
}

TEST_CASE("a first review is made by the office of its level, and comes before the settling") {
  Desk desk;
  desk.ticket.state = "accepted";
  CHECK(desk.refusal_of(Step::review) == "tickets.not_now");
  desk.rule.first_review = regime::FirstReview{.clause = {}, .by = insurer::Level::city};
  CHECK(desk.refusal_of(Step::review).empty());
  CHECK(desk.refusal_of(Step::resolve) == "tickets.needs_review");
  desk.handling.org_code = "35";
  CHECK(desk.refusal_of(Step::review) == "tickets.not_this_office");
  desk.took(Step::review, "35");
  desk.ticket.state = "reviewed";
  CHECK(desk.refusal_of(Step::resolve) == "tickets.needs_review");
  desk.took(Step::review, "3501");
  CHECK(desk.refusal_of(Step::resolve).empty());
}

TEST_CASE("what only a visit closes is not settled by a step, and not opened again after it") {
  Desk desk;
  desk.ticket.state = "accepted";
  desk.rule.closed_by_steps = false;
  CHECK(desk.refusal_of(Step::resolve) == "tickets.needs_visit");
  desk.ticket.state = "closed";
  CHECK(desk.refusal_of(Step::reopen) == "tickets.closed_by_visit");
}
