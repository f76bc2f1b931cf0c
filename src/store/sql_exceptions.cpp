#include "store/sql_exceptions.hpp"

namespace shouyue::store {
namespace {

const TableColumns request_table{.name = "exception_request",
                                 .columns = {"bucket", "subject", "n", "kind", "value", "reason", "org_code", "state",
                                             "asked_by", "asked_at", "decided_by", "decided_at", "answer"},
                                 .key = 3};
const TableColumns month_table{
    .name = "closed_month",
    .columns = {"regime", "month", "known_to", "as_of", "asked_by", "granted_by", "closed_at"},
    .key = 2};
const TableColumns figure_table{
    .name = "closed_figure",
    .columns = {"regime", "month", "indicator", "org_code", "numerator", "denominator", "excluded", "score"},
    .key = 4};

constexpr const char* all_requests =
    "SELECT subject, n, kind, value, reason, org_code, state, asked_by, asked_at, decided_by, decided_at, answer FROM "
    "exception_request ";

app::ExceptionRow request_of(const AnswerRow& answer) {
  app::ExceptionRow row;
  answer.read(0, row.subject);
  answer.read(1, row.n);
  answer.read(2, row.kind);
  answer.read(3, row.value);
  answer.read(4, row.reason);
  answer.read(5, row.org_code);
  answer.read(6, row.state);
  answer.read(7, row.asked_by);
  answer.read(8, row.asked_at);
  answer.read(9, row.decided_by);
  answer.read(10, row.decided_at);
  answer.read(11, row.answer);
  return row;
}

}  // namespace

Result<std::optional<app::ExceptionRow>> SqlExceptions::request(const std::string& subject, int n) {
  std::optional<app::ExceptionRow> found;
  SHOUYUE_CHECK(connection_.query(std::string(all_requests) + "WHERE bucket = $1 AND subject = $2 AND n = $3",
                                  {app::bucket_of(subject), subject, n}, [&](const AnswerRow& answer) {
                                    found = request_of(answer);
                                    return Result<void>();
                                  }));
  return found;
}

Result<std::vector<app::ExceptionRow>> SqlExceptions::requests_of(const std::string& subject) {
  std::vector<app::ExceptionRow> found;
  SHOUYUE_CHECK(connection_.query(std::string(all_requests) + "WHERE bucket = $1 AND subject = $2 ORDER BY n",
                                  {app::bucket_of(subject), subject}, [&](const AnswerRow& answer) {
                                    found.push_back(request_of(answer));
                                    return Result<void>();
                                  }));
  return found;
}

Result<void> SqlExceptions::each_request(const app::Sink<app::ExceptionRow>& sink) {
  return connection_.scan(std::string(all_requests) + "ORDER BY asked_at DESC, subject, n DESC", {},
                          [&](const AnswerRow& answer) {
                            app::ExceptionRow row = request_of(answer);
                            return sink(row);
                          });
}

Result<void> SqlExceptions::put_request(const app::ExceptionRow& row) {
  Rows rows(request_table.columns.size());
  rows.add({app::bucket_of(row.subject), row.subject, row.n, row.kind, row.value, row.reason, row.org_code, row.state,
            row.asked_by, row.asked_at, row.decided_by, row.decided_at, row.answer});
  return connection_.replace(request_table, rows);
}

Result<std::vector<app::ClosedMonth>> SqlExceptions::closed_months() {
  std::vector<app::ClosedMonth> months;
  SHOUYUE_CHECK(connection_.query(
      "SELECT regime, month, known_to, as_of, asked_by, granted_by, closed_at FROM closed_month ORDER BY regime, month",
      {}, [&](const AnswerRow& answer) {
        app::ClosedMonth& month = months.emplace_back();
        answer.read(0, month.regime);
        answer.read(1, month.month);
        answer.read(2, month.known_to);
        answer.read(3, month.as_of);
        answer.read(4, month.asked_by);
        answer.read(5, month.granted_by);
        answer.read(6, month.closed_at);
        return Result<void>();
      }));
  return months;
}

Result<std::vector<app::ClosedFigure>> SqlExceptions::closed_figures(const std::string& regime,
                                                                     const std::string& month) {
  std::vector<app::ClosedFigure> figures;
  SHOUYUE_CHECK(connection_.scan(
      "SELECT indicator, org_code, numerator, denominator, excluded, score FROM closed_figure WHERE regime = $1 AND "
      "month = $2 ORDER BY indicator, org_code",
      {regime, month}, [&](const AnswerRow& answer) {
        app::ClosedFigure& figure = figures.emplace_back();
        answer.read(0, figure.indicator);
        answer.read(1, figure.org_code);
        answer.read(2, figure.numerator);
        answer.read(3, figure.denominator);
        answer.read(4, figure.excluded);
        answer.read(5, figure.score);
        return Result<void>();
      }));
  return figures;
}

Result<void> SqlExceptions::add_closed_month(const app::ClosedMonth& closed,
                                             std::span<const app::ClosedFigure> figures) {
  Rows months(month_table.columns.size());
  months.add({closed.regime, closed.month, closed.known_to, closed.as_of, closed.asked_by, closed.granted_by,
              closed.closed_at});
  SHOUYUE_CHECK(connection_.insert(month_table, months));
  Rows rows(figure_table.columns.size());
  for (const app::ClosedFigure& figure : figures)
    rows.add({closed.regime, closed.month, figure.indicator, figure.org_code, figure.numerator, figure.denominator,
              figure.excluded, figure.score});
  return connection_.insert(figure_table, rows);
}

}  // namespace shouyue::store
