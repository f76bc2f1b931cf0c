#include "regime/rule_books.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace shouyue::regime {
namespace {

bool states(const Regime& book, std::string_view section) {
  return std::ranges::find(book.own_sections, section) != book.own_sections.end();
}

bool states_visits(const Regime& book) {
  return states(book, "followup") || states(book, "outcome") || states(book, "ticket") || states(book, "ticket_order");
}

template <class Has, class States>
Result<const Regime*> pick(const RuleBooks& all, const char* section, Has has, States stated) {
  const Regime* chosen = nullptr;
  const Regime* inherited = nullptr;
  for (const auto& book : all.books) {
    if (!has(*book)) continue;
    if (!stated(*book)) {
      if (!inherited) inherited = book.get();
    } else if (chosen) {
      return refuse(
          Errc::conflict, "profile.sections_clash",
          "the rule books " + chosen->id + " and " + book->id + " both state [" + section +
              "]; assign one of them to these policies",
          "制度 " + chosen->id + " 与 " + book->id + " 都规定了 [" + section + "]，同一批保单只能适用其中之一");
    } else {
      chosen = book.get();
    }
  }
  return chosen ? chosen : inherited;
}

}  // namespace

const TicketRule* RuleBooks::ticket(insurer::TicketKind kind) const {
  if (!visits) return nullptr;
  const auto found = visits->tickets.find(kind);
  return found == visits->tickets.end() ? nullptr : &found->second;
}

Result<RuleBooks> combine(std::vector<std::shared_ptr<const Regime>> books) {
  RuleBooks all;
  all.books = std::move(books);
  const auto section = [](const char* name) { return [name](const Regime& book) { return states(book, name); }; };
  all.visits =
      SHOUYUE_TRY(pick(all, "followup", [](const Regime& b) { return b.followup && b.outcome; }, states_visits));
  if (const Regime* book =
          SHOUYUE_TRY(pick(all, "intake", [](const Regime& b) { return b.intake.has_value(); }, section("intake"))))
    all.intake = &*book->intake;
  if (const Regime* book = SHOUYUE_TRY(pick(
          all, "questionnaire", [](const Regime& b) { return b.questionnaire.has_value(); }, section("questionnaire"))))
    all.questionnaire = &*book->questionnaire;
  if (const Regime* book =
          SHOUYUE_TRY(pick(all, "receipt", [](const Regime& b) { return b.receipt.has_value(); }, section("receipt"))))
    all.receipt = &*book->receipt;
  if (const Regime* book = SHOUYUE_TRY(
          pick(all, "commission", [](const Regime& b) { return b.commission.has_value(); }, section("commission"))))
    all.commission = &*book->commission;
  if (const Regime* book =
          SHOUYUE_TRY(pick(all, "letter", [](const Regime& b) { return !b.letters.empty(); }, section("letter"))))
    all.letters = &book->letters;
  return all;
}

RuleBooks ruled_by(std::shared_ptr<const Regime> book, const RuleBooks& assigned) {
  RuleBooks all = assigned;
  if (book->followup && book->outcome) all.visits = book.get();
  if (book->intake) all.intake = &*book->intake;
  if (book->questionnaire) all.questionnaire = &*book->questionnaire;
  if (book->receipt) all.receipt = &*book->receipt;
  if (book->commission) all.commission = &*book->commission;
  all.books.push_back(std::move(book));
  return all;
}

}  // namespace shouyue::regime
