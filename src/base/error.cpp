#include "base/error.hpp"

namespace shouyue {

void ensure(bool condition, const char* what, std::source_location where) {
  if (condition) return;
  throw Bug(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": " + what);
}

}  // namespace shouyue
