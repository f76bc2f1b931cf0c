#pragma once

#include <string>
#include <string_view>

#include "app/store.hpp"
#include "store/value.hpp"
#include "vault/number_cipher.hpp"
#include "vault/seal.hpp"

namespace shouyue::store {

// Where a sealed text belongs, as one text.
std::string place_of(const app::FactKey& key, std::int64_t seq);
std::string place_of(app::ReferenceKind kind, std::string_view key, std::int64_t seq);
std::string place_of(std::string_view table, std::string_view key, std::int64_t n = 0);

// The data key of one database, and what is sealed with it. Each policy has a key of its own, made of the data key and
// a salt: without the salt its texts stay closed for ever.
class Sealing {
 public:
  Sealing(std::int64_t id, const vault::Key& data_key);
  // The data key as it lies in the database, sealed by the key from outside. Empty when `key` is another.
  static std::optional<Sealing> opened(std::int64_t id, std::string_view sealed, const vault::Key& key);
  std::string sealed_by(const vault::Key& key) const;

  std::int64_t id() const { return id_; }
  const vault::NumberCipher& numbers() const { return numbers_; }
  vault::Key subject_key(std::string_view policy_no, std::string_view salt) const;

  // By the key of all that belongs to no policy.
  const vault::Key& shared_key() const { return shared_; }

 private:
  std::int64_t id_;
  vault::Key data_key_, subjects_, shared_;
  vault::NumberCipher numbers_;
};

// Errors: store.sealed_text_changed, which names `whose` to people.
Result<std::string> unsealed(const vault::Key& key, std::string_view sealed, const std::string& place,
                             const std::string& whose);

}  // namespace shouyue::store
