#include "store/sql_imports.hpp"

#include "base/text.hpp"

namespace shouyue::store {
namespace {

const TableColumns run_table{.name = "import_run",
                             .columns = {"id",
                                         "kind",
                                         "file_name",
                                         "digest",
                                         "bytes",
                                         "who",
                                         "org_code",
                                         "began_at",
                                         "ended_at",
                                         "state",
                                         "rows_read",
                                         "accepted",
                                         "unchanged",
                                         "rejected",
                                         "premium_read",
                                         "expected_rows",
                                         "expected_premium",
                                         "unknown_columns",
                                         "warnings",
                                         "failure_rule",
                                         "failure_en",
                                         "failure_zh"},
                             .key = 1};
const TableColumns reject_table{.name = "import_reject",
                                .columns = {"import_id", "n", "line", "column_name", "value", "rule", "en", "zh"},
                                .key = 2};

constexpr char between_parts = '\x1f', between_entries = '\x1e';

std::string list_text(const std::vector<std::string>& entries) {
  return join(entries, std::string(1, between_entries));
}

std::vector<std::string> entries_of(std::string_view text) {
  std::vector<std::string> entries;
  for (const std::string_view entry : text.empty() ? std::vector<std::string_view>() : split(text, between_entries))
    entries.emplace_back(entry);
  return entries;
}

std::string warnings_text(const std::vector<app::ImportWarning>& warnings) {
  std::vector<std::string> entries;
  for (const app::ImportWarning& warning : warnings)
    entries.push_back(join(std::vector{warning.rule, std::to_string(warning.rows), std::to_string(warning.first_line),
                                       warning.en, warning.zh},
                           std::string(1, between_parts)));
  return list_text(entries);
}

std::vector<app::ImportWarning> warnings_of(std::string_view text) {
  std::vector<app::ImportWarning> warnings;
  for (const std::string& entry : entries_of(text)) {
    const auto parts = split(entry, between_parts);
    if (parts.size() != 5) continue;
    warnings.push_back({.rule = std::string(parts[0]),
                        .rows = std::stoll(std::string(parts[1])),
                        .first_line = std::stoll(std::string(parts[2])),
                        .en = std::string(parts[3]),
                        .zh = std::string(parts[4])});
  }
  return warnings;
}

std::string select_sql(const TableColumns& table, const std::string& tail) {
  return "SELECT " + join(table.columns, ", ") + " FROM " + table.name + " " + tail;
}

app::ImportRun run_of(const AnswerRow& row) {
  app::ImportRun run;
  int column = 0;
  const auto read = [&](auto& to) { row.read(column++, to); };
  read(run.id), read(run.kind), read(run.file_name), read(run.digest), read(run.bytes), read(run.who);
  read(run.org_code), read(run.began_at), read(run.ended_at), read(run.state), read(run.read), read(run.accepted);
  read(run.unchanged), read(run.rejected), read(run.premium_read), read(run.expected_rows);
  read(run.expected_premium);
  run.unknown_columns = entries_of(row.text(column++));
  run.warnings = warnings_of(row.text(column++));
  read(run.failure_rule), read(run.failure_en), read(run.failure_zh);
  return run;
}

}  // namespace

Result<std::int64_t> SqlImports::add_import(const app::ImportRun& run) {
  app::ImportRun added = run;
  SHOUYUE_CHECK(connection_.query("SELECT coalesce(max(id), 0) + 1 FROM import_run", {}, [&](const AnswerRow& row) {
    added.id = row.integer(0);
    return Result<void>();
  }));
  SHOUYUE_CHECK(put_import(added));
  return added.id;
}

Result<void> SqlImports::put_import(const app::ImportRun& run) {
  const std::string unknown_columns = list_text(run.unknown_columns), warnings = warnings_text(run.warnings);
  Rows rows(run_table.columns.size());
  rows.add({run.id,
            run.kind,
            run.file_name,
            run.digest,
            run.bytes,
            run.who,
            run.org_code,
            run.began_at,
            run.ended_at,
            run.state,
            run.read,
            run.accepted,
            run.unchanged,
            run.rejected,
            run.premium_read,
            run.expected_rows,
            run.expected_premium,
            unknown_columns,
            warnings,
            run.failure_rule,
            run.failure_en,
            run.failure_zh});
  return connection_.replace(run_table, rows);
}

Result<std::vector<app::ImportRun>> SqlImports::runs(const std::string& tail, Parameters parameters) {
  std::vector<app::ImportRun> found;
  SHOUYUE_CHECK(connection_.query(select_sql(run_table, tail), parameters, [&](const AnswerRow& row) {
    found.push_back(run_of(row));
    return Result<void>();
  }));
  return found;
}

Result<std::optional<app::ImportRun>> SqlImports::import_run(std::int64_t id) {
  auto found = SHOUYUE_TRY(runs("WHERE id = $1", {id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Result<std::vector<app::ImportRun>> SqlImports::imports(std::int64_t before, int limit) {
  return runs("WHERE id < $1 ORDER BY id DESC LIMIT $2", {before, limit});
}

Result<std::vector<app::ImportRun>> SqlImports::imports_of(const std::string& digest) {
  return runs("WHERE digest = $1 ORDER BY id DESC", {digest});
}

Result<void> SqlImports::interrupt_imports(Instant at) {
  return connection_.run("UPDATE import_run SET state = $1, ended_at = $2 WHERE state = $3",
                         {app::ImportState::interrupted, at, app::ImportState::running});
}

Result<void> SqlImports::add_rejects(std::int64_t id, const std::vector<app::RejectRow>& rejects) {
  std::vector<std::string> values;
  values.reserve(rejects.size());
  Rows rows(reject_table.columns.size());
  for (const app::RejectRow& reject : rejects) {
    auto value =
        SHOUYUE_TRY(sealing_.sealed_apart(place_of("import_reject", std::to_string(id), reject.n), reject.value));
    values.push_back(std::move(value));
    rows.add({id, reject.n, reject.line, reject.column, values.back(), reject.rule, reject.en, reject.zh});
  }
  return connection_.insert(reject_table, rows);
}

Result<std::vector<app::RejectRow>> SqlImports::rejects(std::int64_t id, std::int64_t after, int limit) {
  std::vector<app::RejectRow> found;
  const auto take = [&](const AnswerRow& row) -> Result<void> {
    app::RejectRow& reject = found.emplace_back();
    row.read(1, reject.n);
    row.read(2, reject.line);
    row.read(3, reject.column);
    reject.value = SHOUYUE_TRY(sealing_.opened_apart(place_of("import_reject", std::to_string(id), reject.n),
                                                     row.text(4), "import " + std::to_string(id)));
    row.read(5, reject.rule);
    row.read(6, reject.en);
    row.read(7, reject.zh);
    return {};
  };
  SHOUYUE_CHECK(connection_.query(select_sql(reject_table, "WHERE import_id = $1 AND n > $2 ORDER BY n LIMIT $3"),
                                  {id, after, limit}, take));
  return found;
}

}  // namespace shouyue::store
