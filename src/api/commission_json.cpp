#include "api/commission_json.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace shouyue::api {

SettlementMonthAnswer answer_of(const app::SettlementMonth& month, const app::AssignedBooks& books) {
  SettlementMonthAnswer answer{.regime = month.regime,
                               .title = month.regime,
                               .title_en = month.regime,
                               .month = month.month,
                               .cut_off = month.cut_off.date(),
                               .is_preview = month.is_preview(),
                               .known_to = month.known_to};
  const auto book = std::ranges::find(books.books(), month.regime, [](const auto& known) { return known->id; });
  if (book == books.books().end()) return answer;
  answer.title = (*book)->title;
  answer.title_en = (*book)->title_en;
  return answer;
}

MoneyAnswer answer_of(const app::SettledMoney& money) {
  return {.released = money.released,
          .deducted = money.deducted,
          .reversed = money.reversed,
          .net = money.net(),
          .held_amount = money.held_amount,
          .policies = money.policies,
          .held = money.held};
}

LineAnswer answer_of(const app::EntryRow& line, const std::string& org_code, ClauseNotes& notes) {
  return {.policy_no = line.policy_no,
          .agent_code = line.agent_code,
          .org_code = org_code,
          .month = line.month,
          .kind = line.kind,
          .n = line.n,
          .amount = line.amount,
          .reasons = words_of(line.reasons),
          .rules = notes.add(line.rules)};
}

std::vector<std::string> words_of(std::string_view joined) {
  std::vector<std::string> words;
  for (const std::string_view word : split(joined, ';'))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

}  // namespace shouyue::api
