#include "app/month_report.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

#include "app/export_rows.hpp"
#include "app/kpi_figures.hpp"
#include "app/month_close.hpp"
#include "app/policy_deriver.hpp"
#include "app/report_words.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

using insurer::CaseStatus;
using insurer::CommissionStatus;
using report::Text;

// A score as it was rounded by its rule, with as many decimals.
report::Value score_value(const std::string& text) {
  const auto score = Decimal::parse(text);
  if (!score) return report::NoData{};
  const std::size_t point = text.find('.');
  return report::Number{*score, point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1)};
}

class Collector {
 public:
  Collector(Session& session, const ReportRequest& request, ReportScope& scope)
      : session_(session), request_(request), period_(request.period), scope_(scope), deriver_(scope.deriver()) {}

  Result<report::MonthReport> collect() {
    report_.insurer = {scope_.owner(), scope_.owner()};
    report_.period = period_.text();
    report_.from = period_.from;
    report_.upto = period_.to;
    report_.as_of = scope_.as_of();
    name_books();
    SHOUYUE_CHECK(collect_cases());
    SHOUYUE_CHECK(collect_attempts());
    SHOUYUE_CHECK(collect_tickets());
    if (request_.with_commission) SHOUYUE_CHECK(collect_commission());
    SHOUYUE_CHECK(collect_scores());
    return std::move(report_);
  }

 private:
  void name_books() {
    std::unordered_set<std::string> named;
    for (const auto& book : deriver_.books().books()) {
      if (!named.insert(book->id).second) continue;
      report_.regimes.push_back({book->title, book->title_en});
      if (!book->commission) continue;
      for (const auto* list : {&book->commission->holds, &book->commission->withholds, &book->commission->cancels})
        for (const auto& reason : *list) reasons_[reason.id] = {reason.clause.title, reason.clause.title_en};
    }
  }

  Result<void> collect_cases() {
    std::map<CaseStatus, std::int64_t> states;
    std::map<std::string, report::OfficeLine> offices;
    SHOUYUE_CHECK(scope_.each_case([&](CaseRow& row) -> Result<void> {
      if (!period_.holds(row.issued_on)) return {};
      issued_.insert(row.policy_no);
      ++states[row.state];
      report::OfficeLine& office = offices[office_of(row)];
      const bool is_left_out = row.state == CaseStatus::out_of_scope || row.state == CaseStatus::waived ||
                               row.state == CaseStatus::cancelled || row.state == CaseStatus::not_due;
      ++(is_left_out ? office.excluded : office.due);
      if (!is_left_out && row.success) ++office.succeeded;
      return {};
    }));
    report_.states.whole = static_cast<std::int64_t>(issued_.size());
    for (const auto& [state, count] : states) report_.states.parts.push_back({words_of(state), count});
    for (auto& [name, office] : offices) {
      office.name = name;
      report_.offices.push_back(office);
    }
    report_.success_rule = {
        "本期承保、已到回访时点的保单，成功与否按各自适用的制度判定；剔除不在范围、免回访、已解除和尚未到期的。",
        "Policies issued in the period whose follow-up has begun, by the rule book of each; left out: "
        "out of scope, waived, cancelled, not due yet."};
    return {};
  }

  // For the whole company the branch above the policy's organisation; head office itself when there is none.
  std::string office_of(const CaseRow& row) const {
    if (!request_.org_code.empty()) return scope_.unit_of(row.org_code);
    const auto path = deriver_.directory().path(row.org_code, row.issued_on);
    for (const insurer::Organisation* organisation : path)
      if (organisation->level == insurer::Level::branch) return organisation->name;
    return path.empty() ? row.org_code : path.back()->name;
  }

