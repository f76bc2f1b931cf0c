#pragma once

#include "api/route.hpp"

// The stored state as files, of the own offices only; each download is in the audit journal.
namespace shouyue::api {

Result<http::Response> export_cases(Call& call);
Result<http::Response> export_attempts(Call& call);
Result<http::Response> export_tickets(Call& call);
Result<http::Response> export_commission(Call& call);
Result<http::Response> export_commission_entries(Call& call);
Result<http::Response> export_kpi(Call& call);

}  // namespace shouyue::api
