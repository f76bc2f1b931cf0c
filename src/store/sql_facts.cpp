#include <algorithm>
#include <numeric>

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

constexpr const char* newest_of_key =
    "SELECT f.kind, f.seq, f.body, p.body AS personal, s.salt FROM fact AS f "
    "LEFT JOIN personal AS p ON p.bucket = f.bucket AND p.seq = f.seq "
    "LEFT JOIN subject_key AS s ON s.bucket = f.bucket AND s.policy_no = f.policy_no "
    "WHERE f.bucket = $1 AND f.policy_no = $2 AND f.kind = $3 AND f.key = $4 ORDER BY f.seq DESC LIMIT 1";
const std::string facts_of_policy =
    "SELECT f.kind, f.seq, f.body, p.body AS personal, s.salt, f.key FROM fact AS f "
    "LEFT JOIN personal AS p ON p.bucket = f.bucket AND p.seq = f.seq "
    "LEFT JOIN subject_key AS s ON s.bucket = f.bucket AND s.policy_no = f.policy_no WHERE f.bucket = $1 AND "
    "f.policy_no = $2";
// Answers are many and no derivation reads them.
const std::string derived_facts_of_policy = facts_of_policy + " AND f.kind <> 6";
const std::string answers_of_policy = facts_of_policy + " AND f.kind = 6 ORDER BY f.key, f.seq";

