#include "app/ticket_report.hpp"

#include <array>
#include <map>

#include "app/export_rows.hpp"
#include "app/report_words.hpp"

namespace shouyue::app {
namespace {

using insurer::Timeliness;
using report::Cell;
using report::Share;
using report::Table;
using report::Text;
using report::Tone;

Tone tone_of(Timeliness timeliness) {
  switch (timeliness) {
    case Timeliness::normal: return Tone::good;
    case Timeliness::warning: return Tone::warning;
    case Timeliness::overdue: return Tone::bad;
  }
  return Tone::plain;
}

using Counts = std::array<std::int64_t, 3>;  // by insurer::Timeliness

std::int64_t whole_of(const Counts& counts) { return counts[0] + counts[1] + counts[2]; }

template <class Label>
Table timeliness_table(const Text& label, const std::map<Label, Counts>& lines, const auto& words) {
  Table table{.columns = {{label, 30}},
              .chart = report::Chart{.kind = report::Chart::Kind::stacked,
                                     .title = {"工单时效", "Timeliness of tickets"},
                                     .label = 0,
                                     .values = {1, 2, 3}}};
  for (std::size_t i = 0; i < 3; ++i) table.columns.push_back({words_of(static_cast<Timeliness>(i))});
  table.columns.push_back({{"合计", "All"}});
  table.columns.push_back({{"超时率", "Overdue rate"}});
  Counts all{};
  const auto add = [&](const Text& name, const Counts& counts, report::RowKind kind) {
    report::Row row{{Cell(name)}, kind};
    for (std::size_t i = 0; i < counts.size(); ++i)
      row.cells.emplace_back(counts[i], counts[i] > 0 ? tone_of(static_cast<Timeliness>(i)) : Tone::plain);
    row.cells.emplace_back(whole_of(counts));
    row.cells.emplace_back(Share{counts[2], whole_of(counts)});
    table.rows.push_back(std::move(row));
  };
  for (const auto& [name, counts] : lines) {
    add(words(name), counts, report::RowKind::plain);
    for (std::size_t i = 0; i < counts.size(); ++i) all[i] += counts[i];
  }
  if (!lines.empty()) add({"合计", "All"}, all, report::RowKind::sum);
  return table;
}

class Report {
 public:
  explicit Report(ReportScope& scope) : scope_(scope) {
    for (const auto& book : scope.deriver().books().books())
      for (const auto& [kind, rule] : book->tickets)
        for (const regime::Subtype& subtype : rule.subtypes) subtypes_[subtype.id] = title_of(subtype);
  }

  Result<report::Document> make() {
    SHOUYUE_CHECK(scope_.each_case([&](CaseRow& row) -> Result<void> {
      policies_.emplace(row.policy_no, Part{row.issued_on, row.org_code});
      return {};
    }));
    SHOUYUE_CHECK(scope_.each_ticket([&](TicketRow& row) { return add(row); }));
    return document();
  }

 private:
  struct Part {
    Date issued_on;
    std::string org_code;
  };

  Result<void> add(const TicketRow& row) {
    if (!scope_.period().holds(row.opened_at.date())) return {};
    const std::string& unit = scope_.unit_of(row.org_code);
    const auto place = static_cast<std::size_t>(row.timeliness);
    ++offices_[unit][place];
    ++kinds_[row.kind][place];
    ++all_[place];
    const auto policy = policies_.find(row.policy_no);
    if (!scope_.may_name(policy == policies_.end() ? std::string() : policy->second.org_code)) return {};
    const auto used = working_days_used(scope_.deriver(), row, scope_.as_of().date());
    list_.rows.push_back(
        {{Cell(report::same(row.ticket_id)), Cell(report::same(row.policy_no)), Cell(words_of(row.kind)),
          Cell(subtype_title(row.subtype)), Cell(report::same(unit)),
          policy == policies_.end() ? Cell(Text{}) : Cell(policy->second.issued_on), Cell(row.opened_at),
          row.due_on ? Cell(*row.due_on) : Cell(Text{}), Cell(words_of_state(row.state)),
          Cell(words_of(row.timeliness), tone_of(row.timeliness)), row.closed_at ? Cell(*row.closed_at) : Cell(Text{}),
          used ? Cell(std::int64_t{*used}) : Cell(report::NoData{})}});
    return {};
  }

  Text subtype_title(const std::string& subtype) const {
    const auto titled = subtypes_.find(subtype);
    return titled == subtypes_.end() ? Text{subtype, in_words(subtype)} : titled->second;
  }

  report::Document document() {
    const std::int64_t whole = whole_of(all_);
    report::Document document{.title = scope_.title({"工单清单", "tickets"}), .lead = scope_.lead()};
    document.tiles.push_back({{"本期开立", "Opened in the period"}, whole, {"件", "tickets"}});
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const std::string share = Share{all_[i], whole}.text();
      document.tiles.push_back({words_of(static_cast<Timeliness>(i)), all_[i], {"占 " + share, share}});
    }
    document.sections = {
        {.title = {"按机构", "By office"},
         .lead =
             {"本期开立的工单，处理机构归属；办结的按办结时是否超时。",
              "Tickets opened in the period, by the office that handles them; closed ones as they were when closed."},
         .tables = {timeliness_table(Text{"机构", "Office"}, offices_, report::same)}},
        {.title = {"按种类", "By kind"},
         .lead = {},
         .tables = {timeliness_table(Text{"种类", "Kind"}, kinds_, [](auto kind) { return words_of(kind); })}}};
    document.lists = {std::move(list_)};
    return document;
  }

  ReportScope& scope_;
  std::map<std::string, Text> subtypes_;  // by id
  std::map<std::string, Part> policies_;
  std::map<std::string, Counts> offices_;
  std::map<insurer::TicketKind, Counts> kinds_;
  Counts all_{};
  Table list_{.title = {"工单清单", "Tickets"},
              .columns = {{{"工单号", "Ticket"}, 34},
                          {{"保单号", "Policy"}, 22},
                          {{"种类", "Kind"}, 14},
                          {{"子类", "Subtype"}, 18},
                          {{"机构", "Office"}, 20},
                          {{"承保日", "Issued"}, 12},
                          {{"开立时间", "Opened"}, 20},
                          {{"到期日", "Due"}, 12},
                          {{"状态", "State"}, 11},
                          {{"时效", "Timeliness"}, 11},
                          {{"办结时间", "Closed"}, 20},
                          {{"已用工作日", "Working days"}, 11}}};
};

}  // namespace

Result<report::Document> ticket_report(Session& session, const ReportRequest& request) {
  ReportScope scope = SHOUYUE_TRY(ReportScope::load(session, request));
  return Report(scope).make();
}

}  // namespace shouyue::app
