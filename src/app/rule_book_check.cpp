#include "app/rule_book_check.hpp"

#include <algorithm>

#include "app/rule_book_files.hpp"
#include "regime/crosswalk.hpp"

namespace shouyue::app {

Result<regime::Loaded> check_rule_book(const Home& home, const std::string& id) {
  regime::Loaded loaded = regime::load(SHOUYUE_TRY(rule_book_layers(home, id)));
  if (!loaded.regime || loaded.regime->crosswalks.empty()) return loaded;
  const auto ids = SHOUYUE_TRY(rule_book_ids(home));
  for (const regime::Crosswalk& crosswalk : loaded.regime->crosswalks) {
    if (std::ranges::find(ids, crosswalk.other) == ids.end()) continue;
    const regime::Loaded other = regime::load(SHOUYUE_TRY(rule_book_layers(home, crosswalk.other)));
    if (other.regime) regime::check_counterparts(crosswalk, *other.regime, loaded.issues);
  }
  if (!loaded.issues.empty()) loaded.regime.reset();
  return loaded;
}

}  // namespace shouyue::app
