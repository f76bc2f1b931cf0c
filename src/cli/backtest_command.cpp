#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/backtest_figures.hpp"
#include "base/text.hpp"
#include "cli/clause_text.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

using app::BacktestReport;
using app::ReplayScore;
namespace json = boost::json;

constexpr std::size_t groups_shown = 20;

std::string line_text(const app::BacktestLine& line) {
  const std::int64_t change = line.candidate - line.base;
  return fmt::format("{:>16} {:>16} {:>16}  {} / {}\n", line.text(line.base), line.text(line.candidate),
                     (change > 0 ? "+" : "") + line.text(change), line.zh, line.name);
}

template <class Word>
std::string moves_text(const std::map<std::pair<Word, Word>, std::int64_t>& moves) {
  std::string text;
  const auto name = [](Word word) { return code_of(word).empty() ? std::string_view("none") : code_of(word); };
  for (const auto& [move, count] : moves)
    text += fmt::format("{:>16}  {}→{} / {} → {}\n", count, zh_of(move.first), zh_of(move.second), name(move.first),
                        name(move.second));
  return text;
}

std::string scores_text(const BacktestReport& report) {
  std::string text;
  const auto side = [](const ReplayScore& score) {
    return fmt::format("{}/{} = {}{}", score.numerator, score.denominator, score.value.empty() ? "-" : score.value,
                       score.score.empty() ? "" : " (" + score.score + ")");
  };
  for (const ReplayScore& score : report.base_scores) text += fmt::format("  - {}: {}\n", score.indicator, side(score));
  for (const ReplayScore& score : report.candidate_scores)
    text += fmt::format("  + {}: {}\n", score.indicator, side(score));
  return text.empty() ? "" : "指标 / indicators (- regime, + against)\n" + text;
}

std::string clause_text(const BacktestReport& report, const std::string& id) {
  const regime::Clause* clause = report.find_clause(id);
  return clause ? clause_line(*clause) : "无法推导 / no answer [" + id + "]";
}

std::string groups_text(const BacktestReport& report) {
  const auto groups = app::ranked_groups(report);
  if (groups.empty()) return "";
  std::string text = "按条款归类的差异 / differences by the clauses that decided (- regime, + against)\n";
  for (std::size_t i = 0; i < std::min(groups.size(), groups_shown); ++i) {
    const auto& [clauses, group] = groups[i];
    text += fmt::format("{:>16}  件，例如 / policies, such as {}\n", group.policies, join(group.examples, ", "));
    for (const std::string& id : clauses.first) text += "  - " + clause_text(report, id) + "\n";
    for (const std::string& id : clauses.second) text += "  + " + clause_text(report, id) + "\n";
    if (clauses.first.empty() && clauses.second.empty())
      text += "  条款相同，数值或日期不同 / by the same clauses, from other days or numbers\n";
  }
  if (groups.size() > groups_shown)
    text += fmt::format("  另有 {} 种，见 --json / {} more, see --json\n", groups.size() - groups_shown,
                        groups.size() - groups_shown);
  return text;
}

std::string text_of(const BacktestReport& report) {
  const app::BacktestTally& tally = report.tally;
  std::string text = fmt::format(
      "{} → {}，承保 / issued {}..{}，截至 / as of {}\n保单 / policies {}，不同 / differing {}\n", report.base->id,
      report.candidate->id, report.from.text(), report.to.text(), report.at.text(), tally.policies, tally.differing);
  text += fmt::format("{:>16} {:>16} {:>16}\n", "regime", "against", "change");
  for (const app::BacktestLine& line : app::backtest_lines(tally.base, tally.candidate)) text += line_text(line);
  text += fmt::format("成功 / success: 新增 / gained {}，失去 / lost {}\n", tally.success.gained, tally.success.lost);
  text += fmt::format("期限内 / in time: 新增 / gained {}，失去 / lost {}\n", tally.in_time.gained, tally.in_time.lost);
  if (!tally.states.empty()) text += "状态变化 / changes of state\n" + moves_text(tally.states);
  if (!tally.classes.empty()) text += "结论变化 / changes of class\n" + moves_text(tally.classes);
  return text + scores_text(report) + groups_text(report);
}

