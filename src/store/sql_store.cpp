#include "store/sql_store.hpp"

#include "store/confidential.hpp"
#include "store/refusals.hpp"
#include "store/resealing.hpp"

namespace shouyue::store {

Result<std::unique_ptr<app::Store>> SqlStore::connect_again() {
  auto connection = SHOUYUE_TRY(connect_());
  return std::make_unique<SqlStore>(std::move(connection), *this);
}

Result<std::int64_t> SqlStore::schema_version() {
  if (!SHOUYUE_TRY(connection_->has_table("meta"))) return 0;
  const auto version = SHOUYUE_TRY(meta("schema_version"));
  return version ? std::stoll(*version) : 0;
}

Result<bool> SqlStore::migrate() {
  SHOUYUE_CHECK(connection_->begin(Lock::schema));
  const auto migrate_within = [&]() -> Result<bool> {
    const auto version = static_cast<int>(SHOUYUE_TRY(schema_version()));
    if (version == schema_versions()) return false;
    if (version > schema_versions()) SHOUYUE_CHECK(require_schema());
    for (int n = version; n < schema_versions(); ++n) SHOUYUE_CHECK(connection_->define(schema_step(n, dialect_)));
    if (version == 0) SHOUYUE_CHECK(sealing_.found());
    if (version > 0 && version < confidential_apart_since) SHOUYUE_TRY(take_confidential_apart(*connection_));
    SHOUYUE_CHECK(set_meta("schema_version", std::to_string(schema_versions())));
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

Result<void> SqlStore::require_schema() {
  const std::int64_t version = SHOUYUE_TRY(schema_version());
  if (version == schema_versions()) return {};
  if (version < schema_versions()) return not_initialised();
  return refuse(Errc::environment, "store.newer_schema",
                "the database was made by a newer version of this program; use that version",
                "数据库由更新版本的程序建立，请使用该版本");
}

Result<void> SqlStore::begin() {
  last_seq_ = change_ = -1;
  SHOUYUE_CHECK(connection_->begin(Lock::facts));
  auto newest = sealing_.require_newest();
  if (!newest) rollback();
  return newest;
}

Result<void> SqlStore::begin_claims() { return connection_->begin(Lock::nothing); }

Result<void> SqlStore::commit() {
  last_seq_ = change_ = -1;
  auto done = accounts_.write_waiting_mark();
  if (done) done = connection_->commit();
  if (!done) rollback();
  return done;
}

void SqlStore::rollback() {
  connection_->rollback();
  clause_lists_.forget();
  last_seq_ = change_ = -1;
}

Result<std::optional<std::string>> SqlStore::meta(const std::string& name) {
  std::optional<std::string> value;
  SHOUYUE_CHECK(connection_->query("SELECT value FROM meta WHERE name = $1", {name}, [&](const AnswerRow& row) {
    value = row.text(0);
    return Result<void>();
  }));
  return value;
}

Result<void> SqlStore::set_meta(const std::string& name, const std::string& value) {
  return connection_->run(
      "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      {name, value});
}

Result<std::int64_t> SqlStore::imported_to(const std::string& kind, const std::string& digest) {
  std::int64_t line = 0;
  SHOUYUE_CHECK(connection_->query("SELECT line FROM imported_file WHERE kind = $1 AND digest = $2", {kind, digest},
                                   [&](const AnswerRow& row) {
                                     line = row.integer(0);
                                     return Result<void>();
                                   }));
  return line;
}

Result<void> SqlStore::set_imported_to(const std::string& kind, const std::string& digest, std::int64_t line) {
  return connection_->run(
      "INSERT INTO imported_file (kind, digest, line) VALUES ($1, $2, $3) "
      "ON CONFLICT (kind, digest) DO UPDATE SET line = excluded.line WHERE excluded.line > imported_file.line",
      {kind, digest, line});
}

// What is left is of no use to this store: it does not know the new data key.
Result<std::int64_t> SqlStore::reseal(const vault::Key& key) {
  const Sealing* before = SHOUYUE_TRY(sealing_.in_use());
  const Sealing after((before ? before->id() : 0) + 1, vault::Key::make());
  SHOUYUE_CHECK(sealing_.replace(after, key));
  return Resealing(*connection_, before, after).run();
}

}  // namespace shouyue::store
