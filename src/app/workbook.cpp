#include "app/workbook.hpp"

#include <map>
#include <utility>

#include <xlsxwriter.h>

#include "app/files.hpp"

namespace shouyue::app {
namespace {

constexpr std::time_t created_at =
    315'532'800;  // 1980-01-01 UTC, as the archive's own dates: the same bytes every time
constexpr std::size_t sheet_name_max = 31;
constexpr lxw_color_t no_colour = 0xffffffff;

lxw_color_t colour_of(Fill fill) {
  switch (fill) {
    case Fill::none: return no_colour;
    case Fill::heading: return 0xdce6f1;
    case Fill::subtotal: return 0xf2f4f6;
    case Fill::difference: return 0xfdeee4;
    case Fill::good: return 0xe3f3ea;
    case Fill::warning: return 0xfff0c2;
    case Fill::bad: return 0xfbdfd9;
    case Fill::muted: return 0xedf0f3;
  }
  return no_colour;
}

std::string pattern_of(const Style& style) {
  switch (style.number) {
    case NumberFormat::general: return "";
    case NumberFormat::count: return "#,##0";
    case NumberFormat::share: return "0.00%";
    case NumberFormat::yuan: return "#,##0.00";
    case NumberFormat::places:
      return style.places == 0 ? "0" : "0." + std::string(static_cast<std::size_t>(style.places), '0');
    case NumberFormat::day: return "yyyy-mm-dd";
    case NumberFormat::moment: return "yyyy-mm-dd hh:mm:ss";
  }
  return "";
}

// At most 31 characters, none of []:*?/\.
std::string sheet_name(std::string_view given) {
  std::string name;
  std::size_t characters = 0;
  for (const char c : given) {
    if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) continue;
    const bool begins = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    if (begins && ++characters > sheet_name_max) break;
    name += c;
  }
  return name;
}

// Without the control characters that XML cannot hold.
std::string printable(std::string_view text) {
  std::string result(text);
  std::erase_if(result, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
  return result;
}

}  // namespace

struct Workbook::Library {
  std::filesystem::path path, beside;
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* sheet = nullptr;
  std::string sheet_name;
  std::map<Style, lxw_format*> formats;
  lxw_error failure = LXW_NO_ERROR;

  void note(lxw_error error) {
    if (failure == LXW_NO_ERROR) failure = error;
  }

  lxw_format* format_of(const Style& style) {
    const auto [entry, is_new] = formats.try_emplace(style, nullptr);
    if (is_new) entry->second = new_format(style);
    return entry->second;
  }

  lxw_format* new_format(const Style& style) {
    if (style == Style{}) return nullptr;
    lxw_format* format = workbook_add_format(workbook);
    if (const std::string pattern = pattern_of(style); !pattern.empty()) format_set_num_format(format, pattern.c_str());
    if (style.is_strong || style.is_title) format_set_bold(format);
    if (style.is_title) format_set_font_size(format, 16);
    if (style.is_bordered) {
      format_set_border(format, LXW_BORDER_THIN);
      format_set_border_color(format, 0xc3ccd4);
    }
    if (style.is_wrapped) format_set_text_wrap(format);
    if (style.is_right) format_set_align(format, LXW_ALIGN_RIGHT);
    if (colour_of(style.fill) != no_colour) format_set_bg_color(format, colour_of(style.fill));
    return format;
  }

  // Adds the columns of the range to the chart, their names from the row above it.
  lxw_chart_series* add_series(lxw_chart* chart, const ChartRange& range, std::uint16_t column) const {
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    chart_series_set_categories(series, sheet_name.c_str(), range.first_row, range.labels, range.last_row,
                                range.labels);
    chart_series_set_values(series, sheet_name.c_str(), range.first_row, column, range.last_row, column);
    chart_series_set_name_range(series, sheet_name.c_str(), range.first_row - 1, column);
    return series;
  }

