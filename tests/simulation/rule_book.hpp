#pragma once

#include <string>
#include <vector>

#include "app/home.hpp"
#include "base/date.hpp"
#include "base/seeded_random.hpp"

namespace simulation {

// The ids of the shipped books that rule follow-up, alone or by what they extend.
std::vector<std::string> follow_up_books(const shouyue::app::Home& home);

struct ChangedBook {
  std::string text;
  shouyue::Date binds_from;
};

// A shipped book under the id `changed`, in which every number that documents decide is its own, one more, one less, or
// any small one; numbers that loading refuses, because a layer below forbids them, stay as they were.
ChangedBook changed_book(const shouyue::app::Home& home, const std::string& id, SeededRandom& random);

}  // namespace simulation
