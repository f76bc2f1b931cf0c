#include "app/table_file.hpp"

#include <set>

#include "app/files.hpp"
#include "app/without_formula.hpp"
#include "base/csv.hpp"
#include "base/decimal.hpp"

namespace shouyue::app {
namespace {

// Columns that people count with; all others, such as policy numbers and phones, are texts even where they are digits.
std::vector<bool> numeric_columns(std::span<const std::string> headings) {
  static const std::set<std::string_view> names{
      "position",   "slots_left", "attempts",  "working_days_used", "n",         "amount",  "commission",
      "deduction",  "payable",    "numerator", "denominator",       "excluded",  "value",   "score",
      "full_score", "line",       "read",      "accepted",          "unchanged", "rejected"};
  std::vector<bool> numeric;
  for (const std::string& heading : headings) numeric.push_back(names.contains(heading));
  return numeric;
}

}  // namespace

TableFile::TableFile(std::filesystem::path path, CsvReading reading)
    : path_(std::move(path)), beside_(path_.string() + ".part"), reading_(reading) {
  if (path_.extension() == ".xlsx") return;
  csv_.open(beside_, std::ios::binary | std::ios::trunc);
  if (reading_ == CsvReading::spreadsheet) csv_ << "\xEF\xBB\xBF";
}

TableFile::~TableFile() = default;

void TableFile::row(std::span<const std::string> cells) {
  if (path_.extension() == ".xlsx")
    row_of_workbook(cells);
  else
    row_of_csv(cells);
  ++rows_;
}

void TableFile::row_of_csv(std::span<const std::string> cells) {
  if (reading_ == CsvReading::spreadsheet) {
    safe_.clear();
    for (const std::string& cell : cells) safe_.push_back(without_formula(cell));
    cells = safe_;
  }
  views_.assign(cells.begin(), cells.end());
  text_.clear();
  csv_write_row(text_, views_);
  csv_ << text_;
}

// The headings stay in view; cells of numeric columns that are numbers are numbers.
void TableFile::row_of_workbook(std::span<const std::string> cells) {
  if (!workbook_) {
    workbook_ = std::make_unique<Workbook>(path_, Workbook::Memory::constant);
    workbook_->add_sheet("shouyue");
    workbook_->keep_in_view(1);
    numeric_ = numeric_columns(cells);
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const At at{rows_, static_cast<std::uint16_t>(i)};
    const auto number = rows_ > 0 && numeric_[i] ? Decimal::parse(cells[i]) : refuse(Errc::invalid_input, "", "", "");
    if (number)
      workbook_->number(at, {number->in_millionths(), 1'000'000}, {});
    else if (!cells[i].empty())
      workbook_->text(at, cells[i], {.is_strong = rows_ == 0});
  }
}

Result<void> TableFile::close() {
  if (workbook_) return workbook_->close();
  csv_.close();
  return csv_ ? replace_file(beside_, path_) : cannot_write(path_);
}

}  // namespace shouyue::app
