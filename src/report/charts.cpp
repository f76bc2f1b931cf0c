#include "report/charts.hpp"

#include <algorithm>
#include <array>

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

// Keeps the frequent parts, the others as one.
void gather_tail(std::vector<Part>& sorted) {
  constexpr std::size_t shown = 14;
  if (sorted.size() <= shown + 1) return;
  const std::string number = std::to_string(sorted.size() - shown);
  Part others{{"其余 " + number + " 项", number + " other reasons"}, 0};
  for (std::size_t i = shown; i < sorted.size(); ++i) others.count += sorted[i].count;
  sorted.resize(shown);
  sorted.push_back(std::move(others));
}

std::string month_day(Date day) { return day.text().substr(5); }

}  // namespace

std::string office_bars(const std::vector<OfficeLine>& offices) {
  auto sorted = offices;
  std::ranges::stable_sort(sorted, [](const OfficeLine& a, const OfficeLine& b) {
    return a.succeeded * std::max<std::int64_t>(b.due, 1) > b.succeeded * std::max<std::int64_t>(a.due, 1);
  });
  const int top = 8;
  const int bottom = top + row_height * static_cast<int>(sorted.size());
  std::string out = percent_axis(top, bottom);
  int y = top;
  for (const OfficeLine& office : sorted) {
    out += text({bars_from - 8, y + 17}, "label end", escaped(office.name));
    out += rect({bars_from, y + 5, scaled(office.succeeded, office.due, bars_width), bar_height}, "c1");
    const std::string base =
        "<tspan class=\"base\"> " + grouped(office.succeeded) + " / " + grouped(office.due) + "</tspan>";
    out += text({bars_from + bars_width + 10, y + 17}, "value",
                office.due == 0 ? both("无数据", "no data", "tspan") : percent(office.succeeded, office.due) + base);
    y += row_height;
  }
  return svg(bottom + 22, out, {"各机构回访成功率", "Success rate by office"});
}

std::string day_lines(const std::vector<DayLine>& days) {
  if (days.empty()) return {};
  constexpr int left = 48, right = 640, top = 12, bottom = 200;
  std::int64_t largest = 1;
  for (const DayLine& day : days) largest = std::max({largest, day.attempts, day.completed});
  const std::int64_t step = step_of(largest), whole = step * 4;
  const auto x_of = [&](std::size_t i) {
    return left +
           scaled(static_cast<std::int64_t>(i) * 2 + 1, static_cast<std::int64_t>(days.size()) * 2, right - left);
  };
  const auto y_of = [&](std::int64_t value) { return bottom - scaled(value, whole, bottom - top); };
  std::string shade, attempts, completed, marks, labels;
  const std::int64_t day_width = std::max<std::int64_t>(1, (right - left) / static_cast<std::int64_t>(days.size()));
  for (std::size_t i = 0; i < days.size(); ++i) {
    const std::int64_t x = x_of(i);
    if (days[i].is_day_off) shade += rect({x - day_width / 2, top, day_width, bottom - top}, "off");
    attempts += num(x) + "," + num(y_of(days[i].attempts)) + " ";
    completed += num(x) + "," + num(y_of(days[i].completed)) + " ";
    marks += "<circle cx=\"" + num(x) + "\" cy=\"" + num(y_of(days[i].attempts)) + "\" r=\"3\" class=\"c1\"/>" +
             rect({x - 3, y_of(days[i].completed) - 3, 6, 6}, "c2");
    if (i == 0 || days[i].day.weekday() == 1) labels += text({x, bottom + 16}, "tick middle", month_day(days[i].day));
  }
  std::string out = shade;
  for (int i = 0; i <= 4; ++i)
    out += line({left, y_of(step * i)}, {right, y_of(step * i)}, "grid") +
           text({left - 6, y_of(step * i) + 4}, "tick end", grouped(step * i));
  out +=
      "<polyline points=\"" + attempts + "\" class=\"line1\"/><polyline points=\"" + completed + "\" class=\"line2\"/>";
  out += marks + labels;
  const std::int64_t apart = 16;
  const std::int64_t first = y_of(days.back().attempts) + 4;
  const std::int64_t second = std::max(y_of(days.back().completed) + 4, first + apart);
  out += text({right + 8, std::min<std::int64_t>(first, bottom - apart)}, "value t1",
              both("● 拨打", "● attempts", "tspan"));
  out +=
      text({right + 8, std::min<std::int64_t>(second, bottom)}, "value t2", both("■ 完成问卷", "■ completed", "tspan"));
  out += text({left, bottom + 34}, "tick",
              both("灰底为休息日；纵轴为次数", "grey: days off; vertical axis: number of attempts", "tspan"));
  return svg(bottom + 44, out, {"每日拨打与完成", "Attempts and completed interviews a day"});
}

