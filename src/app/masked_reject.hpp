#pragma once

#include "app/import_store.hpp"
#include "insurer/formats.hpp"

namespace shouyue::app {

// What may be kept and shown of a value that was not taken in. Values of personal columns are masked; of all others
// what may be personal and in the wrong column: long numbers, Chinese as names are, and of keys what reads as a phone
// or an identity card. Of a value without a column only its length is shown. The messages say no more either.
RejectRow masked_reject(insurer::FileKind kind, std::int64_t line, const insurer::RowProblem& problem);

}  // namespace shouyue::app
