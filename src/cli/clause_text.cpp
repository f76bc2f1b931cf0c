#include "cli/clause_text.hpp"

#include <boost/json.hpp>

namespace shouyue::cli {

std::string clause_line(const regime::Clause& clause) {
  return clause.title + " / " + clause.title_en + (clause.decides.empty() ? "" : ": " + clause.decides) + " [" +
         clause.id + (clause.cite.empty() ? "" : " · " + clause.cite) + "]" +
         (clause.assumed ? " (假定 / assumed)" : "");
}

boost::json::value json_of_clause(const regime::Clause& clause) {
  return boost::json::object{{"id", clause.id},
                             {"title", clause.title},
                             {"title_en", clause.title_en},
                             {"cite", clause.cite},
                             {"assumed", clause.assumed}};
}

}  // namespace shouyue::cli
