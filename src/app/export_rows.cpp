#include "app/export_rows.hpp"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "app/audit.hpp"
#include "app/policy_deriver.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

std::string text_of(const std::optional<Date>& day) { return day ? day->text() : ""; }
std::string text_of(const std::optional<Instant>& at) { return at ? at->text() : ""; }
std::string text_of(bool value) { return value ? "1" : "0"; }

std::vector<std::string> attempt_cells(const std::string& policy_no, const insurer::Attempt& attempt, bool unmasked) {
  const auto row = [&] {
    insurer::AttemptRow full;
    static_cast<insurer::Attempt&>(full) = attempt;
    full.policy_no = policy_no;
    if (!unmasked) {
      full.phone = mask_phone(full.phone);
      full.receipt_phone = mask_phone(full.receipt_phone);
    }
    return full;
  }();
  std::vector<std::string> cells;
  for (const auto& field : insurer::fields<insurer::AttemptRow>()) field.append(row, cells.emplace_back());
  std::swap(cells[0], cells[1]);  // attempt_id stands first, as in the file that comes in
  return cells;
}

Result<void> export_attempts(Session& session, const ExportRequest& request, const RowSink& sink) {
  std::vector<std::string> policies;
  const auto keep = [&](std::string& policy_no) -> Result<void> {
    policies.push_back(std::move(policy_no));
    return {};
  };
  SHOUYUE_CHECK(session.store.each_policy_by_number(keep));
  for (const std::string& policy_no : policies) {
    insurer::FactVersions versions;
    for (const insurer::FactText& text : SHOUYUE_TRY(session.store.facts_of(policy_no)))
      if (text.kind == insurer::FactKind::attempt || (request.holds && text.kind == insurer::FactKind::policy))
        SHOUYUE_CHECK(insurer::add_fact(versions, policy_no, text));
    const auto known = insurer::as_known(versions, std::numeric_limits<std::int64_t>::max());
    if (request.holds && !request.holds(known.policy.org_code)) continue;
    for (const insurer::Attempt& attempt : known.attempts)
      SHOUYUE_CHECK(sink(attempt_cells(policy_no, attempt, request.unmasked)));
  }
  return {};
}

// An open ticket has used the working days up to the last run; they grow with every day and are not stored.
Result<void> export_tickets(Session& session, const ExportRequest& request, const RowSink& sink) {
  const PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  const Date today = Instant::from_milliseconds(run_now).date();
  return session.store.each_ticket([&](TicketRow& row) -> Result<void> {
    if (request.holds && !request.holds(row.org_code)) return {};
    const std::optional<int> used = working_days_used(deriver, row, today);
    return sink(cells_of(row, used ? std::to_string(*used) : ""));
  });
}

Result<void> export_cases(Session& session, const ExportRequest& request, const RowSink& sink) {
  return session.store.each_case([&](CaseRow& row) -> Result<void> {
    return request.holds && !request.holds(row.org_code) ? Result<void>() : sink(cells_of(row));
  });
}

// Rows of money name no organisation: those of the policies that `holds` takes.
template <class Row>
Result<void> export_money(Session& session, const ExportRequest& request, const RowSink& sink,
                          Result<void> (Store::*each)(const Sink<Row>&)) {
  std::unordered_set<std::string> policies;
  if (request.holds)
    SHOUYUE_CHECK(session.store.each_case([&](CaseRow& row) -> Result<void> {
      if (request.holds(row.org_code)) policies.insert(std::move(row.policy_no));
      return {};
    }));
  return (session.store.*each)([&](Row& row) -> Result<void> {
    return request.holds && !policies.contains(row.policy_no) ? Result<void>() : sink(cells_of(row));
  });
}

}  // namespace

std::optional<int> working_days_used(const PolicyDeriver& deriver, const TicketRow& row, Date today) {
  if (row.working_days_used) return row.working_days_used;
  insurer::Policy owner;
  owner.org_code = row.org_code;
  const auto& calendar = deriver.calendar_of(deriver.directory().surroundings(owner, 1, today));
  const auto days = calendar.working_days_between(row.opened_at.date(), today);
  return days ? std::optional(*days) : std::nullopt;
}

