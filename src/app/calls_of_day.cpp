#include "app/calls_of_day.hpp"

#include <limits>

#include "insurer/fact_text.hpp"
#include "insurer/facts.hpp"

namespace shouyue::app {

Result<void> CallsOfDay::catch_up(Store& store, Date today) {
  const std::lock_guard lock(mutex_);
  if (day_ != today) {
    day_ = today;
    read_to_ = 0;
    cases_.clear();
  }
  const std::int64_t newest = SHOUYUE_TRY(store.newest_change());
  if (newest == read_to_) return {};
  std::vector<std::string> policies;
  SHOUYUE_CHECK(store.each_called_on(today, read_to_, [&](CalledCase& row) -> Result<void> {
    Case& called = cases_[row.policy_no];
    called.org_code = std::move(row.org_code);
    called.is_success = row.success_on == today;
    policies.push_back(std::move(row.policy_no));
    return {};
  }));
  const auto facts = SHOUYUE_TRY(store.facts_of_each(policies));
  for (std::size_t i = 0; i < policies.size(); ++i) {
    insurer::FactVersions versions;
    for (const insurer::FactText& text : facts[i])
      if (text.kind == insurer::FactKind::attempt) SHOUYUE_CHECK(insurer::add_fact(versions, policies[i], text));
    std::vector<Call>& calls = cases_[policies[i]].calls;
    calls.clear();
    for (const insurer::Attempt& attempt :
         insurer::as_known(versions, std::numeric_limits<std::int64_t>::max()).attempts)
      if (insurer::is_call(attempt.leg) && attempt.started_at.date() == today)
        calls.push_back({attempt.operator_code, attempt.connection == insurer::Connection::answered});
  }
  read_to_ = newest;
  return {};
}

CallsOfDay::Figures CallsOfDay::figures(const std::function<bool(const std::string&)>& holds) const {
  const std::lock_guard lock(mutex_);
  Figures figures;
  for (const auto& [policy_no, called] : cases_) {
    if (holds && !holds(called.org_code)) continue;
    figures.successes += called.is_success;
    for (const Call& call : called.calls) {
      Tally& own = figures.of_operator[call.operator_code];
      for (Tally* tally : {&figures.all, &own}) {
        ++tally->calls;
        tally->reached += call.is_reached;
      }
    }
  }
  return figures;
}

}  // namespace shouyue::app
