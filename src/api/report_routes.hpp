#pragma once

#include "api/route.hpp"

// The reports of a period: what there is, by when it is due, each as figures or as a file.
namespace shouyue::api {

Result<http::Response> list_reports(Call& call);
Result<http::Response> read_report(Call& call);
Result<http::Response> note_report_made(Call& call);

}  // namespace shouyue::api