std::string reason_bars(const Breakdown& reasons) {
  auto sorted = reasons.parts;
  std::ranges::stable_sort(sorted, [](const Part& a, const Part& b) { return a.count > b.count; });
  gather_tail(sorted);
  const std::int64_t largest = sorted.empty() ? 1 : std::max<std::int64_t>(sorted.front().count, 1);
  constexpr int pixels = 340, top = 26;
  std::string out = text({bars_from, 16}, "tick", both("次数与占比", "count, share", "tspan")) +
                    text({width - 14, 16}, "tick end", both("累计占比", "cumulated", "tspan"));
  std::int64_t sum = 0;
  int y = top;
  bool is_marked = false;
  for (const Part& part : sorted) {
    const std::int64_t bar = scaled(part.count, largest, pixels);
    out += text({bars_from - 8, y + 17}, "label end", both(part.label, "tspan")) +
           rect({bars_from, y + 5, bar, bar_height}, is_marked ? "c1 light" : "c1") +
           text({bars_from + bar + 6, y + 17}, "value",
                grouped(part.count) + "<tspan class=\"base\"> " + percent(part.count, reasons.whole) + "</tspan>");
    sum += part.count;
    out += text({width - 14, y + 17}, "value end", percent(sum, reasons.whole));
    y += row_height;
    if (!is_marked && sum * 5 >= reasons.whole * 4 && reasons.whole > 0) {
      is_marked = true;
      out += line({bars_from, y + 1}, {width - 14, y + 1}, "rule");
    }
  }
  out += text({bars_from, y + 16}, "tick",
              both("横线以上合计达到 80%", "above the line: together at least 80 %", "tspan"));
  return svg(y + 24, out, {"未联系到本人的原因", "Why the holder was not reached"});
}

std::string ticket_bars(const std::vector<TicketLine>& tickets) {
  struct Segment {
    const char* kind;
    const char* zh;
    const char* en;
    std::int64_t TicketLine::* count;
  };
  static constexpr std::array<Segment, 5> segments{{
      {"c3", "按时办结", "closed in time", &TicketLine::closed_in_time},
      {"c4", "超时办结", "closed late", &TicketLine::closed_late},
      {"c5", "在办·正常", "open, normal", &TicketLine::open_normal},
      {"c6", "在办·警告", "open, warning", &TicketLine::open_warning},
      {"c7", "在办·超时", "open, overdue", &TicketLine::open_overdue},
  }};
  std::string out;
  int legend = bars_from;
  for (const Segment& segment : segments) {
    out += rect({legend, 6, 12, 12}, segment.kind) +
           text({legend + 17, 16}, "tick", both(segment.zh, segment.en, "tspan"));
    legend += 112;
  }
  const int top = 30;
  const int bottom = top + row_height * static_cast<int>(tickets.size());
  out += percent_axis(top, bottom);
  int y = top;
  for (const TicketLine& ticket : tickets) {
    out += text({bars_from - 8, y + 17}, "label end", both(ticket.kind, "tspan"));
    std::int64_t sum = 0, x = bars_from;
    for (const Segment& segment : segments) {
      sum += ticket.*segment.count;
      const std::int64_t end = bars_from + scaled(sum, ticket.whole, bars_width);
      out += rect({x, y + 4, end - x, bar_height + 2}, segment.kind);
      const std::string count = grouped(ticket.*segment.count);
      if (end - x >= static_cast<std::int64_t>(count.size()) * 8 + 14)
        out += text({(x + end) / 2, y + 17}, (std::string("inside middle on-") + segment.kind).c_str(), count);
      x = end;
    }
    out +=
        text({bars_from + bars_width + 10, y + 17}, "value",
             grouped(ticket.whole) + "<tspan class=\"base\"> " + both("件，按时", "tickets, in time", "tspan") + " " +
                 percent(ticket.closed_in_time + ticket.open_normal + ticket.open_warning, ticket.whole) + "</tspan>");
    y += row_height;
  }
  return svg(bottom + 22, out, {"工单时效", "Timeliness of tickets"});
}

std::string money_bars(const MoneyBreakdown& money) {
  std::int64_t largest = 1;
  for (const MoneyPart& part : money.parts) largest = std::max(largest, part.amount.in_fen());
  constexpr int pixels = 330;
  std::string out;
  int y = 4;
  for (const MoneyPart& part : money.parts) {
    const std::int64_t bar = scaled(std::max<std::int64_t>(part.amount.in_fen(), 0), largest, pixels);
    out += text({bars_from - 8, y + 17}, "label end", both(part.label, "tspan")) +
           rect({bars_from, y + 5, bar, bar_height}, "c1") +
           text({bars_from + bar + 6, y + 17}, "value",
                grouped_yuan(part.amount) + "<tspan class=\"base\"> " +
                    percent(part.amount.in_fen(), money.whole.in_fen()) + " · " + grouped(part.policies) + " " +
                    both("件", "policies", "tspan") + "</tspan>");
    y += row_height;
  }
  return svg(y + 6, out, {"佣金状态", "Commission by status"});
}

}  // namespace shouyue::report
