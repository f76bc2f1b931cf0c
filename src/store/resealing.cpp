#include "store/resealing.hpp"

#include <algorithm>

#include "store/tables.hpp"

namespace shouyue::store {
namespace {

struct PersonalRow {
  app::FactKey key;
  std::int64_t seq = 0;
  std::string text;
};

struct PhoneRow {
  std::vector<std::int64_t> numbers;
  std::int64_t bucket = 0;
  std::string policy_no;
};

const TableColumns personal_columns{.name = "personal", .columns = {"bucket", "seq", "body"}, .key = 2};
const TableColumns reference_columns{
    .name = "reference", .columns = {"kind", "key", "seq", "body", "personal"}, .key = 3};

}  // namespace

Result<std::int64_t> Resealing::run() {
  for (std::int64_t bucket = 0; bucket < app::bucket_count; ++bucket) {
    SHOUYUE_CHECK(facts_of(bucket));
    SHOUYUE_CHECK(texts_of(bucket, {.table = "attachment", .id = "attachment_id", .text = "name"}));
    SHOUYUE_CHECK(texts_of(bucket, {.table = "recording", .id = "recording_id", .text = "file_key"}));
    SHOUYUE_CHECK(attachment_parts_of(bucket));
    SHOUYUE_CHECK(persons_of(bucket));
  }
  SHOUYUE_CHECK(references());
  SHOUYUE_CHECK(rejects());
  SHOUYUE_CHECK(phones({.name = "phone_holder", .columns = {"phone", "holder", "bucket", "policy_no"}, .key = 4}));
  SHOUYUE_CHECK(phones({.name = "further_phone", .columns = {"phone", "bucket", "policy_no"}, .key = 3}));
  return sealed_;
}

std::int64_t Resealing::renumbered(std::int64_t number) const {
  return after_.numbers().hidden(before_ ? before_->numbers().shown(number) : number);
}

Result<std::optional<std::string>> Resealing::opened(const std::string& policy_no, const Value& salt,
                                                     const std::string& place, std::string_view text) const {
  if (!before_) return std::string(text);
  if (salt.kind() == Value::Kind::nothing) return std::nullopt;
  return unsealed(before_->subject_key(policy_no, salt.text()), text, place, "policy " + policy_no);
}

Result<void> Resealing::facts_of(std::int64_t bucket) {
  std::vector<PersonalRow> rows;
  const auto take = [&](const AnswerRow& answer) -> Result<void> {
    PersonalRow row;
    answer.read(0, row.key.policy_no);
    answer.read(1, row.key.kind);
    answer.read(2, row.key.key);
    answer.read(3, row.seq);
    auto text = SHOUYUE_TRY(opened(row.key.policy_no, answer.value(5), place_of(row.key, row.seq), answer.text(4)));
    if (!text) return {};
    row.text = std::move(*text);
    rows.push_back(std::move(row));
    return {};
  };
  SHOUYUE_CHECK(
      connection_.query("SELECT f.policy_no, f.kind, f.key, f.seq, p.body, s.salt FROM fact AS f "
                        "JOIN personal AS p ON p.bucket = f.bucket AND p.seq = f.seq "
                        "LEFT JOIN subject_key AS s ON s.bucket = f.bucket AND s.policy_no = f.policy_no "
                        "WHERE f.bucket = $1 ORDER BY f.policy_no, f.seq",
                        {bucket}, take));
  std::vector<std::string_view> policies;
  for (const PersonalRow& row : rows)
    if (policies.empty() || policies.back() != row.key.policy_no) policies.push_back(row.key.policy_no);
  const auto keys = SHOUYUE_TRY(keys_.subject_keys(after_, policies));
  Rows gone(2), sealed(personal_columns.columns.size());
  auto key = keys.begin();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    PersonalRow& row = rows[i];
    if (i > 0 && row.key.policy_no != rows[i - 1].key.policy_no) ++key;
    row.text = vault::seal(*key, row.text, place_of(row.key, row.seq));
    gone.add({bucket, row.seq});
    sealed.add({bucket, row.seq, row.text});
  }
  sealed_ += static_cast<std::int64_t>(rows.size());
  SHOUYUE_CHECK(connection_.remove(personal_columns, gone));
  return connection_.insert(personal_columns, sealed);
}

