#pragma once

#include "app/session.hpp"

namespace shouyue::app {

// From now on `key` is what opens the database; recorded in the audit journal. With `reseal` everything personal is
// sealed anew by a new data key, also in a database that was not sealed so far. All or nothing. Gives the number of
// texts sealed anew. Errors: store.not_sealed (without `reseal`), store.sealed_text_changed, those of the store.
Result<std::int64_t> rotate_key(Session& session, const vault::Key& key, bool reseal);

}  // namespace shouyue::app
