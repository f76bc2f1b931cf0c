#pragma once

#include "api/route.hpp"

// 佣金: what is kept back and why, settlements with the next one as a preview, an agent's statement, a policy's ledger.
namespace shouyue::api {

Result<http::Response> commission_holds(Call& call);
Result<http::Response> commission_ledger(Call& call);
Result<http::Response> settlements(Call& call);
Result<http::Response> settlement_figures(Call& call);
Result<http::Response> agent_statement(Call& call);

}  // namespace shouyue::api
