#pragma once

#include <algorithm>
#include <span>

#include "base/now.hpp"
#include "insurer/facts.hpp"

namespace shouyue::insurer {

// A view of facts that lie elsewhere: of each list a beginning.
struct VisibleFacts {
  VisibleFacts(const PolicyFacts& facts)  // NOLINT(google-explicit-constructor): all of them are a view too
      : policy(facts.policy),
        receipt(facts.receipt),
        attempts(facts.attempts),
        ticket_steps(facts.ticket_steps),
        changes(facts.changes),
        exceptions(facts.exceptions) {}

  const Policy& policy;
  std::optional<Receipt> receipt;
  std::span<const Attempt> attempts;
  std::span<const TicketStep> ticket_steps;
  std::span<const PolicyChange> changes;
  std::span<const GrantedException> exceptions;

  bool is_revoked(const GrantedException& exception) const {
    return std::ranges::any_of(exceptions, [&](const GrantedException& other) { return revokes(other, exception); });
  }
  // Granted, and not revoked since.
  bool has_exception(ExceptionKind kind) const {
    return std::ranges::any_of(exceptions, [&](const GrantedException& exception) {
      return exception.kind == kind && !is_revoked(exception);
    });
  }
};

// The facts that have happened by that moment. Reported dates and calls that lie later are left out, and `now`
// remembers the nearest of them. A day counts from its 00:00. The policy itself is kept; ask
// `now.reached(policy.issued_on)`.
VisibleFacts visible_at(const PolicyFacts& facts, Now& now);

// In which dialect to call: as it was heard on the line last, or else as the policy says; empty: Mandarin. Valid as
// long as the facts are.
const std::string& language_of(const VisibleFacts& facts);

// Leaves of the facts what is visible of them.
void keep_visible(PolicyFacts& facts, const VisibleFacts& visible);

}  // namespace shouyue::insurer
