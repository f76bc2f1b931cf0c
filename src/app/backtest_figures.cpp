#include "app/backtest_figures.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace shouyue::app {
namespace {

std::string text_of(const std::optional<Date>& day) { return day ? day->text() : ""; }
std::string text_of(const std::optional<Instant>& at) { return at ? at->text() : ""; }

// What `--out` tells of one policy under one book.
std::vector<std::pair<std::string, std::string>> side_cells(const DerivedRows& rows) {
  const CaseRow kase = rows.kase.value_or(CaseRow());
  const auto word = [&](auto code) { return rows.kase ? std::string(code_of(code)) : ""; };
  const auto flag = [&](bool value) { return !rows.kase ? "" : value ? "1" : "0"; };
  std::string tickets;
  for (const TicketRow& ticket : rows.tickets)
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

template <class Word, class Count, class Amount>
void add_words(std::vector<BacktestLine>& lines, const std::string& prefix, const std::string& zh,
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

}  // namespace

std::string BacktestLine::text(std::int64_t amount) const {
  return is_money ? Money::fen(amount).yuan() : std::to_string(amount);
}

std::vector<BacktestLine> backtest_lines(const BookTotals& base, const BookTotals& candidate) {
  const auto count = [](std::int64_t n) { return n; };
  const auto fen = [](Money sum) { return sum.in_fen(); };
  std::vector<BacktestLine> lines{{"refused", "无法推导", base.refused, candidate.refused},
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

// The most frequent explanations first; equal ones by their clauses.
std::vector<BacktestGroup> ranked_groups(const BacktestReport& report) {
  std::vector<BacktestGroup> groups(report.tally.groups.begin(), report.tally.groups.end());
  std::ranges::stable_sort(groups, std::greater(), [](const BacktestGroup& group) { return group.second.policies; });
  return groups;
}

const std::vector<std::string>& difference_columns() {
  static const std::vector<std::string> columns = [] {
    std::vector<std::string> names{"policy_no", "what"};
    for (const auto& [name, cell] : side_cells({})) {
      names.push_back("regime_" + name);
      names.push_back("against_" + name);
    }
    names.insert(names.end(), {"regime_rules", "against_rules"});
    return names;
  }();
  return columns;
}

std::vector<std::string> difference_cells(const Difference& difference) {
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

std::pair<std::string, std::string> explanation_cells(const BacktestGroup& group) {
  return {join(group.first.first, ";"), join(group.first.second, ";")};
}

}  // namespace shouyue::app
