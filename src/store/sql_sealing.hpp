#pragma once

#include <memory>

#include "store/connection.hpp"
#include "store/sealing.hpp"

namespace shouyue::store {

// Whether a database is sealed, and with what; the keys of its policies.
class SqlSealing {
 public:
  explicit SqlSealing(Connection& connection) : connection_(connection) {}
  // Of another connection to the same database.
  SqlSealing(Connection& connection, const SqlSealing& unlocked)
      : connection_(connection), sealing_(unlocked.sealing_), is_unlocked_(unlocked.is_unlocked_) {}

  // See app::Store.
  Result<void> unlock(const std::optional<vault::Key>& key);
  Result<void> rewrap(const vault::Key& key);
  // For tables that were just made: the data key, when a key was given.
  Result<void> found();
  // Puts another data key in place of the one there is, if any.
  Result<void> replace(const Sealing& sealing, const vault::Key& key);

  bool is_sealed() const { return sealing_ != nullptr; }
  // Null where nothing is sealed. Errors: store.key_missing.
  Result<const Sealing*> in_use();
  // Errors: store.key_missing, store.key_rotated.
  Result<void> require_newest();

  Result<std::int64_t> hidden(std::int64_t number);
  Result<std::int64_t> shown(std::int64_t number);
  // The keys of policies, one each, made where a policy has none; within a transaction.
  Result<std::vector<vault::Key>> subject_keys(const Sealing& sealing, std::span<const std::string_view> policies);
  // A text of a policy on its way into the database and out of it: sealed with the policy's key where anything is
  // sealed. What comes out is empty when that key was destroyed. Errors: store.sealed_text_changed.
  Result<std::string> sealed(std::string_view policy_no, const std::string& place, std::string_view text);
  Result<std::string> opened(std::string_view policy_no, const std::string& place, std::string_view text);
  // The same with the salt of the policy, which the caller read beside the text.
  Result<std::string> opened(std::string_view policy_no, const Value& salt, const std::string& place,
                             std::string_view text);
  // The same for what belongs to no policy; `whose` names it to people.
  Result<std::string> sealed_apart(const std::string& place, std::string_view text);
  Result<std::string> opened_apart(const std::string& place, std::string_view text, const std::string& whose);

 private:
  // What does not open was changed from outside, unless everything was sealed anew since.
  Result<std::string> opened_by(const vault::Key& key, std::string_view text, const std::string& place,
                                const std::string& whose);
  struct DataKey {
    std::int64_t id = 0;
    std::string sealed;
  };
  Result<std::optional<DataKey>> data_key();

  Connection& connection_;
  std::shared_ptr<const Sealing> sealing_;
  std::optional<vault::Key> founding_key_;
  bool is_unlocked_ = false;  // whether it is sealed is known
};

}  // namespace shouyue::store
