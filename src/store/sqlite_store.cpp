#include "store/sqlite_store.hpp"

#include "store/sqlite_schema.hpp"

namespace shouyue::store {

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path) {
  auto connection = SHOUYUE_TRY(SqliteConnection::open(path));
  return std::unique_ptr<SqliteStore>(new SqliteStore(path, std::move(connection)));
}

Result<std::unique_ptr<app::Store>> SqliteStore::connect_again() { return SHOUYUE_TRY(open(path_)); }

Result<std::int64_t> SqliteStore::schema_version() {
  Statement* exists =
      SHOUYUE_TRY(statement("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'"));
  SHOUYUE_TRY(exists->step());
  const bool has_meta = exists->integer(0) != 0;
  exists->reset();
  if (!has_meta) return 0;
  const auto version = SHOUYUE_TRY(meta("schema_version"));
  return version ? std::stoll(*version) : 0;
}

Result<bool> SqliteStore::migrate() {
  const auto& steps = sqlite_migrations();
  SHOUYUE_CHECK(begin());
  const auto migrate_within = [&]() -> Result<bool> {
    const auto version = static_cast<std::size_t>(SHOUYUE_TRY(schema_version()));
    if (version == steps.size()) return false;
    if (version > steps.size()) SHOUYUE_CHECK(require_schema());
    for (std::size_t i = version; i < steps.size(); ++i) SHOUYUE_CHECK(connection_->execute(steps[i]));
    SHOUYUE_CHECK(set_meta("schema_version", std::to_string(steps.size())));
    return true;
  };
  auto changed = migrate_within();
  if (!changed) {
    rollback();
    return changed;
  }
  SHOUYUE_CHECK(commit());
  return changed;
}

Result<void> SqliteStore::require_schema() {
  const auto version = static_cast<std::size_t>(SHOUYUE_TRY(schema_version()));
  if (version == sqlite_migrations().size()) return {};
  if (version > sqlite_migrations().size())
    return refuse(Errc::environment, "store.newer_schema",
                  "the database was made by a newer version of this program; use that version",
                  "数据库由更新版本的程序建立，请使用该版本");
  return refuse(Errc::environment, "store.not_initialised",
                "the database has no tables of this version; run `shouyue init`",
                "数据库尚未初始化，请先运行 shouyue init");
}

Result<void> SqliteStore::begin() {
  SHOUYUE_CHECK(connection_->execute("BEGIN IMMEDIATE"));
  last_seq_ = -1;
  return {};
}

Result<void> SqliteStore::commit() {
  last_seq_ = -1;
  return connection_->execute("COMMIT");
}

void SqliteStore::rollback() {
  // A failed statement may have rolled back already; what is left to report was reported by that statement.
  if (connection_->has_transaction()) (void)connection_->execute("ROLLBACK");
  clause_lists_.forget();
  last_seq_ = -1;
}

Result<std::optional<std::string>> SqliteStore::meta(const std::string& name) {
  Statement* find = SHOUYUE_TRY(statement("SELECT value FROM meta WHERE name = $1"));
  if (!SHOUYUE_TRY(find->bind(1, name).step())) return std::nullopt;
  std::string value(find->text(0));
  find->reset();
  return value;
}

Result<void> SqliteStore::set_meta(const std::string& name, const std::string& value) {
  Statement* put = SHOUYUE_TRY(statement(
      "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"));
  return put->bind(1, name).bind(2, value).run();
}

Result<std::int64_t> SqliteStore::imported_to(const std::string& kind, const std::string& digest) {
  Statement* find = SHOUYUE_TRY(statement("SELECT line FROM imported_file WHERE kind = $1 AND digest = $2"));
  if (!SHOUYUE_TRY(find->bind(1, kind).bind(2, digest).step())) return 0;
  const std::int64_t line = find->integer(0);
  find->reset();
  return line;
}

