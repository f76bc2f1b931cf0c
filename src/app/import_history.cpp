#include "app/import_history.hpp"

#include <algorithm>
#include <limits>

#include "app/scope.hpp"

namespace shouyue::app {
namespace {

constexpr int portion = 200;

bool is_seen(const ImportViewer& viewer, const ImportRun& run, Date today) {
  if (require_whole_company(viewer.account, viewer.directory, today)) return true;
  return !run.org_code.empty() && organisation_asked(viewer.account, viewer.directory, run.org_code, today);
}

}  // namespace

Result<std::vector<ImportRun>> import_history(Session& session, const ImportViewer& viewer, std::int64_t before,
                                              int limit) {
  std::vector<ImportRun> seen;
  std::int64_t next = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
  for (;;) {
    auto runs = SHOUYUE_TRY(session.store.imports().imports(next, portion));
    for (ImportRun& run : runs) {
      next = run.id;
      if (is_seen(viewer, run, session.now.date())) seen.push_back(std::move(run));
      if (seen.size() == static_cast<std::size_t>(limit)) return seen;
    }
    if (runs.size() < static_cast<std::size_t>(portion)) return seen;
  }
}

Result<std::vector<ImportRun>> imports_of_file(Session& session, const ImportViewer& viewer,
                                               const std::string& digest) {
  auto runs = SHOUYUE_TRY(session.store.imports().imports_of(digest));
  std::erase_if(runs, [&](const ImportRun& run) { return !is_seen(viewer, run, session.now.date()); });
  return runs;
}

Result<ImportRun> import_shown(Session& session, const ImportViewer& viewer, std::int64_t id) {
  auto run = SHOUYUE_TRY(session.store.imports().import_run(id));
  if (run && is_seen(viewer, *run, session.now.date())) return std::move(*run);
  return refuse(Errc::not_found, "import.not_found", "there is no import " + std::to_string(id),
                "没有编号为 " + std::to_string(id) + " 的导入");
}

}  // namespace shouyue::app
