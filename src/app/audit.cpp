#include "app/audit.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace shouyue::app {

namespace {

Result<void> note(Session& session, const char* action, const std::string& detail) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(
      session.store.append_audit({.at = session.now, .who = session.who, .action = action, .detail = detail}));
  return transaction.commit();
}

}  // namespace

Result<void> note_unmasked(Session& session, const std::string& what) { return note(session, "unmasked", what); }
Result<void> note_export(Session& session, const std::string& what) { return note(session, "export", what); }

Result<void> check_reason(std::string_view reason) {
  constexpr std::ptrdiff_t characters_min = 2, characters_max = 200;
  const auto characters =
      std::ranges::count_if(trim(reason), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  if (characters >= characters_min && characters <= characters_max) return {};
  return refuse(Errc::invalid_input, "reason.length", "say why, in 2 to 200 characters", "请用 2 至 200 个字说明原因");
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
