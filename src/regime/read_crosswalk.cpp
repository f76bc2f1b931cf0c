#include "regime/crosswalk.hpp"
#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {

std::vector<Crosswalk> read_crosswalks(TableReader& section) {
  std::vector<Crosswalk> crosswalks;
  for (const std::string& other : section.keys()) {
    const Item* item = section.table_if(other);
    if (!item) continue;
    TableReader reader(*item, join_path("crosswalk", other), section.reading());
    Crosswalk crosswalk{.other = other, .clause = read_clause(reader), .words = {}};
    for (const std::string_view list : crosswalk_lists) {
      const std::string key(list);
      const Item* words = reader.table_if(key);
      if (!words) continue;
      TableReader pairs(*words, join_path(reader.path(), key), section.reading());
      for (const std::string& word : pairs.keys()) crosswalk.words[key][word] = pairs.text(word);
    }
    crosswalks.push_back(std::move(crosswalk));
  }
  return crosswalks;
}

}  // namespace shouyue::regime
