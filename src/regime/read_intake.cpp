#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {

Intake read_intake(TableReader& section) {
  Intake intake;
  intake.shared_phone_holders = read_count_if(section, "shared_phone_holders", section.reading().policy);
  for_each_entry(section, "defect", [&](TableReader& entry) {
    IntakeDefect defect;
    defect.id = entry.text("id");
    defect.clause = read_clause(entry);
    defect.opens_ticket = entry.flag("opens_ticket");
    defect.from = entry.date_if("from");
    intake.defects.push_back(std::move(defect));
  });
  return intake;
}

}  // namespace shouyue::regime
