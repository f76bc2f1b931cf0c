#pragma once

#include "api/route.hpp"

namespace shouyue::api {

// Notes in the audit journal that the person takes a file of data away: which list, as what, how many rows, and what
// the request restricted it to beside the person's own organisation. Errors: those of the store.
Result<void> note_download(const Call& call, const std::string& name, const std::string& format, std::int64_t rows);

}  // namespace shouyue::api
