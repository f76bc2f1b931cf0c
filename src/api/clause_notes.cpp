#include "api/clause_notes.hpp"

#include "base/text.hpp"

namespace shouyue::api {

std::vector<std::string> ClauseNotes::add(std::string_view rules) {
  std::vector<std::string> ids;
  for (const std::string_view rule : split(rules, ';'))
    if (!rule.empty()) ids.emplace_back(rule);
  ids_.insert(ids.begin(), ids.end());
  return ids;
}

std::vector<ClauseNote> ClauseNotes::list() const {
  std::vector<ClauseNote> notes;
  for (const std::string& id : ids_)
    if (const regime::Clause* clause = books_.find_clause(id))
      notes.push_back({.id = id, .title = clause->title, .title_en = clause->title_en, .cite = clause->cite});
  return notes;
}

}  // namespace shouyue::api
