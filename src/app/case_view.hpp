#pragma once

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// One thing that happened to a policy, or was decided about it.
struct Happening {
  Instant at;
  std::string what;  // issued, delivered, signed, handed_in, reconciled, attempt, ticket_opened, ticket_step,
                     // ticket_closed, change, exception, success, completed
  std::string detail;
};

struct CaseView {
  std::shared_ptr<PolicyDeriver> deriver;  // holds the clauses; null when the caller's does
  LoadedPolicy policy;
  Result<PolicyState> state;  // or why it cannot be derived
  DerivedRows rows;
  std::vector<Happening> timeline;  // by time
};

// Facts, derived state and timeline of one policy at `session.now`. Names, numbers and addresses are masked unless
// `unmasked`, which is recorded in the audit journal. Errors: policy.not_found, those of PolicyDeriver.
struct CaseRequest {
  std::string policy_no;
  bool unmasked = false;
};
Result<CaseView> case_view(Session& session, const CaseRequest& request);
// Of a policy that was read already, by a deriver that lives longer.
CaseView view_of(LoadedPolicy policy, Instant at);

using Fields = std::vector<std::pair<std::string, std::string>>;  // name and text

// What who may see a record sees masked: what is personal, and the birth date, which a person on the line must know.
bool is_masked(const insurer::FieldText& field);
// Such a field as it may be shown.
std::string masked(std::string_view field, const std::string& text);

// Fields of a record, empty ones left out, personal ones masked unless `unmasked`.
template <class Record>
Fields shown_fields(const Record& record, bool unmasked);

// What the stored row of a ticket does not hold: result, waits_for (clause ids), a `reply.<id>` for each answer.
Fields ticket_fields(const ticket::Ticket& ticket);
// signature_ok, returned_on, late_after, late, hand_in_by, handed_in_late, warnings (clause ids), as far as the book
// rules them.
Fields standing_fields(const receipt::Standing& standing);

// A clause with what it says for the policy: its value on the governing day with the unit, or its condition.
struct CitedRule {
  const regime::Clause* clause = nullptr;
  std::string value, cite;
};

// One decision with what it rests on.
struct Explained {
  std::string what;   // class, deadline, state, means, ticket, commission, receipt, exception
  std::string value;  // what was decided
  std::vector<CitedRule> rules;
  std::vector<std::string> facts;  // what it was decided from
};

struct Explanation {
  std::shared_ptr<PolicyDeriver> deriver;  // holds the clauses
  std::vector<Explained> parts;
};

// The clauses and facts behind what was decided about a policy; `what` empty: everything.
// Errors: explain.unknown, policy.not_found, those of PolicyDeriver and of derive_policy.
Result<Explanation> explain(Session& session, const std::string& policy_no, const std::string& what);
// All of it, of a policy that was read already. Errors: those of derive_policy.
Result<std::vector<Explained>> explained(const LoadedPolicy& policy, Instant at);

}  // namespace shouyue::app
