#include <algorithm>

#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"
#include "regime/term_words.hpp"

namespace shouyue::regime {
namespace {

constexpr std::string_view decides_words[] = {"last", "last_in_cooling_off", "first_success", "last_success"};
constexpr std::string_view after_deadline_words[] = {"close", "continue"};
constexpr std::string_view day_rule_words[] = {"every_day", "except_statutory_holidays", "working_days"};

void read_window(TableReader& table, Leg& leg) {
  leg.window_clause = read_clause(table);
  const auto periods = table.texts("periods");
  const auto days = static_cast<calendar::DayRule>(table.choice("days", day_rule_words));
  auto window = calendar::BusinessHours::make(periods, days);
  if (window)
    leg.window = *std::move(window);
  else if (table.has("periods"))
    table.issue("periods", "regime.window", "[" + table.path() + "] " + window.error().en,
                "[" + table.path() + "] " + window.error().zh);
}

void read_hand_overs(TableReader& table, Leg& leg) {
  ReachCheck reach;
  for_each_entry(table, "hand_over", [&](TableReader& entry) {
    HandOver hand_over;
    hand_over.clause = read_clause(entry);
    hand_over.when = entry.condition("when", entry.reading().attempt);
    hand_over.opens = entry.word_if<insurer::TicketKind>("opens");
    hand_over.next = entry.word_if<insurer::Leg>("next");
    reach.add(entry, hand_over.when);
    leg.hand_overs.push_back(std::move(hand_over));
  });
}

RealityCheck read_reality_check(TableReader& table) {
  RealityCheck check;
  for (const insurer::Leg leg : table.words<insurer::Leg>("legs")) check.legs |= insurer::bit(leg);
  auto [clause, when] = read_condition_clause(table, table.reading().attempt);
  check.clause = std::move(clause);
  check.when = std::move(when);
  return check;
}

Leg read_leg(TableReader& table, insurer::Leg which) {
  const expr::Schema& policy = table.reading().policy;
  Leg leg;
  leg.clause = read_clause(table);
  leg.leg = which;
  leg.order = static_cast<int>(std::clamp<std::int64_t>(table.integer("order"), 0, 1000));
  leg.performer = static_cast<Performer>(table.choice("performer", performer_words));
  leg.optional = table.flag_or("optional", false);
  leg.on_worklist =
      table.flag_or("on_worklist", leg.performer == Performer::head_office || leg.performer == Performer::holder);
  leg.start = read_term_under(table, "start", policy);
  leg.limit = read_term_if(table, "limit", policy);
  leg.per_day_max = read_count_if(table, "per_day_max", policy);
  leg.days_min = read_count_if(table, "days_min", policy);
  leg.days_max = read_count_if(table, "days_max", policy);
  leg.attempts_max = read_count_if(table, "attempts_max", policy);
  leg.bands_min = read_count_if(table, "bands_min", policy);
  leg.interval_hours = read_count_if(table, "interval_hours", policy);
  leg.only_for = expr::Expression::always();
  if (const Item* only_for = table.table_if("only_for")) {
    TableReader reader(*only_for, join_path(table.path(), "only_for"), table.reading());
    auto [clause, when] = read_condition_clause(reader, policy);
    leg.only_for_clause = std::move(clause);
    leg.only_for = std::move(when);
  }
  if (const Item* window = table.table_if("window")) {
    TableReader reader(*window, join_path(table.path(), "window"), table.reading());
    read_window(reader, leg);
  }
  if (leg.bands_min && (leg.window || !table.has("window")))
    check_range(table, "bands_min", *leg.bands_min, 0,
                leg.window ? static_cast<std::int64_t>(leg.window->periods().size()) : 0);
  leg.ends_at_once = *expr::Expression::parse("false", {});
  if (const Item* ends = table.table_if("ends_at_once")) {
    TableReader reader(*ends, join_path(table.path(), "ends_at_once"), table.reading());
    auto [clause, when] = read_condition_clause(reader, table.reading().attempt);
    leg.ends_at_once_clause = std::move(clause);
    leg.ends_at_once = std::move(when);
  }
  if (const Item* proves = table.table_if("proves")) {
    TableReader reader(*proves, join_path(table.path(), "proves"), table.reading());
    leg.proves = read_reality_check(reader);
  }
  read_hand_overs(table, leg);
  return leg;
}

void read_legs(TableReader& section, Followup& followup) {
  const Item* legs = section.table_if("leg");
  if (!legs) return;
  TableReader table(*legs, "followup.leg", section.reading());
  for (const insurer::Word& word : insurer::words<insurer::Leg>()) {
    const std::string key(word.code);
    const Item* item = table.table_if(key);
    if (!item) continue;
    TableReader reader(*item, "followup.leg." + key, section.reading());
    followup.legs.push_back(read_leg(reader, *insurer::from_word<insurer::Leg>(key)));
  }
  auto& list = followup.legs;
  std::stable_sort(list.begin(), list.end(), [](const Leg& a, const Leg& b) { return a.order < b.order; });
  for (std::size_t i = 1; i < list.size(); ++i)
    if (list[i].order == list[i - 1].order)
      section.issue("leg", "regime.duplicate_order",
                    list[i - 1].clause.id + " and " + list[i].clause.id + " have the same 'order'",
                    list[i - 1].clause.id + " 与 " + list[i].clause.id + " 的“order”相同");
}

Waiver read_waiver(TableReader& table) {
  Waiver waiver{.clause = read_clause(table), .papers = {}, .approval = {}};
  for_each_entry(table, "paper", [&](TableReader& reader) {
    waiver.papers.push_back({.id = reader.text("id"), .clause = read_clause(reader)});
  });
  if (const Item* approval = table.table_if("approval")) {
    TableReader reader(*approval, join_path(table.path(), "approval"), table.reading());
    waiver.approval = WaiverApproval{.clause = read_clause(reader), .by = reader.word<insurer::Level>("by")};
  }
  return waiver;
}

}  // namespace

Followup read_followup(TableReader& section) {
  const expr::Schema& policy = section.reading().policy;
  Followup followup;
  followup.scope = expr::Expression::always();
  if (const Item* scope = section.table("scope")) {
    TableReader reader(*scope, "followup.scope", section.reading());
    auto [clause, when] = read_condition_clause(reader, policy);
    followup.scope_clause = std::move(clause);
    followup.scope = std::move(when);
  }
  if (const Item* cooling_off = section.table("cooling_off")) {
    TableReader reader(*cooling_off, "followup.cooling_off", section.reading());
    followup.product_days_first = reader.flag("product_days_first");
    followup.cooling_off = read_term(reader, policy);
  }
  followup.deadline = read_term_if(section, "deadline", policy);
  followup.decides = read_word_under(section, "decides", policy, decides_words);
  followup.after_deadline = read_word_under(section, "after_deadline", policy, after_deadline_words);
  followup.early_visit = read_clause_if(section, "early_visit");
  if (const Item* waiver = section.table_if("waiver")) {
    TableReader reader(*waiver, "followup.waiver", section.reading());
    followup.waiver = read_waiver(reader);
  }
  if (const Item* cancelled = section.table_if("cancelled_by")) {
    TableReader reader(*cancelled, "followup.cancelled_by", section.reading());
    followup.cancelled_clause = read_clause(reader);
    for (const insurer::Change change : reader.words<insurer::Change>("changes"))
      followup.cancelled_by |= insurer::bit(change);
  }
  followup.person_per_day_max = read_count_if(section, "person_per_day_max", policy);
  read_legs(section, followup);
  return followup;
}

const Leg* Followup::find(insurer::Leg leg) const {
  for (const Leg& known : legs)
    if (known.leg == leg) return &known;
  return nullptr;
}

}  // namespace shouyue::regime
