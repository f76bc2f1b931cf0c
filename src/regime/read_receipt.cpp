#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {

ReceiptRules read_receipt(TableReader& section) {
  const expr::Schema& policy = section.reading().policy;
  ReceiptRules rules;
  if (const Item* returned = section.table("returned_by")) {
    TableReader reader(*returned, "receipt.returned_by", section.reading());
    rules.returned_clause = read_clause(reader);
    rules.returned_by = read_basis(reader);
    rules.signature_must_match = reader.flag_or("signature_must_match", false);
  }
  rules.electronic_needs_paper = read_clause_if(section, "electronic_needs_paper");
  rules.preferred_visit = read_clause_if(section, "preferred_visit");
  rules.hand_in = read_term_if(section, "hand_in", policy);
  rules.late = read_term_if(section, "late", policy);
  return rules;
}

}  // namespace shouyue::regime
