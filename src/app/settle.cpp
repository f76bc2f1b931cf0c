#include "app/settle.hpp"

#include <algorithm>
#include <map>

#include "regime/rows.hpp"

namespace shouyue::app {

std::vector<Instant> cut_offs(const regime::Commission& book, Date first, Instant now) {
  const expr::Row nothing_known = regime::policy_row(insurer::Policy(), insurer::Surroundings());
  std::vector<Instant> result;
  for (Instant at = Instant::start_of(first); at < now;) {
    const auto day = book.cut_off_day.on(at.date(), nothing_known);
    if (!day) {
      at = Instant::start_of((at.date() - (at.date().day() - 1)).add_months_clipped(1));
      continue;
    }
    at = commission::next_cut_off(at, static_cast<int>(day->value));
    if (at <= now) result.push_back(at);
  }
  return result;
}

Result<std::int64_t> settle(Session& session, const PolicyDeriver& deriver, const RunFence& fence) {
  const auto first = SHOUYUE_TRY(session.store.meta(meta::first_issued_on));
  if (!first) return 0;
  // A month that comes before one already settled is not settled any more: what became known late is in the next one.
  std::map<std::string, Instant> settled_to;
  for (const SettlementRow& row : SHOUYUE_TRY(session.store.settlements())) {
    const auto [newest, is_first] = settled_to.emplace(row.regime, row.cut_off);
    if (!is_first) newest->second = std::max(newest->second, row.cut_off);
  }
  const std::int64_t known_to = SHOUYUE_TRY(session.store.newest_seq());
  const Date first_issued_on = SHOUYUE_TRY(Date::parse(*first));
  std::vector<SettlementRow> rows;
  for (const auto& book : deriver.books().books()) {
    if (!book->commission) continue;
    for (const Instant cut_off : cut_offs(*book->commission, first_issued_on, session.now)) {
      const auto newest = settled_to.find(book->id);
      if (newest != settled_to.end() && cut_off <= newest->second) continue;
      settled_to.insert_or_assign(book->id, cut_off);
      rows.push_back({.regime = book->id,
                      .year = cut_off.date().year(),
                      .month = cut_off.date().month(),
                      .cut_off = cut_off,
                      .known_to = known_to});
    }
  }
  if (rows.empty()) return 0;
  Transaction transaction = SHOUYUE_TRY(fence.begin(session));
  for (const SettlementRow& row : rows) {
    SHOUYUE_CHECK(session.store.add_settlement(row));
    SHOUYUE_CHECK(session.store.append_audit({.at = session.now,
                                              .who = session.who,
                                              .action = "settlement",
                                              .detail = row.regime + " " + commission::month_text(row.cut_off) +
                                                        " known_to=" + std::to_string(row.known_to)}));
  }
  SHOUYUE_CHECK(session.store.mark_unsettled());
  SHOUYUE_CHECK(transaction.commit());
  return static_cast<std::int64_t>(rows.size());
}

}  // namespace shouyue::app
