#include "regime/load.hpp"

#include <algorithm>
#include <tuple>

#include "base/digest.hpp"
#include "regime/clauses.hpp"
#include "regime/layers.hpp"
#include "regime/read_section.hpp"
#include "regime/statement.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::regime {
namespace {

std::vector<std::string> reason_groups_of(const Item& merged) {
  std::vector<std::string> result;
  const Item* outcome = merged.find("outcome");
  const Item* groups = outcome ? outcome->find("group") : nullptr;
  if (groups)
    for (const auto& [id, group] : groups->table)
      if (group.is_table()) result.push_back(id);
  return result;
}

// The subtypes that the book's tickets have, and those of other books' tickets that its indicators speak of.
std::vector<std::string> subtypes_of(const Item& merged) {
  std::vector<std::string> result;
  const auto add = [&result](const std::string& id) {
    if (!id.empty() && std::find(result.begin(), result.end(), id) == result.end()) result.push_back(id);
  };
  if (const Item* tickets = merged.find("ticket"))
    for (const auto& [kind, rule] : tickets->table)
      if (const Item* list = rule.find("subtype"))
        for (const Item& entry : list->array) add(entry.id());
  const Item* kpi = merged.find("kpi");
  if (const Item* words = kpi ? kpi->find("ticket_subtypes") : nullptr)
    for (const Item& word : words->array) add(word.text);
  return result;
}

std::vector<std::string> ticket_results_of(const Item& merged) {
  std::vector<std::string> result;
  const Item* analysis = merged.find("analysis");
  const Item* list = analysis ? analysis->find("ticket_result") : nullptr;
  if (list)
    for (const Item& entry : list->array) result.push_back(entry.id());
  return result;
}

bool is_book_id(const std::string& id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void read_heading(TableReader& table, const std::string& below, Regime& regime) {
  regime.id = table.text("id");
  if (!is_book_id(regime.id))
    table.issue("id", "regime.book_id", "the id of a rule book is made of a-z, 0-9 and '-'",
                "制度编号只能由 a-z、0-9 和“-”组成");
  regime.title = table.text("title");
  regime.title_en = table.text("title_en");
  regime.source = table.text("source");
  regime.extends = table.text_if("extends").value_or("");
  regime.binds_from = table.date("binds_from");
  if (regime.extends != below)
    table.issue("extends", "regime.extends",
                "'" + regime.id + "' extends '" + regime.extends + "', but the book below it is '" + below + "'",
                "“" + regime.id + "”以“" + regime.extends + "”为基础，但下层制度是“" + below + "”");
}

// Checks the headings of all layers and gives that of the last.
void read_headings(const std::vector<Item>& books, Reading& reading, Regime& regime) {
  std::string below;
  for (const Item& book : books) {
    const Item* heading = book.find("regime");
    if (!heading || !heading->is_table()) {
      reading.issues.push_back(
          issue_at(book.place, "regime.missing_key", "the book has no [regime] table", "缺少 [regime] 表"));
      continue;
    }
    TableReader table(*heading, "regime", reading);
    read_heading(table, below, regime);
    below = regime.id;
  }
  const bool is_known = regime.binds_from != Date();
  reading.binds_from = is_known ? regime.binds_from : *Date::from_civil(9999, 12, 31);  // else every value seems late
}

template <class Section, class Read>
void read_section_if(TableReader& top, const std::string& key, std::optional<Section>& section, const Read& read) {
  const Item* item = top.table_if(key);
  if (!item) return;
  TableReader reader(*item, key, top.reading());
  section = read(reader);
}

void read_sections(const Item& merged, Reading& reading, Regime& regime) {
  TableReader top(merged, "", reading);
  top.table_if("regime");
  read_section_if(top, "intake", regime.intake, read_intake);
  read_section_if(top, "followup", regime.followup, read_followup);
  read_section_if(top, "outcome", regime.outcome, read_outcome);
  read_section_if(top, "questionnaire", regime.questionnaire, read_questionnaire);
  std::optional<std::map<insurer::TicketKind, TicketRule>> tickets;
  read_section_if(top, "ticket", tickets, read_tickets);
  if (tickets) regime.tickets = *std::move(tickets);
  regime.ticket_order = read_ticket_order(top);
  read_section_if(top, "receipt", regime.receipt, read_receipt);
  regime.letters = read_letters(top);
  std::optional<std::vector<ReportRule>> reports;
  read_section_if(top, "report", reports, read_reports);
  if (reports) regime.reports = *std::move(reports);
  std::optional<std::vector<Crosswalk>> crosswalks;
  read_section_if(top, "crosswalk", crosswalks, read_crosswalks);
  if (crosswalks) regime.crosswalks = *std::move(crosswalks);
  read_section_if(top, "commission", regime.commission, read_commission);
  read_section_if(top, "kpi", regime.kpi, read_kpi);
  read_section_if(top, "analysis", regime.analysis, read_analysis);
}

void mark_second_visits(Regime& regime) {
  if (!regime.followup) return;
  for (Leg& leg : regime.followup->legs)
    for (const auto& [kind, rule] : regime.tickets)
      leg.is_second_visit = leg.is_second_visit || rule.second_visit == leg.leg;
}

std::string version_of(const std::vector<Item>& books) {
  Sha256 digest;
  for (const Item& book : books) {
    digest.add(canonical_text(book));
    digest.add("\n");
  }
  return digest.hex();
}

void sort_and_deduplicate(std::vector<Issue>& issues) {
  const auto key = [](const Issue& issue) {
    return std::tie(issue.file, issue.line, issue.column, issue.rule, issue.en);
  };
  std::sort(issues.begin(), issues.end(), [&](const Issue& a, const Issue& b) { return key(a) < key(b); });
  issues.erase(
      std::unique(issues.begin(), issues.end(), [&](const Issue& a, const Issue& b) { return key(a) == key(b); }),
      issues.end());
}

}  // namespace

Loaded load(const std::vector<std::vector<Source>>& layers) {
  ensure(!layers.empty(), "a rule book has at least one layer");
  Reading reading;
  std::vector<Item> books;
  for (const auto& files : layers) books.push_back(read_book(files, reading.issues));
  auto regime = std::make_shared<Regime>();
  if (reading.issues.empty()) {
    read_headings(books, reading, *regime);
    const Item merged = merge_layers(books, reading.issues);
    check_floors(books, merged, reading.issues);
    check_statutory_questions(books, merged, reading.issues);
    const auto subtypes = subtypes_of(merged);
    regime->attempt_schema = attempt_schema(reason_groups_of(merged), subtypes);
    reading.attempt = regime->attempt_schema;
    reading.policy = policy_schema();
    regime->ticket_schema = ticket_schema(subtypes);
    reading.ticket = regime->ticket_schema;
    reading.commission = commission_schema();
    reading.policy_columns = policy_column_schema();
    reading.ticket_columns = ticket_column_schema(subtypes);
    reading.analysis = analysis_schema(ticket_results_of(merged));
    read_sections(merged, reading, *regime);
    mark_second_visits(*regime);
    check_references(*regime, reading.issues);
    regime->version = version_of(books);
    regime->clauses = clauses_of(*regime);
    regime->statements = statements_of(merged);
    for (const auto& [key, value] : books.back().table)
      if (key != "regime") regime->own_sections.push_back(key);
  }
  sort_and_deduplicate(reading.issues);
  Loaded loaded{.regime = nullptr, .issues = std::move(reading.issues)};
  if (loaded.issues.empty()) loaded.regime = std::move(regime);
  return loaded;
}

Result<Heading> heading_of(const std::vector<Source>& book) {
  std::vector<Issue> issues;
  const Item item = read_book(book, issues);
  if (!issues.empty())
    return refuse(Errc::invalid_input, issues.front().rule, text_of(issues.front()), issues.front().zh);
  const Item* heading = item.find("regime");
  if (!heading || heading->id().empty()) {
    const std::string file = book.empty() ? "?" : book.front().path;
    return refuse(Errc::invalid_input, "regime.missing_key", file + ": the book has no [regime] table with an 'id'",
                  file + "：缺少带“id”的 [regime] 表");
  }
  const Item* extends = heading->find("extends");
  return Heading{.id = heading->id(), .extends = extends ? extends->text : ""};
}

}  // namespace shouyue::regime
