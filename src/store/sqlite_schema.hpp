#pragma once

#include <vector>

namespace shouyue::store {

// The steps that bring a database to the present schema: step n makes version n + 1. Released steps never change.
const std::vector<const char*>& sqlite_migrations();

}  // namespace shouyue::store
