#pragma once

#include "app/accounts.hpp"
#include "app/attachments.hpp"
#include "app/exception_store.hpp"
#include "app/policy_deriver.hpp"

// What the rule books do not allow and two persons together may decide: one asks with a reason, another one, never the
// same, grants or refuses. What was granted about a policy is a fact, see insurer::GrantedException; the close of a
// month freezes its figures, see month_close.hpp. Every step is in the audit journal.
namespace shouyue::app {

struct ExceptionAsked {
  insurer::ExceptionKind kind = insurer::ExceptionKind::waiver;
  std::string policy_no;  // empty for a month close
  // Of rule_book the id of the book, of month_close `<rule book> <month>`, of a revocation the number of the request.
  std::string value;
  std::string reason;  // 5 to 500 characters
};

// How a policy stands, in the words of the exports.
struct PolicyStands {
  std::string regime, state, deadline, commission_status, payable, refused;
  bool operator==(const PolicyStands&) const = default;
};

// A paper that the rule book asks for with a waiver, and what was handed in as it.
struct ExceptionPaper {
  const regime::WaiverPaper* paper = nullptr;
  std::vector<Attachment> files;
};

// A request with what it would change, or has changed nothing yet when that cannot be told any more. The clauses belong
// to the deriver.
struct ExceptionView {
  ExceptionRow row;
  std::optional<PolicyStands> now, then;             // of a request that is not decided
  std::vector<ExceptionPaper> papers;                // of a waiver
  const regime::WaiverApproval* approval = nullptr;  // of a waiver, and of its revocation
  std::optional<insurer::ExceptionKind> revokes;     // of a revocation: the kind of what it revokes
};

// Errors: policy.not_found, exception.reason_form, exception.already_asked, those of check_policy_request and
// check_month_close; those of the store.
Result<ExceptionView> ask_exception(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                    const ExceptionAsked& asked);

// Whether persons in that role may decide about requests of the kind: about commission those who may see it, about the
// close of a month those who may see its scores, about a waiver those who may read its papers.
bool may_decide(access::Role role, insurer::ExceptionKind kind);
// What was granted of the kind may be revoked: not the close of a month, nor a revocation.
bool is_revocable(insurer::ExceptionKind kind);
// What is decided about: of a revocation the kind of what it revokes.
Result<insurer::ExceptionKind> kind_decided(Session& session, const ExceptionRow& row);

struct Decision {
  std::string subject;
  int n = 0;
  bool is_granted = false;
  std::string answer;  // may be empty when granted
};
// Errors: exception.not_found, access.denied (see may_decide), exception.already_decided, exception.same_person,
// exception.level, exception.reason_form; when granted those of asking, and exception.papers_missing.
Result<ExceptionView> decide_exception(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                       const Decision& decision);

// A request of the person's own that is not decided. Errors: exception.not_found, exception.not_yours,
// exception.already_decided.
Result<ExceptionRow> own_open_request(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                      const std::string& subject, int n);

// Errors: those of own_open_request.
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