  Result<void> collect_attempts() {
    const auto& columns = export_columns(ExportKind::attempts);
    const auto place = [&](std::string_view name) {
      return static_cast<std::size_t>(std::ranges::find(columns, name) - columns.begin());
    };
    const std::size_t leg = place("leg"), started_at = place("started_at"), connection = place("connection"),
                      interview = place("interview");
    std::map<std::int32_t, report::DayLine> days;
    std::map<std::string, std::int64_t> reasons;
    const auto count = [&](const std::vector<std::string>& cells) -> Result<void> {
      const Date day = SHOUYUE_TRY(Instant::parse(cells[started_at])).date();
      const bool is_link = cells[leg] == code_of(insurer::Leg::electronic);
      if (!period_.holds(day) || is_link) return {};
      report::DayLine& line = days[day.days()];
      ++line.attempts;
      if (cells[interview] == code_of(insurer::Interview::complete)) ++line.completed;
      if (cells[connection] == code_of(insurer::Connection::answered)) return {};
      ++reasons[cells[connection]];
      ++report_.reasons.whole;
      return {};
    };
    ExportRequest attempts{.kind = ExportKind::attempts};
    if (!request_.org_code.empty())
      attempts.holds = [this](const std::string& org_code) { return scope_.holds(org_code); };
    SHOUYUE_CHECK(export_rows(session_, attempts, count));
    for (Date day = period_.from; day <= std::min(period_.to, report_.as_of.date()); ++day) {
      report::DayLine& line = days[day.days()];
      line.day = day;
      line.is_day_off = !SHOUYUE_TRY(deriver_.calendar().is_working(day));
    }
    for (const auto& [day, line] : days) report_.days.push_back(line);
    for (const auto& [code, number] : reasons)
      if (const auto reason = insurer::from_word<insurer::Connection>(code))
        report_.reasons.parts.push_back({words_of(*reason), number});
    return {};
  }

  Result<void> collect_tickets() {
    std::map<insurer::TicketKind, report::TicketLine> lines;
    SHOUYUE_CHECK(scope_.each_ticket([&](TicketRow& row) -> Result<void> {
      if (!period_.holds(row.opened_at.date())) return {};
      report::TicketLine& line = lines[row.kind];
      ++line.whole;
      using insurer::Timeliness;
      if (row.closed_at)
        ++(row.timeliness == Timeliness::overdue ? line.closed_late : line.closed_in_time);
      else if (row.timeliness == Timeliness::overdue)
        ++line.open_overdue;
      else
        ++(row.timeliness == Timeliness::warning ? line.open_warning : line.open_normal);
      return {};
    }));
    for (auto& [kind, line] : lines) {
      line.kind = words_of(kind);
      report_.tickets.push_back(line);
    }
    return {};
  }

  Result<void> collect_commission() {
    auto& [all, unpaid] = report_.commission.emplace();
    std::array<report::MoneyPart, 5> by_status;
    report::MoneyPart deducted{{"扣佣", "deducted"}, 0, {}};
    std::map<std::string, report::MoneyPart> by_reason;
    const auto add = [](report::MoneyPart& part, Money amount) {
      ++part.policies;
      part.amount = part.amount + amount;
    };
    SHOUYUE_CHECK(session_.store.each_commission([&](CommissionRow& row) -> Result<void> {
      if (!issued_.contains(row.policy_no)) return {};
      const bool is_paid = row.status == CommissionStatus::released;
      ++all.policies;
      all.whole = all.whole + row.commission;
      add(by_status[static_cast<std::size_t>(row.status)], is_paid ? row.payable : row.commission);
      if (is_paid && row.deduction > Money()) add(deducted, row.deduction);
      if (is_paid) return {};
      ++unpaid.policies;
      unpaid.whole = unpaid.whole + row.commission;
      for (const auto reason : split(row.reasons, ';'))
        if (!reason.empty()) add(by_reason[std::string(reason)], row.commission);
      return {};
    }));
    for (std::size_t i = 0; i < by_status.size(); ++i) {
      by_status[i].label = words_of(static_cast<CommissionStatus>(i));
      if (by_status[i].policies > 0) all.parts.push_back(by_status[i]);
    }
    if (deducted.policies > 0) all.parts.push_back(deducted);
    for (auto& [reason, part] : by_reason) {
      const auto named = reasons_.find(reason);
      part.label = named == reasons_.end() ? Text{reason, in_words(reason)} : named->second;
      unpaid.parts.push_back(part);
    }
    return {};
  }

