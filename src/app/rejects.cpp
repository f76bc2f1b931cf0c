#include "app/rejects.hpp"

#include <array>

#include "base/csv.hpp"

namespace shouyue::app {

Rejects::Rejects(const std::filesystem::path& imported) : path_(imported.string() + ".rejects.csv") {
  std::error_code ignored;  // what cannot be removed cannot be written either, and is reported then
  std::filesystem::remove(path_, ignored);
}

void Rejects::add(std::int64_t line, const std::vector<insurer::RowProblem>& problems) {
  std::string text;
  if (!is_open_) {
    out_.open(path_, std::ios::binary | std::ios::trunc);
    is_open_ = true;
    text = "line,column,value,rule,message\n";
  }
  for (const insurer::RowProblem& problem : problems) {
    if (problem.is_warning) continue;
    const std::string message = problem.error.zh + " / " + problem.error.en;
    const std::string number = std::to_string(line);
    csv_write_row(text,
                  std::array<std::string_view, 5>{number, problem.column, problem.value, problem.error.rule, message});
  }
  out_ << text;
}

Result<void> Rejects::close() {
  if (!is_open_) return {};
  out_.close();
  if (out_) return {};
  return refuse(Errc::environment, "file.cannot_write",
                "the list of rejected rows " + path_.string() + " cannot be written",
                "无法写入拒收清单 " + path_.string());
}

}  // namespace shouyue::app