Result<void> SqliteStore::set_imported_to(const std::string& kind, const std::string& digest, std::int64_t line) {
  Statement* put = SHOUYUE_TRY(statement(
      "INSERT INTO imported_file (kind, digest, line) VALUES ($1, $2, $3) "
      "ON CONFLICT (kind, digest) DO UPDATE SET line = excluded.line WHERE excluded.line > imported_file.line"));
  return put->bind(1, kind).bind(2, digest).bind(3, line).run();
}

Result<void> SqliteStore::append_audit(app::AuditRow row) {
  Statement* last = SHOUYUE_TRY(statement("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1"));
  row.n = 1;
  if (SHOUYUE_TRY(last->step())) {
    row.n = last->integer(0) + 1;
    row.prev_hash = last->text(1);
    last->reset();
  }
  row.hash = app::audit_hash(row);
  Statement* put = SHOUYUE_TRY(
      statement("INSERT INTO audit (n, at, who, action, detail, prev_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)"));
  put->bind(1, row.n).bind(2, row.at).bind(3, row.who).bind(4, row.action).bind(5, row.detail);
  return put->bind(6, row.prev_hash).bind(7, row.hash).run();
}

Result<void> SqliteStore::each_audit(const app::Sink<app::AuditRow>& sink) {
  Statement* all = SHOUYUE_TRY(statement("SELECT n, at, who, action, detail, prev_hash, hash FROM audit ORDER BY n"));
  while (SHOUYUE_TRY(all->step())) {
    app::AuditRow row{.n = all->integer(0),
                      .at = Instant::from_milliseconds(all->integer(1)),
                      .who = std::string(all->text(2)),
                      .action = std::string(all->text(3)),
                      .detail = std::string(all->text(4)),
                      .prev_hash = std::string(all->text(5)),
                      .hash = std::string(all->text(6))};
    if (auto taken = sink(row); !taken) {
      all->reset();
      return taken;
    }
  }
  return {};
}

Result<std::optional<app::ClaimRow>> SqliteStore::claim(const std::string& policy_no, const std::string& seat,
                                                        Instant now, Instant lease_until) {
  // One conditional statement: of two seats that ask at once, the later finds the lease running and gets no row.
  Statement* take = SHOUYUE_TRY(
      statement("INSERT INTO claim (bucket, policy_no, seat, fence, lease_until) VALUES ($1, $2, $3, 1, $4) "
                "ON CONFLICT (bucket, policy_no) DO UPDATE SET seat = excluded.seat, fence = claim.fence + 1, "
                "lease_until = excluded.lease_until WHERE claim.lease_until <= $5 OR claim.seat = excluded.seat "
                "RETURNING fence"));
  take->bind(1, app::bucket_of(policy_no)).bind(2, policy_no).bind(3, seat).bind(4, lease_until).bind(5, now);
  if (!SHOUYUE_TRY(take->step())) return std::nullopt;
  const app::ClaimRow row{.policy_no = policy_no, .seat = seat, .fence = take->integer(0), .lease_until = lease_until};
  // Until it is stepped to its end the statement keeps the write lock.
  SHOUYUE_TRY(take->step());
  return row;
}

Result<std::optional<app::ClaimRow>> SqliteStore::claim_of(const std::string& policy_no) {
  Statement* find =
      SHOUYUE_TRY(statement("SELECT seat, fence, lease_until FROM claim WHERE bucket = $1 AND policy_no = $2"));
  if (!SHOUYUE_TRY(find->bind(1, app::bucket_of(policy_no)).bind(2, policy_no).step())) return std::nullopt;
  app::ClaimRow row{.policy_no = policy_no, .seat = {}, .fence = 0, .lease_until = {}};
  find->read(0, row.seat);
  find->read(1, row.fence);
  find->read(2, row.lease_until);
  find->reset();
  return row;
}

Result<void> SqliteStore::release(const std::string& policy_no, std::int64_t fence) {
  Statement* end =
      SHOUYUE_TRY(statement("UPDATE claim SET lease_until = 0 WHERE bucket = $1 AND policy_no = $2 AND fence = $3"));
  return end->bind(1, app::bucket_of(policy_no)).bind(2, policy_no).bind(3, fence).run();
}

}  // namespace shouyue::store
