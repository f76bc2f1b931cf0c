#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "regime/regime.hpp"

namespace shouyue::regime {

// The rule books that govern one policy, by section. Each pointer points into one of `books`, or is null when no book
// rules that matter. Follow-up, outcome and tickets always come from one book: their conditions share its words.
struct RuleBooks {
  std::vector<std::shared_ptr<const Regime>> books;
  const Regime* visits = nullptr;  // with followup, outcome and tickets
  const Intake* intake = nullptr;
  const Questionnaire* questionnaire = nullptr;
  const ReceiptRules* receipt = nullptr;
  const std::vector<Letter>* letters = nullptr;
  const Commission* commission = nullptr;

  const TicketRule* ticket(insurer::TicketKind kind) const;
};

// Puts books side by side. A section that a book states itself goes before one that another book only inherits.
// Errors: profile.sections_clash (two books state one section).
Result<RuleBooks> combine(std::vector<std::shared_ptr<const Regime>> books);

// `book` in the place of all others: it rules every matter that it has a section for, stated or inherited, and
// `assigned` the rest.
RuleBooks ruled_by(std::shared_ptr<const Regime> book, const RuleBooks& assigned);

}  // namespace shouyue::regime
