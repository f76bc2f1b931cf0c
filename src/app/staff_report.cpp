#include "app/staff_report.hpp"

#include <map>

#include "app/report_words.hpp"

namespace shouyue::app {
namespace {

using report::Cell;
using report::Share;
using report::Table;
using report::Text;

struct Operator {
  std::int64_t attempts = 0, answered = 0, completed = 0, succeeded = 0;
  std::int64_t timed = 0, seconds = 0;  // attempts whose end is known, and how long they took together
  void add(const insurer::Attempt& attempt, bool success) {
    ++attempts;
    answered += attempt.connection == insurer::Connection::answered;
    completed += attempt.interview == insurer::Interview::complete;
    succeeded += success;
    if (!attempt.ended_at || *attempt.ended_at < attempt.started_at) return;
    ++timed;
    seconds += (attempt.ended_at->milliseconds() - attempt.started_at.milliseconds()) / 1000;
  }
  void add(const Operator& other) {
    attempts += other.attempts, answered += other.answered, completed += other.completed;
    succeeded += other.succeeded, timed += other.timed, seconds += other.seconds;
  }
};

// Whole seconds, rounded half up.
report::Value average(std::int64_t seconds, std::int64_t attempts) {
  if (attempts == 0) return report::NoData{};
  return (seconds * 2 + attempts) / (attempts * 2);
}

report::Row row_of(const Text& name, const Operator& of, report::RowKind kind) {
  return {{Cell(name), Cell(of.attempts), Cell(of.answered), Cell(of.completed), Cell(of.succeeded),
           Cell(Share{of.succeeded, of.attempts}), Cell(of.seconds), Cell(of.timed),
           Cell(average(of.seconds, of.timed)), Cell(report::NoData{})},
          kind};
}

Table staff_table(const std::map<std::string, Operator>& staff, const Operator& all) {
  Table table{.columns = {{{"回访人员", "Operator"}, 24},
                          {{"回访次数", "Attempts"}},
                          {{"接通", "Answered"}},
                          {{"完成问卷", "Completed"}},
                          {{"成功", "Succeeded"}},
                          {{"成功率", "Success rate"}},
                          {{"通话总时长（秒）", "Length (s)"}},
                          {{"计时次数", "Timed"}},
                          {{"平均时长（秒）", "Average (s)"}},
                          {{"满意度", "Satisfaction"}}}};
  for (const auto& [code, one] : staff) {
    const Text name = code.empty() ? Text{"（未记录）", "(not recorded)"} : report::same(code);
    table.rows.push_back(row_of(name, one, report::RowKind::plain));
  }
  if (!staff.empty()) table.rows.push_back(row_of({"合计", "All"}, all, report::RowKind::sum));
  return table;
}

}  // namespace

Result<report::Document> staff_report(Session& session, const ReportRequest& request) {
  ReportScope scope = SHOUYUE_TRY(ReportScope::load(session, request));
  std::map<std::string, Operator> staff;
  SHOUYUE_CHECK(scope.each_attempt(
      [&](const CaseRow&, const insurer::Attempt& attempt, const followup::Reduced& reduced) -> Result<void> {
        // A link is nobody's work.
        if (attempt.leg != insurer::Leg::electronic) staff[attempt.operator_code].add(attempt, reduced.success());
        return {};
      }));
  Operator all;
  for (const auto& [code, one] : staff) all.add(one);
  const std::string success = report::shown(all.succeeded).zh + " / " + report::shown(all.attempts).zh;
  return report::Document{
      .title = scope.title({"回访人员指标", "follow-up staff"}),
      .lead = scope.lead(),
      .tiles = {{{"回访人员", "Operators"}, static_cast<std::int64_t>(staff.size()), {"人", "with attempts"}},
                {{"回访次数", "Attempts"}, all.attempts, {"本期", "in the period"}},
                {{"成功率", "Success rate"}, Share{all.succeeded, all.attempts}, {success, success}},
                {{"平均时长（秒）", "Average length (s)"},
                 average(all.seconds, all.timed),
                 {"计时 " + report::shown(all.timed).zh + " 次", "of " + report::shown(all.timed).en + " timed"}}},
      .sections =
          {{.title = {"每人", "By operator"},
            .lead = {"成功按该次回访的判定；时长只计有结束时间的回访，平均四舍五入到秒；没有满意度事实，记作无数据。",
                     "Success by the outcome of the attempt; length of attempts whose end is known, averages "
                     "rounded to seconds; there are no facts of satisfaction."},
            .tables = {staff_table(staff, all)}}},
      .lists = {}};
}

}  // namespace shouyue::app
