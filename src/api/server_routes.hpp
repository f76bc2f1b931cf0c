#pragma once

#include "api/route.hpp"

// How the server itself is.
namespace shouyue::api {

http::Response alive();  // needs neither the database nor a working thread
Result<http::Response> health(Call& call);
// Whoever gets here has a connection to the database and has read the rule books.
Result<http::Response> readiness(Call& call);
// For programs of the same machine; to others it is as if it were not there.
Result<http::Response> measurements(Call& call);

}  // namespace shouyue::api
