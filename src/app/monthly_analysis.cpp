#include "app/monthly_analysis.hpp"

#include <algorithm>

#include "app/period_figures.hpp"
#include "app/report_words.hpp"
#include "report/month_report.hpp"

namespace shouyue::app {
namespace {

using report::Cell;
using report::NoData;
using report::Section;
using report::Share;
using report::Table;
using report::Text;

// The months before, as many as the period has, when it consists of whole months; else as many days.
kpi::Period period_before(const kpi::Period& period) {
  const auto months = period.months();
  const bool is_whole =
      kpi::Period::month_of(period.from).from == period.from && kpi::Period::month_of(period.to).to == period.to;
  kpi::Period before{.from = period.from - (period.to - period.from + 1), .to = period.from - 1};
  if (!is_whole) return before;
  before.from = period.from;
  for (std::size_t i = 0; i < months.size(); ++i) before.from = kpi::Period::month_of(before.from - 1).from;
  return before;
}

// The change of a rate in percentage points; the exact fractions are rounded once each, as they are shown.
report::Value points_between(const Share& now, const Share& before) {
  if (!now.has_data() || !before.has_data()) return NoData{};
  return report::Number{Decimal::millionths((now.basis_points() - before.basis_points()) * 10'000), 2};
}

class Report {
 public:
  Report(ReportScope& scope, const PeriodFigures& now, const PeriodFigures& before, kpi::Period before_period)
      : scope_(scope), now_(now), before_(before), before_period_(before_period) {}

  report::Document make(const Text& lead) const {
    return {
        .title = scope_.title({"回访月度分析报告", "monthly analysis of follow-up"}),
        .lead = {lead.zh + "；对比期间 " + before_period_.text(), lead.en + "; compared with " + before_period_.text()},
        .tiles = tiles(),
        .sections = {summary(), comparison(), reasons(), offices(), overdue()},
        .lists = {}};
  }

 private:
  static Share rate(const OfficeFigures& office) { return {office.succeeded, office.due}; }

  std::vector<report::Tile> tiles() const {
    const OfficeFigures &now = now_.all, &before = before_.all;
    const auto last = [](const std::string& figure) { return Text{"上期 " + figure, "before: " + figure}; };
    return {{{"回访成功率", "Success rate"}, rate(now), last(rate(before).text())},
            {{"应访", "Due"}, now.due, last(report::shown(before.due).zh)},
            {{"拨打次数", "Attempts"}, now.attempts, last(report::shown(before.attempts).zh)},
            {{"工单超时", "Tickets overdue"}, now.tickets_overdue, last(report::shown(before.tickets_overdue).zh)}};
  }

  Section summary() const {
    Section section{.title = {"要点", "In short"}, .lead = {}};
    section.sentences = {success_sentence(), reason_sentence(), office_sentence(), overdue_sentence()};
    return section;
  }

  Text success_sentence() const {
    const Share now = rate(now_.all), before = rate(before_.all);
    const std::string figures = report::shown(now.part).zh + " / " + report::shown(now.whole).zh;
    if (!now.has_data()) return {"本期没有应访件。", "Nothing was due in the period."};
    Text text{
        "应访 " + report::shown(now.whole).zh + " 件，成功 " + report::shown(now.part).zh + " 件，成功率 " + now.text(),
        "Success rate " + now.text() + " (" + figures + ")"};
    if (!before.has_data())
      return {text.zh + "；上期没有应访件。", text.en + "; nothing was due in the period before."};
    const std::int64_t change = now.basis_points() - before.basis_points();
    const std::string points = Decimal::millionths((change < 0 ? -change : change) * 10'000).text(2);
    if (change == 0) return {text.zh + "，与上期持平。", text.en + ", as in the period before."};
    return {text.zh + "，比上期（" + before.text() + "）" + (change > 0 ? "上升 " : "下降 ") + points + " 个百分点。",
            text.en + ", " + points + " points " + (change > 0 ? "above" : "below") + " the period before (" +
                before.text() + ")."};
  }

  Text reason_sentence() const {
    const report::Breakdown why = breakdown();
    if (why.whole == 0) return {"本期没有不成功的拨打。", "No call of the period was without success."};
    const auto first = std::ranges::max_element(why.parts, {}, &report::Part::count);
    const std::string share = Share{first->count, why.whole}.text(), whole = report::shown(why.whole).zh;
    return {"不成功的拨打 " + whole + " 次，首因为" + first->label.zh + "，" + report::shown(first->count).zh +
                " 次，占 " + share + "。",
            whole + " calls were without success; the first reason is " + first->label.en + ": " +
                report::shown(first->count).en + " (" + share + ")."};
  }

  Text office_sentence() const {
    const auto ranked = by_rate();
    if (ranked.empty()) return {"没有机构有应访件。", "No office had anything due."};
    const auto& [best, most] = ranked.front();
    const auto& [worst, least] = ranked.back();
    if (ranked.size() == 1)
      return {"仅" + best + "有应访件，成功率 " + rate(most).text() + "。",
              "Only " + best + " had anything due: " + rate(most).text() + "."};
    return {"成功率最高 " + best + " " + rate(most).text() + "，最低 " + worst + " " + rate(least).text() + "。",
            "Highest rate: " + best + " " + rate(most).text() + "; lowest: " + worst + " " + rate(least).text() + "."};
  }

  Text overdue_sentence() const {
    const OfficeFigures& all = now_.all;
    const std::string share = Share{all.tickets_overdue, all.tickets_opened}.text(),
                      opened = report::shown(all.tickets_opened).zh, overdue = report::shown(all.tickets_overdue).zh;
    if (all.tickets_opened == 0) return {"本期没有开立工单。", "No ticket was opened in the period."};
    return {"开立工单 " + opened + " 件，超时 " + overdue + " 件，占 " + share + "。",
            opened + " tickets were opened, " + overdue + " of them overdue (" + share + ")."};
  }

  Section comparison() const {
    Table table{
        .columns = {{{"项目", "Figure"}, 30}, {{"本期", "Period"}}, {{"上期", "Before"}}, {{"变化", "Change"}}}};
    const OfficeFigures &now = now_.all, &before = before_.all;
    const auto add = [&](const Text& label, std::int64_t OfficeFigures::* member) {
      const std::int64_t change = now.*member - before.*member;
      table.rows.push_back({{Cell(label), Cell(now.*member), Cell(before.*member), Cell(change)}});
    };
    const auto add_share = [&](const Text& label, Share current, Share last) {
      table.rows.push_back({{Cell(label), Cell(current), Cell(last), Cell(points_between(current, last))}});
    };
    add({"承保", "Issued"}, &OfficeFigures::issued);
    add({"应访", "Due"}, &OfficeFigures::due);
    add({"成功", "Succeeded"}, &OfficeFigures::succeeded);
    add_share({"成功率（变化为百分点）", "Success rate (change in points)"}, rate(now), rate(before));
    add({"拨打次数", "Attempts"}, &OfficeFigures::attempts);
    add({"完成问卷", "Questionnaires completed"}, &OfficeFigures::completed);
    add_share({"完成率（变化为百分点）", "Completion of attempts (change in points)"},
              {now.completed_attempts(), now.attempts}, {before.completed_attempts(), before.attempts});
    add({"开立工单", "Tickets opened"}, &OfficeFigures::tickets_opened);
    add({"办结工单", "Tickets closed"}, &OfficeFigures::tickets_closed);
    add({"超时工单", "Tickets overdue"}, &OfficeFigures::tickets_overdue);
    add_share({"超时率（变化为百分点）", "Overdue rate (change in points)"}, {now.tickets_overdue, now.tickets_opened},
              {before.tickets_overdue, before.tickets_opened});
    return {.title = {"与上期对比", "Against the period before"}, .lead = {}, .tables = {std::move(table)}};
  }

  report::Breakdown breakdown() const {
    report::Breakdown why;
    for (const auto& [connection, count] : now_.reasons) {
      why.parts.push_back({words_of(connection), count});
      why.whole += count;
    }
    return why;
  }

  Section reasons() const {
    return {
        .title = {"不成功原因", "Reasons of calls without success"},
        .lead = {"以本期不成功的拨打计。", "Of the calls of the period that were without success."},
        .tables = {report::pareto_table(breakdown(), {"原因", "Reason"}, {"不成功的拨打", "calls without success"})}};
  }

  // Offices with something due, the highest rate first.
  std::vector<std::pair<std::string, OfficeFigures>> by_rate() const {
    std::vector<std::pair<std::string, OfficeFigures>> offices;
    for (const auto& office : now_.offices)
      if (office.second.due > 0) offices.push_back(office);
    std::ranges::stable_sort(offices, [](const auto& a, const auto& b) {
      return a.second.succeeded * b.second.due > b.second.succeeded * a.second.due;
    });
    return offices;
  }

  Section offices() const {
    Table table{.columns = {{{"机构", "Office"}, 30},
                            {{"成功", "Succeeded"}},
                            {{"应访", "Due"}},
                            {{"成功率", "Success rate"}},
                            {{"上期成功率", "Before"}},
                            {{"变化（百分点）", "Change (points)"}}},
                .chart = report::Chart{.kind = report::Chart::Kind::bars,
                                       .title = {"机构排名", "Offices by success rate"},
                                       .label = 0,
                                       .values = {3, 1, 2}}};
    for (const auto& [name, office] : by_rate()) {
      const auto found = before_.offices.find(name);
      const Share last = found == before_.offices.end() ? Share{} : rate(found->second);
      table.rows.push_back({{Cell(report::same(name)), Cell(office.succeeded), Cell(office.due), Cell(rate(office)),
                             Cell(last), Cell(points_between(rate(office), last))}});
    }
    return {.title = {"机构排名", "Offices by success rate"},
            .lead = {"成功率由高到低；没有应访件的机构不列。",
                     "The highest rate first; offices without anything due are left out."},
            .tables = {std::move(table)}};
  }

  Section overdue() const {
    Table table{.columns = {{{"机构", "Office"}, 30},
                            {{"开立", "Opened"}},
                            {{"办结", "Closed"}},
                            {{"超时", "Overdue"}},
                            {{"超时率", "Overdue rate"}}}};
    std::vector<std::pair<std::string, OfficeFigures>> offices(now_.offices.begin(), now_.offices.end());
    std::ranges::stable_sort(offices, std::ranges::greater(),
                             [](const auto& office) { return office.second.tickets_overdue; });
    const auto add = [&](const Text& name, const OfficeFigures& office, report::RowKind kind) {
      const report::Tone tone = office.tickets_overdue > 0 ? report::Tone::bad : report::Tone::plain;
      table.rows.push_back(
          {{Cell(name), Cell(office.tickets_opened), Cell(office.tickets_closed), Cell(office.tickets_overdue, tone),
            Cell(Share{office.tickets_overdue, office.tickets_opened})},
           kind});
    };
    for (const auto& [name, office] : offices) add(report::same(name), office, report::RowKind::plain);
    if (!offices.empty()) add({"合计", "All"}, now_.all, report::RowKind::sum);
    return {.title = {"工单超时", "Overdue tickets"},
            .lead = {"本期开立的工单中已超时的，多者在前。", "Of the tickets opened in the period, the most first."},
            .tables = {std::move(table)}};
  }

  ReportScope& scope_;
  const PeriodFigures& now_;
  const PeriodFigures& before_;
  kpi::Period before_period_;
};

}  // namespace

Result<report::Document> monthly_analysis(Session& session, const ReportRequest& request) {
  ReportScope scope = SHOUYUE_TRY(ReportScope::load(session, request));
  const PeriodFigures now = SHOUYUE_TRY(period_figures(scope));
  const ReportRequest earlier_request{.period = period_before(request.period), .org_code = request.org_code};
  ReportScope earlier = SHOUYUE_TRY(ReportScope::load(session, earlier_request));
  const PeriodFigures before = SHOUYUE_TRY(period_figures(earlier));
  const report::Text lead = SHOUYUE_TRY(scope.lead_with_due_day("monthly_analysis"));
  return Report(scope, now, before, earlier_request.period).make(lead);
}

}  // namespace shouyue::app
