#pragma once

#include <string>

#include "app/home.hpp"
#include "regime/load.hpp"

namespace shouyue::app {

// Loads a rule book with all that is wrong with it, the counterparts of its crosswalks included where the other book
// lies beside it. Errors: those of rule_book_layers.
Result<regime::Loaded> check_rule_book(const Home& home, const std::string& id);

}  // namespace shouyue::app
