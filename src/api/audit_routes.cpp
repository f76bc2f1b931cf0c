#include "api/audit_routes.hpp"

#include "api/answer.hpp"
#include "api/download.hpp"
#include "api/job_routes.hpp"
#include "api/page.hpp"
#include "api/query.hpp"
#include "app/audit.hpp"
#include "app/scope.hpp"
#include "app/table_file.hpp"

namespace shouyue::api {
namespace {

struct AuditEntry {
  std::int64_t n = 0;
  Instant at;
  std::string who, action, detail, hash;
};
BOOST_DESCRIBE_STRUCT(AuditEntry, (), (n, at, who, action, detail, hash))

struct AuditList {
  std::vector<AuditEntry> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(AuditList, (), (rows, next))

struct AuditVerification {
  std::int64_t entries = 0;
  std::optional<std::int64_t> broken_at;
};
BOOST_DESCRIBE_STRUCT(AuditVerification, (), (entries, broken_at))

// Entries tell of every organisation.
Result<void> require_whole_company(const Call& call) {
  return app::require_whole_company(call.person->account, call.deriver.directory(), call.session.now.date());
}

// All entries that fit, the newest first; that they were taken away is an entry too.
Result<http::Response> audit_file(Call& call, app::AuditQuery query, const std::string& format) {
  SHOUYUE_CHECK(app::note_export(call.session, "audit"));
  const auto write = [&](const std::filesystem::path& path) -> Result<void> {
    app::TableFile file(path, app::CsvReading::spreadsheet);
    file.row(std::vector<std::string>{"n", "at", "who", "action", "detail", "prev_hash", "hash"});
    query.limit = 5000;
    for (;;) {
      const auto rows = SHOUYUE_TRY(call.session.store.newest_audit(query));
      for (const app::AuditRow& row : rows)
        file.row(std::vector{std::to_string(row.n), row.at.text(), row.who, row.action, row.detail, row.prev_hash,
                             row.hash});
      if (rows.empty()) return file.close();
      query.before = rows.back().n;
    }
  };
  return download("audit." + format, write);
}

}  // namespace

Result<http::Response> list_audit(Call& call) {
  SHOUYUE_CHECK(require_whole_company(call));
  const http::Target& target = call.request.target;
  const Page page = SHOUYUE_TRY(page_of(call.request));
  const std::string format = SHOUYUE_TRY(format_asked(call.request, {"csv", "xlsx"}));
  app::AuditQuery query{.who = std::string(target.parameter("who")),
                        .action = std::string(target.parameter("action")),
                        .from = SHOUYUE_TRY(date_asked(call.request, "from")),
                        .to = SHOUYUE_TRY(date_asked(call.request, "to")),
                        .before = {},
                        .limit = page.limit};
  if (!format.empty()) return audit_file(call, std::move(query), format);
  if (page.after > 0) query.before = page.after;
  AuditList list;
  for (const app::AuditRow& row : SHOUYUE_TRY(call.session.store.newest_audit(query)))
    list.rows.push_back({row.n, row.at, row.who, row.action, row.detail, row.hash});
  if (static_cast<int>(list.rows.size()) == page.limit) list.next = std::to_string(list.rows.back().n);
  return answer(list);
}

Result<http::Response> verify_audit(Call& call) {
  SHOUYUE_CHECK(require_whole_company(call));
  return job_started(call, "verify_audit", [](Workplace& workplace, JobProgress& progress) -> Result<std::string> {
    app::Session& session = workplace.session();
    const auto newest = SHOUYUE_TRY(session.store.newest_audit({.limit = 1}));
    const std::int64_t total = newest.empty() ? 0 : newest.front().n;
    const auto go_on = [&](std::int64_t entries) { return progress.report(entries, std::max(entries, total)); };
    const app::AuditReport report = SHOUYUE_TRY(app::verify_audit(session, go_on));
    progress.report(report.entries, report.entries);
    return json::text_of(AuditVerification{report.entries, report.broken_at});
  });
}

}  // namespace shouyue::api
