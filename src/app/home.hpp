#pragma once

#include <filesystem>

namespace shouyue::app {

// Where the files lie that the program reads and never writes.
struct Home {
  std::filesystem::path shipped;  // holds regimes/ and data/
  std::filesystem::path own =
      {};  // the insurer's own folder; its regimes/, if any, holds rule books of the insurer's own
};

}  // namespace shouyue::app
