#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"
#include "regime/term_words.hpp"

namespace shouyue::regime {
namespace {

void read_replies(TableReader& table, TicketRule& rule) {
  for_each_entry(table, "reply", [&](TableReader& entry) {
    Reply reply{.id = entry.text("id"), .clause = read_clause(entry), .when = {}, .text = {}, .text_en = {}};
    reply.when = entry.condition("when", entry.reading().attempt);
    reply.text = entry.text("text");
    reply.text_en = entry.text("text_en");
    rule.replies.push_back(std::move(reply));
  });
}

// What a step that settles the ticket must bring.
void read_settling(TableReader& table, TicketRule& rule) {
  if (const Item* results = table.table_if("results")) {
    TableReader reader(*results, join_path(table.path(), "results"), table.reading());
    rule.results = TicketResults{.clause = read_clause(reader), .words = reader.words<insurer::TicketResult>("words")};
  }
  if (const Item* review = table.table_if("first_review")) {
    TableReader reader(*review, join_path(table.path(), "first_review"), table.reading());
    rule.first_review = FirstReview{.clause = read_clause(reader), .by = reader.word<insurer::Level>("by")};
  }
}

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
  rule.closed_by_steps = table.flag_or("closed_by_steps", true);
  rule.closed_by_success = table.flag_or("closed_by_success", false);
  rule.closed_by_clean_success = table.flag_or("closed_by_clean_success", false);
  rule.blocks_completion = table.flag_or("blocks_completion", false);
  rule.second_visit = table.word_if<insurer::Leg>("second_visit");
  ReachCheck reach;
  for_each_entry(table, "subtype", [&](TableReader& entry) {
    Subtype subtype{.id = entry.text("id"), .clause = read_clause(entry), .when = {}};
    subtype.when = entry.condition("when", attempt);
    reach.add(entry, subtype.when);
    rule.subtypes.push_back(std::move(subtype));
  });
  read_replies(table, rule);
  read_settling(table, rule);
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

std::vector<TicketOrder> read_ticket_order(TableReader& top) {
  std::vector<TicketOrder> order;
  ReachCheck reach;
  for_each_entry(top, "ticket_order", [&](TableReader& entry) {
    TicketOrder place{.id = entry.text("id"), .clause = read_clause(entry), .when = {}};
    place.when = entry.condition("when", entry.reading().ticket);
    reach.add(entry, place.when);
    order.push_back(std::move(place));
  });
  if (!order.empty() && !reach.ended())
    top.issue("ticket_order", "regime.no_catch_all", "the last [[ticket_order]] must hold always: when = \"true\"",
              "最后一条 [[ticket_order]] 必须恒成立：when = \"true\"");
  return order;
}

}  // namespace shouyue::regime
