#pragma once

#include <set>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "app/policy_deriver.hpp"

namespace shouyue::api {

// A clause as a page cites it.
struct ClauseNote {
  std::string id, title, title_en, cite;
};
BOOST_DESCRIBE_STRUCT(ClauseNote, (), (id, title, title_en, cite))

// The clauses that a list names, each once, by id; those that no assigned book knows are left out.
class ClauseNotes {
 public:
  explicit ClauseNotes(const app::AssignedBooks& books) : books_(books) {}
  // Takes the ids (joined by `;`) over and gives them one by one.
  std::vector<std::string> add(std::string_view rules);
  std::vector<ClauseNote> list() const;

 private:
  const app::AssignedBooks& books_;
  std::set<std::string> ids_;
};

}  // namespace shouyue::api
