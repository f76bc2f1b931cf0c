#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/backtest.hpp"
#include "base/text.hpp"
#include "cli/clause_text.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

using app::BacktestReport;
using app::BookTotals;
using app::ReplayScore;
namespace json = boost::json;

constexpr std::size_t groups_shown = 20;

std::string text_of(const std::optional<Date>& day) { return day ? day->text() : ""; }
std::string text_of(const std::optional<Instant>& at) { return at ? at->text() : ""; }

// A figure under both books.
struct Line {
  std::string name, zh;
  std::int64_t base = 0, candidate = 0;
  bool is_money = false;
  std::string text(std::int64_t amount) const { return is_money ? Money::fen(amount).yuan() : std::to_string(amount); }
};

template <class Word, class Count, class Amount>
void add_words(std::vector<Line>& lines, const std::string& prefix, const std::string& zh,
               const std::map<Word, Count>& base, const std::map<Word, Count>& candidate, Amount amount) {
  std::map<Word, std::pair<Count, Count>> both;
  for (const auto& [word, count] : base) both[word].first = count;
  for (const auto& [word, count] : candidate) both[word].second = count;
  for (const auto& [word, counts] : both) {
    const std::string code(code_of(word));
    lines.push_back({prefix + (code.empty() ? "none" : code), zh + std::string(zh_of(word)), amount(counts.first),
                     amount(counts.second)});
  }
}

std::vector<Line> lines_of(const BookTotals& base, const BookTotals& candidate) {
  const auto count = [](std::int64_t n) { return n; };
  const auto fen = [](Money sum) { return sum.in_fen(); };
  std::vector<Line> lines{{"refused", "无法推导", base.refused, candidate.refused},
                          {"in_scope", "在回访范围", base.in_scope, candidate.in_scope},
                          {"succeeded", "回访成功", base.succeeded, candidate.succeeded},
                          {"in_time", "期限内成功", base.in_time, candidate.in_time},
                          {"completed", "回访完成", base.completed, candidate.completed}};
  add_words(lines, "state.", "状态：", base.states, candidate.states, count);
  add_words(lines, "class.", "结论：", base.classes, candidate.classes, count);
  add_words(lines, "tickets.", "工单：", base.tickets, candidate.tickets, [](const auto& n) { return n.opened; });
  add_words(lines, "overdue.", "超时工单：", base.tickets, candidate.tickets, [](const auto& n) { return n.overdue; });
  const std::size_t money = lines.size();
  add_words(lines, "commission.", "佣金（元）：", base.commission, candidate.commission, fen);
  lines.push_back({"commission.deducted", "佣金（元）：扣减", base.deducted.in_fen(), candidate.deducted.in_fen()});
  for (std::size_t i = money; i < lines.size(); ++i) lines[i].is_money = true;
  lines.push_back({"attempts_needed", "所需回访次数", base.attempts_needed, candidate.attempts_needed});
  lines.push_back({"open", "仍可回访的件", base.open, candidate.open});
  lines.push_back({"slots_left", "尚可拨打次数", base.slots_left, candidate.slots_left});
  return lines;
}

std::string line_text(const Line& line) {
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

using Group = std::pair<std::pair<std::vector<std::string>, std::vector<std::string>>, app::ClauseGroup>;

// The most frequent explanations first; equal ones by their clauses.
std::vector<Group> ranked_groups(const BacktestReport& report) {
  std::vector<Group> groups(report.tally.groups.begin(), report.tally.groups.end());
  std::ranges::stable_sort(groups, std::greater(), [](const Group& group) { return group.second.policies; });
  return groups;
}

std::string clause_text(const BacktestReport& report, const std::string& id) {
  const regime::Clause* clause = report.find_clause(id);
  return clause ? clause_line(*clause) : "无法推导 / no answer [" + id + "]";
}

std::string groups_text(const BacktestReport& report) {
  const auto groups = ranked_groups(report);
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
  for (const Line& line : lines_of(tally.base, tally.candidate)) text += line_text(line);
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
  for (const Line& line : lines_of(tally.base, tally.candidate))
    figures[line.name] = line.is_money
                             ? json::object{{"regime", line.text(line.base)}, {"against", line.text(line.candidate)}}
                             : json::object{{"regime", line.base}, {"against", line.candidate}};
  json::array groups;
  for (const auto& [clauses, group] : ranked_groups(report))
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

// What `--out` tells of one policy under one book.
std::vector<std::pair<std::string, std::string>> side_cells(const app::DerivedRows& rows) {
  const app::CaseRow kase = rows.kase.value_or(app::CaseRow());
  const auto word = [&](auto code) { return rows.kase ? std::string(code_of(code)) : ""; };
  const auto flag = [&](bool value) { return !rows.kase ? "" : value ? "1" : "0"; };
  std::string tickets;
  for (const app::TicketRow& ticket : rows.tickets)
    tickets += (tickets.empty() ? "" : ";") + std::string(code_of(ticket.kind)) + " " + ticket.opened_at.date().text() +
               " " + text_of(ticket.due_on) + " " + std::string(code_of(ticket.timeliness));
  const auto& paid = rows.commission;
  return {{"refused", rows.refused ? rows.refused->rule : ""},
          {"state", word(kase.state)},
          {"leg", kase.leg ? std::string(code_of(*kase.leg)) : ""},
          {"deadline", text_of(kase.deadline)},
          {"cooling_off_end", text_of(kase.cooling_off_end)},
          {"result_class", word(kase.result_class)},
          {"success", flag(kase.success)},
          {"success_on", text_of(kase.success_on)},
          {"completed_on", text_of(kase.completed_on)},
          {"next_slot_from", text_of(kase.next_slot_from)},
          {"tickets", tickets},
          {"commission_status", paid ? std::string(code_of(paid->status)) : ""},
          {"month", paid ? paid->month : ""},
          {"deduction", paid ? paid->deduction.yuan() : ""},
          {"payable", paid ? paid->payable.yuan() : ""}};
}

std::vector<std::string> out_columns() {
  std::vector<std::string> columns{"policy_no", "what"};
  for (const auto& [name, cell] : side_cells({})) {
    columns.push_back("regime_" + name);
    columns.push_back("against_" + name);
  }
  columns.insert(columns.end(), {"regime_rules", "against_rules"});
  return columns;
}

std::vector<std::string> out_cells(const app::Difference& difference) {
  std::vector<std::string> cells{difference.policy_no};
  cells.push_back(join(std::vector<std::string>(difference.what.begin(), difference.what.end()), ";"));
  const auto base = side_cells(difference.base), candidate = side_cells(difference.candidate);
  for (std::size_t i = 0; i < base.size(); ++i) {
    cells.push_back(base[i].second);
    cells.push_back(candidate[i].second);
  }
  cells.push_back(join(difference.base_only, ";"));
  cells.push_back(join(difference.candidate_only, ";"));
  return cells;
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
    SHOUYUE_CHECK(out.row(out_columns()));
    request.on_difference = [&out](const app::Difference& difference) { return out.row(out_cells(difference)); };
  }
  const BacktestReport report = SHOUYUE_TRY(app::backtest(session, request));
  if (!arguments.out.empty()) SHOUYUE_CHECK(out.close());
  SHOUYUE_CHECK(print(common.json ? json::serialize(json_of(report)) + "\n" : text_of(report)));
  return exit_done;
}

}  // namespace shouyue::cli
