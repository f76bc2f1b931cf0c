#pragma once

#include "app/backtest.hpp"

// What a backtest found, as people read it.
namespace shouyue::app {

// A figure under both books.
struct BacktestLine {
  std::string name, zh;
  std::int64_t base = 0, candidate = 0;
  bool is_money = false;  // in fen
  std::string text(std::int64_t amount) const;
};
std::vector<BacktestLine> backtest_lines(const BookTotals& base, const BookTotals& candidate);

// An explanation (clauses that only the one and only the other book's decision names) and the policies that have it.
using BacktestGroup = std::pair<std::pair<std::vector<std::string>, std::vector<std::string>>, ClauseGroup>;
// The most frequent explanations first; equal ones by their clauses.
std::vector<BacktestGroup> ranked_groups(const BacktestReport& report);

// A policy about which the books differ, as a row of a table. The last two columns are its explanation.
const std::vector<std::string>& difference_columns();
std::vector<std::string> difference_cells(const Difference& difference);
// The two last cells of all policies of a group.
std::pair<std::string, std::string> explanation_cells(const BacktestGroup& group);

}  // namespace shouyue::app
