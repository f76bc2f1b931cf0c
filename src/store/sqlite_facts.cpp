#include "store/sqlite_store.hpp"

namespace shouyue::store {
namespace {

insurer::FactText fact_text(const Statement& row) {
  return {.kind = static_cast<insurer::FactKind>(row.integer(0)),
          .seq = row.integer(1),
          .body = std::string(row.text(2)),
          .personal = std::string(row.text(3))};
}

Result<void> each_number(Statement& statement, const app::Sink<std::string>& sink) {
  while (SHOUYUE_TRY(statement.step())) {
    std::string policy_no(statement.text(0));
    if (auto taken = sink(policy_no); !taken) {
      statement.reset();
      return taken;
    }
  }
  return {};
}

}  // namespace

Result<std::vector<std::optional<insurer::FactText>>> SqliteStore::newest(std::span<const app::FactKey> keys) {
  Statement* find = SHOUYUE_TRY(
      statement("SELECT f.kind, f.seq, f.body, p.body FROM fact AS f LEFT JOIN personal AS p ON p.bucket = f.bucket "
                "AND p.seq = f.seq "
                "WHERE f.bucket = $1 AND f.policy_no = $2 AND f.kind = $3 AND f.key = $4 ORDER BY f.seq DESC LIMIT 1"));
  std::vector<std::optional<insurer::FactText>> found(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const app::FactKey& key = keys[i];
    find->bind(1, app::bucket_of(key.policy_no)).bind(2, key.policy_no).bind(3, key.kind).bind(4, key.key);
    if (!SHOUYUE_TRY(find->step())) continue;
    found[i] = fact_text(*find);
    find->reset();
  }
  return found;
}

Result<std::vector<std::optional<Instant>>> SqliteStore::issued(std::span<const std::string> policies) {
  Statement* find = SHOUYUE_TRY(statement(
      "SELECT at FROM fact WHERE bucket = $1 AND policy_no = $2 AND kind = 1 AND key = '' ORDER BY seq DESC LIMIT 1"));
  std::vector<std::optional<Instant>> found(policies.size());
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (!SHOUYUE_TRY(find->bind(1, app::bucket_of(policies[i])).bind(2, policies[i]).step())) continue;
    find->read(0, found[i]);
    find->reset();
  }
  return found;
}

Result<bool> SqliteStore::has_version(const app::FactKey& key, const insurer::CanonicalText& text) {
  Statement* find = SHOUYUE_TRY(statement(
      "SELECT f.seq FROM fact AS f LEFT JOIN personal AS p ON p.bucket = f.bucket AND p.seq = f.seq WHERE f.bucket = "
      "$1 "
      "AND f.policy_no = $2 AND f.kind = $3 AND f.key = $4 AND f.body = $5 AND coalesce(p.body, '') = $6 LIMIT 1"));
  find->bind(1, app::bucket_of(key.policy_no)).bind(2, key.policy_no).bind(3, key.kind).bind(4, key.key);
  const bool found = SHOUYUE_TRY(find->bind(5, text.body).bind(6, text.personal).step());
  find->reset();
  return found;
}

Result<std::int64_t> SqliteStore::newest_seq() {
  if (last_seq_ >= 0) return last_seq_;
  // Facts and reference data share one order.
  Statement* find =
      SHOUYUE_TRY(statement("SELECT coalesce(max(seq), 0) FROM (SELECT max(seq) AS seq FROM fact UNION ALL SELECT "
                            "max(seq) AS seq FROM reference) AS s"));
  SHOUYUE_TRY(find->step());
  const std::int64_t newest = find->integer(0);
  find->reset();
  return newest;
}

Result<std::int64_t> SqliteStore::next_seq() {
  ensure(connection_->has_transaction(), "a position in the order of facts is given out in a transaction only");
  last_seq_ = SHOUYUE_TRY(newest_seq()) + 1;
  return last_seq_;
}

Result<void> SqliteStore::append(std::span<const app::NewFact> facts) {
  Statement* put = SHOUYUE_TRY(
      statement("INSERT INTO fact (seq, bucket, policy_no, kind, key, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)"));
  Statement* put_personal = SHOUYUE_TRY(statement("INSERT INTO personal (seq, bucket, body) VALUES ($1, $2, $3)"));
  for (const app::NewFact& fact : facts) {
    const std::int64_t seq = SHOUYUE_TRY(next_seq());
    const std::int64_t bucket = app::bucket_of(fact.key.policy_no);
    put->bind(1, seq).bind(2, bucket).bind(3, fact.key.policy_no).bind(4, fact.key.kind).bind(5, fact.key.key);
    SHOUYUE_CHECK(put->bind(6, fact.at).bind(7, fact.text.body).run());
    if (!fact.text.personal.empty())
      SHOUYUE_CHECK(put_personal->bind(1, seq).bind(2, bucket).bind(3, fact.text.personal).run());
  }
  return {};
}

