#include <algorithm>
#include <array>

#include "app/case_view.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

constexpr std::array<std::string_view, 8> topics{"class",  "deadline",   "state",   "means",
                                                 "ticket", "commission", "receipt", "exception"};

// Which decision a clause of follow-up belongs to, by the part of the rule book that it stands in.
std::string_view topic_of(const regime::Clause& clause) {
  const std::string_view path = std::string_view(clause.id).substr(clause.id.find('/') + 1);
  if (path.starts_with("followup.deadline") || path.starts_with("followup.cooling_off")) return "deadline";
  if (path.starts_with("outcome") || path.starts_with("followup.decides")) return "class";
  return "state";
}

std::string stated(const regime::Statement& statement, std::string_view key) {
  for (const auto& [name, value] : statement.settings)
    if (name == key) return value;
  return {};
}

CitedRule cited(const regime::Clause& clause, const regime::Statement& statement, Date governing) {
  CitedRule rule{.clause = &clause, .value = {}, .cite = clause.cite};
  const std::string day = governing.text();
  for (const regime::StatedValue& dated : statement.values) {
    if (!dated.from.empty() && dated.from > day) continue;
    if (dated.when.empty()) {
      rule.value = dated.value;
      rule.cite = dated.cite;
    } else {
      rule.value += " (" + dated.value + " when " + dated.when + ")";
    }
  }
  if (const std::string unit = stated(statement, "unit"); !unit.empty()) rule.value += " " + unit;
  if (rule.value.empty()) rule.value = stated(statement, "when");
  return rule;
}

// Says of each clause what it holds for the policy.
class Citations {
 public:
  explicit Citations(const LoadedPolicy& policy)
      : books_(*policy.books), governing_(insurer::as_known(policy.versions, INT64_MAX).policy.issued_on) {}

  std::vector<CitedRule> of(const std::vector<const regime::Clause*>& rules) const {
    std::vector<CitedRule> result;
    for (const regime::Clause* rule : rules) result.push_back(of(*rule));
    return result;
  }
  std::vector<CitedRule> about(const followup::Case& kase, std::string_view topic) const {
    std::vector<CitedRule> result;
    for (const regime::Clause* rule : kase.rules)
      if (topic_of(*rule) == topic) result.push_back(of(*rule));
    return result;
  }

 private:
  CitedRule of(const regime::Clause& clause) const {
    for (const auto& book : books_.books)
      for (const regime::Statement& statement : book->statements)
        if (statement.clause.id == clause.id) return cited(clause, statement, governing_);
    return {.clause = &clause, .value = {}, .cite = clause.cite};
  }

  const regime::RuleBooks& books_;
  Date governing_;
};

std::string text_of(const std::optional<Date>& day) { return day ? day->text() : ""; }

std::vector<std::string> deadline_facts(const insurer::PolicyFacts& facts) {
  std::vector<std::string> lines{"issued_on " + facts.policy.issued_on.text()};
  if (facts.receipt && facts.receipt->signed_on) lines.push_back("signed_on " + facts.receipt->signed_on->text());
  return lines;
}

std::vector<std::string> attempt_facts(const PolicyState& state, std::optional<std::size_t> which) {
  if (!which) return {};
  const insurer::Attempt& attempt = state.facts.attempts[*which];
  return {"attempt " + attempt.attempt_id + " " + attempt.started_at.text() + " " + std::string(code_of(attempt.leg)) +
          " " + std::string(code_of(attempt.connection)) + " " + std::string(code_of(attempt.interview))};
}

void add_follow_up(const PolicyState& state, const Citations& citations, std::vector<Explained>& parts) {
  const followup::Case& kase = state.follow_up;
  parts.push_back({"class", std::string(code_of(kase.result_class)) + (kase.success ? " success" : ""),
                   citations.about(kase, "class"), attempt_facts(state, kase.deciding)});
  parts.push_back({"deadline", text_of(kase.deadline), citations.about(kase, "deadline"), deadline_facts(state.facts)});
  parts.push_back({"state",
                   std::string(code_of(kase.status)) + (kase.leg ? " " + std::string(code_of(*kase.leg)) : ""),
                   citations.about(kase, "state"),
                   {}});
}

