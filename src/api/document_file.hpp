#pragma once

#include "api/route.hpp"
#include "report/document.hpp"

// Tables that a page shows, as files with the same figures.
namespace shouyue::api {

// `document` as the file that `?format=` asks for, called `name`: `csv` is the first table, `xlsx` the whole, `html` a
// page to print; in the language that `?language=` says (`zh`, `en`). It is noted as an export.
// Errors: request.format, file.cannot_write.
Result<http::Response> file_of(const Call& call, const report::Document& document, const std::string& name);

// The rows that the file of `format` has of the document, without sums.
std::int64_t rows_of(const report::Document& document, const std::string& format);

// Whether a file is wanted and not the JSON of the page.
bool wants_file(const Call& call);

}  // namespace shouyue::api
