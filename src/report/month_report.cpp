#include "report/month_report.hpp"

#include <algorithm>

#include "report/html.hpp"

namespace shouyue::report {
namespace {

OfficeLine total_of(const std::vector<OfficeLine>& offices) {
  OfficeLine total;
  for (const OfficeLine& office : offices) {
    total.succeeded += office.succeeded;
    total.due += office.due;
    total.excluded += office.excluded;
  }
  return total;
}

Text of(std::int64_t part, std::int64_t whole, const Text& unit) {
  return {grouped(part) + " / " + grouped(whole) + unit.zh, grouped(part) + " / " + grouped(whole) + unit.en};
}

std::vector<Tile> tiles(const MonthReport& report) {
  const OfficeLine all = total_of(report.offices);
  std::int64_t attempts = 0, completed = 0, tickets = 0, late = 0;
  for (const DayLine& day : report.days) attempts += day.attempts, completed += day.completed;
  for (const TicketLine& line : report.tickets) tickets += line.whole, late += line.closed_late + line.open_overdue;
  std::vector<Tile> tiles{
      {{"回访成功率", "Success rate"},
       Share{all.succeeded, all.due},
       of(all.succeeded, all.due,
          {" 件，剔除 " + grouped(all.excluded), " policies, " + grouped(all.excluded) + " excluded"})},
      {{"拨打次数", "Attempts"},
       attempts,
       {"完成问卷 " + grouped(completed) + " 次（" + Share{completed, attempts}.text() + "）",
        grouped(completed) + " interviews completed (" + Share{completed, attempts}.text() + ")"}},
      {{"工单超时", "Tickets late"},
       late,
       {"共 " + grouped(tickets) + " 件（" + Share{late, tickets}.text() + "）",
        "of " + grouped(tickets) + " (" + Share{late, tickets}.text() + ")"}}};
  if (!report.commission) return tiles;
  const MoneyBreakdown& unpaid = report.commission->unpaid_by_reason;
  const std::string whole = grouped_yuan(report.commission->by_status.whole);
  tiles.push_back({{"未发放佣金（元）", "Commission not paid (yuan)"},
                   unpaid.whole,
                   {grouped(unpaid.policies) + " 件，首期佣金共 " + whole,
                    grouped(unpaid.policies) + " policies; first-period commission " + whole}});
  return tiles;
}

Section offices_section(const MonthReport& report) {
  auto offices = report.offices;
  std::ranges::stable_sort(offices, [](const OfficeLine& a, const OfficeLine& b) {
    return a.succeeded * std::max<std::int64_t>(b.due, 1) > b.succeeded * std::max<std::int64_t>(a.due, 1);
  });
  Table table{.columns = {{{"机构", "Office"}, 24},
                          {{"成功", "Succeeded"}},
                          {{"应访", "Due"}},
                          {{"剔除", "Excluded"}},
                          {{"成功率", "Success rate"}}},
              .chart = Chart{.kind = Chart::Kind::bars,
                             .title = {"各机构回访成功率", "Success rate by office"},
                             .label = 0,
                             .values = {4, 1, 2}}};
  const auto add = [&](const Text& name, const OfficeLine& line, RowKind kind) {
    table.rows.push_back(
        {{Cell(name), Cell(line.succeeded), Cell(line.due), Cell(line.excluded), Cell(Share{line.succeeded, line.due})},
         kind});
  };
  for (const OfficeLine& office : offices) add({office.name, office.name}, office, RowKind::plain);
  if (!offices.empty()) add({"全部机构", "All offices"}, total_of(offices), RowKind::sum);
  return {.title = {"机构回访成功率", "Success rate by office"}, .lead = report.success_rule, .tables = {table}};
}

Section states_section(const MonthReport& report) {
  Table table{.columns = {{{"状态", "State"}, 24}, {{"件数", "Policies"}}, {{"占比", "Share"}}}};
  std::int64_t sum = 0;
  for (const Part& part : report.states.parts) {
    sum += part.count;
    table.rows.push_back({{Cell(part.label), Cell(part.count), Cell(Share{part.count, report.states.whole})}});
  }
  if (!table.rows.empty()) add_balance(table, sum, report.states.whole, {"本期承保保单", "policies of the period"});
  return {.title = {"本期承保保单的回访状态", "Follow-up of the policies issued in the period"},
          .lead = {"每张保单只计一次。", "Every policy is counted once."},
          .tables = {table}};
}

Section calls_section(const MonthReport& report) {
  Table table{
      .columns = {{{"日期", "Day"}, 12}, {{"拨打", "attempts"}}, {{"完成问卷", "completed"}}, {{"休息日", "Day off"}}},
      .chart = Chart{.kind = Chart::Kind::lines,
                     .title = {"每日拨打与完成", "Attempts and completed interviews a day"},
                     .label = 0,
                     .values = {1, 2}}};
  for (const DayLine& day : report.days)
    table.rows.push_back({{Cell(day.day, day.is_day_off ? Tone::muted : Tone::plain), Cell(day.attempts),
                           Cell(day.completed), Cell(day.is_day_off ? Text{"休", "off"} : Text{})}});
  return {.title = {"每日拨打", "Attempts a day"},
          .lead = {"一次拨打计一次；完成问卷指访问进行到底。",
                   "Every attempt counts; completed means the interview was carried to its end."},
          .tables = {table}};
}

Section reasons_section(const MonthReport& report) {
  return {.title = {"不成功原因", "Reasons of calls without success"},
          .lead = {"以拨打次数计，共 " + grouped(report.reasons.whole) + " 次。",
                   "Counted in attempts, " + grouped(report.reasons.whole) + " in all."},
          .tables = {pareto_table(report.reasons, {"原因", "Reason"}, {"不成功的拨打", "calls without success"})}};
}

Section tickets_section(const MonthReport& report) {
  Table table{.columns = {{{"种类", "Kind"}, 24},
                          {{"按时办结", "closed in time"}},
                          {{"超时办结", "closed late"}},
                          {{"在办·正常", "open, normal"}},
                          {{"在办·警告", "open, warning"}},
                          {{"在办·超时", "open, overdue"}},
                          {{"合计", "All"}},
                          {{"按时率", "In time"}}},
              .chart = Chart{.kind = Chart::Kind::stacked,
                             .title = {"工单时效", "Timeliness of tickets"},
                             .label = 0,
                             .values = {1, 2, 3, 4, 5}}};
  for (const TicketLine& line : report.tickets)
    table.rows.push_back({{Cell(line.kind), Cell(line.closed_in_time), Cell(line.closed_late), Cell(line.open_normal),
                           Cell(line.open_warning), Cell(line.open_overdue), Cell(line.whole),
                           Cell(Share{line.closed_in_time + line.open_normal + line.open_warning, line.whole})}});
  return {.title = {"工单时效", "Timeliness of tickets"},
          .lead = {"本期开立的工单；「按时」含尚未到期的在办件。",
                   "Tickets opened in the period; in time includes open ones not yet due."},
          .tables = {table}};
}

Table money_table(const MoneyBreakdown& money, const Text& label) {
  Table table{
      .columns = {{label, 24}, {{"金额（元）", "Amount (yuan)"}, 16}, {{"占比", "Share"}}, {{"件数", "Policies"}}}};
  for (const MoneyPart& part : money.parts)
    table.rows.push_back({{Cell(part.label), Cell(part.amount), Cell(Share{part.amount.in_fen(), money.whole.in_fen()}),
                           Cell(part.policies)}});
  return table;
}

Money sum_of(const MoneyBreakdown& money) {
  Money sum;
  for (const MoneyPart& part : money.parts) sum = sum + part.amount;
  return sum;
}

Section commission_section(const MonthReport::Commission& commission) {
  const MoneyBreakdown& money = commission.by_status;
  const MoneyBreakdown& unpaid = commission.unpaid_by_reason;
  Section section{.title = {"首期佣金", "First-period commission"},
                  .lead = {"本期承保保单，共 " + grouped(money.policies) + " 件，金额单位为元。",
                           "Policies issued in the period, " + grouped(money.policies) + " in all; amounts in yuan."}};
  Table by_status = money_table(money, {"状态", "Status"});
  by_status.chart =
      Chart{.kind = Chart::Kind::bars, .title = {"佣金状态", "Commission by status"}, .label = 0, .values = {1, 2, 3}};
  if (!by_status.rows.empty())
    add_balance(by_status, sum_of(money), money.whole, {"首期佣金", "first-period commission"});
  section.tables.push_back(std::move(by_status));
  if (unpaid.parts.empty()) return section;
  Table by_reason = money_table(unpaid, {"原因", "Reason"});
  by_reason.title = {"未发放的原因", "Why it is not paid"};
  add_balance(by_reason, sum_of(unpaid), unpaid.whole, {"未发放的首期佣金", "commission not paid"},
              {"一张保单可有多个原因", "a policy may have several reasons"});
  section.tables.push_back(std::move(by_reason));
  return section;
}

Section scorecard_section(const MonthReport& report) {
  Table table{.columns = {{{"指标", "Indicator"}, 34},
                          {{"机构", "Office"}, 20},
                          {{"分子", "Numerator"}},
                          {{"分母", "Denominator"}},
                          {{"剔除", "Excluded"}},
                          {{"指标值", "Value"}},
                          {{"得分", "Score"}},
                          {{"满分", "Full score"}}}};
  std::string regime;
  for (const ScoreLine& line : report.scorecard) {
    if (line.regime.zh != regime) table.rows.push_back({{Cell(line.regime)}, RowKind::heading});
    regime = line.regime.zh;
    table.rows.push_back({{Cell(line.indicator), Cell(Text{line.organisation, line.organisation}), Cell(line.numerator),
                           Cell(line.denominator), Cell(line.excluded), Cell(Share{line.numerator, line.denominator}),
                           Cell(line.score), Cell(line.full_score)}});
  }
  Text lead{"每项指标都列出分子、分母和剔除数；分母为 0 记作无数据，不记作 100%。",
            "Every figure with numerator, denominator and what was excluded; 0 in the denominator is no data, "
            "never 100 %."};
  for (const Text& note : report.score_notes) {
    lead.zh += note.zh;
    lead.en += " " + note.en;
  }
  return {.title = {"考核指标", "Scorecard"}, .lead = lead, .tables = {table}};
}

}  // namespace

Table pareto_table(const Breakdown& breakdown, const Text& label, const Text& base_label) {
  auto parts = breakdown.parts;
  std::ranges::stable_sort(parts, std::ranges::greater(), &Part::count);
  Table table{.columns = {{label, 30}, {{"件数", "Count"}}, {{"占比", "Share"}}, {{"累计占比", "Cumulated"}}},
              .chart = Chart{.kind = Chart::Kind::pareto, .title = label, .label = 0, .values = {1, 2, 3}}};
  std::int64_t sum = 0;
  for (const Part& part : parts) {
    sum += part.count;
    table.rows.push_back({{Cell(part.label), Cell(part.count), Cell(Share{part.count, breakdown.whole}),
                           Cell(Share{sum, breakdown.whole})}});
  }
  if (!table.rows.empty()) add_balance(table, sum, breakdown.whole, base_label);
  return table;
}

Document month_document(const MonthReport& report) {
  std::string regimes_zh, regimes_en;
  for (const Text& regime : report.regimes) {
    regimes_zh += (regimes_zh.empty() ? "" : "、") + regime.zh;
    regimes_en += (regimes_en.empty() ? "" : "; ") + regime.en;
  }
  std::vector<Section> sections{offices_section(report), calls_section(report), reasons_section(report),
                                states_section(report), tickets_section(report)};
  if (report.commission) sections.push_back(commission_section(*report.commission));
  sections.push_back(scorecard_section(report));
  return {.title = {report.insurer.zh + " 新契约回访月报 " + report.period,
                    report.insurer.en + ": new-policy follow-up, " + report.period},
          .lead = {"期间 " + report.from.text() + " 至 " + report.upto.text() + "，数据截至 " +
                       report.as_of.plain_text() + "；制度：" + regimes_zh,
                   "Period " + report.from.text() + " to " + report.upto.text() + ", facts up to " +
                       report.as_of.plain_text() + "; rule books: " + regimes_en},
          .tiles = tiles(report),
          .sections = std::move(sections),
          .lists = {}};
}

}  // namespace shouyue::report
