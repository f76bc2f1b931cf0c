#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {

namespace {

// What intake can find, see intake/defects.hpp.
constexpr std::string_view defect_words[] = {"no_phone", "wrong_digits", "agent_phone", "shared_phone"};

}  // namespace

Intake read_intake(TableReader& section) {
  Intake intake;
  intake.shared_phone_holders = read_count_if(section, "shared_phone_holders", section.reading().policy);
  for_each_entry(section, "defect", [&](TableReader& entry) {
    IntakeDefect defect;
    defect.id = defect_words[entry.choice("id", defect_words)];
    defect.clause = read_clause(entry);
    defect.opens_ticket = entry.flag("opens_ticket");
    defect.from = entry.date_if("from");
    defect.when = entry.has("when") ? entry.condition("when", entry.reading().policy) : expr::Expression::always();
    intake.defects.push_back(std::move(defect));
  });
  return intake;
}

}  // namespace shouyue::regime
