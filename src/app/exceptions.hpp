#pragma once

#include "app/accounts.hpp"
#include "app/exception_store.hpp"
#include "app/policy_deriver.hpp"

// What the rule books do not allow and two persons together may decide: one asks with a reason, another one, never the
// same, grants or refuses. What was granted about a policy is a fact, see insurer::GrantedException; the close of a
// month freezes its figures, see month_close.hpp. Every step is in the audit journal.
namespace shouyue::app {

struct ExceptionAsked {
  insurer::ExceptionKind kind = insurer::ExceptionKind::waiver;
  std::string policy_no;  // empty for a month close
  std::string value;      // of rule_book: the id of the book; of month_close: `<rule book> <month>`
  std::string reason;     // 5 to 500 characters
};

// How a policy stands, in the words of the exports.
struct PolicyStands {
  std::string regime, state, deadline, commission_status, payable, refused;
  bool operator==(const PolicyStands&) const = default;
};

// A request with what it would change, or has changed nothing yet when that cannot be told any more.
struct ExceptionView {
  ExceptionRow row;
  std::optional<PolicyStands> now, then;  // of a request that is not decided
};

// Errors: policy.not_found, exception.reason_form, exception.already_asked, exception.no_waiver,
// exception.nothing_to_waive, exception.unknown_rule_book, exception.same_rule_book, exception.already_settled,
// exception.nothing_held, those of check_month_close; those of the store.
Result<ExceptionView> ask_exception(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                    const ExceptionAsked& asked);

// Whether persons in that role may decide about requests of the kind: about commission those who may see it, about the
// close of a month those who may see its scores.
bool may_decide(access::Role role, insurer::ExceptionKind kind);

struct Decision {
  std::string subject;
  int n = 0;
  bool is_granted = false;
  std::string answer;  // may be empty when granted
};
// Errors: exception.not_found, access.denied (see may_decide), exception.same_person, exception.already_decided,
// exception.reason_form; when granted those of asking.
Result<ExceptionView> decide_exception(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                       const Decision& decision);

// Errors: exception.not_found, exception.not_yours, exception.already_decided.
Result<ExceptionView> withdraw_exception(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                         const std::string& subject, int n);

// Errors: exception.not_found.
Result<ExceptionView> exception_view(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                     const std::string& subject, int n);

// The requests about policies in the person's scope, and for those who see the whole company the month closes; the
// newest first. `state` empty: of any.
Result<std::vector<ExceptionRow>> exception_list(Session& session, const PolicyDeriver& deriver,
                                                 const access::Account& account,
                                                 std::optional<insurer::ExceptionState> state);

}  // namespace shouyue::app
