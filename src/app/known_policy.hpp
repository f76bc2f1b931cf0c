#pragma once

#include "app/derive_policy.hpp"
#include "followup/outcome.hpp"
#include "worklist/context.hpp"
#include "worklist/term.hpp"

namespace shouyue::app {

// One policy with the facts known at one time, under its books, for derivations at several moments: what no moment
// changes is made once.
class KnownPolicy {
 public:
  KnownPolicy(const PolicyInput& input, insurer::PolicyFacts facts);
  KnownPolicy(const KnownPolicy&) = delete;
  KnownPolicy& operator=(const KnownPolicy&) = delete;

  // What intake finds wrong, from the day of issue on. Errors: those of intake::defects_of.
  const Result<std::vector<intake::Defect>>& defects() const { return defects_; }
  worklist::Context context_at(Now& now) const;
  // Errors: those of intake::defects_of and followup::derive.
  Result<followup::Case> follow_up(const worklist::Context& context, Now& now);
  // By what was reported, whatever has happened. Errors: those of receipt::derive.
  Result<receipt::Standing> receipt(const worklist::Context& context, const worklist::KnownDays& known, Now& now) const;

  insurer::PolicyFacts take_facts() && { return std::move(facts_); }

 private:
  worklist::Context context_of(const insurer::VisibleFacts& facts) const;
  // Of the attempts that the context sees, in their order. Valid until the next call.
  std::span<const followup::Reduced> reduced(const worklist::Context& context);

  const PolicyInput& input_;
  insurer::PolicyFacts facts_;
  expr::Row policy_row_;
  Result<std::vector<intake::Defect>> defects_;
  bool has_phone_;
  bool proves_visits_;
  std::vector<followup::Reduced> reduced_;
};

worklist::KnownDays known_days(const worklist::Context& context, const followup::Case& follow_up);

}  // namespace shouyue::app
