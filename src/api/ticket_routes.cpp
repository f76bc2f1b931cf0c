#include "api/ticket_routes.hpp"

#include <charconv>

#include "api/answer.hpp"
#include "api/document_file.hpp"
#include "api/names.hpp"
#include "api/paging.hpp"
#include "api/ticket_json.hpp"
#include "app/attachments.hpp"
#include "app/organisation_part.hpp"
#include "app/ticket_steps.hpp"
#include "app/visit_slots.hpp"
#include "json/read.hpp"

namespace shouyue::api {
namespace {

constexpr int slot_days_usual = 14, slot_days_max = 31;

struct TicketCounts {
  int normal = 0, warning = 0, overdue = 0;
};
BOOST_DESCRIBE_STRUCT(TicketCounts, (), (normal, warning, overdue))

struct TicketList {
  std::vector<TicketRow> rows;
  std::optional<std::string> next;
  int total = 0;
  TicketCounts counts;  // of all that the other filters let through
};
BOOST_DESCRIBE_STRUCT(TicketList, (), (rows, next, total, counts))

struct StepRequest {
  std::string step;
  std::optional<std::string> result, new_phone, note;
  std::optional<Instant> appointment_at;
};
BOOST_DESCRIBE_STRUCT(StepRequest, (), (step, result, new_phone, note, appointment_at))

struct VisitDay {
  Date day;
  bool is_working_day = false;
  std::vector<std::string> slots;  // 09:00
  std::optional<std::string> rejected_by;
  std::optional<ClauseNote> clause;
};
BOOST_DESCRIBE_STRUCT(VisitDay, (), (day, is_working_day, slots, rejected_by, clause))

struct SlotsAnswer {
  std::optional<std::string> leg;
  std::vector<VisitDay> days;
};
BOOST_DESCRIBE_STRUCT(SlotsAnswer, (), (leg, days))

std::string parameter(const Call& call, std::string_view name) {
  return std::string(call.request.target.parameter(name));
}

std::unexpected<Error> wrong_parameter(std::string_view name, const std::string& value) {
  return refuse(Errc::invalid_input, "request.parameter",
                "the parameter " + std::string(name) + " cannot be '" + value + "'",
                "参数 " + std::string(name) + " 不能是“" + value + "”");
}

template <class Enum>
Result<std::optional<Enum>> word_asked(const Call& call, std::string_view name) {
  const std::string text = parameter(call, name);
  if (text.empty()) return std::optional<Enum>{};
  const auto word = insurer::from_word<Enum>(text);
  if (!word) return wrong_parameter(name, text);
  return word;
}

Result<std::optional<Date>> day_asked(const Call& call, std::string_view name) {
  const std::string text = parameter(call, name);
  if (text.empty()) return std::optional<Date>{};
  const auto day = Date::parse(text);
  if (!day) return wrong_parameter(name, text);
  return std::optional(*day);
}

Result<int> days_asked(const Call& call) {
  const std::string text = parameter(call, "days");
  if (text.empty()) return slot_days_usual;
  int days = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (fault != std::errc() || end != text.data() + text.size() || days < 1 || days > slot_days_max)
    return wrong_parameter("days", text);
  return days;
}

// An organisation outside the person's scope is as unknown as one that does not exist.
Result<std::string> office_asked(const Call& call) {
  const std::string office = parameter(call, "org");
  app::OrganisationPart own(call.deriver.directory(), call.person->account.org_code, call.session.now.date());
  if (office.empty() || own.holds(office)) return office;
  return refuse(Errc::not_found, "tickets.unknown_org", "no organisation has the code '" + office + "'",
                "没有代码为“" + office + "”的机构");
}

Result<app::TicketsRequest> tickets_asked(const Call& call) {
  app::TicketsRequest request;
  request.org = SHOUYUE_TRY(office_asked(call));
  request.only_there = !request.org.empty() && parameter(call, "below") == "false";
  request.scope = call.person->account.org_code;
  request.kind = SHOUYUE_TRY(word_asked<insurer::TicketKind>(call, "kind"));
  request.issued_from = SHOUYUE_TRY(day_asked(call, "issued_from"));
  request.issued_to = SHOUYUE_TRY(day_asked(call, "issued_to"));
  request.policy_no = parameter(call, "policy_no");
  request.only_agent_left = parameter(call, "agent_left") == "true";
  return request;
}

// A policy number that nobody knows has no tickets.
Result<std::vector<app::OpenTicket>> found_tickets(Call& call, const app::TicketsRequest& request) {
  auto tickets = app::tickets(call.session, call.deriver, request);
  if (!tickets && tickets.error().rule == "policy.not_found") return std::vector<app::OpenTicket>{};
  return tickets;
}

TicketCounts counts_of(const std::vector<app::OpenTicket>& tickets) {
  TicketCounts counts;
  for (const app::OpenTicket& open : tickets) {
    switch (open.ticket.timeliness) {
      case insurer::Timeliness::normal: ++counts.normal; break;
      case insurer::Timeliness::warning: ++counts.warning; break;
      case insurer::Timeliness::overdue: ++counts.overdue; break;
    }
  }
  return counts;
}

Result<insurer::Step> step_asked(const std::string& word) {
  const auto step = insurer::from_word<insurer::Step>(word);
  if (step) return *step;
  return refuse(Errc::invalid_input, "tickets.unknown_step", "'" + word + "' is not a step of tickets",
                "“" + word + "”不是工单步骤");
}

Result<http::Response> ticket_response(const Call& call, const app::TicketView& view, int status = 200) {
  const TicketAnswer ticket = SHOUYUE_TRY(ticket_answer(call, view));
  return answer(ticket, status);
}

Result<app::TicketView> seen_ticket(Call& call) {
  return app::ticket_view(call.session, call.deriver, call.person->account, call.parts.at("ticket_id"));
}

}  // namespace

Result<http::Response> list_tickets(Call& call) {
  const auto request = SHOUYUE_TRY(tickets_asked(call));
  const auto timeliness = SHOUYUE_TRY(word_asked<insurer::Timeliness>(call, "timeliness"));
  const Page page = SHOUYUE_TRY(page_asked(call.request));
  auto tickets = SHOUYUE_TRY(found_tickets(call, request));
  TicketList list{.rows = {}, .next = {}, .total = 0, .counts = counts_of(tickets)};
  if (timeliness)
    std::erase_if(tickets, [&](const app::OpenTicket& open) { return open.ticket.timeliness != *timeliness; });
  for (const app::OpenTicket& open : tickets) {
    list.rows.push_back(ticket_row(open, call.deriver.directory(), call.session.now.date()));
    list.rows.back().position = ++list.total;
  }
  if (wants_file(call)) return file_of(call, ticket_document(list.rows), "tickets");
  list.next = cut_to(list.rows, page);
  return answer(list);
}

Result<http::Response> show_ticket(Call& call) {
  const auto view = SHOUYUE_TRY(seen_ticket(call));
  return ticket_response(call, view);
}

Result<http::Response> take_ticket_step(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<StepRequest>(call.request.body));
  const app::TicketAction action{.ticket_id = call.parts.at("ticket_id"),
                                 .step = SHOUYUE_TRY(step_asked(request.step)),
                                 .result = request.result.value_or(""),
                                 .new_phone = request.new_phone.value_or(""),
                                 .note = request.note.value_or(""),
                                 .appointment_at = request.appointment_at};
  const auto view = SHOUYUE_TRY(app::take_step(call.session, call.deriver, call.person->account, action));
  return ticket_response(call, view, 201);
}

