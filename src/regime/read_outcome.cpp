#include <map>

#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {
namespace {

constexpr std::string_view class_words[] = {"none", "standard", "substandard", "problem", "verification"};

void read_groups(TableReader& section, Outcome& outcome) {
  const Item* groups = section.table_if("group");
  if (!groups) return;
  std::map<insurer::Connection, std::string> group_of;
  TableReader table(*groups, "outcome.group", section.reading());
  for (const auto& [id, item] : groups->table) {
    if (!table.table_if(id)) continue;
    TableReader reader(item, "outcome.group." + id, section.reading());
    ReasonGroup group{.id = id, .clause = read_clause(reader), .members = {}};
    for (const insurer::Connection member : reader.words<insurer::Connection>("members")) {
      const auto [other, is_new] = group_of.emplace(member, id);
      const std::string code(insurer::code_of(member));
      if (!is_new)
        reader.issue("members", "regime.connection_in_two_groups",
                     code + " is in group '" + other->second + "' and in '" + id + "'",
                     code + " 同时属于“" + other->second + "”和“" + id + "”");
      group.members.push_back(member);
    }
    outcome.groups.push_back(std::move(group));
  }
}

void read_rules(TableReader& section, Outcome& outcome) {
  ReachCheck reach;
  for_each_entry(section, "rule", [&](TableReader& entry) {
    OutcomeRule rule;
    rule.clause = read_clause(entry);
    rule.when = entry.condition("when", entry.reading().attempt);
    rule.result_class = static_cast<insurer::ResultClass>(entry.choice("class", class_words));
    rule.success = entry.flag("success");
    rule.opens = entry.word_if<insurer::TicketKind>("opens");
    reach.add(entry, rule.when);
    outcome.rules.push_back(std::move(rule));
  });
  if (!outcome.rules.empty() && !reach.ended())
    section.issue("rule", "regime.no_catch_all", "the last [[outcome.rule]] must hold always: when = \"true\"",
                  "最后一条 [[outcome.rule]] 必须恒成立：when = \"true\"");
}

}  // namespace

Outcome read_outcome(TableReader& section) {
  Outcome outcome;
  read_groups(section, outcome);
  if (const Item* neutral = section.table_if("neutral_findings")) {
    TableReader reader(*neutral, "outcome.neutral_findings", section.reading());
    outcome.neutral_clause = read_clause(reader);
    for (const insurer::Finding finding : reader.words<insurer::Finding>("findings"))
      outcome.neutral_findings |= insurer::bit(finding);
  }
  read_rules(section, outcome);
  return outcome;
}

std::size_t Outcome::group_of(insurer::Connection connection) const {
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (const insurer::Connection member : groups[i].members)
      if (member == connection) return i;
  return groups.size();
}

}  // namespace shouyue::regime
