#pragma once

#include "app/policy_deriver.hpp"
#include "app/port_store.hpp"

// Links by which policyholders answer alone (leg `electronic`): who gets one and until when is the rule book's
// business.
namespace shouyue::app {

// The policy under the supposition that a link is sent now: the electronic leg must go on until some moment.
// Errors: visit.not_due, visit.no_phone, visit.phone_of_another, those of PolicyDeriver.
Result<Instant> link_until(Session& session, const LoadedPolicy& policy);

// Makes a link and the message that brings it, and notes the sending as an attempt on the electronic leg that nobody
// has answered yet. One that was open is withdrawn. Errors: visit.link_on_its_way, those of link_until and the store.
Result<VisitLink> send_link(Session& session, PolicyDeriver& deriver, const std::string& policy_no);
// Gives the number of links that were open. Errors: those of the store.
Result<int> withdraw_links(Session& session, const std::string& policy_no);

// Sends a link to every policy that changed since the last time, has had none and may get one. Gives how many.
Result<int> send_due_links(Session& session, PolicyDeriver& deriver);

}  // namespace shouyue::app
