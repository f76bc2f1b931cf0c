#include "store/copy.hpp"

#include <deque>

#include "base/digest.hpp"
#include "store/open.hpp"
#include "store/schema.hpp"

namespace shouyue::store {
namespace {

constexpr std::size_t portion = 5000;  // rows

std::string everything_of(const TableKey& table) {
  std::string sql = "SELECT * FROM " + std::string(table.name) + " ORDER BY 1";
  for (int n = 2; n <= table.ordered_by; ++n) sql += ", " + std::to_string(n);
  return sql;
}

// The bytes of a row, so that no two different rows have the same.
void add_row(Sha256& digest, const AnswerRow& row) {
  for (int column = 0; column < row.columns(); ++column) {
    const Value value = row.value(column);
    if (value.kind() == Value::Kind::nothing) digest.add("-");
    if (value.kind() == Value::Kind::integer) digest.add("i" + std::to_string(value.integer()));
    if (value.kind() == Value::Kind::text) {
      digest.add("t" + std::to_string(value.text().size()) + ":");
      digest.add(value.text());
    }
  }
  digest.add("\n");
}

Result<app::CopiedTable> read_table(Connection& connection, const TableKey& table, const TakeRow& take) {
  app::CopiedTable report{.name = std::string(table.name), .rows = 0, .sha256 = {}};
  Sha256 digest;
  SHOUYUE_CHECK(connection.scan(everything_of(table), {}, [&](const AnswerRow& row) {
    ++report.rows;
    add_row(digest, row);
    return take(row);
  }));
  report.sha256 = digest.hex();
  return report;
}

// Rows of one table on their way, some thousand at a time.
class TableWriter {
 public:
  TableWriter(Connection& target, const TableKey& table) : target_(target) {
    columns_.name = table.name;
    columns_.key = table.ordered_by;
  }
  Result<void> take(const AnswerRow& row) {
    if (!rows_) start(row);
    for (int column = 0; column < row.columns(); ++column) {
      const Value value = row.value(column);
      rows_->add_value(value.kind() == Value::Kind::text ? Value(texts_.emplace_back(value.text())) : value);
    }
    return rows_->size() < portion ? Result<void>() : flush();
  }
  Result<void> flush() {
    if (!rows_) return {};
    // A new database has its schema's version already.
    SHOUYUE_CHECK(columns_.name == "meta" ? target_.replace(columns_, *rows_) : target_.insert(columns_, *rows_));
    rows_.reset();
    texts_.clear();
    return {};
  }

 private:
  void start(const AnswerRow& row) {
    columns_.columns.clear();
    for (int column = 0; column < row.columns(); ++column) columns_.columns.push_back(row.name(column));
    rows_.emplace(columns_.columns.size());
  }
  Connection& target_;
  TableColumns columns_;
  std::optional<Rows> rows_;
  std::deque<std::string> texts_;
};

Result<void> require_empty(Connection& target) {
  for (const TableKey& table : all_tables()) {
    const std::string which = table.name == "meta" ? " WHERE name <> 'schema_version'" : "";
    bool has_rows = false;
    SHOUYUE_CHECK(
        target.query("SELECT 1 FROM " + std::string(table.name) + which + " LIMIT 1", {}, [&](const AnswerRow&) {
          has_rows = true;
          return Result<void>();
        }));
    if (has_rows)
      return refuse(Errc::conflict, "copy.target_not_empty",
                    "the database to copy to is not empty; give a new one, or one after `shouyue init`",
                    "目标数据库不为空；请使用新建的或刚 init 的数据库");
  }
  return {};
}

Result<app::CopiedTable> copy_table(Connection& source, Connection& target, const TableKey& table) {
  TableWriter writer(target, table);
  auto copied = SHOUYUE_TRY(read_table(source, table, [&](const AnswerRow& row) { return writer.take(row); }));
  SHOUYUE_CHECK(writer.flush());
  const auto stored = SHOUYUE_TRY(read_table(target, table, [](const AnswerRow&) { return Result<void>(); }));
  if (stored == copied) return copied;
  return refuse(Errc::environment, "copy.differs",
                "the table " + copied.name + " reads otherwise in the copy; nothing was kept there",
                "表 " + copied.name + " 复制后读出的内容不同，目标未保存任何内容");
}

Result<std::vector<app::CopiedTable>> copy_tables(Connection& source, Connection& target) {
  SHOUYUE_CHECK(require_empty(target));
  std::vector<app::CopiedTable> report;
  for (const TableKey& table : all_tables()) {
    auto copied = SHOUYUE_TRY(copy_table(source, target, table));
    report.push_back(std::move(copied));
  }
  return report;
}

}  // namespace

Result<std::vector<app::CopiedTable>> copy(const std::string& from, const std::string& to) {
  const auto source_store = SHOUYUE_TRY(open(from, app::Access::existing));
  SHOUYUE_CHECK(source_store->require_schema());
  const auto target_store = SHOUYUE_TRY(open(to, app::Access::create));
  SHOUYUE_TRY(target_store->migrate());
  const auto source = SHOUYUE_TRY(connect(from, app::Access::existing));
  const auto target = SHOUYUE_TRY(connect(to, app::Access::existing));
  SHOUYUE_CHECK(source->begin_reading());
  SHOUYUE_CHECK(target->begin(Lock::facts));
  auto report = copy_tables(*source, *target);
  source->rollback();
  if (!report) {
    target->rollback();
    return report;
  }
  SHOUYUE_CHECK(target->commit());
  return report;
}

}  // namespace shouyue::store
