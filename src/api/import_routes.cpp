#include "api/import_routes.hpp"

#include <algorithm>

#include "api/answer.hpp"
#include "api/download.hpp"
#include "api/job_routes.hpp"
#include "api/kept_files.hpp"
#include "api/noted_export.hpp"
#include "api/page.hpp"
#include "app/file_preview.hpp"
#include "app/import_file.hpp"
#include "app/import_history.hpp"
#include "app/table_file.hpp"
#include "base/text.hpp"
#include "json/read.hpp"

namespace shouyue::api {
namespace {

struct Refusal {
  std::string rule, detail, detail_zh;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (rule, detail, detail_zh))

struct Fit {
  std::string kind, name;
  int matched = 0;
  std::vector<std::string> unknown_columns;
  std::optional<Refusal> refusal;
};
BOOST_DESCRIBE_STRUCT(Fit, (), (kind, name, matched, unknown_columns, refusal))

struct ImportWarning {
  std::string rule;
  std::int64_t rows = 0, first_line = 0;
  std::string detail, detail_zh;
};
BOOST_DESCRIBE_STRUCT(ImportWarning, (), (rule, rows, first_line, detail, detail_zh))

struct ImportAnswer {
  std::int64_t id = 0;
  std::string kind, kind_name, file_name, digest;
  std::int64_t bytes = 0;
  std::string who, org_code;
  Instant began_at;
  std::optional<Instant> ended_at;
  std::string state;
  std::int64_t read = 0, accepted = 0, unchanged = 0, rejected = 0;
  std::optional<std::int64_t> expected_rows, rows_difference;
  std::optional<Money> premium_read, expected_premium, premium_difference;
  std::vector<std::string> unknown_columns;
  std::vector<ImportWarning> warnings;
  std::optional<Refusal> refusal;
};
BOOST_DESCRIBE_STRUCT(ImportAnswer, (),
                      (id, kind, kind_name, file_name, digest, bytes, who, org_code, began_at, ended_at, state, read,
                       accepted, unchanged, rejected, expected_rows, rows_difference, premium_read, expected_premium,
                       premium_difference, unknown_columns, warnings, refusal))

struct ImportsAnswer {
  std::vector<ImportAnswer> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ImportsAnswer, (), (rows, next))

struct SentFile {
  std::string id, file_name, digest;
  std::int64_t bytes = 0, rows = 0;
  std::vector<std::string> columns;
  std::optional<std::string> kind;
  std::vector<Fit> kinds;
  std::vector<ImportAnswer> earlier;
};
BOOST_DESCRIBE_STRUCT(SentFile, (), (id, file_name, digest, bytes, rows, columns, kind, kinds, earlier))

struct StartRequest {
  std::string file, kind;
  std::optional<std::string> encoding, expected_premium;
  std::optional<std::int64_t> expected_rows;
};
BOOST_DESCRIBE_STRUCT(StartRequest, (), (file, kind, encoding, expected_premium, expected_rows))

struct RejectAnswer {
  std::int64_t line = 0;
  std::string column, value, rule, detail, detail_zh;
};
BOOST_DESCRIBE_STRUCT(RejectAnswer, (), (line, column, value, rule, detail, detail_zh))

struct RejectsAnswer {
  std::vector<RejectAnswer> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(RejectsAnswer, (), (rows, next))

struct ImportResult {
  std::int64_t import_id = 0;
};
BOOST_DESCRIBE_STRUCT(ImportResult, (), (import_id))

std::string code_of(app::ImportState state) {
  switch (state) {
    case app::ImportState::running: return "running";
    case app::ImportState::done: return "done";
    case app::ImportState::cancelled: return "cancelled";
    case app::ImportState::failed: return "failed";
    case app::ImportState::interrupted: return "interrupted";
  }
  return "";
}

ImportAnswer json_of(const app::ImportRun& run) {
  const auto kind = insurer::from_word<insurer::FileKind>(run.kind);
  ImportAnswer json{.id = run.id,
                    .kind = run.kind,
                    .kind_name = kind ? std::string(zh_of(*kind)) : run.kind,
                    .file_name = run.file_name,
                    .digest = run.digest,
                    .bytes = run.bytes,
                    .who = run.who,
                    .org_code = run.org_code,
                    .began_at = run.began_at,
                    .ended_at = run.ended_at,
                    .state = code_of(run.state),
                    .read = run.read,
                    .accepted = run.accepted,
                    .unchanged = run.unchanged,
                    .rejected = run.rejected,
                    .expected_rows = run.expected_rows,
                    .premium_read = run.premium_read,
                    .expected_premium = run.expected_premium,
                    .unknown_columns = run.unknown_columns};
  if (run.expected_rows) json.rows_difference = run.read - *run.expected_rows;
  if (run.expected_premium) json.premium_difference = run.premium_read.value_or(Money()) - *run.expected_premium;
  for (const app::ImportWarning& warning : run.warnings)
    json.warnings.push_back({warning.rule, warning.rows, warning.first_line, warning.en, warning.zh});
  if (!run.failure_rule.empty()) json.refusal = {run.failure_rule, run.failure_en, run.failure_zh};
  return json;
}

RejectAnswer json_of(const app::RejectRow& row) { return {row.line, row.column, row.value, row.rule, row.en, row.zh}; }

app::ImportViewer viewer_of(const Call& call) { return {call.person->account, call.deriver.directory()}; }

// The last part of what the browser calls the file.
std::string file_name_of(const Call& call) {
  std::string name(call.request.target.parameter("file_name"));
  name.erase(0, name.find_last_of("/\\") + 1);
  return name.empty() ? "file" : excerpt(name, 200);
}

Result<std::optional<Encoding>> encoding_of(const StartRequest& request) {
  const std::string word = request.encoding.value_or("auto");
  if (word == "auto") return std::nullopt;
  if (word == "utf-8") return Encoding::utf8;
  if (word == "gb18030") return Encoding::gb18030;
  return refuse(Errc::invalid_input, "import.unknown_encoding", "'" + word + "' is not one of: auto, utf-8, gb18030",
                "“" + word + "”不是可用的编码：auto、utf-8、gb18030");
}

Result<insurer::FileKind> kind_of(const std::string& word) {
  if (const auto kind = insurer::from_word<insurer::FileKind>(word)) return *kind;
  return refuse(Errc::invalid_input, "import.unknown_kind", "'" + word + "' is not a kind of file",
                "“" + word + "”不是文件种类");
}

Result<std::int64_t> import_number(const Call& call) {
  const std::string& text = call.parts.at("id");
  if (is_digits(text) && text.size() <= 18) return std::stoll(text);
  return refuse(Errc::not_found, "import.not_found", "there is no import " + text, "没有编号为 " + text + " 的导入");
}

Result<http::Response> rejects_file(Call& call, const app::ImportRun& run, const std::string& format) {
  std::int64_t count = 0;
  const auto write = [&](const std::filesystem::path& path) -> Result<void> {
    app::TableFile file(path, app::CsvReading::spreadsheet);
    file.row(std::vector<std::string>{"line", "column", "value", "rule", "message"});
    for (std::int64_t after = 0;;) {
      const auto rows = SHOUYUE_TRY(call.session.store.imports().rejects(run.id, after, 5000));
      for (const app::RejectRow& row : rows)
        file.row(std::vector{std::to_string(row.line), row.column, row.value, row.rule, row.zh + " / " + row.en});
      if (rows.empty()) return file.close();
      count += static_cast<std::int64_t>(rows.size());
      after = rows.back().n;
    }
  };
  auto response = SHOUYUE_TRY(download(run.file_name + ".rejects." + format, write));
  SHOUYUE_CHECK(note_download(call, "rejects of import " + std::to_string(run.id), format, count));
  return response;
}

Result<http::Response> history_file(Call& call, const std::string& format) {
  std::int64_t count = 0;
  const auto write = [&](const std::filesystem::path& path) -> Result<void> {
    app::TableFile file(path, app::CsvReading::spreadsheet);
    file.row(std::vector<std::string>{"id", "began_at", "ended_at", "kind", "file_name", "digest", "who", "org_code",
                                      "state", "read", "accepted", "unchanged", "rejected"});
    for (std::int64_t before = 0;;) {
      const auto runs = SHOUYUE_TRY(app::import_history(call.session, viewer_of(call), before, 200));
      for (const app::ImportRun& run : runs)
        file.row(std::vector{std::to_string(run.id), run.began_at.text(), run.ended_at ? run.ended_at->text() : "",
                             run.kind, run.file_name, run.digest, run.who, run.org_code, code_of(run.state),
                             std::to_string(run.read), std::to_string(run.accepted), std::to_string(run.unchanged),
                             std::to_string(run.rejected)});
      if (runs.empty()) return file.close();
      count += static_cast<std::int64_t>(runs.size());
      before = runs.back().id;
    }
  };
  auto response = SHOUYUE_TRY(download("imports." + format, write));
  SHOUYUE_CHECK(note_download(call, "imports", format, count));
  return response;
}

}  // namespace

Result<http::Response> send_file(Call& call) {
  const std::string& account = call.person->account.name;
  const app::FilePreview preview = SHOUYUE_TRY(app::preview_file(call.request.body_file));
  std::error_code ignored;
  const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(call.request.body_file, ignored));
  SentFile sent{.id = {},
                .file_name = file_name_of(call),
                .digest = preview.digest,
                .bytes = bytes,
                .rows = std::max<std::int64_t>(preview.lines - 1, 0),
                .columns = preview.headings};
  sent.id = SHOUYUE_TRY(call.facilities.files.keep(account, sent.file_name, call.request.body_file, call.session.now));
  if (const auto guess = preview.guess()) sent.kind = std::string(insurer::code_of(*guess));
  for (const app::KindFit& fit : preview.kinds) {
    Fit& json = sent.kinds.emplace_back(Fit{.kind = std::string(insurer::code_of(fit.kind)),
                                            .name = std::string(insurer::zh_of(fit.kind)),
                                            .matched = fit.matched,
                                            .unknown_columns = fit.unknown});
    if (fit.fault) json.refusal = {fit.fault->rule, fit.fault->en, fit.fault->zh};
  }
  for (const app::ImportRun& run : SHOUYUE_TRY(app::imports_of_file(call.session, viewer_of(call), preview.digest)))
    sent.earlier.push_back(json_of(run));
  return answer(sent, 201);
}

Result<http::Response> start_import(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<StartRequest>(call.request.body));
  const KeptFile upload = SHOUYUE_TRY(call.facilities.files.find(request.file, call.person->account.name));
  app::ImportRequest wanted{.kind = SHOUYUE_TRY(kind_of(request.kind)),
                            .path = upload.path,
                            .encoding = SHOUYUE_TRY(encoding_of(request)),
                            .name = upload.name,
                            .expected_rows = request.expected_rows,
                            .by = call.person->account};
  if (request.expected_premium) wanted.expected_premium = SHOUYUE_TRY(Money::parse(*request.expected_premium));
  KeptFiles& files = call.facilities.files;
  return job_started(call, "import",
                     [wanted, upload, &files, file = request.file](
                         Workplace& workplace, JobProgress& progress) mutable -> Result<std::string> {
                       wanted.on_progress = [&progress](const app::ImportReport& so_far, std::int64_t rows) {
                         return progress.report(so_far.read, std::max(rows, so_far.read));
                       };
                       const auto report = SHOUYUE_TRY(app::import_file(workplace.session(), wanted));
                       if (report.is_stopped)
                         return refuse(Errc::conflict, "job.cancelled", "the import was stopped", "导入已停止");
                       files.forget(file);
                       return json::text_of(ImportResult{report.id});
                     });
}

