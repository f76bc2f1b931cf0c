#pragma once

#include "store/connection.hpp"

namespace shouyue::store {

// The version of the schema from which on confidential fields lie beside the personal ones.
constexpr int confidential_apart_since = 5;

// Takes them out of the bodies of facts that were stored before, within a transaction of the caller; gives how many.
Result<std::int64_t> take_confidential_apart(Connection& connection);

}  // namespace shouyue::store
