#pragma once

#include "app/import_store.hpp"
#include "insurer/formats.hpp"

namespace shouyue::app {

// What may be kept and shown of a value that was not taken in. Values of personal columns are masked, of all others
// long numbers, which may be a phone or an identity document in the wrong column; the messages say no more either.
RejectRow masked_reject(insurer::FileKind kind, std::int64_t line, const insurer::RowProblem& problem);

}  // namespace shouyue::app
