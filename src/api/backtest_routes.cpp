#include "api/backtest_routes.hpp"

#include <algorithm>

#include "api/answer.hpp"
#include "api/download.hpp"
#include "api/job_routes.hpp"
#include "api/kept_rows.hpp"
#include "api/noted_export.hpp"
#include "api/page.hpp"
#include "app/backtest_figures.hpp"
#include "app/scope.hpp"
#include "app/table_file.hpp"
#include "json/read.hpp"

namespace shouyue::api {
namespace {

constexpr std::size_t groups_shown = 100;

struct BacktestStart {
  std::string regime, against;
  Date from, to;
};
BOOST_DESCRIBE_STRUCT(BacktestStart, (), (regime, against, from, to))

struct Titled {
  std::string id, title, title_en;
};
BOOST_DESCRIBE_STRUCT(Titled, (), (id, title, title_en))

struct Figure {
  std::string name, name_zh, regime, against, change;
  bool is_money = false;
};
BOOST_DESCRIBE_STRUCT(Figure, (), (name, name_zh, regime, against, change, is_money))

struct MovesJson {
  std::int64_t gained = 0, lost = 0;
};
BOOST_DESCRIBE_STRUCT(MovesJson, (), (gained, lost))

struct Move {
  std::string from, from_zh, to, to_zh;
  std::int64_t policies = 0;
};
BOOST_DESCRIBE_STRUCT(Move, (), (from, from_zh, to, to_zh, policies))

struct Score {
  std::string indicator, title, title_en;
  std::int64_t numerator = 0, denominator = 0;
  std::string value, score;
};
BOOST_DESCRIBE_STRUCT(Score, (), (indicator, title, title_en, numerator, denominator, value, score))

struct ClauseJson {
  std::string id, title, title_en, decides, cite;
};
BOOST_DESCRIBE_STRUCT(ClauseJson, (), (id, title, title_en, decides, cite))

struct Group {
  std::int64_t policies = 0;
  std::vector<std::string> examples;
  std::vector<ClauseJson> regime, against;
  std::string regime_rules, against_rules;
};
BOOST_DESCRIBE_STRUCT(Group, (), (policies, examples, regime, against, regime_rules, against_rules))

struct BacktestAnswer {
  Titled regime, against;
  Date from, to;
  Instant now;
  std::int64_t policies = 0, differing = 0;
  std::vector<Figure> figures;
  MovesJson success, in_time;
  std::vector<Move> states, classes;
  std::vector<Score> regime_scores, against_scores;
  std::vector<Group> groups;
  std::int64_t group_count = 0;
  std::string file;
};
BOOST_DESCRIBE_STRUCT(BacktestAnswer, (),
                      (regime, against, from, to, now, policies, differing, figures, success, in_time, states, classes,
                       regime_scores, against_scores, groups, group_count, file))

struct DifferencesAnswer {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(DifferencesAnswer, (), (columns, rows, next))

Titled json_of(const regime::Regime& book) { return {book.id, book.title, book.title_en}; }
MovesJson json_of(app::Moves moves) { return {moves.gained, moves.lost}; }

Figure json_of(const app::BacktestLine& line) {
  const std::int64_t change = line.candidate - line.base;
  return {.name = line.name,
          .name_zh = line.zh,
          .regime = line.text(line.base),
          .against = line.text(line.candidate),
          .change = (change > 0 ? "+" : "") + line.text(change),
          .is_money = line.is_money};
}

template <class Word>
std::vector<Move> json_of(const std::map<std::pair<Word, Word>, std::int64_t>& moves) {
  std::vector<Move> list;
  for (const auto& [move, count] : moves)
    list.push_back({std::string(code_of(move.first)), std::string(zh_of(move.first)), std::string(code_of(move.second)),
                    std::string(zh_of(move.second)), count});
  return list;
}

// The indicator's title in whichever of the books has it.
std::vector<Score> json_of(const std::vector<app::ReplayScore>& scores, const app::BacktestReport& report) {
  std::vector<Score> list;
  for (const app::ReplayScore& score : scores) {
    Score& json = list.emplace_back(Score{.indicator = score.indicator,
                                          .title = score.indicator,
                                          .title_en = score.indicator,
                                          .numerator = score.numerator,
                                          .denominator = score.denominator,
                                          .value = score.value,
                                          .score = score.score});
    for (const auto* book : {report.base.get(), report.candidate.get()}) {
      if (!book->kpi) continue;
      const auto found = std::ranges::find(book->kpi->indicators, score.indicator, &regime::Indicator::id);
      if (found == book->kpi->indicators.end()) continue;
      json.title = found->clause.title;
      json.title_en = found->clause.title_en;
    }
  }
  return list;
}

// A rule of a refusal is no clause: it stands by its id alone.
std::vector<ClauseJson> json_of(const app::BacktestReport& report, const std::vector<std::string>& ids) {
  std::vector<ClauseJson> list;
  for (const std::string& id : ids) {
    const regime::Clause* clause = report.find_clause(id);
    list.push_back(clause ? ClauseJson{id, clause->title, clause->title_en, clause->decides, clause->cite}
                          : ClauseJson{id, "无法推导", "no answer", "", ""});
  }
  return list;
}

std::string json_of(const app::BacktestReport& report, const std::string& file) {
  const app::BacktestTally& tally = report.tally;
  const auto groups = app::ranked_groups(report);
  BacktestAnswer json{.regime = json_of(*report.base),
                      .against = json_of(*report.candidate),
                      .from = report.from,
                      .to = report.to,
                      .now = report.at,
                      .policies = tally.policies,
                      .differing = tally.differing,
                      .success = json_of(tally.success),
                      .in_time = json_of(tally.in_time),
                      .states = json_of(tally.states),
                      .classes = json_of(tally.classes),
                      .regime_scores = json_of(report.base_scores, report),
                      .against_scores = json_of(report.candidate_scores, report),
                      .group_count = static_cast<std::int64_t>(groups.size()),
                      .file = file};
  for (const app::BacktestLine& line : app::backtest_lines(tally.base, tally.candidate))
    json.figures.push_back(json_of(line));
  for (std::size_t i = 0; i < std::min(groups.size(), groups_shown); ++i) {
    const auto& [clauses, group] = groups[i];
    const auto [base, candidate] = app::explanation_cells(groups[i]);
    json.groups.push_back({.policies = group.policies,
                           .examples = group.examples,
                           .regime = json_of(report, clauses.first),
                           .against = json_of(report, clauses.second),
                           .regime_rules = base,
                           .against_rules = candidate});
  }
  return json::text_of(json);
}

// Replays on one core: the other ones are for the people at work.
Result<std::string> replay(Workplace& workplace, JobProgress& progress, const BacktestStart& wanted,
                           const access::Account& account, KeptFiles& files) {
  app::Session& session = workplace.session();
  const auto folder = SHOUYUE_TRY(app::TemporaryFolder::make());
  const std::filesystem::path path = folder->path() / "differences.csv";
  app::TableFile table(path);
  table.row(app::difference_columns());
  app::BacktestRequest request{
      .base = wanted.regime,
      .candidate = wanted.against,
      .from = wanted.from,
      .to = wanted.to,
      .threads = 1,
      .holds = app::organisations_held(account, workplace.deriver().directory(), session.now.date())};
  request.on_progress = [&](std::int64_t done) { return progress.report(done, app::bucket_count); };
  request.on_difference = [&](const app::Difference& difference) -> Result<void> {
    table.row(app::difference_cells(difference));
    return {};
  };
  const app::BacktestReport report = SHOUYUE_TRY(app::backtest(session, request));
  SHOUYUE_CHECK(table.close());
  const std::string name = wanted.regime + "-" + wanted.against;
  const std::string file = SHOUYUE_TRY(files.keep(account.name, name, path, session.now));
  return json_of(report, file);
}

// Which rows of the file of differences are asked for: all, or those with one explanation.
class WantedRows {
 public:
  WantedRows(const std::filesystem::path& path, std::int64_t from, const http::Target& target)
      : rows_(path, from),
        wanted_{std::string(target.parameter("regime_rules")), std::string(target.parameter("against_rules"))},
        is_for_all_(target.parameter("group").empty()) {}

