#include <boost/json.hpp>

#include "app/flatten.hpp"
#include "app/tickets.hpp"
#include "base/text.hpp"
#include "cli/clause_text.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

template <class Enum>
Result<std::optional<Enum>> word_if(const std::string& text, const char* option) {
  if (text.empty()) return std::optional<Enum>{};
  if (const auto word = insurer::from_word<Enum>(text)) return word;
  return refuse(Errc::invalid_input, "tickets.unknown_word",
                "--" + std::string(option) + " does not know '" + text + "'",
                "--" + std::string(option) + " 没有“" + text + "”这个词");
}

Result<std::optional<Date>> day_if(const std::string& text) {
  if (text.empty()) return std::optional<Date>{};
  return std::optional(SHOUYUE_TRY(Date::parse(text)));
}

Result<app::TicketsRequest> request_of(const TicketsArguments& arguments) {
  app::TicketsRequest request;
  request.org = arguments.org;
  request.policy_no = arguments.policy_no;
  request.limit = arguments.limit;
  request.kind = SHOUYUE_TRY(word_if<insurer::TicketKind>(arguments.kind, "kind"));
  request.timeliness = SHOUYUE_TRY(word_if<insurer::Timeliness>(arguments.timeliness, "timeliness"));
  request.issued_from = SHOUYUE_TRY(day_if(arguments.issued_from));
  request.issued_to = SHOUYUE_TRY(day_if(arguments.issued_to));
  return request;
}

std::string reply_ids_of(const ticket::Ticket& ticket) {
  std::vector<std::string> ids;
  for (const regime::Reply* reply : ticket.replies) ids.push_back(reply->id);
  return join(ids, ";");
}

std::vector<std::string> cells_of(const app::OpenTicket& row, int position) {
  const ticket::Ticket& ticket = row.ticket;
  return {std::to_string(position),
          ticket.ticket_id,
          row.policy_no,
          std::string(code_of(ticket.kind)),
          ticket.subtype,
          ticket.org_code,
          ticket.opened_at.text(),
          ticket.due_on ? ticket.due_on->text() : "",
          std::string(code_of(ticket.timeliness)),
          ticket.state,
          app::clause_ids(ticket.waits_for),
          reply_ids_of(ticket),
          row.clause ? row.clause->id : ""};
}

const std::vector<std::string>& columns() {
  static const std::vector<std::string> names{"position",  "ticket_id", "policy_no", "kind",       "subtype",
                                              "org_code",  "opened_at", "due_on",    "timeliness", "state",
                                              "waits_for", "replies",   "rule"};
  return names;
}

boost::json::object json_of(const app::OpenTicket& row, int position) {
  boost::json::object object;
  const auto cells = cells_of(row, position);
  for (std::size_t i = 0; i < cells.size(); ++i) object[columns()[i]] = cells[i];
  object["position"] = position;
  object["issued_on"] = row.issued_on.text();
  object["timeliness_zh"] = zh_of(row.ticket.timeliness);
  boost::json::array replies, waits_for;
  for (const regime::Reply* reply : row.ticket.replies)
    replies.push_back(boost::json::object{{"id", reply->id},
                                          {"text", reply->text},
                                          {"text_en", reply->text_en},
                                          {"clause", json_of_clause(reply->clause)}});
  for (const regime::Clause* clause : row.ticket.waits_for) waits_for.push_back(json_of_clause(*clause));
  object["replies"] = std::move(replies);
  object["waits_for"] = std::move(waits_for);
  object["rule"] = row.clause ? json_of_clause(*row.clause) : nullptr;
  return object;
}

}  // namespace

Result<Exit> tickets_command(app::Session& session, const Common& common, const TicketsArguments& arguments) {
  const app::TicketsRequest request = SHOUYUE_TRY(request_of(arguments));
  auto deriver = SHOUYUE_TRY(app::PolicyDeriver::load(session));
  const auto tickets = SHOUYUE_TRY(app::tickets(session, deriver, request));
  int position = 0;
  if (common.json) {
    boost::json::array list;
    for (const app::OpenTicket& row : tickets) list.push_back(json_of(row, ++position));
    SHOUYUE_CHECK(print(boost::json::serialize(list) + "\n"));
    return exit_done;
  }
  TableOutput out("");
  SHOUYUE_CHECK(out.row(columns()));
  for (const app::OpenTicket& row : tickets) SHOUYUE_CHECK(out.row(cells_of(row, ++position)));
  SHOUYUE_CHECK(out.close());
  return exit_done;
}

}  // namespace shouyue::cli
