#include "app/monthly_statistics.hpp"

#include "app/period_figures.hpp"
#include "app/report_words.hpp"

namespace shouyue::app {
namespace {

using report::Cell;
using report::Share;
using report::Table;
using report::Text;

// One column of a table of offices.
struct Figure {
  Text title;
  std::function<report::Value(const OfficeFigures&)> of;
};

Figure count(Text title, std::int64_t OfficeFigures::* member) {
  return {std::move(title), [member](const OfficeFigures& office) { return report::Value(office.*member); }};
}

Table office_table(const PeriodFigures& figures, const std::vector<Figure>& columns) {
  Table table{.columns = {{{"机构", "Office"}, 30}}};
  for (const Figure& figure : columns) table.columns.push_back({figure.title});
  const auto add = [&](const Text& name, const OfficeFigures& office, report::RowKind kind) {
    report::Row row{{Cell(name)}, kind};
    for (const Figure& figure : columns) row.cells.emplace_back(figure.of(office));
    table.rows.push_back(std::move(row));
  };
  for (const auto& [name, office] : figures.offices) add(report::same(name), office, report::RowKind::plain);
  if (!figures.offices.empty()) add({"合计", "All"}, figures.all, report::RowKind::sum);
  return table;
}

report::Section visits(const PeriodFigures& figures) {
  Table table = office_table(
      figures, {count({"承保", "Issued"}, &OfficeFigures::issued),
                count({"剔除", "Excluded"}, &OfficeFigures::excluded),
                count({"应访", "Due"}, &OfficeFigures::due),
                count({"已访", "Visited"}, &OfficeFigures::visited),
                count({"成功", "Succeeded"}, &OfficeFigures::succeeded),
                {{"成功率", "Success rate"}, [](const OfficeFigures& o) { return Share{o.succeeded, o.due}; }}});
  table.chart = report::Chart{.kind = report::Chart::Kind::bars,
                              .title = {"各机构回访成功率", "Success rate by office"},
                              .label = 0,
                              .values = {6, 5, 3}};
  return {.title = {"应访、已访与成功", "Due, visited, successful"},
          .lead = {"本期承保的保单；剔除不在范围、免回访、已解除和尚未到期的；成功率 = 成功 ÷ 应访。",
                   "Policies issued in the period; excluded: out of scope, waived, cancelled, not due yet; "
                   "rate = succeeded / due."},
          .tables = {std::move(table)}};
}

report::Section legs(const PeriodFigures& figures) {
  std::vector<Figure> columns{count({"成功", "Succeeded"}, &OfficeFigures::succeeded)};
  for (std::size_t i = 0; i < figures.all.succeeded_by_leg.size(); ++i)
    columns.push_back({words_of(static_cast<insurer::Leg>(i)),
                       [i](const OfficeFigures& office) { return report::Value(office.succeeded_by_leg[i]); }});
  return {.title = {"成功件按回访方式", "Successful visits by means"},
          .lead = {"按起决定作用的一次回访归类。", "By the attempt that decided."},
          .tables = {office_table(figures, columns)}};
}

report::Section classes(const PeriodFigures& figures) {
  std::vector<Figure> columns{count({"应访", "Due"}, &OfficeFigures::due)};
  for (std::size_t i = 1; i < figures.all.by_class.size(); ++i)
    columns.push_back({words_of(static_cast<insurer::ResultClass>(i)),
                       [i](const OfficeFigures& office) { return report::Value(office.by_class[i]); }});
  columns.push_back({{"未有结果", "No result yet"},
                     [](const OfficeFigures& office) { return report::Value(office.by_class.front()); }});
  return {.title = {"应访件按回访结果", "Due cases by result"},
          .lead = {"各类与未有结果的合计等于应访。", "The classes and those without a result add up to what was due."},
          .tables = {office_table(figures, columns)}};
}

report::Section tickets(const PeriodFigures& figures) {
  return {.title = {"工单", "Tickets"},
          .lead = {"开立、办结按本期发生；超时指本期开立的工单中已超时的。",
                   "Opened and closed in the period; overdue of those that were opened in it."},
          .tables = {office_table(figures, {count({"开立", "Opened"}, &OfficeFigures::tickets_opened),
                                            count({"办结", "Closed"}, &OfficeFigures::tickets_closed),
                                            count({"超时", "Overdue"}, &OfficeFigures::tickets_overdue),
                                            {{"超时率", "Overdue rate"}, [](const OfficeFigures& office) {
                                               return Share{office.tickets_overdue, office.tickets_opened};
                                             }}})}};
}

report::Section questionnaires(const PeriodFigures& figures) {
  return {
      .title = {"拨打与问卷", "Attempts and questionnaires"},
      .lead =
          {"按本期发生的回访计，发出的微回访链接不计次数；书面问卷指信函与面访完成的问卷，微回访问卷由客户自助完成。",
           "Attempts of the period, links that were sent not counted; on paper means completed by letter or in person, "
           "by link by the holder alone."},
      .tables = {office_table(figures, {count({"回访次数", "Attempts"}, &OfficeFigures::attempts),
                                        count({"完成问卷", "Questionnaires completed"}, &OfficeFigures::completed),
                                        count({"其中书面问卷", "on paper"}, &OfficeFigures::paper_questionnaires),
                                        count({"其中微回访问卷", "by link"}, &OfficeFigures::link_questionnaires)})}};
}

}  // namespace

Result<report::Document> monthly_statistics(Session& session, const ReportRequest& request) {
  ReportScope scope = SHOUYUE_TRY(ReportScope::load(session, request));
  const PeriodFigures figures = SHOUYUE_TRY(period_figures(scope));
  const report::Text lead = SHOUYUE_TRY(scope.lead_with_due_day("monthly_statistics"));
  const OfficeFigures& all = figures.all;
  const auto shown = [](std::int64_t number) { return report::shown(number).zh; };
  return report::Document{
      .title = scope.title({"回访月统计报表", "monthly statistics of follow-up"}),
      .lead = lead,
      .tiles = {{{"应访", "Due"},
                 all.due,
                 {"承保 " + shown(all.issued) + " 件", "of " + shown(all.issued) + " issued"}},
                {{"回访成功率", "Success rate"},
                 Share{all.succeeded, all.due},
                 {shown(all.succeeded) + " / " + shown(all.due), shown(all.succeeded) + " / " + shown(all.due)}},
                {{"开立工单", "Tickets opened"},
                 all.tickets_opened,
                 {"超时 " + shown(all.tickets_overdue) + " 件", shown(all.tickets_overdue) + " overdue"}},
                {{"完成问卷", "Questionnaires"},
                 all.completed,
                 {"书面 " + shown(all.paper_questionnaires) + " 份", shown(all.paper_questionnaires) + " on paper"}}},
      .sections = {visits(figures), legs(figures), classes(figures), tickets(figures), questionnaires(figures)},
      .lists = {}};
}

}  // namespace shouyue::app
