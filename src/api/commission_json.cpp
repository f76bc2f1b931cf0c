#include "api/commission_json.hpp"

#include "app/report_words.hpp"
#include "base/text.hpp"

namespace shouyue::api {

SettlementMonthAnswer answer_of(const app::SettlementMonth& month, const app::AssignedBooks& books) {
  const report::Text book = app::book_text(month.regime, books);
  return {.regime = month.regime,
          .title = book.zh,
          .title_en = book.en,
          .month = month.month,
          .cut_off = month.cut_off.date(),
          .is_preview = month.is_preview(),
          .known_to = month.known_to};
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
