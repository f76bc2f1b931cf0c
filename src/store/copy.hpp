#pragma once

#include "app/store.hpp"

namespace shouyue::store {

// Copies everything of the database at `from` into the empty or new one at `to`, in one transaction, reads it back and
// compares. Gives the tables as they are in both.
// Errors: copy.target_not_empty (conflict), copy.differs (environment), those of opening either.
Result<std::vector<app::CopiedTable>> copy(const std::string& from, const std::string& to);

}  // namespace shouyue::store
