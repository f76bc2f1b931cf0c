#pragma once

#include "app/accounts.hpp"
#include "app/policy_deriver.hpp"
#include "app/port_store.hpp"

// Calls that a seat has the telephone exchange dial. The seat never gets the number: the exchange does, when it dials.
namespace shouyue::app {

std::string_view code_of(DialState state);

// Asks for a call by the seat that holds the case; `phone_field` is first (of the numbers of the card, the newest
// reported before all), mobile_phone, home_phone or work_phone.
// Errors: dial.not_held, dial.no_phone, policy.not_found, those of the store.
Result<Dial> ask_for_dial(Session& session, PolicyDeriver& deriver, const Person& person, const std::string& policy_no,
                          const std::string& phone_field);
// The number to dial. Errors: dial.no_phone, those of PolicyDeriver.
Result<std::string> number_of(Session& session, PolicyDeriver& deriver, const Dial& dial);
// Notes the end of a try to hand the request over, unless the exchange has reported meanwhile.
Result<void> note_asked(Session& session, const Dial& tried);

struct DialEvent {
  std::string id;     // outward_id
  std::string event;  // ringing, answered, ended, failed
  std::string recording_id, fault;
};
// Notes what the exchange says; again the same, or an earlier event after a later one, changes nothing but adds a
// recording that was not known. Errors: dial.not_found, dial.unknown_event.
Result<void> note_event(Session& session, const DialEvent& event);

}  // namespace shouyue::app
