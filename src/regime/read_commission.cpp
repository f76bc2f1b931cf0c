#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {
namespace {

std::vector<CommissionReason> read_reasons(TableReader& section, const std::string& key) {
  std::vector<CommissionReason> reasons;
  for_each_entry(section, key, [&](TableReader& entry) {
    CommissionReason reason{.id = entry.text("id"), .clause = read_clause(entry), .when = {}};
    reason.when = entry.condition("when", entry.reading().commission);
    if (key == "hold") reason.waits = entry.flag_or("waits", false);
    reasons.push_back(std::move(reason));
  });
  return reasons;
}

std::vector<Deduction> read_deductions(TableReader& section) {
  std::vector<Deduction> deductions;
  for_each_entry(section, "deduction", [&](TableReader& entry) {
    Deduction deduction{.id = entry.text("id"), .clause = read_clause(entry), .when = {}, .amount = {}};
    deduction.when = entry.condition("when", entry.reading().commission);
    if (const Item* amount = entry.table("amount")) {
      TableReader reader(*amount, join_path(entry.path(), "amount"), entry.reading());
      deduction.amount = read_money(reader, entry.reading().commission);
    }
    deductions.push_back(std::move(deduction));
  });
  return deductions;
}

}  // namespace

Commission read_commission(TableReader& section) {
  Commission commission;
  commission.cut_off_day = read_count_under(section, "cut_off_day", section.reading().commission);
  constexpr std::int64_t last_day_of_every_month = 28;
  check_range(section, "cut_off_day", commission.cut_off_day, 1, last_day_of_every_month);
  commission.holds = read_reasons(section, "hold");
  commission.withholds = read_reasons(section, "withhold");
  commission.cancels = read_reasons(section, "cancel");
  commission.deductions = read_deductions(section);
  if (commission.deductions.empty() && !section.has("deduction_cap")) return commission;
  if (const Item* cap = section.table("deduction_cap")) {
    TableReader reader(*cap, "commission.deduction_cap", section.reading());
    commission.deduction_cap = read_clause(reader);
  }
  return commission;
}

}  // namespace shouyue::regime
