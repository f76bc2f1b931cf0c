#include "app/shared_rules.hpp"

namespace shouyue::app {

Result<PolicyDeriver> SharedRules::for_session(Session& session) {
  const RulesMark mark = SHOUYUE_TRY(session.store.rules_mark());
  const std::lock_guard lock(mutex_);
  if (!newest_) {
    newest_.emplace(SHOUYUE_TRY(PolicyDeriver::load(session)));
    known_ = mark;
  }
  PolicyDeriver own = newest_->for_session(session);
  if (mark == known_) return own;
  if (mark.references != known_.references) SHOUYUE_CHECK(own.reload_directory());
  if (mark.settlements != known_.settlements) SHOUYUE_CHECK(own.reload_settlements());
  newest_ = own;
  known_ = mark;
  return own;
}

}  // namespace shouyue::app
