#pragma once

#include "api/route.hpp"

// What would have been under another rule book: a job, its figures, and the policies behind them.
namespace shouyue::api {

Result<http::Response> start_backtest(Call& call);
Result<http::Response> list_differences(Call& call);

}  // namespace shouyue::api
