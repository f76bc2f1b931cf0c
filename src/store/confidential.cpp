#include "store/confidential.hpp"

#include "app/store.hpp"

namespace shouyue::store {
namespace {

struct StoredFact {
  std::string policy_no, key;
  Instant at;
  insurer::FactText text;
};

const TableColumns fact_columns{
    .name = "fact", .columns = {"bucket", "policy_no", "kind", "key", "seq", "at", "body"}, .key = 5};
const TableColumns personal_columns{.name = "personal", .columns = {"bucket", "seq", "body"}, .key = 2};

Result<std::vector<StoredFact>> facts_of(Connection& connection, std::int64_t bucket) {
  std::vector<StoredFact> facts;
  SHOUYUE_CHECK(
      connection.query("SELECT f.policy_no, f.kind, f.key, f.seq, f.at, f.body, p.body AS personal FROM fact AS f "
                       "LEFT JOIN personal AS p ON p.bucket = f.bucket AND p.seq = f.seq WHERE f.bucket = $1",
                       {bucket}, [&](const AnswerRow& row) {
                         StoredFact fact;
                         row.read(0, fact.policy_no);
                         row.read(1, fact.text.kind);
                         row.read(2, fact.key);
                         row.read(3, fact.text.seq);
                         row.read(4, fact.at);
                         row.read(5, fact.text.body);
                         row.read(6, fact.text.personal);
                         facts.push_back(std::move(fact));
                         return Result<void>();
                       }));
  return facts;
}

}  // namespace

Result<std::int64_t> take_confidential_apart(Connection& connection) {
  std::int64_t changed = 0;
  for (std::int64_t bucket = 0; bucket < app::bucket_count; ++bucket) {
    auto facts = SHOUYUE_TRY(facts_of(connection, bucket));
    std::erase_if(facts, [](StoredFact& fact) {
      auto [body, personal] = insurer::with_confidential_apart(fact.text);
      const bool is_same = body == fact.text.body && personal == fact.text.personal;
      fact.text.body = std::move(body);
      fact.text.personal = std::move(personal);
      return is_same;
    });
    Rows keys(5), rows(fact_columns.columns.size()), seqs(2), personal(personal_columns.columns.size());
    for (const auto& [policy_no, key, at, text] : facts) {
      keys.add({bucket, policy_no, text.kind, key, text.seq});
      rows.add({bucket, policy_no, text.kind, key, text.seq, at, text.body});
      seqs.add({bucket, text.seq});
      if (!text.personal.empty()) personal.add({bucket, text.seq, text.personal});
    }
    SHOUYUE_CHECK(connection.remove(fact_columns, keys));
    SHOUYUE_CHECK(connection.insert(fact_columns, rows));
    SHOUYUE_CHECK(connection.remove(personal_columns, seqs));
    SHOUYUE_CHECK(connection.insert(personal_columns, personal));
    changed += static_cast<std::int64_t>(facts.size());
  }
  return changed;
}

}  // namespace shouyue::store