Result<std::vector<insurer::FactText>> SqliteStore::facts_of(const std::string& policy_no) {
  Statement* find =
      SHOUYUE_TRY(statement("SELECT f.kind, f.seq, f.body, p.body FROM fact AS f LEFT JOIN personal AS p ON p.bucket = "
                            "f.bucket AND p.seq = f.seq "
                            "WHERE f.bucket = $1 AND f.policy_no = $2 ORDER BY f.kind, f.key, f.seq"));
  find->bind(1, app::bucket_of(policy_no)).bind(2, policy_no);
  std::vector<insurer::FactText> facts;
  while (SHOUYUE_TRY(find->step())) facts.push_back(fact_text(*find));
  return facts;
}

Result<std::vector<std::string>> SqliteStore::issued_in(std::int64_t bucket, Date from, Date to) {
  Statement* find = SHOUYUE_TRY(
      statement("SELECT DISTINCT policy_no FROM fact WHERE bucket = $1 AND kind = 1 AND at >= $2 AND at < $3 "
                "ORDER BY policy_no"));
  find->bind(1, bucket).bind(2, Instant::start_of(from)).bind(3, Instant::start_of(to + 1));
  std::vector<std::string> policies;
  while (SHOUYUE_TRY(find->step())) policies.emplace_back(find->text(0));
  return policies;
}

Result<void> SqliteStore::each_policy(const app::Sink<std::string>& sink) {
  Statement* all = SHOUYUE_TRY(statement("SELECT DISTINCT policy_no, bucket FROM fact ORDER BY bucket, policy_no"));
  return each_number(*all, sink);
}

Result<void> SqliteStore::each_policy_by_number(const app::Sink<std::string>& sink) {
  Statement* all = SHOUYUE_TRY(statement("SELECT DISTINCT policy_no FROM fact ORDER BY policy_no"));
  return each_number(*all, sink);
}

Result<std::vector<app::Reference>> SqliteStore::references(app::ReferenceKind kind) {
  Statement* find = SHOUYUE_TRY(
      statement("SELECT r.seq, r.key, r.body, r.personal FROM reference AS r WHERE r.kind = $1 AND r.seq = "
                "(SELECT max(n.seq) FROM reference AS n WHERE n.kind = r.kind AND n.key = r.key) ORDER BY r.key"));
  find->bind(1, kind);
  std::vector<app::Reference> found;
  while (SHOUYUE_TRY(find->step()))
    found.push_back({.seq = find->integer(0),
                     .key = std::string(find->text(1)),
                     .body = std::string(find->text(2)),
                     .personal = std::string(find->text(3))});
  return found;
}

Result<void> SqliteStore::append_references(app::ReferenceKind kind, std::span<const app::Reference> references) {
  Statement* put =
      SHOUYUE_TRY(statement("INSERT INTO reference (kind, key, seq, body, personal) VALUES ($1, $2, $3, $4, $5)"));
  for (const app::Reference& reference : references) {
    const std::int64_t seq = SHOUYUE_TRY(next_seq());
    put->bind(1, kind).bind(2, reference.key).bind(3, seq).bind(4, reference.body).bind(5, reference.personal);
    SHOUYUE_CHECK(put->run());
  }
  return {};
}

Result<std::vector<app::PhoneHolder>> SqliteStore::holders(std::int64_t phone, int max) {
  Statement* find = SHOUYUE_TRY(statement(
      "SELECT holder, policy_no FROM phone_holder WHERE phone = $1 ORDER BY holder, bucket, policy_no LIMIT $2"));
  find->bind(1, phone).bind(2, max);
  std::vector<app::PhoneHolder> found;
  while (SHOUYUE_TRY(find->step()))
    found.push_back({.phone = phone, .holder = find->integer(0), .policy_no = std::string(find->text(1))});
  return found;
}

Result<int> SqliteStore::count_holders(std::int64_t phone, int max) {
  Statement* find = SHOUYUE_TRY(
      statement("SELECT count(*) FROM (SELECT DISTINCT holder FROM phone_holder WHERE phone = $1 LIMIT $2) AS h"));
  SHOUYUE_TRY(find->bind(1, phone).bind(2, max).step());
  const auto count = static_cast<int>(find->integer(0));
  find->reset();
  return count;
}

Result<void> SqliteStore::put_holder(const app::PhoneHolder& holder) {
  Statement* put =
      SHOUYUE_TRY(statement("INSERT INTO phone_holder (phone, holder, bucket, policy_no) VALUES ($1, $2, $3, $4) "
                            "ON CONFLICT (phone, holder, bucket, policy_no) DO NOTHING"));
  put->bind(1, holder.phone).bind(2, holder.holder).bind(3, app::bucket_of(holder.policy_no));
  return put->bind(4, holder.policy_no).run();
}

Result<void> SqliteStore::remove_holder(const app::PhoneHolder& holder) {
  Statement* end = SHOUYUE_TRY(
      statement("DELETE FROM phone_holder WHERE phone = $1 AND holder = $2 AND bucket = $3 AND policy_no = $4"));
  end->bind(1, holder.phone).bind(2, holder.holder).bind(3, app::bucket_of(holder.policy_no));
  return end->bind(4, holder.policy_no).run();
}

}  // namespace shouyue::store
