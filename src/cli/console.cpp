#include "cli/console.hpp"

#include <cstdio>
#include <set>

#include <boost/json.hpp>

#include "app/files.hpp"
#include "base/csv.hpp"
#include "base/decimal.hpp"

namespace shouyue::cli {
namespace {

constexpr std::size_t flush_bytes = 1 << 16;

void print_to_stderr(std::string text) {
  text += '\n';
  std::fwrite(text.data(), 1, text.size(), stderr);
}

// Columns that people count with; all others, such as policy numbers and phones, are texts even where they are digits.
std::vector<bool> numeric_columns(std::span<const std::string> headings) {
  static const std::set<std::string_view> names{
      "position", "slots_left", "attempts",    "working_days_used", "n",     "amount", "commission", "deduction",
      "payable",  "numerator",  "denominator", "excluded",          "value", "score",  "full_score"};
  std::vector<bool> numeric;
  for (const std::string& heading : headings) numeric.push_back(names.contains(heading));
  return numeric;
}

}  // namespace

Exit exit_of(const Error& error) { return error.code == Errc::environment ? exit_environment : exit_refused; }

void print_error(const Error& error) { print_to_stderr("shouyue: " + error.rule + ": " + error.zh + " / " + error.en); }
void print_note(std::string_view zh, std::string_view en) {
  print_to_stderr(std::string(zh) + " / " + std::string(en));
}

Result<void> print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return {};
  return refuse(Errc::environment, "output.cannot_write", "standard output cannot be written", "标准输出无法写入");
}

TableOutput::TableOutput(std::string path) : path_(std::move(path)) {}
TableOutput::~TableOutput() = default;

Result<void> TableOutput::row(std::span<const std::string> cells) {
  if (path_.ends_with(".xlsx")) {
    row_of_workbook(cells);
    return {};
  }
  views_.assign(cells.begin(), cells.end());
  csv_write_row(text_, views_);
  if (!path_.empty() || text_.size() < flush_bytes) return {};
  SHOUYUE_CHECK(print(text_));
  text_.clear();
  return {};
}

// The headings stay in view; cells of numeric columns that are numbers are numbers.
void TableOutput::row_of_workbook(std::span<const std::string> cells) {
  if (!workbook_) {
    workbook_ = std::make_unique<app::Workbook>(path_, app::Workbook::Memory::constant);
    workbook_->add_sheet("shouyue");
    workbook_->keep_in_view(1);
    numeric_ = numeric_columns(cells);
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const app::At at{rows_, static_cast<std::uint16_t>(i)};
    const auto number = rows_ > 0 && numeric_[i] ? Decimal::parse(cells[i]) : refuse(Errc::invalid_input, "", "", "");
    if (number)
      workbook_->number(at, {number->in_millionths(), 1'000'000}, {});
    else if (!cells[i].empty())
      workbook_->text(at, cells[i], {.is_strong = rows_ == 0});
  }
  ++rows_;
}

Result<void> TableOutput::close() {
  if (workbook_) return workbook_->close();
  return path_.empty() ? print(text_) : app::write_file(path_, text_);
}

std::string json_text(std::string_view text) { return boost::json::serialize(boost::json::string(text)); }

}  // namespace shouyue::cli
