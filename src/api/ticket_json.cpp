#include "api/ticket_json.hpp"

#include <map>

#include "api/names.hpp"
#include "app/call_card.hpp"
#include "app/papers.hpp"
#include "app/report_words.hpp"
#include "app/ticket_steps.hpp"
#include "base/text.hpp"
#include "regime/rows.hpp"
#include "regime/term_words.hpp"
#include "report/row_of.hpp"

namespace shouyue::api {
namespace {

template <std::size_t N, class Enum>
std::string word(const std::string_view (&words)[N], Enum value) {
  return std::string(words[static_cast<std::size_t>(value)]);
}

template <class Enum>
std::string code(Enum value) {
  return std::string(code_of(value));
}

std::vector<std::string> findings_of(std::uint64_t bits) {
  std::vector<std::string> findings;
  for (std::size_t n = 0; n < insurer::words<insurer::Finding>().size(); ++n)
    if (bits >> n & 1U) findings.push_back(code(static_cast<insurer::Finding>(n)));
  return findings;
}

const regime::Subtype* subtype_of(const regime::TicketRule& rule, const std::string& id) {
  for (const regime::Subtype& subtype : rule.subtypes)
    if (subtype.id == id) return &subtype;
  return nullptr;
}

std::string name_of(const app::Directory& directory, const std::string& org_code, Date today) {
  const insurer::Organisation* office = directory.organisation(org_code, today);
  return office ? office->name : org_code;
}

template <class Enum>
report::Text word_text(const std::string& code) {
  const auto word = insurer::from_word<Enum>(code);
  return {word ? std::string(zh_of(*word)) : code, code};
}

report::Text handler_text(const TicketRow& row) {
  static const std::map<std::string, report::Text> words{{"head_office", {"总公司", "head office"}},
                                                         {"branch", {"机构回访岗", "branch handler"}},
                                                         {"agent", {"业务员", "agent"}},
                                                         {"holder", {"投保人", "policyholder"}}};
  report::Text text = words.at(row.handler);
  if (row.agent_left) text = {text.zh + "（业务员已离职）", text.en + " (the agent has left)"};
  return text;
}

Result<TicketCall> call_of(const Names& names, const insurer::Attempt& attempt) {
  return TicketCall{.attempt_id = attempt.attempt_id,
                    .leg = code(attempt.leg),
                    .made_by = attempt.operator_code,
                    .made_by_name = SHOUYUE_TRY(names.person(attempt.operator_code)),
                    .connection = code(attempt.connection),
                    .party = code(attempt.party),
                    .identity = code(attempt.identity),
                    .interview = code(attempt.interview),
                    .recording_id = attempt.recording_id,
                    .note = attempt.note,
                    .started_at = attempt.started_at,
                    .corrected = findings_of(attempt.corrected),
                    .open = findings_of(attempt.open)};
}

TicketContact contact_of(const app::TicketView& view) {
  const insurer::Policy& policy = view.facts();
  const auto phones = app::phones_of(view.state.facts);
  return {.holder_masked = mask_name(policy.holder_name),
          .phone_masked = phones.empty() ? "" : mask_phone(phones.front()),
          .language = policy.language,
          .agent_code = policy.agent_code,
          .agent_masked = mask_name(view.policy.surroundings.agent_name),
          .has_address = !policy.address.empty(),
          .agent_left = view.handler.agent_left};
}

TicketDue due_of(const app::CountedDay& due) {
  return {.due_on = due.day,
          .counted_from = due.counted_from,
          .basis = word(regime::basis_words, due.basis),
          .unit = word(regime::unit_words, due.unit),
          .count = due.count,
          .clause = clause_note(*due.clause),
          .cite = due.cite};
}

Result<StepTaken> taken(const Names& names, const insurer::TicketStep& step) {
  return StepTaken{.step = code(step.step),
                   .made_by = step.operator_code,
                   .made_by_name = SHOUYUE_TRY(names.person(step.operator_code)),
                   .org_code = step.org_code,
                   .result = step.result,
                   .new_phone_masked = step.new_phone.empty() ? "" : mask_phone(step.new_phone),
                   .note = step.note,
                   .at = step.at,
                   .appointment_at = step.appointment_at};
}

StepAllowed allowed(const ticket::StepChoice& choice) {
  StepAllowed answer{.step = code(choice.step),
                     .is_allowed = !choice.refused,
                     .rule = {},
                     .detail = {},
                     .detail_zh = {},
                     .clause = {}};
  if (choice.refused) {
    answer.rule = choice.refused->rule;
    answer.detail = choice.refused->en;
    answer.detail_zh = choice.refused->zh;
  }
  if (choice.clause) answer.clause = clause_note(*choice.clause);
  return answer;
}

bool is_warning(insurer::TicketKind kind) {
  return kind == insurer::TicketKind::surrender_warning || kind == insurer::TicketKind::complaint_warning;
}

Result<void> add_lists(const Names& names, const app::TicketView& view, TicketAnswer& answer) {
  const ticket::Ticket& ticket = view.ticket();
  for (const regime::Clause* clause : ticket.waits_for) answer.waits_for.push_back(clause_note(*clause));
  for (const ticket::Ticket& other : view.state.tickets)
    if (!other.closed_at && is_warning(other.kind)) answer.warnings.push_back(code(other.kind));
  for (const insurer::TicketStep& step : view.steps) {
    answer.steps.push_back(SHOUYUE_TRY(taken(names, step)));
    if (step.appointment_at) answer.appointment_at = step.appointment_at;
  }
  for (const ticket::StepChoice& choice : view.choices) answer.choices.push_back(allowed(choice));
  for (const insurer::TicketResult result : app::results_of(*view.rule)) answer.results.push_back(code(result));
  for (const regime::Reply* reply : ticket.replies)
    answer.replies.push_back(
        {.id = reply->id, .text = reply->text, .text_en = reply->text_en, .clause = clause_note(reply->clause)});
  for (const app::Attachment& attachment : view.attachments)
    answer.files.push_back(SHOUYUE_TRY(file_note(names, attachment)));
  return {};
}

std::optional<int> days_used(const app::TicketView& view, Date today) {
  const ticket::Ticket& ticket = view.ticket();
  const Date until = ticket.closed_at ? ticket.closed_at->date() : today;
  const auto days = view.policy.calendar->working_days_between(ticket.opened_at.date(), until);
  return days ? std::optional(static_cast<int>(*days)) : std::nullopt;
}

}  // namespace

ClauseNote clause_note(const regime::Clause& clause) {
  return {.id = clause.id, .title = clause.title, .title_en = clause.title_en, .cite = clause.cite};
}

TicketRow ticket_row(const app::OpenTicket& open, const app::Directory& directory, Date today) {
  const ticket::Ticket& ticket = open.ticket;
  TicketRow row{.ticket_id = ticket.ticket_id,
                .policy_no = open.policy_no,
                .holder_masked = open.holder_masked,
                .kind = code(ticket.kind),
                .subtype = ticket.subtype,
                .org_code = ticket.org_code,
                .org_name = name_of(directory, ticket.org_code, today),
                .channel = code(open.channel),
                .state = ticket.state,
                .timeliness = code(ticket.timeliness),
                .handler = word(regime::performer_words, open.handler.performer),
                .agent_left = open.handler.agent_left,
                .issued_on = open.issued_on,
                .opened_at = ticket.opened_at,
                .due_on = ticket.due_on,
                .days_left = {},
                .order = {}};
  if (const regime::Subtype* subtype = subtype_of(*open.rule, ticket.subtype)) {
    row.subtype_title = subtype->clause.title;
    row.subtype_title_en = subtype->clause.title_en;
  }
  if (ticket.due_on) row.days_left = *ticket.due_on - today;
  if (open.clause) row.order = clause_note(*open.clause);
  return row;
}

report::Document ticket_document(const std::vector<TicketRow>& rows) {
  report::Table table{.title = {},
                      .columns = {{{"顺序", "No."}, 8},
                                  {{"工单号", "Ticket"}, 26},
                                  {{"时效", "Time"}, 10},
                                  {{"类别", "Kind"}, 14},
                                  {{"细类", "Subtype"}, 22},
                                  {{"到期日", "Due"}, 12},
                                  {{"状态", "State"}, 12},
                                  {{"保单号", "Policy"}, 18},
                                  {{"投保人", "Holder"}, 12},
                                  {{"承保日期", "Issued"}, 12},
                                  {{"处理机构", "Office"}, 20},
                                  {{"处理人", "Handler"}, 22},
                                  {{"下发时间", "Opened"}, 18}},
                      .rows = {}};
  for (const TicketRow& row : rows)
    table.rows.push_back(
        report::row_of({std::int64_t{row.position}, report::same(row.ticket_id),
                        word_text<insurer::Timeliness>(row.timeliness), word_text<insurer::TicketKind>(row.kind),
                        report::Text{row.subtype_title, row.subtype_title_en}, report::value_of(row.due_on),
                        app::words_of_state(row.state), report::same(row.policy_no), report::same(row.holder_masked),
                        row.issued_on, report::same(row.org_name), handler_text(row), row.opened_at}));
  return report::document_of({"待处理工单", "Open tickets"}, std::move(table));
}

Result<TicketAnswer> ticket_answer(const Call& call, const app::TicketView& view) {
  const ticket::Ticket& ticket = view.ticket();
  const Names names(call);
  const Date today = call.session.now.date();
  TicketAnswer answer{.ticket_id = ticket.ticket_id,
                      .policy_no = view.policy.policy_no,
                      .kind = code(ticket.kind),
                      .title = view.rule->clause.title,
                      .title_en = view.rule->clause.title_en,
                      .subtype = ticket.subtype,
                      .org_code = ticket.org_code,
                      .org_name = name_of(call.deriver.directory(), ticket.org_code, today),
                      .desk = view.rule->desk,
                      .desk_en = view.rule->desk_en,
                      .handler = word(regime::performer_words, view.handler.performer),
                      .channel = code(view.facts().channel),
                      .state = ticket.state,
                      .timeliness = code(ticket.timeliness),
                      .result = ticket.result ? code(*ticket.result) : "",
                      .issued_on = view.facts().issued_on,
                      .opened_at = ticket.opened_at,
                      .closed_at = ticket.closed_at,
                      .cooling_off_end = view.state.follow_up.cooling_off_end,
                      .working_days_used = days_used(view, today),
                      .contact = contact_of(view)};
  if (const regime::Subtype* subtype = subtype_of(*view.rule, ticket.subtype)) {
    answer.subtype_title = subtype->clause.title;
    answer.subtype_title_en = subtype->clause.title_en;
  }
  if (view.opened_by) answer.opened_by = clause_note(*view.opened_by);
  if (view.due) answer.due = due_of(*view.due);
  if (view.attempt) answer.call = SHOUYUE_TRY(call_of(names, view.state.facts.attempts[*view.attempt]));
  SHOUYUE_CHECK(add_lists(names, view, answer));
  if (view.visit) answer.visit_leg = code(view.visit->leg->leg);
  const auto row = regime::policy_row(view.facts(), view.policy.surroundings);
  answer.has_letter = app::letter_for(*view.policy.books, row) != nullptr;
  return answer;
}

}  // namespace shouyue::api