  // Empty at the end.
  std::optional<std::vector<std::string>> next() {
    while (auto cells = rows_.next()) {
      const std::size_t n = cells->size();
      if (is_for_all_ || (n >= 2 && (*cells)[n - 2] == wanted_.first && (*cells)[n - 1] == wanted_.second))
        return cells;
    }
    return std::nullopt;
  }
  std::int64_t place() { return rows_.place(); }

 private:
  KeptRows rows_;
  std::pair<std::string, std::string> wanted_;
  bool is_for_all_;
};

}  // namespace

Result<http::Response> start_backtest(Call& call) {
  const auto wanted = SHOUYUE_TRY(json::read<BacktestStart>(call.request.body));
  if (wanted.to < wanted.from)
    return refuse(Errc::invalid_input, "backtest.span", "the span ends before it begins", "截止日期早于起始日期");
  for (const std::string* id : {&wanted.regime, &wanted.against})
    SHOUYUE_CHECK(app::load_rule_book(call.session.home, *id));
  KeptFiles& files = call.facilities.files;
  return job_started(call, "backtest",
                     [wanted, account = call.person->account, &files](Workplace& workplace, JobProgress& progress) {
                       return replay(workplace, progress, wanted, account, files);
                     });
}

Result<http::Response> list_differences(Call& call) {
  const Page page = SHOUYUE_TRY(page_of(call.request));
  const KeptFile kept = SHOUYUE_TRY(call.facilities.files.find(call.parts.at("file"), call.person->account.name));
  const std::string format = SHOUYUE_TRY(format_asked(call.request, {"csv", "xlsx"}));
  WantedRows reader(kept.path, page.after, call.request.target);
  if (!format.empty()) {
    std::int64_t count = 0;
    auto response = SHOUYUE_TRY(download(kept.name + "." + format, [&](const std::filesystem::path& path) {
      app::TableFile table(path, app::CsvReading::spreadsheet);
      table.row(app::difference_columns());
      for (auto cells = reader.next(); cells; cells = reader.next(), ++count) table.row(*cells);
      return table.close();
    }));
    SHOUYUE_CHECK(note_download(call, "backtest " + kept.name, format, count));
    return response;
  }
  DifferencesAnswer list{.columns = app::difference_columns(), .rows = {}, .next = {}};
  while (list.rows.size() < static_cast<std::size_t>(page.limit)) {
    auto cells = reader.next();
    if (!cells) return answer(list);
    list.rows.push_back(std::move(*cells));
  }
  list.next = std::to_string(reader.place());
  return answer(list);
}

}  // namespace shouyue::api
