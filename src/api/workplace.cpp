#include "api/workplace.hpp"

namespace shouyue::api {

Result<void> Workplace::prepare(Instant now) {
  session_.now = now;
  session_.who.clear();
  deriver_.emplace(SHOUYUE_TRY(rules_.for_session(session_)));
  return {};
}

Result<std::unique_ptr<Workplace>> Workplaces::take() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) {
    auto store = SHOUYUE_TRY(open_());
    return std::make_unique<Workplace>(std::move(store), rules_, home_, profile_);
  }
  auto workplace = std::move(free_.back());
  free_.pop_back();
  return workplace;
}

void Workplaces::give_back(std::unique_ptr<Workplace> workplace) {
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(workplace));
}

}  // namespace shouyue::api