Result<void> Resealing::references() {
  struct Row {
    app::ReferenceKind kind{};
    app::Reference reference;
  };
  std::vector<Row> rows;
  SHOUYUE_CHECK(connection_.query("SELECT kind, key, seq, body, personal FROM reference WHERE personal <> ''", {},
                                  [&](const AnswerRow& answer) -> Result<void> {
                                    Row& row = rows.emplace_back();
                                    answer.read(0, row.kind);
                                    answer.read(1, row.reference.key);
                                    answer.read(2, row.reference.seq);
                                    answer.read(3, row.reference.body);
                                    answer.read(4, row.reference.personal);
                                    return {};
                                  }));
  Rows sealed(reference_columns.columns.size());
  for (auto& [kind, reference] : rows) {
    const std::string place = place_of(kind, reference.key, reference.seq);
    std::string& text = reference.personal;
    if (before_) text = SHOUYUE_TRY(unsealed(before_->shared_key(), text, place, reference.key));
    text = vault::seal(after_.shared_key(), text, place);
    sealed.add({kind, reference.key, reference.seq, reference.body, text});
  }
  sealed_ += static_cast<std::int64_t>(rows.size());
  return connection_.replace(reference_columns, sealed);
}

Result<void> Resealing::rejects() {
  struct Reject {
    std::int64_t id = 0, n = 0;
    std::string value;
  };
  std::vector<Reject> rows;
  SHOUYUE_CHECK(connection_.scan("SELECT import_id, n, value FROM import_reject WHERE value <> ''", {},
                                 [&rows](const AnswerRow& answer) {
                                   rows.push_back({answer.integer(0), answer.integer(1), std::string(answer.text(2))});
                                   return Result<void>();
                                 }));
  for (auto& [id, n, value] : rows) {
    const std::string place = place_of("import_reject", std::to_string(id), n);
    if (before_) value = SHOUYUE_TRY(unsealed(before_->shared_key(), value, place, "import " + std::to_string(id)));
    value = vault::seal(after_.shared_key(), value, place);
    SHOUYUE_CHECK(
        connection_.run("UPDATE import_reject SET value = $3 WHERE import_id = $1 AND n = $2", {id, n, value}));
  }
  sealed_ += static_cast<std::int64_t>(rows.size());
  return {};
}

// Of a table whose first columns are numbers of phones and persons: it lies in their order, so all of it at once.
Result<void> Resealing::phones(const TableColumns& table) {
  const int numbers = table.key - 2;  // before the bucket and the number of the policy
  std::vector<PhoneRow> rows;
  SHOUYUE_CHECK(connection_.scan("SELECT * FROM " + table.name, {}, [&](const AnswerRow& answer) {
    PhoneRow& row = rows.emplace_back();
    for (int n = 0; n < numbers; ++n) row.numbers.push_back(renumbered(answer.integer(n)));
    answer.read(numbers, row.bucket);
    answer.read(numbers + 1, row.policy_no);
    return Result<void>();
  }));
  std::ranges::sort(rows, {}, &PhoneRow::numbers);
  Rows renumbered(table.columns.size());
  for (const PhoneRow& row : rows) {
    for (const std::int64_t number : row.numbers) renumbered.add_value(number);
    renumbered.add_value(row.bucket);
    renumbered.add_value(row.policy_no);
  }
  SHOUYUE_CHECK(connection_.run("DELETE FROM " + table.name, {}));
  return connection_.insert(table, renumbered);
}

Result<void> Resealing::persons_of(std::int64_t bucket) {
  ClauseLists lists(connection_);
  Coding reading{.lists = lists, .numbers = before_ ? &before_->numbers() : nullptr};
  Coding writing{.lists = lists, .numbers = &after_.numbers()};
  std::vector<app::CaseRow> cases;
  const auto take = [&](const AnswerRow& answer) -> Result<void> {
    auto row = SHOUYUE_TRY(row_of<app::CaseRow>(answer, reading));
    cases.push_back(std::move(row));
    return {};
  };
  SHOUYUE_CHECK(connection_.query(select_sql<app::CaseRow>("WHERE bucket = $1"), {bucket}, take));
  Rows rows(written<app::CaseRow>().columns.size());
  for (const app::CaseRow& row : cases) {
    rows.add_value(bucket);
    for (const auto& column : table<app::CaseRow>().columns) {
      const Value value = SHOUYUE_TRY(column.value(row, writing));
      rows.add_value(value);
    }
  }
  return connection_.replace(written<app::CaseRow>(), rows);
}

}  // namespace shouyue::store