  // The levels whose scores the report shows.
  std::vector<insurer::Level> levels() const {
    const auto* office = deriver_.directory().organisation(request_.org_code, period_.to);
    if (office) return {office->level};
    return {insurer::Level::head_office, insurer::Level::branch};
  }

  // The indicators of every rule book that has some.
  Result<void> collect_scores() {
    for (const std::string& id : SHOUYUE_TRY(rule_book_ids(session_.home))) {
      const auto book = SHOUYUE_TRY(load_rule_book(session_.home, id));
      if (!book->kpi) continue;
      SHOUYUE_CHECK(note_closing(book));
      for (const insurer::Level level : levels()) {
        const KpiReport figures =
            SHOUYUE_TRY(kpi_figures(session_, {.regime = id, .period = report_.period, .level = level}));
        for (const KpiFigure& figure : figures.figures)
          if (request_.org_code.empty() || figure.org_code == request_.org_code) add_score(*figures.regime, figure);
      }
    }
    std::ranges::stable_sort(report_.scorecard, {},
                             [](const report::ScoreLine& line) { return std::tie(line.regime.zh, line.indicator.zh); });
    return {};
  }

  // A quarter or a year is no month that could be closed, and a book may not say when its figures are final.
  Result<void> note_closing(const std::shared_ptr<const regime::Regime>& book) {
    if (period_ != kpi::Period::month_of(period_.from)) return {};
    const auto closing = month_closing(session_, book, period_, deriver_.calendar());
    if (!closing && closing.error().code == Errc::environment) return std::unexpected(closing.error());
    if (!closing) return {};
    const std::string last = closing->final.day.text(), zh = "《" + book->title + "》",
                      en = " '" + book->title_en + "'";
    if (closing->closed)
      report_.score_notes.push_back({zh + "已月结，月结值见考核页；本表按现有数据计算。",
                                     "The month is closed under" + en + "; this table is by what is known now."});
    else if (!closing->is_worked())
      report_.score_notes.push_back({zh + "的数字在 " + last + "（含）之前仍会变动。",
                                     "Until " + last + " included the figures under" + en + " may still change."});
    return {};
  }

  void add_score(const regime::Regime& book, const KpiFigure& figure) {
    const auto indicator = std::ranges::find(book.kpi->indicators, figure.indicator, &regime::Indicator::id);
    const insurer::Organisation* office = deriver_.directory().organisation(figure.org_code, period_.to);
    report_.scorecard.push_back({.regime = {book.title, book.title_en},
                                 .indicator = {indicator->clause.title, indicator->clause.title_en},
                                 .organisation = office ? office->name : figure.org_code,
                                 .numerator = figure.numerator,
                                 .denominator = figure.denominator,
                                 .excluded = figure.excluded,
                                 .score = score_value(figure.score),
                                 .full_score = score_value(figure.full_score)});
  }

  Session& session_;
  const ReportRequest& request_;
  const kpi::Period& period_;
  ReportScope& scope_;
  const PolicyDeriver& deriver_;
  report::MonthReport report_;
  std::map<std::string, Text> reasons_;     // why commission is not paid, by id
  std::unordered_set<std::string> issued_;  // policies issued in the period
};

}  // namespace

Result<report::MonthReport> month_report(Session& session, const ReportRequest& request) {
  ReportScope scope = SHOUYUE_TRY(ReportScope::load(session, request));
  return Collector(session, request, scope).collect();
}

}  // namespace shouyue::app
