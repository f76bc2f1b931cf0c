#include "report/charts.hpp"

#include <algorithm>

#include "report/html.hpp"

namespace shouyue::report {
namespace {

constexpr int width = 760;
constexpr int row_height = 26;
constexpr int bar_height = 16;
constexpr int bars_from = 170;   // x of the value 0
constexpr int bars_width = 400;  // pixels of the whole scale

std::string num(std::int64_t value) { return std::to_string(value); }

std::string svg(int height, const std::string& inside, const Text& title) {
  return "<svg viewBox=\"0 0 " + num(width) + " " + num(height) + "\" role=\"img\"><title>" + escaped(title.zh) +
         " / " + escaped(title.en) + "</title>" + inside + "</svg>\n";
}

struct At {
  std::int64_t x, y;
};

std::string text(At at, const char* kind, const std::string& content) {
  return "<text x=\"" + num(at.x) + "\" y=\"" + num(at.y) + "\" class=\"" + kind + "\">" + content + "</text>";
}

struct Box {
  std::int64_t x, y, width, height;
};

std::string rect(Box box, const std::string& kind) {
  return "<rect x=\"" + num(box.x) + "\" y=\"" + num(box.y) + "\" width=\"" + num(box.width) + "\" height=\"" +
         num(box.height) + "\" class=\"" + kind + "\"/>";
}

std::string line(At from, At to, const char* kind) {
  return "<line x1=\"" + num(from.x) + "\" y1=\"" + num(from.y) + "\" x2=\"" + num(to.x) + "\" y2=\"" + num(to.y) +
         "\" class=\"" + kind + "\"/>";
}

std::int64_t scaled(std::int64_t value, std::int64_t whole, std::int64_t pixels) {
  return whole <= 0 ? 0 : (value * pixels + whole / 2) / whole;
}

// Quarter lines of a scale to 100 % with their labels below.
std::string percent_axis(int top, int bottom) {
  std::string out;
  for (int quarter = 0; quarter <= 4; ++quarter) {
    const std::int64_t x = bars_from + bars_width * quarter / 4;
    out += line({x, top}, {x, bottom}, "grid") + text({x, bottom + 15}, "tick middle", num(quarter * 25) + "%");
  }
  return out;
}

// The smallest of 1, 2, 5 times a power of ten that four steps of reach over `largest`.
std::int64_t step_of(std::int64_t largest) {
  std::int64_t power = 1;
  for (;;) {
    for (const std::int64_t factor : {1, 2, 5})
      if (factor * power * 4 >= largest) return factor * power;
    power *= 10;
  }
}

// What the height or length of a shape stands for: a count, fen, or hundredths of a percent.
std::int64_t size_of(const Value& value) {
  if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
  if (const auto* amount = std::get_if<Money>(&value)) return amount->in_fen();
  const auto* share = std::get_if<Share>(&value);
  return share && share->has_data() ? share->basis_points() : 0;
}

std::vector<const Row*> drawn_rows(const Table& table) {
  std::vector<const Row*> rows;
  for (const Row& row : table.rows)
    if (row.kind == RowKind::plain) rows.push_back(&row);
  return rows;
}

std::int64_t largest_of(const std::vector<const Row*>& rows, const std::vector<std::size_t>& columns) {
  std::int64_t largest = 1;
  for (const Row* row : rows)
    for (const std::size_t column : columns) largest = std::max(largest, size_of(row->cells[column].value));
  return largest;
}

std::string label_at(At at, const Cell& cell) { return text(at, "label end", both(shown(cell.value), "tspan")); }

// A bar a row; what stands in the other columns is written beside it.
std::string bars(const Table& table, const Chart& chart) {
  const auto rows = drawn_rows(table);
  const bool is_share = std::holds_alternative<Share>(rows.front()->cells[chart.values.front()].value);
  constexpr std::int64_t whole_share = 10'000;
  const std::int64_t largest = is_share ? whole_share : largest_of(rows, {chart.values.front()});
  const int pixels = is_share ? bars_width : 330, top = 8;
  const int bottom = top + row_height * static_cast<int>(rows.size());
  std::string out = is_share ? percent_axis(top, bottom) : "";
  int y = top;
  for (const Row* row : rows) {
    const std::int64_t bar =
        scaled(std::max<std::int64_t>(size_of(row->cells[chart.values[0]].value), 0), largest, pixels);
    std::string beside;
    for (std::size_t i = 1; i < chart.values.size(); ++i)
      beside += (i == 1 ? " " : " / ") + both(shown(row->cells[chart.values[i]].value), "tspan");
    out +=
        label_at({bars_from - 8, y + 17}, row->cells[chart.label]) + rect({bars_from, y + 5, bar, bar_height}, "c1") +
        text({is_share ? bars_from + bars_width + 10 : bars_from + bar + 6, y + 17}, "value",
             both(shown(row->cells[chart.values[0]].value), "tspan") + "<tspan class=\"base\">" + beside + "</tspan>");
    y += row_height;
  }
  return svg(bottom + (is_share ? 22 : 6), out, chart.title);
}

// Counts from the most to the least with the share that they reach together.
std::string pareto(const Table& table, const Chart& chart) {
  auto rows = drawn_rows(table);
  std::erase_if(rows, [&](const Row* row) { return size_of(row->cells[chart.values[0]].value) == 0; });
  const std::int64_t largest = largest_of(rows, {chart.values[0]});
  constexpr int pixels = 330, top = 26;
  constexpr std::int64_t most = 8'000;  // hundredths of a percent
  std::string out = text({bars_from, 16}, "tick", both("件数与占比", "count, share", "tspan")) +
                    text({width - 14, 16}, "tick end", both("累计占比", "cumulated", "tspan"));
  int y = top;
  bool is_marked = false;
  for (const Row* row : rows) {
    const std::int64_t bar = scaled(size_of(row->cells[chart.values[0]].value), largest, pixels);
    out += label_at({bars_from - 8, y + 17}, row->cells[chart.label]) +
           rect({bars_from, y + 5, bar, bar_height}, is_marked ? "c1 light" : "c1") +
           text({bars_from + bar + 6, y + 17}, "value",
                both(shown(row->cells[chart.values[0]].value), "tspan") + "<tspan class=\"base\"> " +
                    both(shown(row->cells[chart.values[1]].value), "tspan") + "</tspan>");
    out += text({width - 14, y + 17}, "value end", both(shown(row->cells[chart.values[2]].value), "tspan"));
    y += row_height;
    if (!is_marked && size_of(row->cells[chart.values[2]].value) >= most) {
      is_marked = true;
      out += line({bars_from, y + 1}, {width - 14, y + 1}, "rule");
    }
  }
  if (is_marked)
    out += text({bars_from, y + 16}, "tick",
                both("横线以上合计达到基数的 80%", "above the line: together at least 80 % of the base", "tspan"));
  return svg(y + 24, out, chart.title);
}

// What each row is made of, to 100 %.
std::string stacked(const Table& table, const Chart& chart) {
  // Three counts are 正常, 警告 and 超时.
  const std::vector<std::string> kinds = chart.values.size() == 3
                                             ? std::vector<std::string>{"c3", "c6", "c7"}
                                             : std::vector<std::string>{"c3", "c4", "c5", "c6", "c7"};
  const auto rows = drawn_rows(table);
  std::string out;
  int legend = bars_from;
  for (std::size_t i = 0; i < chart.values.size(); ++i) {
    out += rect({legend, 6, 12, 12}, kinds[i % kinds.size()]) +
           text({legend + 17, 16}, "tick", both(table.columns[chart.values[i]].title, "tspan"));
    legend += 112;
  }
  const int top = 30;
  const int bottom = top + row_height * static_cast<int>(rows.size());
  out += percent_axis(top, bottom);
  int y = top;
  for (const Row* row : rows) {
    std::int64_t whole = 0, sum = 0, x = bars_from;
    for (const std::size_t column : chart.values) whole += size_of(row->cells[column].value);
    out += label_at({bars_from - 8, y + 17}, row->cells[chart.label]);
    for (std::size_t i = 0; i < chart.values.size(); ++i) {
      const std::string& kind = kinds[i % kinds.size()];
      const Value& value = row->cells[chart.values[i]].value;
      sum += size_of(value);
      const std::int64_t end = bars_from + scaled(sum, whole, bars_width);
      out += rect({x, y + 4, end - x, bar_height + 2}, kind);
      const std::string count = shown(value).zh;
      if (end - x >= static_cast<std::int64_t>(count.size()) * 8 + 14)
        out += text({(x + end) / 2, y + 17}, ("inside middle on-" + kind).c_str(), count);
      x = end;
    }
    out += text({bars_from + bars_width + 10, y + 17}, "value", grouped(whole));
    y += row_height;
  }
  return svg(bottom + 22, out, chart.title);
}

// Where the days of a chart of lines stand.
struct DayScale {
  static constexpr int left = 48, right = 640, top = 12, bottom = 200;
  std::int64_t days, whole;
  std::int64_t x(std::size_t day) const {
    return left + scaled(static_cast<std::int64_t>(day) * 2 + 1, days * 2, right - left);
  }
  std::int64_t y(std::int64_t value) const { return bottom - scaled(value, whole, bottom - top); }
};

std::string day_frame(const std::vector<const Row*>& rows, const Chart& chart, const DayScale& scale) {
  std::string out, labels;
  const std::int64_t day_width = std::max<std::int64_t>(1, (DayScale::right - DayScale::left) / scale.days);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Cell& label = rows[i]->cells[chart.label];
    if (label.tone == Tone::muted)
      out += rect({scale.x(i) - day_width / 2, DayScale::top, day_width, DayScale::bottom - DayScale::top}, "off");
    const Date* day = std::get_if<Date>(&label.value);
    if (day && (i == 0 || day->weekday() == 1))
      labels += text({scale.x(i), DayScale::bottom + 16}, "tick middle", day->text().substr(5));
  }
  for (std::int64_t i = 0; i <= 4; ++i) {
    const std::int64_t value = scale.whole / 4 * i;
    out += line({DayScale::left, scale.y(value)}, {DayScale::right, scale.y(value)}, "grid") +
           text({DayScale::left - 6, scale.y(value) + 4}, "tick end", grouped(value));
  }
  return out + labels +
         text({DayScale::left, DayScale::bottom + 34}, "tick",
              both("灰底为休息日；纵轴为次数", "grey: days off; vertical axis: number of attempts", "tspan"));
}

std::string lines(const Table& table, const Chart& chart) {
  const auto rows = drawn_rows(table);
  const DayScale scale{.days = static_cast<std::int64_t>(rows.size()),
                       .whole = step_of(largest_of(rows, chart.values)) * 4};
  std::string out = day_frame(rows, chart, scale), first, second, marks;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int64_t x = scale.x(i), high = scale.y(size_of(rows[i]->cells[chart.values[0]].value)),
                       low = scale.y(size_of(rows[i]->cells[chart.values[1]].value));
    first += num(x) + "," + num(high) + " ";
    second += num(x) + "," + num(low) + " ";
    marks += "<circle cx=\"" + num(x) + "\" cy=\"" + num(high) + "\" r=\"3\" class=\"c1\"/>" +
             rect({x - 3, low - 3, 6, 6}, "c2");
  }
  const auto name = [&](const char* mark, std::size_t column) {
    return mark + both(table.columns[column].title, "tspan");
  };
  const std::int64_t apart = 16;
  const std::int64_t high = scale.y(size_of(rows.back()->cells[chart.values[0]].value)) + 4;
  const std::int64_t low = std::max(scale.y(size_of(rows.back()->cells[chart.values[1]].value)) + 4, high + apart);
  out += "<polyline points=\"" + first + "\" class=\"line1\"/><polyline points=\"" + second + "\" class=\"line2\"/>";
  out += marks + text({DayScale::right + 8, std::min<std::int64_t>(high, DayScale::bottom - apart)}, "value t1",
                      name("● ", chart.values[0]));
  out += text({DayScale::right + 8, std::min<std::int64_t>(low, DayScale::bottom)}, "value t2",
              name("■ ", chart.values[1]));
  return svg(DayScale::bottom + 44, out, chart.title);
}

}  // namespace

std::string chart_svg(const Table& table) {
  if (!table.chart || drawn_rows(table).empty()) return {};
  switch (table.chart->kind) {
    case Chart::Kind::bars: return bars(table, *table.chart);
    case Chart::Kind::pareto: return pareto(table, *table.chart);
    case Chart::Kind::stacked: return stacked(table, *table.chart);
    case Chart::Kind::lines: return lines(table, *table.chart);
  }
  return {};
}

}  // namespace shouyue::report