template <class Word>
json::array json_of_moves(const std::map<std::pair<Word, Word>, std::int64_t>& moves) {
  json::array list;
  for (const auto& [move, count] : moves)
    list.push_back(json::object{{"from", code_of(move.first)}, {"to", code_of(move.second)}, {"policies", count}});
  return list;
}

json::array json_of(const std::vector<ReplayScore>& scores) {
  json::array list;
  for (const ReplayScore& score : scores)
    list.push_back(json::object{{"indicator", score.indicator},
                                {"numerator", score.numerator},
                                {"denominator", score.denominator},
                                {"value", score.value},
                                {"score", score.score}});
  return list;
}

json::array json_of_clauses(const BacktestReport& report, const std::vector<std::string>& ids) {
  json::array list;
  for (const std::string& id : ids) {
    const regime::Clause* clause = report.find_clause(id);
    list.push_back(clause ? json_of_clause(*clause) : json::object{{"id", id}});
  }
  return list;
}

json::object json_of(const BacktestReport& report) {
  const app::BacktestTally& tally = report.tally;
  json::object figures;
  for (const app::BacktestLine& line : app::backtest_lines(tally.base, tally.candidate))
    figures[line.name] = line.is_money
                             ? json::object{{"regime", line.text(line.base)}, {"against", line.text(line.candidate)}}
                             : json::object{{"regime", line.base}, {"against", line.candidate}};
  json::array groups;
  for (const auto& [clauses, group] : app::ranked_groups(report))
    groups.push_back(json::object{{"policies", group.policies},
                                  {"examples", json::array(group.examples.begin(), group.examples.end())},
                                  {"regime", json_of_clauses(report, clauses.first)},
                                  {"against", json_of_clauses(report, clauses.second)}});
  const auto moves = [](app::Moves moved) { return json::object{{"gained", moved.gained}, {"lost", moved.lost}}; };
  return {{"regime", report.base->id},
          {"against", report.candidate->id},
          {"from", report.from.text()},
          {"to", report.to.text()},
          {"now", report.at.text()},
          {"policies", tally.policies},
          {"differing", tally.differing},
          {"figures", std::move(figures)},
          {"success", moves(tally.success)},
          {"in_time", moves(tally.in_time)},
          {"states", json_of_moves(tally.states)},
          {"classes", json_of_moves(tally.classes)},
          {"indicators",
           json::object{{"regime", json_of(report.base_scores)}, {"against", json_of(report.candidate_scores)}}},
          {"groups", std::move(groups)}};
}

}  // namespace

Result<Exit> backtest_command(app::Session& session, const Common& common, const BacktestArguments& arguments) {
  const Date from = SHOUYUE_TRY(Date::parse(arguments.from));
  const Date to = SHOUYUE_TRY(Date::parse(arguments.to));
  app::BacktestRequest request{.base = arguments.regime,
                               .candidate = arguments.against,
                               .from = from,
                               .to = to,
                               .threads = static_cast<unsigned>(arguments.threads),
                               .examples = static_cast<std::size_t>(arguments.examples)};
  TableOutput out(arguments.out);
  if (!arguments.out.empty()) {
    SHOUYUE_CHECK(out.row(app::difference_columns()));
    request.on_difference = [&out](const app::Difference& difference) {
      return out.row(app::difference_cells(difference));
    };
  }
  const BacktestReport report = SHOUYUE_TRY(app::backtest(session, request));
  if (!arguments.out.empty()) SHOUYUE_CHECK(out.close());
  SHOUYUE_CHECK(print(common.json ? json::serialize(json_of(report)) + "\n" : text_of(report)));
  return exit_done;
}

}  // namespace shouyue::cli