const std::vector<std::string>& export_columns(ExportKind kind) {
  static const std::vector<std::string> cases{"policy_no",      "regime",          "leg",          "state",
                                              "deadline",       "cooling_off_end", "result_class", "success",
                                              "success_on",     "completed",       "completed_on", "attempts",
                                              "next_slot_from", "org_code",        "channel",      "rules"};
  static const std::vector<std::string> attempts = [] {
    std::vector<std::string> names;
    for (const auto& field : insurer::fields<insurer::AttemptRow>()) names.emplace_back(field.text.name);
    std::swap(names[0], names[1]);
    return names;
  }();
  static const std::vector<std::string> tickets{"ticket_id",         "policy_no", "kind",  "subtype",    "org_code",
                                                "opened_at",         "due_on",    "state", "timeliness", "closed_at",
                                                "working_days_used", "rules"};
  static const std::vector<std::string> commission{"policy_no", "agent_code", "month",   "commission", "status",
                                                   "deduction", "payable",    "reasons", "rules"};
  static const std::vector<std::string> entries{"policy_no", "n",       "month", "kind",
                                                "amount",    "reasons", "rules", "agent_code"};
  switch (kind) {
    case ExportKind::cases: return cases;
    case ExportKind::attempts: return attempts;
    case ExportKind::tickets: return tickets;
    case ExportKind::commission: return commission;
    case ExportKind::commission_entries: return entries;
  }
  throw Bug("unknown export");
}

std::vector<std::string> cells_of(const CaseRow& row) {
  return {row.policy_no,
          row.regime,
          row.leg ? std::string(code_of(*row.leg)) : "",
          std::string(code_of(row.state)),
          text_of(row.deadline),
          text_of(row.cooling_off_end),
          std::string(code_of(row.result_class)),
          text_of(row.success),
          text_of(row.success_on),
          text_of(row.completed),
          text_of(row.completed_on),
          std::to_string(row.attempts),
          text_of(row.next_slot_from),
          row.org_code,
          std::string(code_of(row.channel)),
          row.rules};
}

std::vector<std::string> cells_of(const TicketRow& row, const std::string& working_days_used) {
  return {row.ticket_id,
          row.policy_no,
          std::string(code_of(row.kind)),
          row.subtype,
          row.org_code,
          row.opened_at.text(),
          text_of(row.due_on),
          row.state,
          std::string(code_of(row.timeliness)),
          text_of(row.closed_at),
          working_days_used,
          row.rules};
}

std::vector<std::string> cells_of(const CommissionRow& row) {
  return {row.policy_no,
          row.agent_code,
          row.month,
          row.commission.yuan(),
          std::string(code_of(row.status)),
          row.deduction.yuan(),
          row.payable.yuan(),
          row.reasons,
          row.rules};
}

std::vector<std::string> cells_of(const EntryRow& row) {
  return {row.policy_no,     std::to_string(row.n), row.month, row.kind,
          row.amount.yuan(), row.reasons,           row.rules, row.agent_code};
}

Result<void> export_rows(Session& session, const ExportRequest& request, const RowSink& sink) {
  if (request.unmasked) SHOUYUE_CHECK(note_unmasked(session, "export attempts"));
  switch (request.kind) {
    case ExportKind::cases: return export_cases(session, request, sink);
    case ExportKind::attempts: return export_attempts(session, request, sink);
    case ExportKind::tickets: return export_tickets(session, request, sink);
    case ExportKind::commission: return export_money<CommissionRow>(session, request, sink, &Store::each_commission);
    case ExportKind::commission_entries: return export_money<EntryRow>(session, request, sink, &Store::each_entry);
  }
  throw Bug("unknown export");
}

}  // namespace shouyue::app