Result<http::Response> list_imports(Call& call) {
  const Page page = SHOUYUE_TRY(page_of(call.request));
  const std::string format = SHOUYUE_TRY(format_asked(call.request, {"csv", "xlsx"}));
  if (!format.empty()) return history_file(call, format);
  const auto runs = SHOUYUE_TRY(app::import_history(call.session, viewer_of(call), page.after, page.limit));
  ImportsAnswer list;
  for (const app::ImportRun& run : runs) list.rows.push_back(json_of(run));
  if (runs.size() == static_cast<std::size_t>(page.limit)) list.next = std::to_string(runs.back().id);
  return answer(list);
}

Result<http::Response> read_import(Call& call) {
  const std::int64_t id = SHOUYUE_TRY(import_number(call));
  return answer(json_of(SHOUYUE_TRY(app::import_shown(call.session, viewer_of(call), id))));
}

Result<http::Response> list_rejects(Call& call) {
  const Page page = SHOUYUE_TRY(page_of(call.request));
  const std::int64_t id = SHOUYUE_TRY(import_number(call));
  const app::ImportRun run = SHOUYUE_TRY(app::import_shown(call.session, viewer_of(call), id));
  const std::string format = SHOUYUE_TRY(format_asked(call.request, {"csv", "xlsx"}));
  if (!format.empty()) return rejects_file(call, run, format);
  const auto rows = SHOUYUE_TRY(call.session.store.imports().rejects(id, page.after, page.limit));
  RejectsAnswer list;
  for (const app::RejectRow& row : rows) list.rows.push_back(json_of(row));
  if (rows.size() == static_cast<std::size_t>(page.limit)) list.next = std::to_string(rows.back().n);
  return answer(list);
}

}  // namespace shouyue::api
