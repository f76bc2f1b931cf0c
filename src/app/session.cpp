#include "app/session.hpp"

#include <charconv>

namespace shouyue::app {

Result<std::int64_t> number_of(Store& store, const std::string& name) {
  const auto text = SHOUYUE_TRY(store.meta(name));
  std::int64_t number = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

}  // namespace shouyue::app
