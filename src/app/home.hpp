#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace shouyue::regime {
struct Regime;
}

namespace shouyue::app {

// Rule books by id, each read once.
using LoadedBooks = std::map<std::string, std::shared_ptr<const regime::Regime>>;

// Where the files lie that the program reads and never writes.
struct Home {
  std::filesystem::path shipped;  // holds regimes/ and data/
  std::filesystem::path own =
      {};  // the insurer's own folder; its regimes/, if any, holds rule books of the insurer's own
  std::shared_ptr<LoadedBooks> loaded =
      {};  // for one thread, while no file changes; null: every use reads its rule books
};

}  // namespace shouyue::app
