#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace shouyue::app {

// How a number of a sheet is shown.
enum class NumberFormat : std::uint8_t { general, count, share, yuan, places, day, moment };

enum class Fill : std::uint8_t { none, heading, subtotal, difference, good, warning, bad, muted };

struct Style {
  NumberFormat number = NumberFormat::general;
  int places = 0;  // of NumberFormat::places
  Fill fill = Fill::none;
  bool is_strong = false;
  bool is_title = false;
  bool is_bordered = false;
  bool is_wrapped = false;
  bool is_right = false;
  auto operator<=>(const Style&) const = default;
};

struct At {
  std::uint32_t row = 0;
  std::uint16_t column = 0;
};

// A number as `amount / divisor`: 6355 of 10000 is 63.55 %, 1250 fen of 100 are 12.50 yuan.
struct Fraction {
  std::int64_t amount = 0;
  std::int64_t divisor = 1;
};

// Rows and columns of figures that a chart of the sheet draws.
struct ChartRange {
  std::uint32_t first_row = 0, last_row = 0;
  std::uint16_t labels = 0;
  std::vector<std::uint16_t> values;  // columns
};

// Writes an XLSX workbook with libxlsxwriter; the same calls give the same bytes. The file appears when it is complete.
class Workbook {
 public:
  // `constant`: a row is written out as soon as the next one begins; rows and their cells must come in order.
  enum class Memory : std::uint8_t { whole, constant };

  Workbook(std::filesystem::path path, Memory memory);
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook();

  // What follows stands on this sheet. Characters that a sheet's name cannot have are left out.
  void add_sheet(std::string_view name, std::string_view footer = {});
  void column_width(std::uint16_t column, int characters);
  void text(At at, std::string_view text, const Style& style = {});
  void number(At at, Fraction fraction, const Style& style);
  void blank(At at, const Style& style);
  // The rows above this one stay in view and are printed on every page.
  void keep_in_view(std::uint32_t rows);
  void filter(std::uint32_t heading_row, std::uint32_t last_row, std::uint16_t last_column);
  // Bars of the values of each row, or what each row is made of, to 100 %.
  void bar_chart(At at, const std::string& title, const ChartRange& range, bool is_stacked);

  // Errors: file.cannot_write; xlsx.too_many_rows (1,048,576 a sheet), xlsx.text_too_long (32,767 characters).
  Result<void> close();

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace shouyue::app
