#include "api/score_routes.hpp"

#include <algorithm>
#include <map>

#include "api/document_file.hpp"
#include "api/names.hpp"
#include "api/paging.hpp"
#include "api/score_json.hpp"
#include "app/kpi_memory.hpp"
#include "app/organisation_part.hpp"
#include "app/scope.hpp"
#include "kpi/period.hpp"
#include "report/row_of.hpp"

namespace shouyue::api {
namespace {

struct ScoreOffice {
  std::string code, name, level, parent_code;
};
BOOST_DESCRIBE_STRUCT(ScoreOffice, (), (code, name, level, parent_code))

struct ScoreBooksAnswer {
  std::vector<ScoreBook> rows;
  std::vector<ScoreOffice> organisations;  // that may be asked for
  std::vector<ClosedMonthAnswer> closed;
  Instant as_of;
};
BOOST_DESCRIBE_STRUCT(ScoreBooksAnswer, (), (rows, organisations, closed, as_of))

struct ScoresAnswer {
  std::string regime, period;
  Instant as_of;
  std::optional<ClosedMonthAnswer> closed;
  std::vector<ScoreRow> rows;
};
BOOST_DESCRIBE_STRUCT(ScoresAnswer, (), (regime, period, as_of, closed, rows))

struct TrendRow {
  std::string period;
  FigureAnswer figure;
};
BOOST_DESCRIBE_STRUCT(TrendRow, (), (period, figure))

struct TrendAnswer {
  Instant as_of;
  std::vector<TrendRow> rows;
};
BOOST_DESCRIBE_STRUCT(TrendAnswer, (), (as_of, rows))

struct ScoreCase {
  std::string policy_no;
  std::optional<std::string> ticket_id;
};
BOOST_DESCRIBE_STRUCT(ScoreCase, (), (policy_no, ticket_id))

struct ScoreCasesAnswer {
  std::vector<ScoreCase> rows;
  std::optional<std::string> next;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(ScoreCasesAnswer, (), (rows, next, total))

using Book = std::shared_ptr<const regime::Regime>;

// What a request is about, checked.
struct Asked {
  Book book;
  app::KpiReading columns;
  std::string org_code;  // empty: the whole company
  std::string period;
  std::optional<insurer::Level> level;
  std::optional<insurer::Channel> channel;
};

std::string parameter(const Call& call, std::string_view name) {
  return std::string(call.request.target.parameter(name));
}

template <class Enum>
Result<std::optional<Enum>> word_asked(const Call& call, std::string_view name) {
  const std::string text = parameter(call, name);
  if (text.empty()) return std::nullopt;
  if (const auto found = insurer::from_word<Enum>(text)) return found;
  return refuse(Errc::invalid_input, "kpi.unknown_" + std::string(name), "'" + text + "' is no " + std::string(name),
                "“" + text + "”不在可用的词之列");
}

Result<Asked> asked_of(Call& call) {
  app::KpiMemory& memory = call.facilities.kpi;
  Asked asked{.period = parameter(call, "period")};
  asked.book = SHOUYUE_TRY(memory.book(call.session.home, parameter(call, "regime")));
  asked.org_code = SHOUYUE_TRY(app::organisation_asked(call.person->account, call.deriver.directory(),
                                                       parameter(call, "org_code"), call.session.now.date()));
  asked.level = SHOUYUE_TRY(word_asked<insurer::Level>(call, "level"));
  asked.channel = SHOUYUE_TRY(word_asked<insurer::Channel>(call, "channel"));
  asked.columns = SHOUYUE_TRY(memory.read(call.session, call.deriver));
  return asked;
}

// Figures by organisation; the whole company has the empty code.
using ByOrganisation = std::map<std::string, std::vector<app::KpiFigure>>;

Result<ByOrganisation> figures_by_organisation(const Asked& asked) {
  ByOrganisation all;
  for (const bool is_split : {false, true}) {
    const app::KpiRequest request{
        .period = asked.period, .by_organisation = is_split, .by_channel = asked.channel.has_value(), .level = {}};
    for (app::KpiFigure& figure : SHOUYUE_TRY(app::figures_of(*asked.columns.facts, *asked.book, request)))
      if (!asked.channel || figure.channel == asked.channel) all[figure.org_code].push_back(std::move(figure));
  }
  return all;
}

ScoreRow row_of(const Call& call, const Asked& asked, const std::string& code, const ByOrganisation& figures) {
  ScoreRow row{.org_code = code};
  if (const auto* organisation = call.deriver.directory().organisation(code, call.session.now.date())) {
    row.org_name = organisation->name;
    row.level = code_of(organisation->level);
    row.parent_code = organisation->parent_code;
  }
  const auto own = figures.find(code);
  for (const regime::Indicator& indicator : asked.book->kpi->indicators) {
    if (indicator.table == "external") continue;
    FigureAnswer answer = without_data(indicator);
    if (own != figures.end())
      for (const app::KpiFigure& figure : own->second)
        if (figure.indicator == indicator.id) answer = answer_of(figure);
    row.figures.push_back(std::move(answer));
  }
  return row;
}

// The organisation asked for, and below it either its own parts or all organisations of a level.
std::vector<std::string> organisations_of(const Call& call, const Asked& asked) {
  std::vector<std::string> codes{asked.org_code};
  app::OrganisationPart part(call.deriver.directory(), asked.org_code, call.session.now.date());
  for (const insurer::Organisation* organisation : call.deriver.directory().all(call.session.now.date())) {
    if (organisation->code == asked.org_code || !part.holds(organisation->code)) continue;
    if (asked.level ? organisation->level == *asked.level : organisation->parent_code == asked.org_code)
      codes.push_back(organisation->code);
  }
  return codes;
}

Result<ClosedMonthAnswer> closed_answer(const Call& call, const app::ClosedMonth& month) {
  const Names names(call);
  return ClosedMonthAnswer{.regime = month.regime,
                           .month = month.month,
                           .asked_by = month.asked_by,
                           .asked_by_name = SHOUYUE_TRY(names.person(month.asked_by)),
                           .granted_by = month.granted_by,
                           .granted_by_name = SHOUYUE_TRY(names.person(month.granted_by)),
                           .known_to = month.known_to,
                           .as_of = month.as_of,
                           .closed_at = month.closed_at};
}

Result<void> add_closed(Call& call, const Asked& asked, ScoresAnswer& answer) {
  if (asked.channel) return {};
  app::ExceptionStore& store = call.session.store.exceptions();
  for (const app::ClosedMonth& month : SHOUYUE_TRY(store.closed_months()))
    if (month.regime == asked.book->id && month.month == answer.period)
      answer.closed = SHOUYUE_TRY(closed_answer(call, month));
  if (!answer.closed) return {};
  std::map<std::pair<std::string, std::string>, ClosedFigureAnswer> closed;
  for (const app::ClosedFigure& figure : SHOUYUE_TRY(store.closed_figures(asked.book->id, answer.period)))
    closed.emplace(std::pair(figure.org_code, figure.indicator), answer_of(figure));
  for (ScoreRow& row : answer.rows)
    for (FigureAnswer& figure : row.figures) {
      const auto found = closed.find({row.org_code, figure.indicator});
      figure.closed = found == closed.end() ? ClosedFigureAnswer{} : found->second;
    }
  return {};
}

report::Value number_or_nothing(const std::optional<std::string>& text, int places) {
  const auto number = text ? Decimal::parse(*text) : refuse(Errc::no_data, "", "", "");
  return number ? report::Value(report::Number{*number, places}) : report::NoData();
}

report::Document document_of(const Asked& asked, const ScoresAnswer& answer) {
  report::Table table{.title = {},
                      .columns = {{{"机构代码", "Code"}, 12},
                                  {{"机构", "Organisation"}, 22},
                                  {{"指标", "Indicator"}, 34},
                                  {{"分子", "Numerator"}, 12},
                                  {{"分母", "Denominator"}, 12},
                                  {{"剔除", "Excluded"}, 12},
                                  {{"值", "Value"}, 12},
                                  {{"得分", "Score"}, 10},
                                  {{"满分", "Full"}, 10},
                                  {{"月结分子", "Closed numerator"}, 12},
                                  {{"月结分母", "Closed denominator"}, 12},
                                  {{"月结剔除", "Closed excluded"}, 12},
                                  {{"月结值", "Closed value"}, 12},
                                  {{"月结得分", "Closed score"}, 10}},
                      .rows = {}};
  for (const ScoreRow& row : answer.rows)
    for (const FigureAnswer& figure : row.figures) {
      const auto& indicators = asked.book->kpi->indicators;
      const auto indicator = std::ranges::find(indicators, figure.indicator, &regime::Indicator::id);
      const bool has_score = indicator->score.kind != regime::ScoreKind::none;
      const auto closed = [&](std::int64_t ClosedFigureAnswer::* count) {
        return figure.closed ? report::Value((*figure.closed).*count) : report::NoData();
      };
      table.rows.push_back(report::row_of(
          {report::same(row.org_code),
           row.org_code.empty() ? report::Text{"全公司", "Whole company"} : report::same(row.org_name),
           report::Text{indicator->clause.title, indicator->clause.title_en}, figure.numerator, figure.denominator,
           figure.excluded, number_or_nothing(figure.value, 6), number_or_nothing(figure.score, 2),
           has_score ? report::Value(report::Number{indicator->score.full, 2}) : report::NoData(),
           closed(&ClosedFigureAnswer::numerator), closed(&ClosedFigureAnswer::denominator),
           closed(&ClosedFigureAnswer::excluded),
           figure.closed ? number_or_nothing(figure.closed->value, 6) : report::NoData(),
           figure.closed ? number_or_nothing(figure.closed->score, 2) : report::NoData()}));
    }
  return report::document_of({asked.book->title + " " + answer.period, asked.book->title_en + " " + answer.period},
                             std::move(table));
}

Result<kpi::Side> side_asked(const Call& call) {
  const std::string side = parameter(call, "side");
  if (side == "numerator") return kpi::Side::numerator;
  if (side == "denominator") return kpi::Side::denominator;
  if (side == "excluded") return kpi::Side::excluded;
  return refuse(Errc::invalid_input, "kpi.unknown_side",
                "'" + side + "' is not one of: numerator, denominator, excluded",
                "“" + side + "”应为 numerator、denominator 或 excluded");
}

report::Document document_of(const std::vector<app::KpiCase>& cases) {
  report::Table table{.title = {}, .columns = {{{"保单号", "Policy"}, 22}, {{"工单号", "Ticket"}, 26}}, .rows = {}};
  for (const app::KpiCase& one : cases)
    table.rows.push_back(report::row_of({report::same(one.policy_no), report::same(one.ticket_id)}));
  return report::document_of({"指标明细", "Cases behind a figure"}, std::move(table));
}

}  // namespace

Result<http::Response> score_books(Call& call) {
  ScoreBooksAnswer all;
  for (const Book& book : SHOUYUE_TRY(call.facilities.kpi.books(call.session.home)))
    all.rows.push_back(answer_of(*book));
  for (const insurer::Organisation* organisation :
       app::organisations_in_scope(call.person->account, call.deriver.directory(), call.session.now.date()))
    all.organisations.push_back({.code = organisation->code,
                                 .name = organisation->name,
                                 .level = std::string(code_of(organisation->level)),
                                 .parent_code = organisation->parent_code});
  for (const app::ClosedMonth& month : SHOUYUE_TRY(call.session.store.exceptions().closed_months()))
    all.closed.push_back(SHOUYUE_TRY(closed_answer(call, month)));
  const app::KpiReading columns = SHOUYUE_TRY(call.facilities.kpi.read(call.session, call.deriver));
  all.as_of = columns.as_of;
  return answer(all);
}

Result<http::Response> scores(Call& call) {
  const Asked asked = SHOUYUE_TRY(asked_of(call));
  const ByOrganisation figures = SHOUYUE_TRY(figures_by_organisation(asked));
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(asked.period));
  ScoresAnswer all{.regime = asked.book->id, .period = period.text(), .as_of = asked.columns.as_of};
  for (const std::string& code : organisations_of(call, asked)) all.rows.push_back(row_of(call, asked, code, figures));
  SHOUYUE_CHECK(add_closed(call, asked, all));
  if (wants_file(call)) return file_of(call, document_of(asked, all), "scores-" + all.period);
  return answer(all);
}

Result<http::Response> month_closing(Call& call) {
  const std::string which = parameter(call, "regime") + " " + parameter(call, "month");
  const app::MonthClosing closing = SHOUYUE_TRY(app::month_closing(call.session, which));
  MonthClosingAnswer closable = answer_of(closing);
  if (closing.closed) closable.closed = SHOUYUE_TRY(closed_answer(call, *closing.closed));
  return answer(closable);
}

Result<http::Response> score_trend(Call& call) {
  const Asked asked = SHOUYUE_TRY(asked_of(call));
  const std::string wanted = parameter(call, "indicator");
  const auto& indicators = asked.book->kpi->indicators;
  const auto indicator = std::ranges::find(indicators, wanted, &regime::Indicator::id);
  if (indicator == indicators.end())
    return refuse(Errc::not_found, "kpi.unknown_indicator", "the rule book has no indicator '" + wanted + "'",
                  "该制度没有指标“" + wanted + "”");
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(asked.period));
  const app::KpiRequest request{.period = asked.period,
                                .by_organisation = !asked.org_code.empty(),
                                .by_channel = asked.channel.has_value(),
                                .level = {},
                                .by_month = true};
  const auto figures = SHOUYUE_TRY(app::figures_of(*asked.columns.facts, *asked.book, request));
  TrendAnswer all{.as_of = asked.columns.as_of};
  for (const kpi::Period& month : period.months()) {
    all.rows.push_back({.period = month.text(), .figure = without_data(*indicator)});
    for (const app::KpiFigure& figure : figures)
      if (figure.indicator == wanted && figure.period == month.text() && figure.org_code == asked.org_code &&
          (!asked.channel || figure.channel == asked.channel))
        all.rows.back().figure = answer_of(figure);
  }
  return answer(all);
}

Result<http::Response> score_cases(Call& call) {
  const Page page = SHOUYUE_TRY(page_asked(call.request));
  const Asked asked = SHOUYUE_TRY(asked_of(call));
  const app::KpiCasesRequest request{.regime = asked.book->id,
                                     .period = asked.period,
                                     .indicator = parameter(call, "indicator"),
                                     .org_code = asked.org_code,
                                     .side = SHOUYUE_TRY(side_asked(call)),
                                     .exclusion = parameter(call, "exclusion"),
                                     .channel = asked.channel};
  auto cases = SHOUYUE_TRY(app::cases_behind(*asked.columns.facts, *asked.book, request));
  if (wants_file(call)) return file_of(call, document_of(cases), "cases-" + request.indicator);
  ScoreCasesAnswer all{.rows = {}, .next = {}, .total = static_cast<std::int64_t>(cases.size())};
  all.next = cut_to(cases, page);
  for (app::KpiCase& one : cases)
    all.rows.push_back({.policy_no = std::move(one.policy_no),
                        .ticket_id = one.ticket_id.empty() ? std::nullopt : std::optional(std::move(one.ticket_id))});
  return answer(all);
}

}  // namespace shouyue::api