// `first_call 4 attempts_used_up 2021-10-12T09:00:00+08:00`; one that goes on has no end.
std::string means_text(const followup::Means& means) {
  std::string text = std::string(code_of(means.leg->leg)) + " " + std::to_string(means.attempts);
  if (means.ended_at) text += " " + std::string(means.ended_by) + " " + means.ended_at->text();
  return text;
}

// Each means that was tried, and why it ended.
void add_means(const PolicyState& state, const Citations& citations, std::vector<Explained>& parts) {
  for (const followup::Means& means : state.follow_up.means) {
    std::vector<const regime::Clause*> rules{&means.leg->clause};
    if (means.clause) rules.push_back(means.clause);
    parts.push_back({"means", means_text(means), citations.of(rules), attempt_facts(state, means.last)});
  }
}

void add_receipt(const receipt::Standing& standing, const Citations& citations, std::vector<Explained>& parts) {
  parts.push_back({"receipt",
                   "returned_on " + text_of(standing.returned_on) + (standing.late ? " late" : "") +
                       (standing.handed_in_late ? " handed_in_late" : ""),
                   citations.of(standing.rules),
                   {"late_after " + text_of(standing.late_after), "hand_in_by " + text_of(standing.hand_in_by)}});
}

void add_commission(const PolicyState& state, const Citations& citations, std::vector<Explained>& parts) {
  const commission::Standing& standing = state.commission->standing;
  Explained part{"commission",
                 std::string(code_of(standing.status)) + " " + standing.payable.yuan() +
                     (standing.reasons.empty() ? "" : " (" + join(standing.reasons, ", ") + ")"),
                 citations.of(standing.rules),
                 {"commission " + standing.commission.yuan(), "deduction " + standing.deduction.yuan()}};
  for (const commission::Entry& entry : state.commission->entries)
    part.facts.push_back(entry.month + " " + entry.kind + " " + entry.amount.yuan());
  parts.push_back(std::move(part));
}

// Who set the rules aside for this policy, and what for.
void add_exceptions(const PolicyState& state, std::vector<Explained>& parts) {
  for (const insurer::GrantedException& exception : state.facts.exceptions)
    parts.push_back({"exception",
                     std::string(code_of(exception.kind)) + (exception.value.empty() ? "" : " " + exception.value),
                     {},
                     {"asked_by " + exception.asked_by, "granted_by " + exception.granted_by,
                      "granted_at " + exception.at.text(), "reason " + exception.reason}});
}

}  // namespace

Result<std::vector<Explained>> explained(const LoadedPolicy& policy, Instant at) {
  const PolicyState state = SHOUYUE_TRY(PolicyDeriver::derive(policy, at));
  std::vector<Explained> parts;
  const Citations citations(policy);
  add_follow_up(state, citations, parts);
  add_means(state, citations, parts);
  for (const ticket::Ticket& ticket : state.tickets)
    parts.push_back({"ticket",
                     ticket.ticket_id + " " + ticket.state + " " + std::string(code_of(ticket.timeliness)),
                     citations.of(ticket.rules),
                     {"opened_at " + ticket.opened_at.text(), "due_on " + text_of(ticket.due_on)}});
  if (state.receipt) add_receipt(*state.receipt, citations, parts);
  if (state.commission) add_commission(state, citations, parts);
  add_exceptions(state, parts);
  return parts;
}

Result<Explanation> explain(Session& session, const std::string& policy_no, const std::string& what) {
  if (!what.empty() && std::ranges::find(topics, what) == topics.end())
    return refuse(
        Errc::invalid_input, "explain.unknown",
        "'" + what + "' is not one of: class, deadline, state, means, ticket, commission, receipt, exception",
        "“" + what + "”不在可解释之列：class、deadline、state、means、ticket、commission、receipt、exception");
  Explanation explanation;
  explanation.deriver = std::make_shared<PolicyDeriver>(SHOUYUE_TRY(PolicyDeriver::load(session)));
  const LoadedPolicy policy = SHOUYUE_TRY(explanation.deriver->read(policy_no, session.now));
  explanation.parts = SHOUYUE_TRY(explained(policy, session.now));
  if (!what.empty()) std::erase_if(explanation.parts, [&](const Explained& part) { return part.what != what; });
  return explanation;
}

}  // namespace shouyue::app
