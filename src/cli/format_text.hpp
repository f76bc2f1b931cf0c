#pragma once

#include <string>

namespace shouyue::cli {

// docs/formats.md: the files that come in and the rows that go out, made from the tables that read and write them.
std::string formats_text();

}  // namespace shouyue::cli
