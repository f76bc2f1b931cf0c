#include "api/workplace.hpp"

namespace shouyue::api {

Result<void> Workplace::prepare(Instant now) {
  session_.now = now;
  session_.who.clear();
  const std::int64_t references = SHOUYUE_TRY(store_->newest_reference_seq());
  if (!deriver_ || references != references_) {
    deriver_.emplace(SHOUYUE_TRY(app::PolicyDeriver::load(session_)));
    references_ = references;
    settlements_ = SHOUYUE_TRY(store_->settlements()).size();
    return {};
  }
  const std::size_t settlements = SHOUYUE_TRY(store_->settlements()).size();
  if (settlements != settlements_) SHOUYUE_CHECK(deriver_->reload_settlements());
  settlements_ = settlements;
  return {};
}

Result<std::unique_ptr<Workplace>> Workplaces::take() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) {
    auto store = SHOUYUE_TRY(open_());
    return std::make_unique<Workplace>(std::move(store), home_, profile_);
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