// Counted by whoever asks: most phones have none, and nothing found costs least.
std::string different_holders_sql(int max) {
  return "SELECT DISTINCT holder FROM phone_holder WHERE phone = $1 LIMIT " + std::to_string(max);
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

Result<insurer::FactText> SqlStore::fact_text(const app::FactKey& key, const AnswerRow& row) {
  const std::int64_t seq = row.integer(1);
  auto personal = SHOUYUE_TRY(sealing_.opened(key.policy_no, row.value(4), place_of(key, seq), row.text(3)));
  return insurer::FactText{
      .kind = key.kind, .seq = seq, .body = std::string(row.text(2)), .personal = std::move(personal)};
}

Result<std::vector<std::optional<insurer::FactText>>> SqlStore::newest(std::span<const app::FactKey> keys) {
  Rows rows(4);
  for (const app::FactKey& key : keys) rows.add({app::bucket_of(key.policy_no), key.policy_no, key.kind, key.key});
  std::vector<std::optional<insurer::FactText>> found(keys.size());
  const auto take = [&](std::size_t i, const AnswerRow& row) -> Result<void> {
    found[i] = SHOUYUE_TRY(fact_text(keys[i], row));
    return {};
  };
  SHOUYUE_CHECK(connection_->look_up(newest_of_key, rows, take));
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
  const auto take = [&](const AnswerRow& row) -> Result<void> {
    const insurer::FactText version = SHOUYUE_TRY(fact_text(key, row));
    found = found || (version.body == text.body && version.personal == text.personal);
    return {};
  };
  SHOUYUE_CHECK(connection_->query(facts_of_policy + " AND f.kind = $3 AND f.key = $4",
                                   {app::bucket_of(key.policy_no), key.policy_no, key.kind, key.key}, take));
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

Result<std::int64_t> SqlStore::newest_seq_of(const std::string& policy_no) {
  std::int64_t newest = 0;
  SHOUYUE_CHECK(
      connection_->query("SELECT coalesce(max(seq), 0) FROM fact WHERE bucket = $1 AND policy_no = $2 AND kind <> 6",
                         {app::bucket_of(policy_no), policy_no}, [&newest](const AnswerRow& row) {
                           newest = row.integer(0);
                           return Result<void>();
                         }));
  return newest;
}

Result<app::RulesMark> SqlStore::rules_mark() {
  app::RulesMark mark;
  SHOUYUE_CHECK(
      connection_->query("SELECT (SELECT coalesce(max(seq), 0) FROM reference), (SELECT count(*) FROM settlement)", {},
                         [&mark](const AnswerRow& row) {
                           mark = {.references = row.integer(0), .settlements = row.integer(1)};
                           return Result<void>();
                         }));
  return mark;
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

Result<std::vector<std::string>> SqlStore::sealed_texts(std::span<const app::NewFact> facts, std::int64_t first_seq) {
  const Sealing* sealing = SHOUYUE_TRY(sealing_.in_use());
  if (!sealing) return std::vector<std::string>();
  std::vector<std::pair<std::int64_t, std::string_view>> policies;  // each once, in the order of the tables
  for (const app::NewFact& fact : facts)
    if (!fact.text.personal.empty()) policies.emplace_back(app::bucket_of(fact.key.policy_no), fact.key.policy_no);
  std::ranges::sort(policies);
  const auto repeated = std::ranges::unique(policies);
  policies.erase(repeated.begin(), repeated.end());
  std::vector<std::string_view> numbers;
  for (const auto& [bucket, policy_no] : policies) numbers.push_back(policy_no);
  const auto keys = SHOUYUE_TRY(sealing_.subject_keys(*sealing, numbers));
  std::vector<std::string> texts(facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto& [key, at, text] = facts[i];
    if (text.personal.empty()) continue;
    const std::pair place{app::bucket_of(key.policy_no), std::string_view(key.policy_no)};
    const auto of_policy = static_cast<std::size_t>(std::ranges::lower_bound(policies, place) - policies.begin());
    const std::int64_t seq = first_seq + static_cast<std::int64_t>(i);
    texts[i] = vault::seal(keys[of_policy], text.personal, place_of(key, seq));
  }
  return texts;
}

Result<void> SqlStore::append(std::span<const app::NewFact> facts) {
  if (facts.empty()) return {};
  const std::int64_t first_seq = SHOUYUE_TRY(newest_seq()) + 1;
  const std::vector<std::string> sealed = SHOUYUE_TRY(sealed_texts(facts, first_seq));
  Rows rows(fact_columns.columns.size()), personal(personal_columns.columns.size());
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const app::NewFact& fact = facts[i];
    const std::int64_t seq = SHOUYUE_TRY(next_seq());
    const std::int64_t bucket = app::bucket_of(fact.key.policy_no);
    rows.add({seq, bucket, fact.key.policy_no, fact.key.kind, fact.key.key, fact.at, fact.text.body});
    if (!fact.text.personal.empty()) personal.add({seq, bucket, sealed.empty() ? fact.text.personal : sealed[i]});
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
  const auto take = [&](std::size_t i, const AnswerRow& row) -> Result<void> {
    const app::FactKey key{.kind = static_cast<insurer::FactKind>(row.integer(0)),
                           .policy_no = policies[i],
                           .key = std::string(row.text(5))};
    auto fact = SHOUYUE_TRY(fact_text(key, row));
    found[i].push_back({.key = key.key, .fact = std::move(fact)});
    return {};
  };
  SHOUYUE_CHECK(connection_->look_up(derived_facts_of_policy, policy_keys(policies), take));
  std::vector<std::vector<insurer::FactText>> facts(policies.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::ranges::sort(found[i], {}, [](const KeyedFact& f) { return std::tie(f.fact.kind, f.key, f.fact.seq); });
    for (KeyedFact& keyed : found[i]) facts[i].push_back(std::move(keyed.fact));
  }
  return facts;
}

Result<std::vector<insurer::FactText>> SqlStore::answers_of(const std::string& policy_no) {
  std::vector<insurer::FactText> found;
  const auto take = [&](const AnswerRow& row) -> Result<void> {
    const app::FactKey key{insurer::FactKind::answer, policy_no, std::string(row.text(5))};
    found.push_back(SHOUYUE_TRY(fact_text(key, row)));
    return {};
  };
  SHOUYUE_CHECK(connection_->query(answers_of_policy, {app::bucket_of(policy_no), policy_no}, take));
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

Result<std::vector<std::string>> SqlStore::policies_of_agent(const std::string& agent_code) {
  std::vector<std::string> policies;
  SHOUYUE_CHECK(connection_->query("SELECT policy_no FROM case_state WHERE agent_code = $1 ORDER BY policy_no",
                                   {agent_code}, [&policies](const AnswerRow& row) {
                                     policies.emplace_back(row.text(0));
                                     return Result<void>();
                                   }));
  return policies;
}

Result<std::vector<app::Reference>> SqlStore::references(app::ReferenceKind kind) {
  std::vector<app::Reference> found;
  const auto take = [&](const AnswerRow& row) -> Result<void> {
    app::Reference& reference = found.emplace_back();
    row.read(0, reference.seq);
    row.read(1, reference.key);
    row.read(2, reference.body);
    reference.personal =
        SHOUYUE_TRY(sealing_.opened_apart(place_of(kind, reference.key, reference.seq), row.text(3), reference.key));
    return {};
  };
  SHOUYUE_CHECK(connection_->query(
      "SELECT r.seq, r.key, r.body, r.personal FROM reference AS r WHERE r.kind = $1 AND r.seq = "
      "(SELECT max(n.seq) FROM reference AS n WHERE n.kind = r.kind AND n.key = r.key) ORDER BY r.key",
      {kind}, take));
  return found;
}

Result<void> SqlStore::append_references(app::ReferenceKind kind, std::span<const app::Reference> references) {
  std::vector<std::string> personal;
  personal.reserve(references.size());
  Rows rows(reference_columns.columns.size());
  for (const app::Reference& reference : references) {
    const std::int64_t seq = SHOUYUE_TRY(next_seq());
    auto text = SHOUYUE_TRY(sealing_.sealed_apart(place_of(kind, reference.key, seq), reference.personal));
    personal.push_back(std::move(text));
    rows.add({kind, reference.key, seq, reference.body, personal.back()});
  }
  return connection_->insert(reference_columns, rows);
}

Result<std::vector<app::PhoneHolder>> SqlStore::holders(std::int64_t phone, int max) {
  const std::int64_t hidden = SHOUYUE_TRY(sealing_.hidden(phone));
  std::vector<app::PhoneHolder> found;
  const auto take = [&](const AnswerRow& row) -> Result<void> {
    const std::int64_t holder = SHOUYUE_TRY(sealing_.shown(row.integer(0)));
    found.push_back({.phone = phone, .holder = holder, .policy_no = std::string(row.text(1))});
    return {};
  };
  SHOUYUE_CHECK(connection_->query(
      "SELECT holder, policy_no FROM phone_holder WHERE phone = $1 ORDER BY bucket, policy_no, holder LIMIT $2",
      {hidden, max}, take));
  return found;
}

Result<int> SqlStore::count_holders(std::int64_t phone, int max) {
  const auto counts = SHOUYUE_TRY(count_holders_of_each(std::span(&phone, 1), max));
  return counts.front();
}

Result<std::vector<int>> SqlStore::count_holders_of_each(std::span<const std::int64_t> phones, int max) {
  struct Asked {
    std::int64_t hidden;
    std::size_t position;
  };
  std::vector<Asked> asked;
  for (std::size_t i = 0; i < phones.size(); ++i) {
    const std::int64_t hidden = SHOUYUE_TRY(sealing_.hidden(phones[i]));
    asked.push_back({hidden, i});
  }
  std::ranges::sort(asked, {}, &Asked::hidden);  // the order of the table
  Rows keys(1);
  for (const Asked& one : asked) keys.add({one.hidden});
  std::vector<int> counts(phones.size());
  SHOUYUE_CHECK(connection_->look_up(different_holders_sql(max), keys, [&](std::size_t i, const AnswerRow&) {
    ++counts[asked[i].position];
    return Result<void>();
  }));
  return counts;
}

// In the order of the table: what lies on one page is written at once.
Result<Rows> SqlStore::holder_rows(std::span<const app::PhoneHolder> holders) {
  std::vector<std::pair<std::int64_t, std::int64_t>> hidden;
  for (const app::PhoneHolder& holder : holders) {
    const std::int64_t phone = SHOUYUE_TRY(sealing_.hidden(holder.phone));
    const std::int64_t person = SHOUYUE_TRY(sealing_.hidden(holder.holder));
    hidden.emplace_back(phone, person);
  }
  std::vector<std::size_t> order(holders.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return hidden[i]; });
  Rows rows(holder_columns.columns.size());
  for (const std::size_t i : order)
    rows.add({hidden[i].first, hidden[i].second, app::bucket_of(holders[i].policy_no), holders[i].policy_no});
  return rows;
}

Result<void> SqlStore::put_holders(std::span<const app::PhoneHolder> holders) {
  const Rows rows = SHOUYUE_TRY(holder_rows(holders));
  return connection_->insert(holder_columns, rows);
}

Result<void> SqlStore::remove_holders(std::span<const app::PhoneHolder> holders) {
  const Rows rows = SHOUYUE_TRY(holder_rows(holders));
  return connection_->remove(holder_columns, rows);
}

}  // namespace shouyue::store
