#include <boost/json.hpp>

#include "app/import_file.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

Result<insurer::FileKind> kind_of(const std::string& word) {
  if (const auto kind = insurer::from_word<insurer::FileKind>(word)) return *kind;
  std::string known;
  for (const insurer::Word& kind : insurer::words<insurer::FileKind>())
    known += (known.empty() ? "" : ", ") + std::string(kind.code);
  return refuse(Errc::invalid_input, "import.unknown_kind",
                "'" + word + "' is not a kind of file; the kinds are " + known,
                "“" + word + "”不是文件种类，可用：" + known);
}

Result<std::optional<Encoding>> encoding_of(const std::string& word) {
  if (word == "auto") return std::nullopt;
  if (word == "utf-8" || word == "utf8") return Encoding::utf8;
  if (word == "gb18030" || word == "gbk") return Encoding::gb18030;
  return refuse(Errc::invalid_input, "import.unknown_encoding", "'" + word + "' is not one of: auto, utf-8, gb18030",
                "“" + word + "”不是可用的编码：auto、utf-8、gb18030");
}

boost::json::object json_of(const std::string& file, const app::ImportReport& report) {
  boost::json::object result{{"file", file},
                             {"read", report.read},
                             {"accepted", report.accepted},
                             {"unchanged", report.unchanged},
                             {"rejected", report.rejected}};
  if (!report.rejects.empty()) result["rejects"] = report.rejects.string();
  boost::json::array unknown(report.unknown_columns.begin(), report.unknown_columns.end());
  result["unknown_columns"] = std::move(unknown);
  boost::json::object warnings;
  for (const auto& [rule, count] : report.warnings)
    warnings[rule] = boost::json::object{{"rows", count.rows}, {"first_line", count.first_line}, {"message", count.en}};
  result["warnings"] = std::move(warnings);
  return result;
}

void print_remarks(const std::string& file, const app::ImportReport& report) {
  for (const std::string& heading : report.unknown_columns)
    print_note(file + "：忽略未知列“" + heading + "”", "unknown column '" + heading + "' ignored");
  for (const auto& [rule, count] : report.warnings) {
    const std::string rows = std::to_string(count.rows), line = std::to_string(count.first_line);
    print_note(file + "：" + rule + "：" + count.zh + "（" + rows + " 行，首见第 " + line + " 行）",
               count.en + " (" + rows + " rows, first in line " + line + ")");
  }
  if (!report.rejects.empty())
    print_note(file + "：拒收 " + std::to_string(report.rejected) + " 行，见 " + report.rejects.string(),
               std::to_string(report.rejected) + " rows rejected, see " + report.rejects.string());
}

std::string line_of(const std::string& file, const app::ImportReport& report) {
  return file + ": read " + std::to_string(report.read) + ", accepted " + std::to_string(report.accepted) +
         ", unchanged " + std::to_string(report.unchanged) + ", rejected " + std::to_string(report.rejected) + "\n";
}

}  // namespace

Result<Exit> import_command(app::Session& session, const Common& common, const ImportArguments& arguments) {
  const insurer::FileKind kind = SHOUYUE_TRY(kind_of(arguments.kind));
  const auto encoding = SHOUYUE_TRY(encoding_of(arguments.encoding));
  boost::json::array files;
  Exit exit = exit_done;
  for (const std::string& file : arguments.files) {
    const auto report = SHOUYUE_TRY(app::import_file(session, {.kind = kind, .path = file, .encoding = encoding}));
    print_remarks(file, report);
    if (report.rejected > 0) exit = exit_rejected;
    if (common.json)
      files.push_back(json_of(file, report));
    else
      SHOUYUE_CHECK(print(line_of(file, report)));
  }
  if (common.json)
    SHOUYUE_CHECK(print(boost::json::serialize(boost::json::object{{"files", std::move(files)}}) + "\n"));
  return exit;
}

}  // namespace shouyue::cli
