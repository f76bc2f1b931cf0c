#pragma once

#include "api/route.hpp"

// Files into the store: sent, looked at, taken in as a job; what came of each and what was not taken in.
namespace shouyue::api {

constexpr std::uint64_t import_bytes_max = std::uint64_t{4} << 30;

Result<http::Response> send_file(Call& call);
Result<http::Response> start_import(Call& call);
Result<http::Response> list_imports(Call& call);
Result<http::Response> read_import(Call& call);
Result<http::Response> list_rejects(Call& call);

}  // namespace shouyue::api
