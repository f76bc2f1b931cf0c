#include <algorithm>

#include "store/sql_store.hpp"

namespace shouyue::store {
namespace {

const TableColumns fact_columns{
    .name = "fact", .columns = {"seq", "bucket", "policy_no", "kind", "key", "at", "body"}, .key = 1};
const TableColumns personal_columns{.name = "personal", .columns = {"seq", "bucket", "body"}, .key = 1};
const TableColumns reference_columns{
    .name = "reference", .columns = {"kind", "key", "seq", "body", "personal"}, .key = 3};
const TableColumns holder_columns{
    .name = "phone_holder", .columns = {"phone", "holder", "bucket", "policy_no"}, .key = 4};

// With the columns that the two questions below give.
insurer::FactText fact_text(const AnswerRow& row) {
  return {.kind = static_cast<insurer::FactKind>(row.integer(0)),
          .seq = row.integer(1),
          .body = std::string(row.text(2)),
          .personal = std::string(row.text(3))};
}

constexpr const char* newest_of_key =
    "SELECT f.kind, f.seq, f.body, p.body AS personal FROM fact AS f "
    "LEFT JOIN personal AS p ON p.bucket = f.bucket AND p.seq = f.seq "
    "WHERE f.bucket = $1 AND f.policy_no = $2 AND f.kind = $3 AND f.key = $4 ORDER BY f.seq DESC LIMIT 1";
constexpr const char* facts_of_policy =
    "SELECT f.kind, f.seq, f.body, p.body AS personal, f.key FROM fact AS f "
    "LEFT JOIN personal AS p ON p.bucket = f.bucket AND p.seq = f.seq WHERE f.bucket = $1 AND f.policy_no = $2 AND "
    "f.kind < 6";
constexpr const char* answers_of_policy =
    "SELECT f.kind, f.seq, f.body, '' AS personal FROM fact AS f WHERE f.bucket = $1 AND f.policy_no = $2 AND "
    "f.kind = 6 ORDER BY f.key, f.seq";

// Counted by whoever asks: most phones have none, and nothing found costs least.
std::string different_holders_sql(int max) {
  return "SELECT DISTINCT holder FROM phone_holder WHERE phone = $1 LIMIT " + std::to_string(max);
}

Rows holder_rows(std::span<const app::PhoneHolder> holders) {
  Rows rows(holder_columns.columns.size());
  for (const app::PhoneHolder& holder : holders)
    rows.add({holder.phone, holder.holder, app::bucket_of(holder.policy_no), holder.policy_no});
  return rows;
}

TakeRow numbers_to(const app::Sink<std::string>& sink) {
  return [&sink](const AnswerRow& row) {
    std::string policy_no(row.text(0));
    return sink(policy_no);
  };
}

}  // namespace

Rows policy_keys(std::span<const std::string> policies) {
  Rows keys(2);
  for (const std::string& policy_no : policies) keys.add({app::bucket_of(policy_no), policy_no});
  return keys;
}

Result<std::vector<std::optional<insurer::FactText>>> SqlStore::newest(std::span<const app::FactKey> keys) {
  Rows rows(4);
  for (const app::FactKey& key : keys) rows.add({app::bucket_of(key.policy_no), key.policy_no, key.kind, key.key});
  std::vector<std::optional<insurer::FactText>> found(keys.size());
  SHOUYUE_CHECK(connection_->look_up(newest_of_key, rows, [&](std::size_t i, const AnswerRow& row) {
    found[i] = fact_text(row);
    return Result<void>();
  }));
  return found;
}

Result<std::vector<std::optional<Instant>>> SqlStore::issued(std::span<const std::string> policies) {
  std::vector<std::optional<Instant>> found(policies.size());
  SHOUYUE_CHECK(connection_->look_up(
      "SELECT at FROM fact WHERE bucket = $1 AND policy_no = $2 AND kind = 1 AND key = '' ORDER BY seq DESC LIMIT 1",
      policy_keys(policies), [&](std::size_t i, const AnswerRow& row) {
        row.read(0, found[i]);
        return Result<void>();
      }));
  return found;
}

Result<bool> SqlStore::has_version(const app::FactKey& key, const insurer::CanonicalText& text) {
  bool found = false;
  SHOUYUE_CHECK(connection_->query(
      "SELECT f.seq FROM fact AS f LEFT JOIN personal AS p ON p.bucket = f.bucket AND p.seq = f.seq WHERE f.bucket = "
      "$1 AND f.policy_no = $2 AND f.kind = $3 AND f.key = $4 AND f.body = $5 AND coalesce(p.body, '') = $6 LIMIT 1",
      {app::bucket_of(key.policy_no), key.policy_no, key.kind, key.key, text.body, text.personal},
      [&found](const AnswerRow&) {
        found = true;
        return Result<void>();
      }));
  return found;
}

Result<std::int64_t> SqlStore::newest_seq() {
  if (last_seq_ >= 0) return last_seq_;
  // Facts and reference data share one order.
  std::int64_t newest = 0;
  SHOUYUE_CHECK(connection_->query(
      "SELECT coalesce(max(seq), 0) FROM (SELECT max(seq) AS seq FROM fact UNION ALL SELECT max(seq) AS seq FROM "
      "reference) AS s",
      {}, [&newest](const AnswerRow& row) {
        newest = row.integer(0);
        return Result<void>();
      }));
  return newest;
}

Result<std::int64_t> SqlStore::newest_reference_seq() {
  std::int64_t newest = 0;
  SHOUYUE_CHECK(connection_->query("SELECT coalesce(max(seq), 0) FROM reference", {}, [&newest](const AnswerRow& row) {
    newest = row.integer(0);
    return Result<void>();
  }));
  return newest;
}

Result<std::int64_t> SqlStore::next_seq() {
  ensure(connection_->has_transaction(), "a position in the order of facts is given out in a transaction only");
  last_seq_ = SHOUYUE_TRY(newest_seq()) + 1;
  return last_seq_;
}

Result<void> SqlStore::append(std::span<const app::NewFact> facts) {
  Rows rows(fact_columns.columns.size()), personal(personal_columns.columns.size());
  for (const app::NewFact& fact : facts) {
    const std::int64_t seq = SHOUYUE_TRY(next_seq());
    const std::int64_t bucket = app::bucket_of(fact.key.policy_no);
    rows.add({seq, bucket, fact.key.policy_no, fact.key.kind, fact.key.key, fact.at, fact.text.body});
    if (!fact.text.personal.empty()) personal.add({seq, bucket, fact.text.personal});
  }
  SHOUYUE_CHECK(connection_->insert(fact_columns, rows));
  return connection_->insert(personal_columns, personal);
}

Result<std::vector<insurer::FactText>> SqlStore::facts_of(const std::string& policy_no) {
  auto found = SHOUYUE_TRY(facts_of_each(std::span(&policy_no, 1)));
  return std::move(found.front());
}

// By kind, key and position.
Result<std::vector<std::vector<insurer::FactText>>> SqlStore::facts_of_each(std::span<const std::string> policies) {
  struct KeyedFact {
    std::string key;
    insurer::FactText fact;
  };
  std::vector<std::vector<KeyedFact>> found(policies.size());
  SHOUYUE_CHECK(connection_->look_up(facts_of_policy, policy_keys(policies), [&](std::size_t i, const AnswerRow& row) {
    found[i].push_back({.key = std::string(row.text(4)), .fact = fact_text(row)});
    return Result<void>();
  }));
  std::vector<std::vector<insurer::FactText>> facts(policies.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::ranges::sort(found[i], {}, [](const KeyedFact& f) { return std::tie(f.fact.kind, f.key, f.fact.seq); });
    for (KeyedFact& keyed : found[i]) facts[i].push_back(std::move(keyed.fact));
  }
  return facts;
}

Result<std::vector<insurer::FactText>> SqlStore::answers_of(const std::string& policy_no) {
  std::vector<insurer::FactText> found;
  SHOUYUE_CHECK(
      connection_->query(answers_of_policy, {app::bucket_of(policy_no), policy_no}, [&](const AnswerRow& row) {
        found.push_back(fact_text(row));
        return Result<void>();
      }));
  return found;
}

Result<std::vector<std::string>> SqlStore::issued_in(std::int64_t bucket, Date from, Date to) {
  std::vector<std::string> policies;
  SHOUYUE_CHECK(
      connection_->query("SELECT DISTINCT policy_no FROM fact WHERE bucket = $1 AND kind = 1 AND at >= $2 AND at < $3",
                         {bucket, Instant::start_of(from), Instant::start_of(to + 1)}, [&](const AnswerRow& row) {
                           policies.emplace_back(row.text(0));
                           return Result<void>();
                         }));
  std::ranges::sort(policies);
  return policies;
}

Result<void> SqlStore::each_policy(const app::Sink<std::string>& sink) {
  return connection_->scan("SELECT DISTINCT policy_no, bucket FROM fact ORDER BY bucket, policy_no", {},
                           numbers_to(sink));
}

Result<void> SqlStore::each_policy_by_number(const app::Sink<std::string>& sink) {
  return connection_->scan("SELECT DISTINCT policy_no FROM fact ORDER BY policy_no", {}, numbers_to(sink));
}

Result<std::vector<app::Reference>> SqlStore::references(app::ReferenceKind kind) {
  std::vector<app::Reference> found;
  SHOUYUE_CHECK(connection_->query(
      "SELECT r.seq, r.key, r.body, r.personal FROM reference AS r WHERE r.kind = $1 AND r.seq = "
      "(SELECT max(n.seq) FROM reference AS n WHERE n.kind = r.kind AND n.key = r.key) ORDER BY r.key",
      {kind}, [&found](const AnswerRow& row) {
        found.push_back({.seq = row.integer(0),
                         .key = std::string(row.text(1)),
                         .body = std::string(row.text(2)),
                         .personal = std::string(row.text(3))});
        return Result<void>();
      }));
  return found;
}

Result<void> SqlStore::append_references(app::ReferenceKind kind, std::span<const app::Reference> references) {
  Rows rows(reference_columns.columns.size());
  for (const app::Reference& reference : references) {
    const std::int64_t seq = SHOUYUE_TRY(next_seq());
    rows.add({kind, reference.key, seq, reference.body, reference.personal});
  }
  return connection_->insert(reference_columns, rows);
}

Result<std::vector<app::PhoneHolder>> SqlStore::holders(std::int64_t phone, int max) {
  std::vector<app::PhoneHolder> found;
  SHOUYUE_CHECK(connection_->query(
      "SELECT holder, policy_no FROM phone_holder WHERE phone = $1 ORDER BY holder, bucket, policy_no LIMIT $2",
      {phone, max}, [&](const AnswerRow& row) {
        found.push_back({.phone = phone, .holder = row.integer(0), .policy_no = std::string(row.text(1))});
        return Result<void>();
      }));
  return found;
}

Result<int> SqlStore::count_holders(std::int64_t phone, int max) {
  const auto counts = SHOUYUE_TRY(count_holders_of_each(std::span(&phone, 1), max));
  return counts.front();
}

Result<std::vector<int>> SqlStore::count_holders_of_each(std::span<const std::int64_t> phones, int max) {
  Rows keys(1);
  for (const std::int64_t phone : phones) keys.add({phone});
  std::vector<int> counts(phones.size());
  SHOUYUE_CHECK(connection_->look_up(different_holders_sql(max), keys, [&](std::size_t i, const AnswerRow&) {
    ++counts[i];
    return Result<void>();
  }));
  return counts;
}

Result<void> SqlStore::put_holders(std::span<const app::PhoneHolder> holders) {
  return connection_->insert(holder_columns, holder_rows(holders));
}

Result<void> SqlStore::remove_holders(std::span<const app::PhoneHolder> holders) {
  return connection_->remove(holder_columns, holder_rows(holders));
}

}  // namespace shouyue::store
