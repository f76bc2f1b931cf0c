#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/clause_notes.hpp"
#include "api/file_note.hpp"
#include "api/route.hpp"
#include "app/own_policies.hpp"
#include "app/ticket_view.hpp"
#include "app/tickets.hpp"
#include "json/write.hpp"
#include "report/document.hpp"

// Tickets as the pages get them, with names and numbers masked.
namespace shouyue::api {

ClauseNote clause_note(const regime::Clause& clause);

struct TicketRow {
  int position = 0;
  std::string ticket_id, policy_no, holder_masked, kind, subtype, subtype_title, subtype_title_en, org_code, org_name;
  std::string channel, state, timeliness, handler;
  bool agent_left = false;
  Date issued_on;
  Instant opened_at;
  std::optional<Date> due_on;
  std::optional<int> days_left;  // calendar days; negative: past
  std::optional<ClauseNote> order;
};
BOOST_DESCRIBE_STRUCT(TicketRow, (),
                      (position, ticket_id, policy_no, holder_masked, kind, subtype, subtype_title, subtype_title_en,
                       org_code, org_name, channel, state, timeliness, handler, agent_left, issued_on, opened_at,
                       due_on, days_left, order))
TicketRow ticket_row(const app::OpenTicket& ticket, const app::Directory& directory, Date today);
// The same as a table, for files.
report::Document ticket_document(const std::vector<TicketRow>& rows);

struct TicketCall {
  std::string attempt_id, leg, made_by, made_by_name, connection, party, identity, interview, recording_id, note;
  Instant started_at;
  std::vector<std::string> corrected, open;
};
BOOST_DESCRIBE_STRUCT(TicketCall, (),
                      (attempt_id, leg, made_by, made_by_name, connection, party, identity, interview, recording_id,
                       note, started_at, corrected, open))

struct TicketContact {
  std::string holder_masked, phone_masked, language, agent_code, agent_masked;
  bool has_address = false, agent_left = false;
};
BOOST_DESCRIBE_STRUCT(TicketContact, (),
                      (holder_masked, phone_masked, language, agent_code, agent_masked, has_address, agent_left))

struct TicketDue {
  Date due_on, counted_from;
  std::string basis, unit;
  std::int64_t count = 0;
  ClauseNote clause;
  std::string cite;
};
BOOST_DESCRIBE_STRUCT(TicketDue, (), (due_on, counted_from, basis, unit, count, clause, cite))

struct StepTaken {
  std::string step, made_by, made_by_name, org_code, result, new_phone_masked, note;
  Instant at;
  std::optional<Instant> appointment_at;
};
BOOST_DESCRIBE_STRUCT(StepTaken, (),
                      (step, made_by, made_by_name, org_code, result, new_phone_masked, note, at, appointment_at))

struct StepAllowed {
  std::string step;
  bool is_allowed = false;
  std::optional<std::string> rule, detail, detail_zh;
  std::optional<ClauseNote> clause;
};
BOOST_DESCRIBE_STRUCT(StepAllowed, (), (step, is_allowed, rule, detail, detail_zh, clause))

struct StandardReply {
  std::string id, text, text_en;
  ClauseNote clause;
};
BOOST_DESCRIBE_STRUCT(StandardReply, (), (id, text, text_en, clause))

struct TicketAnswer {
  std::string ticket_id, policy_no, kind, title, title_en, subtype, subtype_title, subtype_title_en, org_code, org_name;
  std::string desk, desk_en, handler, channel, state, timeliness, result;
  Date issued_on;
  Instant opened_at;
  std::optional<Instant> closed_at, appointment_at;
  std::optional<Date> cooling_off_end;
  std::optional<int> working_days_used;
  std::optional<ClauseNote> opened_by;
  std::optional<TicketDue> due;
  std::vector<ClauseNote> waits_for;
  std::optional<TicketCall> call;
  TicketContact contact;
  std::vector<std::string> warnings;  // kinds of other open tickets: surrender_warning, complaint_warning
  std::vector<StepTaken> steps;
  std::vector<StepAllowed> choices;
  std::vector<std::string> results;
  std::vector<StandardReply> replies;
  std::vector<FileNote> files;
  std::optional<std::string> visit_leg;  // that may be booked
  bool has_letter = false;
};
BOOST_DESCRIBE_STRUCT(TicketAnswer, (),
                      (ticket_id, policy_no, kind, title, title_en, subtype, subtype_title, subtype_title_en, org_code,
                       org_name, desk, desk_en, handler, channel, state, timeliness, result, issued_on, opened_at,
                       closed_at, appointment_at, cooling_off_end, working_days_used, opened_by, due, waits_for, call,
                       contact, warnings, steps, choices, results, replies, files, visit_leg, has_letter))
Result<TicketAnswer> ticket_answer(const Call& call, const app::TicketView& view);

}  // namespace shouyue::api
