#include "app/kpi_memory.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t many_policies = 50'000;
constexpr std::int64_t seconds_between_reads = 60;

struct Work {
  std::int64_t as_of = 0, known_to = 0;
};

Result<Work> work_done(Session& session) {
  const std::int64_t as_of = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  const std::int64_t known_to = SHOUYUE_TRY(number_of(session.store, meta::derived_to));
  return Work{.as_of = as_of, .known_to = known_to};
}

bool will_do(const KpiState& state, const Work& work, Instant now) {
  if (state.known_to == work.known_to && state.as_of.milliseconds() == work.as_of) return true;
  return state.facts.policies.rows() >= many_policies && now < state.read_at.plus_seconds(seconds_between_reads);
}

}  // namespace

Result<std::shared_ptr<const KpiState>> KpiMemory::state(Session& session) {
  const Work work = SHOUYUE_TRY(work_done(session));
  const auto known = [&] {
    const std::lock_guard lock(mutex_);
    return state_;
  };
  if (auto state = known(); state && will_do(*state, work, session.now)) return state;
  std::unique_lock reading(reading_, std::try_to_lock);
  if (!reading.owns_lock()) {
    if (auto state = known()) return state;
    reading.lock();
  }
  if (auto state = known(); state && will_do(*state, work, session.now)) return state;
  auto state = std::make_shared<KpiState>(KpiState{.facts = SHOUYUE_TRY(load_kpi_facts(session)),
                                                   .as_of = Instant::from_milliseconds(work.as_of),
                                                   .known_to = work.known_to,
                                                   .read_at = session.now});
  const std::lock_guard lock(mutex_);
  state_ = std::move(state);
  return state_;
}

Result<std::shared_ptr<const regime::Regime>> KpiMemory::book(const Home& home, const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (const auto known = books_.find(id); known != books_.end()) return known->second;
  auto book = SHOUYUE_TRY(load_kpi_book(home, id));
  return books_.emplace(id, std::move(book)).first->second;
}

Result<std::vector<std::shared_ptr<const regime::Regime>>> KpiMemory::books(const Home& home) {
  const std::lock_guard lock(mutex_);
  if (!has_all_books_)
    for (const std::string& id : SHOUYUE_TRY(rule_book_ids(home))) {
      auto book = SHOUYUE_TRY(load_rule_book(home, id));
      if (book->kpi && !book->kpi->indicators.empty()) books_.emplace(id, std::move(book));
    }
  has_all_books_ = true;
  std::vector<std::shared_ptr<const regime::Regime>> list;
  for (const auto& [id, book] : books_) list.push_back(book);
  return list;
}

}  // namespace shouyue::app
