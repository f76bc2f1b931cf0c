#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {
namespace {

constexpr std::string_view performer_words[] = {"head_office", "branch", "agent", "holder"};

TicketRule read_ticket(TableReader& table, insurer::TicketKind kind) {
  const expr::Schema& attempt = table.reading().attempt;
  TicketRule rule;
  rule.kind = kind;
  rule.clause = read_clause(table);
  rule.route = table.word_if<insurer::Level>("route");
  if (table.has("desk") || table.has("desk_en")) {
    rule.desk = table.text("desk");
    rule.desk_en = table.text("desk_en");
  }
  rule.handler = static_cast<Performer>(table.choice("handler", performer_words));
  rule.due = read_term_under(table, "due", attempt);
  rule.due_otherwise = read_term_if(table, "due_otherwise", attempt);
  rule.warning_days = read_count_under(table, "warning_days", attempt);
  rule.done_by_feedback = table.flag_or("done_by_feedback", false);
  rule.closed_by_success = table.flag_or("closed_by_success", false);
  rule.closed_by_clean_success = table.flag_or("closed_by_clean_success", false);
  rule.blocks_completion = table.flag_or("blocks_completion", false);
  ReachCheck reach;
  for_each_entry(table, "subtype", [&](TableReader& entry) {
    Subtype subtype{.id = entry.text("id"), .clause = read_clause(entry), .when = {}};
    subtype.when = entry.condition("when", attempt);
    reach.add(entry, subtype.when);
    rule.subtypes.push_back(std::move(subtype));
  });
  return rule;
}

}  // namespace

std::map<insurer::TicketKind, TicketRule> read_tickets(TableReader& section) {
  std::map<insurer::TicketKind, TicketRule> rules;
  for (const insurer::Word& word : insurer::words<insurer::TicketKind>()) {
    const std::string key(word.code);
    const Item* item = section.table_if(key);
    if (!item) continue;
    TableReader reader(*item, "ticket." + key, section.reading());
    const auto kind = *insurer::from_word<insurer::TicketKind>(key);
    rules.emplace(kind, read_ticket(reader, kind));
  }
  return rules;
}

}  // namespace shouyue::regime
