#include "app/store.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"

namespace shouyue::app {

std::int64_t bucket_of(std::string_view policy_no) {
  return static_cast<std::int64_t>(stable_hash(policy_no) % bucket_count);
}

Result<Transaction> Transaction::begin(Store& store) {
  SHOUYUE_CHECK(store.begin());
  return Transaction(store);
}

Result<Transaction> Transaction::begin_claims(Store& store) {
  SHOUYUE_CHECK(store.begin_claims());
  return Transaction(store);
}

Result<void> Transaction::commit() {
  SHOUYUE_CHECK(store_->commit());
  store_ = nullptr;
  return {};
}

std::string audit_hash(const AuditRow& row) {
  std::string text = row.prev_hash;
  for (const std::string& part :
       {std::to_string(row.n), std::to_string(row.at.milliseconds()), row.who, row.action, row.detail})
    text += '\x1f' + part;
  return sha256_hex(text);
}

}  // namespace shouyue::app
