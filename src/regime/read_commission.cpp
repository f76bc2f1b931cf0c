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

void check_cut_off_days(const TableReader& section, const Parameter<std::int64_t>& cut_off_day) {
  const auto wrong = [](std::int64_t day) { return day < 1 || day > 28; };
  bool found = false;
  for (const auto& dated : cut_off_day.values) found = found || wrong(dated.value);
  for (const auto& exception : cut_off_day.exceptions) found = found || wrong(exception.value);
  if (found)
    section.issue("cut_off_day", "regime.out_of_range",
                  "[commission.cut_off_day] must be a day that every month has: 1 … 28",
                  "[commission.cut_off_day] 须为每个月都有的日子：1 至 28");
}

}  // namespace

Commission read_commission(TableReader& section) {
  Commission commission;
  commission.cut_off_day = read_count_under(section, "cut_off_day", section.reading().commission);
  check_cut_off_days(section, commission.cut_off_day);
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
