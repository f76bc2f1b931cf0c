#include "store/sql_sealing.hpp"

#include <deque>

#include "store/refusals.hpp"

namespace shouyue::store {
namespace {

const TableColumns subject_columns{.name = "subject_key", .columns = {"bucket", "policy_no", "salt"}, .key = 2};
const TableColumns data_key_columns{.name = "data_key", .columns = {"id", "sealed"}, .key = 1};

}  // namespace

Result<std::optional<SqlSealing::DataKey>> SqlSealing::data_key() {
  std::optional<DataKey> found;
  SHOUYUE_CHECK(connection_.query("SELECT id, sealed FROM data_key", {}, [&found](const AnswerRow& row) {
    found = {.id = row.integer(0), .sealed = std::string(row.text(1))};
    return Result<void>();
  }));
  return found;
}

Result<void> SqlSealing::unlock(const std::optional<vault::Key>& key) {
  if (!SHOUYUE_TRY(connection_.has_table("meta"))) {
    founding_key_ = key;
    return {};
  }
  std::optional<DataKey> stored;
  if (SHOUYUE_TRY(connection_.has_table("data_key"))) stored = SHOUYUE_TRY(data_key());
  if (!stored && key) return not_sealed();
  if (stored && !key) return key_missing();
  if (stored) {
    const auto opened = Sealing::opened(stored->id, stored->sealed, *key);
    if (!opened) return wrong_key();
    sealing_ = std::make_shared<const Sealing>(*opened);
  }
  is_unlocked_ = true;
  return {};
}

Result<void> SqlSealing::found() {
  is_unlocked_ = true;
  if (!founding_key_) return {};
  sealing_ = std::make_shared<const Sealing>(1, vault::Key::make());
  return replace(*sealing_, *founding_key_);
}

Result<void> SqlSealing::replace(const Sealing& sealing, const vault::Key& key) {
  SHOUYUE_CHECK(connection_.run("DELETE FROM data_key", {}));
  const std::string sealed = sealing.sealed_by(key);
  Rows rows(data_key_columns.columns.size());
  rows.add({sealing.id(), sealed});
  return connection_.insert(data_key_columns, rows);
}

Result<void> SqlSealing::rewrap(const vault::Key& key) {
  const Sealing* sealing = SHOUYUE_TRY(in_use());
  if (!sealing) return not_sealed();
  return replace(*sealing, key);
}

Result<const Sealing*> SqlSealing::in_use() {
  if (!is_unlocked_) SHOUYUE_CHECK(unlock({}));
  return sealing_.get();
}

Result<void> SqlSealing::require_newest() {
  const Sealing* sealing = SHOUYUE_TRY(in_use());
  std::int64_t newest = 0;
  SHOUYUE_CHECK(connection_.query("SELECT id FROM data_key", {}, [&newest](const AnswerRow& row) {
    newest = row.integer(0);
    return Result<void>();
  }));
  return newest == (sealing ? sealing->id() : 0) ? Result<void>() : key_rotated();
}

Result<std::int64_t> SqlSealing::hidden(std::int64_t number) {
  const Sealing* sealing = SHOUYUE_TRY(in_use());
  return sealing ? sealing->numbers().hidden(number) : number;
}

Result<std::int64_t> SqlSealing::shown(std::int64_t number) {
  const Sealing* sealing = SHOUYUE_TRY(in_use());
  return sealing ? sealing->numbers().shown(number) : number;
}

Result<std::vector<vault::Key>> SqlSealing::subject_keys(const Sealing& sealing,
                                                         std::span<const std::string_view> policies) {
  Rows asked(2);
  for (const std::string_view policy_no : policies) asked.add({app::bucket_of(policy_no), policy_no});
  std::vector<std::string> salts(policies.size());
  SHOUYUE_CHECK(connection_.look_up("SELECT salt FROM subject_key WHERE bucket = $1 AND policy_no = $2", asked,
                                    [&](std::size_t i, const AnswerRow& row) {
                                      salts[i] = row.text(0);
                                      return Result<void>();
                                    }));
  Rows made(subject_columns.columns.size());
  std::vector<vault::Key> keys;
  keys.reserve(policies.size());
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (salts[i].empty()) {
      salts[i] = vault::new_salt();
      made.add({app::bucket_of(policies[i]), policies[i], salts[i]});
    }
    keys.push_back(sealing.subject_key(policies[i], salts[i]));
  }
  SHOUYUE_CHECK(connection_.insert(subject_columns, made));
  return keys;
}

Result<std::string> SqlSealing::sealed(std::string_view policy_no, const std::string& place, std::string_view text) {
  const Sealing* sealing = SHOUYUE_TRY(in_use());
  if (!sealing || text.empty()) return std::string(text);
  const auto keys = SHOUYUE_TRY(subject_keys(*sealing, std::span(&policy_no, 1)));
  return vault::seal(keys.front(), text, place);
}

Result<std::string> SqlSealing::opened(std::string_view policy_no, const std::string& place, std::string_view text) {
  std::string salt;
  SHOUYUE_CHECK(connection_.query("SELECT salt FROM subject_key WHERE bucket = $1 AND policy_no = $2",
                                  {app::bucket_of(policy_no), policy_no}, [&salt](const AnswerRow& row) {
                                    salt = row.text(0);
                                    return Result<void>();
                                  }));
  return opened(policy_no, salt.empty() ? Value() : Value(salt), place, text);
}

Result<std::string> SqlSealing::opened(std::string_view policy_no, const Value& salt, const std::string& place,
                                       std::string_view text) {
  const Sealing* sealing = SHOUYUE_TRY(in_use());
  if (!sealing || text.empty()) return std::string(text);
  if (salt.kind() == Value::Kind::nothing) return std::string();
  return opened_by(sealing->subject_key(policy_no, salt.text()), text, place, "policy " + std::string(policy_no));
}

Result<std::string> SqlSealing::sealed_apart(const std::string& place, std::string_view text) {
  const Sealing* sealing = SHOUYUE_TRY(in_use());
  return sealing && !text.empty() ? vault::seal(sealing->shared_key(), text, place) : std::string(text);
}

Result<std::string> SqlSealing::opened_apart(const std::string& place, std::string_view text,
                                             const std::string& whose) {
  const Sealing* sealing = SHOUYUE_TRY(in_use());
  if (!sealing || text.empty()) return std::string(text);
  return opened_by(sealing->shared_key(), text, place, whose);
}

Result<std::string> SqlSealing::opened_by(const vault::Key& key, std::string_view text, const std::string& place,
                                          const std::string& whose) {
  auto opened = unsealed(key, text, place, whose);
  if (!opened) SHOUYUE_CHECK(require_newest());
  return opened;
}

}  // namespace shouyue::store
