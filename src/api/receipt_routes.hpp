#pragma once

#include "api/route.hpp"

// 回执: which are missing or not in order, and one of them, with its correction.
namespace shouyue::api {

Result<http::Response> receipts(Call& call);
Result<http::Response> receipt(Call& call);
Result<http::Response> put_receipt(Call& call);

}  // namespace shouyue::api