  void insert(lxw_chart* chart, At at, const std::string& title) {
    chart_title_set_name(chart, title.c_str());
    lxw_chart_options options{};
    options.x_scale = 1.6;
    options.y_scale = 1.1;
    note(worksheet_insert_chart_opt(sheet, at.row, at.column, chart, &options));
  }
};

Workbook::Workbook(std::filesystem::path path, Memory memory) : library_(std::make_unique<Library>()) {
  library_->path = std::move(path);
  library_->beside = library_->path.string() + ".part";
  lxw_workbook_options options{};
  options.constant_memory = memory == Memory::constant;
  library_->workbook = workbook_new_opt(library_->beside.c_str(), &options);
  if (!library_->workbook) {
    library_->note(LXW_ERROR_MEMORY_MALLOC_FAILED);
    return;
  }
  lxw_doc_properties properties{};
  properties.created = created_at;
  workbook_set_properties(library_->workbook, &properties);
}

Workbook::~Workbook() {
  if (library_->workbook) lxw_workbook_free(library_->workbook);
  std::error_code ignored;
  std::filesystem::remove(library_->beside, ignored);
}

void Workbook::add_sheet(std::string_view name, std::string_view footer) {
  library_->sheet_name = sheet_name(name);
  library_->sheet = workbook_add_worksheet(library_->workbook, library_->sheet_name.c_str());
  ensure(library_->sheet != nullptr, "every sheet of a workbook has a name of its own");
  worksheet_set_landscape(library_->sheet);
  worksheet_set_paper(library_->sheet, 9);  // A4
  worksheet_fit_to_pages(library_->sheet, 1, 0);
  worksheet_set_margins(library_->sheet, 0.4, 0.4, 0.6, 0.6);
  worksheet_set_footer(library_->sheet, ("&L" + std::string(footer) + "&R&P / &N").c_str());
}

void Workbook::column_width(std::uint16_t column, int characters) {
  worksheet_set_column(library_->sheet, column, column, characters, nullptr);
}

void Workbook::text(At at, std::string_view text, const Style& style) {
  library_->note(
      worksheet_write_string(library_->sheet, at.row, at.column, printable(text).c_str(), library_->format_of(style)));
}

void Workbook::number(At at, Fraction fraction, const Style& style) {
  const double value = static_cast<double>(fraction.amount) / static_cast<double>(fraction.divisor);
  library_->note(worksheet_write_number(library_->sheet, at.row, at.column, value, library_->format_of(style)));
}

void Workbook::blank(At at, const Style& style) {
  library_->note(worksheet_write_blank(library_->sheet, at.row, at.column, library_->format_of(style)));
}

void Workbook::keep_in_view(std::uint32_t rows) {
  worksheet_freeze_panes(library_->sheet, rows, 0);
  library_->note(worksheet_repeat_rows(library_->sheet, 0, rows - 1));
}

void Workbook::filter(std::uint32_t heading_row, std::uint32_t last_row, std::uint16_t last_column) {
  library_->note(worksheet_autofilter(library_->sheet, heading_row, 0, last_row, last_column));
}

void Workbook::bar_chart(At at, const std::string& title, const ChartRange& range, bool is_stacked) {
  lxw_chart* chart = workbook_add_chart(library_->workbook, is_stacked ? LXW_CHART_BAR_STACKED_PERCENT : LXW_CHART_BAR);
  for (const std::uint16_t column : range.values) library_->add_series(chart, range, column);
  chart_axis_set_reverse(chart->y_axis);
  if (!is_stacked) chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  library_->insert(chart, at, title);
}

Result<void> Workbook::close() {
  Library& library = *library_;
  // The library frees the workbook whether or not it could be written.
  if (library.workbook) library.note(workbook_close(std::exchange(library.workbook, nullptr)));
  if (library.failure == LXW_NO_ERROR) return replace_file(library.beside, library.path);
  std::error_code ignored;
  std::filesystem::remove(library.beside, ignored);
  if (library.failure == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
    return refuse(Errc::invalid_input, "xlsx.too_many_rows",
                  "a sheet holds 1,048,576 rows; write a .csv file or choose a shorter period",
                  "工作表最多 1,048,576 行，请改用 .csv 或缩短期间");
  if (library.failure == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
    return refuse(Errc::invalid_input, "xlsx.text_too_long",
                  "a cell holds 32,767 characters and a text is longer; write a .csv file",
                  "单元格最多 32,767 个字符，有文字超长，请改用 .csv");
  return cannot_write(library.path);
}

}  // namespace shouyue::app
