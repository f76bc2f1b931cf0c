#include "app/kpi_memory.hpp"

#include <algorithm>

#include "app/port_store.hpp"

namespace shouyue::app {
namespace {

// More changes than this and than a quarter of the policies are read as a whole.
constexpr std::size_t changes_followed_min = 1000;
constexpr std::size_t policies_at_once = 500;

}  // namespace

Result<KpiMemory::Position> KpiMemory::position_of(Store& store) {
  Position position;
  position.change = SHOUYUE_TRY(store.ports().newest_change());
  position.references = SHOUYUE_TRY(store.newest_reference_seq());
  position.as_of = Instant::from_milliseconds(SHOUYUE_TRY(number_of(store, meta::run_now)));
  return position;
}

Result<KpiReading> KpiMemory::read(Session& session, const PolicyDeriver& deriver) {
  {
    const std::lock_guard one_at_a_time(following_);
    const Position newest = SHOUYUE_TRY(position_of(session.store));
    if (!facts_ || newest != position_) SHOUYUE_CHECK(bring_to(session, deriver, newest));
  }
  KpiReading reading{.lock = std::shared_lock(columns_), .facts = nullptr, .as_of = {}};
  if (!facts_)
    return refuse(Errc::environment, "kpi.not_read", "the figures could not be read; try again",
                  "指标数据读取失败，请重试");
  reading.facts = &facts_->facts();
  reading.as_of = position_.as_of;
  return reading;
}

Result<void> KpiMemory::bring_to(Session& session, const PolicyDeriver& deriver, const Position& newest) {
  bool is_followed = false;
  if (facts_ && position_.references == newest.references) is_followed = SHOUYUE_TRY(follow(session, deriver, newest));
  if (!is_followed) {
    const std::unique_lock alone(columns_);
    // What was there goes first: both would not fit.
    facts_.reset();
    KpiFacts loaded = SHOUYUE_TRY(load_kpi_facts(session));
    facts_.emplace(std::move(loaded), newest.as_of.date());
  }
  const std::unique_lock alone(columns_);
  position_ = newest;
  return {};
}

Result<bool> KpiMemory::follow(Session& session, const PolicyDeriver& deriver, const Position& newest) {
  const std::size_t max = std::max(changes_followed_min, facts_->facts().policies.rows() / 4);
  const auto changed = SHOUYUE_TRY(session.store.ports().changed_after(position_.change, static_cast<int>(max + 1)));
  if (changed.size() > max) return false;
  const Date before = position_.as_of.date(), today = newest.as_of.date();
  const bool is_new_day = before != today;
  if (is_new_day && deriver.directory().all(before) != deriver.directory().all(today)) return false;
  std::vector<std::string> policies;
  if (is_new_day) policies = facts_->begin_day(today);
  for (const ChangedPolicy& policy : changed) policies.push_back(policy.policy_no);
  for (std::size_t from = 0; from < policies.size(); from += policies_at_once) {
    const auto some = std::span(policies).subspan(from, std::min(policies_at_once, policies.size() - from));
    const auto derived = SHOUYUE_TRY(session.store.derived_of_each(some));
    const std::unique_lock alone(columns_);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const bool is_taken = SHOUYUE_TRY(facts_->take(deriver, some[i], derived[i]));
      if (!is_taken) return false;
    }
  }
  return true;
}

Result<std::shared_ptr<const regime::Regime>> KpiMemory::book(const Home& home, const std::string& id) {
  const std::lock_guard lock(of_books_);
  if (const auto known = books_.find(id); known != books_.end()) return known->second;
  auto book = SHOUYUE_TRY(load_kpi_book(home, id));
  return books_.emplace(id, std::move(book)).first->second;
}

Result<std::vector<std::shared_ptr<const regime::Regime>>> KpiMemory::books(const Home& home) {
  const std::lock_guard lock(of_books_);
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
