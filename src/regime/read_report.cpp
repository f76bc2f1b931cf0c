#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {

std::vector<ReportRule> read_reports(TableReader& section) {
  std::vector<ReportRule> reports;
  for (const std::string& name : section.keys()) {
    const Item* item = section.table_if(name);
    if (!item) continue;
    TableReader reader(*item, join_path("report", name), section.reading());
    ReportRule report{.name = name, .due_day = read_count(reader, {})};
    for (const auto& dated : report.due_day.values)
      if (dated.value < 1 || dated.value > 28)
        reader.issue("values", "regime.out_of_range",
                     "[" + reader.path() + "] must be a day that every month has: 1 … 28",
                     "[" + reader.path() + "] 须为每个月都有的日子：1 至 28");
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace shouyue::regime
