#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::regime {

Intake read_intake(TableReader& section) {
  Intake intake;
  intake.shared_phone_holders = read_count_if(section, "shared_phone_holders", section.reading().policy);
  for_each_entry(section, "defect", [&](TableReader& entry) {
    IntakeDefect defect;
    defect.id = intake_defects()[entry.choice("id", intake_defects())];
    defect.clause = read_clause(entry);
    defect.opens = entry.word_if<insurer::TicketKind>("opens");
    defect.from = entry.date_if("from");
    defect.when = entry.has("when") ? entry.condition("when", entry.reading().policy) : expr::Expression::always();
    intake.defects.push_back(std::move(defect));
  });
  return intake;
}

}  // namespace shouyue::regime
