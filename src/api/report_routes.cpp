#include "api/report_routes.hpp"

#include <algorithm>

#include "api/answer.hpp"
#include "api/document_file.hpp"
#include "api/download.hpp"
#include "api/noted_export.hpp"
#include "api/report_json.hpp"
#include "app/make_report.hpp"
#include "app/report_deadlines.hpp"
#include "app/report_workbook.hpp"
#include "app/scope.hpp"
#include "json/read.hpp"

namespace shouyue::api {
namespace {

struct Titled {
  std::string id, title, title_en;
};
BOOST_DESCRIBE_STRUCT(Titled, (), (id, title, title_en))

struct Deadline {
  std::string report, title, title_en, period;
  Date due_on;
  std::optional<Instant> done_at;
  bool is_late = false;
  std::string clause, clause_title, clause_title_en;
};
BOOST_DESCRIBE_STRUCT(Deadline, (),
                      (report, title, title_en, period, due_on, done_at, is_late, clause, clause_title,
                       clause_title_en))

struct Deadlines {
  std::vector<Deadline> rows;
};
BOOST_DESCRIBE_STRUCT(Deadlines, (), (rows))

struct Office {
  std::string code, name, level, parent_code;
};
BOOST_DESCRIBE_STRUCT(Office, (), (code, name, level, parent_code))

struct ReportsAnswer {
  std::vector<Titled> reports, analyses;
  std::vector<std::string> months;  // the newest first
  std::vector<Office> offices;
  std::vector<Deadline> deadlines;
};
BOOST_DESCRIBE_STRUCT(ReportsAnswer, (), (reports, analyses, months, offices, deadlines))

struct MadeRequest {
  std::string period;
};
BOOST_DESCRIBE_STRUCT(MadeRequest, (), (period))

Deadline json_of(const app::ReportDeadline& due, Date today) {
  const auto name = std::ranges::find(app::report_names(), due.name, &app::ReportName::deadline);
  const bool is_known = name != app::report_names().end();
  return {.report = is_known ? std::string(name->code) : due.name,
          .title = is_known ? name->title.zh : due.clause->title,
          .title_en = is_known ? name->title.en : due.clause->title_en,
          .period = due.period.text(),
          .due_on = due.due_on,
          .done_at = due.done_at,
          .is_late = due.is_late(today),
          .clause = due.clause->id,
          .clause_title = due.clause->title,
          .clause_title_en = due.clause->title_en};
}

// By due day, the latest first.
Result<std::vector<Deadline>> deadlines(Call& call) {
  const app::ReportDeadlines due = SHOUYUE_TRY(app::report_deadlines(call.session, true));
  std::vector<Deadline> rows;
  for (const app::ReportDeadline& one : due.reports) rows.push_back(json_of(one, call.session.now.date()));
  std::ranges::reverse(rows);
  return rows;
}

Result<std::vector<std::string>> months_with_policies(Call& call) {
  std::vector<std::string> months;
  const auto first = SHOUYUE_TRY(call.session.store.meta(app::meta::first_issued_on));
  if (!first) return months;
  const Date first_day = SHOUYUE_TRY(Date::parse(*first));
  for (auto month = kpi::Period::month_of(call.session.now.date()); month.to >= first_day;
       month = kpi::Period::month_of(month.from - 1))
    months.push_back(month.text());
  return months;
}

// Rule books with an [analysis], which say what a failure analysis counts.
Result<std::vector<Titled>> analyses(Call& call) {
  std::vector<Titled> books;
  for (const std::string& id : SHOUYUE_TRY(app::rule_book_ids(call.session.home)))
    if (const auto book = app::load_rule_book(call.session.home, id); book && (*book)->analysis)
      books.push_back({id, (*book)->title, (*book)->title_en});
  return books;
}

}  // namespace

Result<http::Response> list_reports(Call& call) {
  ReportsAnswer list;
  for (const app::ReportName& name : app::report_names())
    list.reports.push_back({std::string(name.code), name.title.zh, name.title.en});
  list.analyses = SHOUYUE_TRY(analyses(call));
  list.months = SHOUYUE_TRY(months_with_policies(call));
  for (const insurer::Organisation* office :
       app::organisations_in_scope(call.person->account, call.deriver.directory(), call.session.now.date()))
    list.offices.push_back({office->code, office->name, std::string(code_of(office->level)), office->parent_code});
  list.deadlines = SHOUYUE_TRY(deadlines(call));
  return answer(list);
}

Result<http::Response> read_report(Call& call) {
  const http::Target& target = call.request.target;
  const app::ReportName* name = SHOUYUE_TRY(app::report_name(call.parts.at("report")));
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(target.parameter("period")));
  const std::string org_code =
      SHOUYUE_TRY(app::organisation_asked(call.person->account, call.deriver.directory(),
                                          std::string(target.parameter("org_code")), call.session.now.date()));
  const std::string format = SHOUYUE_TRY(format_asked(call.request, {"xlsx", "html"}));
  const std::string regime(target.parameter("regime"));
  const report::Document document = SHOUYUE_TRY(
      app::make_report(call.session, name->kind,
                       {.period = period,
                        .org_code = org_code,
                        .names_below = call.person->account.org_code,
                        .with_commission = access::may(call.person->account.role, access::Permission::read_commission)},
                       regime.empty() ? "failure-analysis" : regime));
  if (format.empty()) return http::Response{.content_type = "application/json", .body = report_json(document)};
  const auto language = target.parameter("language") == "en" ? app::Language::english : app::Language::chinese;
  const report::Text& title = document.title;
  SHOUYUE_CHECK(note_download(call, "report " + std::string(name->code), format, rows_of(document, format)));
  return download((language == app::Language::english ? title.en : title.zh) + "." + format,
                  [&](const std::filesystem::path& path) { return app::write_report(document, language, path); });
}

Result<http::Response> note_report_made(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<MadeRequest>(call.request.body));
  const Date today = call.session.now.date();
  const std::string& report = call.parts.at("report");
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(request.period));
  SHOUYUE_CHECK(app::require_whole_company(call.person->account, call.deriver.directory(), today));
  const app::ReportDeadlines due = SHOUYUE_TRY(app::report_deadlines(call.session, true));
  const auto found = std::ranges::find_if(due.reports, [&](const app::ReportDeadline& one) {
    return one.period == period && json_of(one, today).report == report;
  });
  if (found == due.reports.end())
    return refuse(Errc::rule_broken, "report.not_due",
                  "no rule book asks for this report of " + period.text() + ", or the month has not ended",
                  "没有制度要求报送 " + period.text() + " 的此报表，或该月尚未结束");
  SHOUYUE_CHECK(app::note_report(call.session, found->name, period));
  return answer(Deadlines{SHOUYUE_TRY(deadlines(call))});
}

}  // namespace shouyue::api
