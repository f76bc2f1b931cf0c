#pragma once

#include "api/route.hpp"

// What offices work through: open tickets, their steps, evidence, and the day of the next visit.
namespace shouyue::api {

constexpr std::uint64_t evidence_body_bytes_max = 20 * 1024 * 1024;

Result<http::Response> list_tickets(Call& call);
Result<http::Response> show_ticket(Call& call);
Result<http::Response> take_ticket_step(Call& call);
Result<http::Response> ticket_slots(Call& call);
Result<http::Response> attach_evidence(Call& call);
Result<http::Response> read_evidence(Call& call);

}  // namespace shouyue::api
