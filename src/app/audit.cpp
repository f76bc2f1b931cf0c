#include "app/audit.hpp"

namespace shouyue::app {

Result<void> note_unmasked(Session& session, const std::string& what) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(
      session.store.append_audit({.at = session.now, .who = session.who, .action = "unmasked", .detail = what}));
  return transaction.commit();
}

Result<AuditReport> verify_audit(Session& session, const std::function<bool(std::int64_t)>& go_on) {
  constexpr std::int64_t between_reports = 1000;
  AuditReport report;
  std::string before;
  SHOUYUE_CHECK(session.store.each_audit([&](AuditRow& row) -> Result<void> {
    ++report.entries;
    const bool holds = row.n == report.entries && row.prev_hash == before && row.hash == audit_hash(row);
    if (!holds && !report.broken_at) report.broken_at = row.n;
    before = row.hash;
    if (go_on && report.entries % between_reports == 0 && !go_on(report.entries))
      return refuse(Errc::rule_broken, "audit.stopped", "the verification was stopped", "校验已停止");
    return {};
  }));
  return report;
}

}  // namespace shouyue::app
