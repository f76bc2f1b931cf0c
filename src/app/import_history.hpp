#pragma once

#include "access/account.hpp"
#include "app/directory.hpp"
#include "app/import_store.hpp"
#include "app/session.hpp"

namespace shouyue::app {

// The imports that a person may see: those of people of the own organisation and of all below it; head office sees all,
// those at the command line too.
struct ImportViewer {
  const access::Account& account;
  const Directory& directory;
};

// At most `limit` with a number below `before` (0: all), the newest first. Errors: those of the store.
Result<std::vector<ImportRun>> import_history(Session& session, const ImportViewer& viewer, std::int64_t before,
                                              int limit);
// Those of the file with this digest. Errors: those of the store.
Result<std::vector<ImportRun>> imports_of_file(Session& session, const ImportViewer& viewer, const std::string& digest);
// Errors: import.not_found (also outside of what the person may see), those of the store.
Result<ImportRun> import_shown(Session& session, const ImportViewer& viewer, std::int64_t id);

}  // namespace shouyue::app
