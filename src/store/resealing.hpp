#pragma once

#include "store/sql_sealing.hpp"

namespace shouyue::store {

// A text of a policy in a table of its own: the column that holds it, and the one that tells the rows of a policy
// apart.
struct SealedColumn {
  const char* table;
  const char* id;
  const char* text;
};

// Seals everything personal in a database anew, within one transaction of the caller.
class Resealing {
 public:
  // `before` is null for a database that was not sealed; `after` is its data key already.
  Resealing(Connection& connection, const Sealing* before, const Sealing& after)
      : connection_(connection), before_(before), after_(after), keys_(connection) {}
  // Gives the number of texts sealed. Errors: store.sealed_text_changed.
  Result<std::int64_t> run();

 private:
  std::int64_t renumbered(std::int64_t number) const;
  // A text as it was before it was sealed; nothing when the key of its policy was destroyed.
  Result<std::optional<std::string>> opened(const std::string& policy_no, const Value& salt, const std::string& place,
                                            std::string_view text) const;
  Result<void> facts_of(std::int64_t bucket);
  Result<void> texts_of(std::int64_t bucket, const SealedColumn& column);
  Result<void> attachment_parts_of(std::int64_t bucket);
  Result<void> rejects();
  Result<void> references();
  Result<void> phones(const TableColumns& table);
  Result<void> persons_of(std::int64_t bucket);

  Connection& connection_;
  const Sealing* before_;
  const Sealing& after_;
  SqlSealing keys_;
  std::int64_t sealed_ = 0;
};

}  // namespace shouyue::store
