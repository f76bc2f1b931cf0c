#pragma once

#include "app/import_store.hpp"
#include "store/sql_sealing.hpp"

namespace shouyue::store {

class SqlImports final : public app::ImportStore {
 public:
  SqlImports(Connection& connection, SqlSealing& sealing) : connection_(connection), sealing_(sealing) {}

  Result<std::int64_t> add_import(const app::ImportRun& run) override;
  Result<void> put_import(const app::ImportRun& run) override;
  Result<std::optional<app::ImportRun>> import_run(std::int64_t id) override;
  Result<std::vector<app::ImportRun>> imports(std::int64_t before, int limit) override;
  Result<std::vector<app::ImportRun>> imports_of(const std::string& digest) override;
  Result<void> interrupt_imports(Instant at) override;
  Result<void> add_rejects(std::int64_t id, const std::vector<app::RejectRow>& rejects) override;
  Result<std::vector<app::RejectRow>> rejects(std::int64_t id, std::int64_t after, int limit) override;

 private:
  Result<std::vector<app::ImportRun>> runs(const std::string& tail, Parameters parameters);

  Connection& connection_;
  SqlSealing& sealing_;
};

}  // namespace shouyue::store