Result<http::Response> ticket_slots(Call& call) {
  const auto from = SHOUYUE_TRY(day_asked(call, "from"));
  const int days = SHOUYUE_TRY(days_asked(call));
  const auto view = SHOUYUE_TRY(seen_ticket(call));
  const Date first = std::max(from.value_or(call.session.now.date()), call.session.now.date());
  SlotsAnswer slots;
  if (view.visit) slots.leg = std::string(code_of(view.visit->leg->leg));
  for (const app::SlotDay& day : SHOUYUE_TRY(app::visit_slots(view, call.session.now, first, days))) {
    VisitDay shown{.day = day.day, .is_working_day = day.is_working_day, .slots = {}, .rejected_by = {}, .clause = {}};
    for (const Instant at : day.slots) shown.slots.push_back(at.plain_text().substr(11, 5));
    if (!day.rejected_by.empty()) shown.rejected_by = std::string(day.rejected_by);
    if (day.clause) shown.clause = clause_note(*day.clause);
    slots.days.push_back(std::move(shown));
  }
  return answer(slots);
}

Result<http::Response> attach_evidence(Call& call) {
  const std::string& ticket_id = call.parts.at("ticket_id");
  auto policy_no = SHOUYUE_TRY(app::policy_of_ticket(ticket_id));
  const app::NewAttachment given{.policy_no = std::move(policy_no),
                                 .subject = ticket_id,
                                 .name = parameter(call, "name"),
                                 .content = call.request.body_file};
  const auto is_seen = [&call]() -> Result<void> {
    SHOUYUE_CHECK(seen_ticket(call));
    return {};
  };
  const auto attachment = SHOUYUE_TRY(app::attach(call.session, given, is_seen));
  const FileNote kept = SHOUYUE_TRY(file_note(Names(call), attachment));
  return answer(kept, 201);
}

Result<http::Response> read_evidence(Call& call) {
  const auto view = SHOUYUE_TRY(seen_ticket(call));
  return shown_file(
      SHOUYUE_TRY(app::read_attachment(call.session, view.policy.policy_no, call.parts.at("attachment_id"))));
}

}  // namespace shouyue::api
