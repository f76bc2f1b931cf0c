#include "ticket/next_steps.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace shouyue::ticket {
namespace {

using insurer::Step;

constexpr std::uint64_t bits_of(std::initializer_list<Step> steps) {
  std::uint64_t bits = 0;
  for (const Step step : steps) bits |= insurer::bit(step);
  return bits;
}

struct Onward {
  std::string_view state;
  std::uint64_t next;  // bits of Step
};

constexpr std::array onwards{
    Onward{"open", bits_of({Step::accept, Step::feedback})},
    Onward{"accepted", bits_of({Step::review, Step::feedback, Step::resolve, Step::reject})},
    Onward{"reviewed", bits_of({Step::feedback, Step::resolve, Step::reject})},
    Onward{"feedback", bits_of({Step::review, Step::feedback, Step::resolve, Step::reject})},
    Onward{"rejected", bits_of({Step::accept, Step::feedback})},
    Onward{"resolved", bits_of({Step::close, Step::reopen})},
    Onward{"closed", bits_of({Step::reopen})},
};

constexpr std::array order{Step::accept, Step::review, Step::feedback, Step::resolve,
                           Step::reject, Step::close,  Step::reopen};

bool follows(const std::string& state, Step step) {
  const auto known = std::ranges::find(onwards, std::string_view(state), &Onward::state);
  return known != onwards.end() && (known->next & insurer::bit(step)) != 0;
}

Error refusal(const char* rule, std::string en, std::string zh) {
  return {Errc::rule_broken, rule, std::move(en), std::move(zh)};
}

bool is_office_of(const insurer::Surroundings& surroundings, const std::string& org_code, insurer::Level level) {
  for (std::size_t i = 0; i < surroundings.org_path.size(); ++i)
    if (surroundings.org_path[i] == org_code) return surroundings.org_levels[i] == level;
  return false;
}

bool settles(const insurer::TicketStep& step) { return step.step == Step::resolve || step.step == Step::close; }

class Judge {
 public:
  Judge(const Ticket& ticket, const regime::TicketRule& rule, const insurer::Surroundings& surroundings,
        const Handling& handling)
      : ticket_(ticket), rule_(rule), surroundings_(surroundings), handling_(handling) {}

  StepChoice choice(Step step) const {
    if (handling_.sold_the_policy && handling_.handler != regime::Performer::agent)
      return {step,
              refusal("tickets.seller_handles", "who sold the policy must not handle this ticket; another person does",
                      "本单不得由销售该保单的人员处理，请交由其他人员"),
              &rule_.clause};
    if (!follows(ticket_.state, step)) return {step, not_now(step)};
    switch (step) {
      case Step::review: return review();
      case Step::resolve: return resolve();
      case Step::reopen: return reopen();
      default: return {step, {}};
    }
  }

 private:
  bool was_reviewed() const {
    return std::ranges::any_of(handling_.steps, [&](const insurer::TicketStep& step) {
      return step.step == Step::review && is_office_of(surroundings_, step.org_code, rule_.first_review->by);
    });
  }
  Error not_now(Step step) const {
    const std::string state = ticket_.state;
    return refusal("tickets.not_now",
                   "the ticket is " + state + "; " + std::string(code_of(step)) + " does not follow that",
                   "工单当前状态下不能“" + std::string(zh_of(step)) + "”");
  }
  StepChoice review() const {
    if (!rule_.first_review) return {Step::review, not_now(Step::review)};
    const auto& [clause, by] = *rule_.first_review;
    if (is_office_of(surroundings_, handling_.org_code, by)) return {Step::review, {}};
    const std::string level(zh_of(by)), code(code_of(by));
    return {Step::review,
            refusal("tickets.not_this_office",
                    "the first review is made by the office of level " + code + " above the policy",
                    "初审由保单所属的" + level + "办理"),
            &clause};
  }
  StepChoice resolve() const {
    if (!rule_.closed_by_steps)
      return {Step::resolve,
              refusal("tickets.needs_visit", "only a successful visit closes this ticket; give feedback instead",
                      "本类工单须再次回访成功方能结案，请先“反馈”"),
              &rule_.clause};
    if (rule_.first_review && !was_reviewed())
      return {Step::resolve, refusal("tickets.needs_review", "it counts only after the first review", "须先经初审"),
              &rule_.first_review->clause};
    return {Step::resolve, {}};
  }
  StepChoice reopen() const {
    if (std::ranges::any_of(handling_.steps, settles)) return {Step::reopen, {}};
    return {Step::reopen,
            refusal("tickets.closed_by_visit", "a successful visit closed the ticket; it stays closed",
                    "工单已因回访成功结案，不能重开"),
            &rule_.clause};
  }

  const Ticket& ticket_;
  const regime::TicketRule& rule_;
  const insurer::Surroundings& surroundings_;
  const Handling& handling_;
};

}  // namespace

std::vector<StepChoice> step_choices(const Ticket& ticket, const regime::TicketRule& rule,
                                     const insurer::Surroundings& surroundings, const Handling& handling) {
  const Judge judge(ticket, rule, surroundings, handling);
  std::vector<StepChoice> choices;
  for (const Step step : order) choices.push_back(judge.choice(step));
  return choices;
}

}  // namespace shouyue::ticket
