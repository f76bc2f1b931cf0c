#include "app/case_view.hpp"

#include <algorithm>

#include "app/audit.hpp"
#include "app/flatten.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

class Timeline {
 public:
  void day(const std::optional<Date>& on, const char* what) {
    if (on) happenings_.push_back({Instant::start_of(*on), what, ""});
  }
  void add(Instant at, const char* what, std::string detail) { happenings_.push_back({at, what, std::move(detail)}); }
  std::vector<Happening> sorted() && {
    std::ranges::stable_sort(happenings_, {}, &Happening::at);
    return std::move(happenings_);
  }

 private:
  std::vector<Happening> happenings_;
};

std::string attempt_text(const insurer::Attempt& attempt) {
  insurer::AttemptRow row;
  static_cast<insurer::Attempt&>(row) = attempt;
  std::string findings;
  for (const auto& field : insurer::fields<insurer::AttemptRow>())
    if (field.text.name == "findings") field.append(row, findings);
  return attempt.attempt_id + " " + std::string(code_of(attempt.leg)) + " " + std::string(code_of(attempt.connection)) +
         " " + std::string(code_of(attempt.party)) + " " + std::string(code_of(attempt.interview)) +
         (findings.empty() ? "" : " " + findings);
}

std::vector<Happening> timeline_of(const insurer::PolicyFacts& facts, const PolicyState* state) {
  Timeline timeline;
  timeline.day(facts.policy.issued_on, "issued");
  if (facts.receipt) {
    timeline.day(facts.receipt->delivered_on, "delivered");
    timeline.day(facts.receipt->signed_on, "signed");
    timeline.day(facts.receipt->handed_in_on, "handed_in");
    timeline.day(facts.receipt->reconciled_on, "reconciled");
  }
  for (const auto& attempt : facts.attempts) timeline.add(attempt.started_at, "attempt", attempt_text(attempt));
  for (const auto& step : facts.ticket_steps)
    timeline.add(step.at, "ticket_step",
                 (step.ticket_id.empty() ? std::string(code_of(*step.kind)) : step.ticket_id) + " " +
                     std::string(code_of(step.step)) + (step.result.empty() ? "" : " " + step.result));
  for (const auto& change : facts.changes)
    timeline.add(Instant::start_of(change.on), "change", std::string(code_of(change.change)));
  for (const auto& exception : facts.exceptions)
    timeline.add(exception.at, "exception",
                 std::string(code_of(exception.kind)) + (exception.value.empty() ? "" : " " + exception.value) + " " +
                     exception.asked_by + " " + exception.granted_by);
  if (state) {
    for (const auto& ticket : state->tickets) {
      timeline.add(ticket.opened_at, "ticket_opened", ticket.ticket_id);
      if (ticket.closed_at) timeline.add(*ticket.closed_at, "ticket_closed", ticket.ticket_id);
    }
    timeline.day(state->follow_up.success_on, "success");
    timeline.day(state->follow_up.completed_on, "completed");
  }
  return std::move(timeline).sorted();
}

}  // namespace

bool is_masked(const insurer::FieldText& field) {
  return field.nature == insurer::Nature::personal || field.name == "holder_birth_date";
}

std::string masked(std::string_view field, const std::string& text) {
  if (field.find("phone") != std::string_view::npos) return mask_phone(text);
  if (field == "holder_id_no") return mask_id(text);
  if (field.find("name") != std::string_view::npos) return mask_name(text);
  return "***";
}

template <class Record>
Fields shown_fields(const Record& record, bool unmasked) {
  Fields shown;
  for (const auto& field : insurer::fields<Record>()) {
    std::string text;
    field.append(record, text);
    if (text.empty()) continue;
    const bool is_hidden = is_masked(field.text) && !unmasked;
    shown.emplace_back(field.text.name, is_hidden ? masked(field.text.name, text) : text);
  }
  return shown;
}
template Fields shown_fields(const insurer::Policy&, bool);
template Fields shown_fields(const insurer::ReceiptRow&, bool);
template Fields shown_fields(const insurer::AttemptRow&, bool);

Fields ticket_fields(const ticket::Ticket& ticket) {
  Fields fields;
  if (ticket.result) fields.emplace_back("result", code_of(*ticket.result));
  if (!ticket.waits_for.empty()) fields.emplace_back("waits_for", clause_ids(ticket.waits_for));
  for (const regime::Reply* reply : ticket.replies) fields.emplace_back("reply." + reply->id, reply->text);
  return fields;
}

Fields standing_fields(const receipt::Standing& standing) {
  const auto flag = [](bool value) { return value ? "1" : "0"; };
  Fields fields{{"signature_ok", flag(standing.signature_ok)}};
  if (standing.returned_on) fields.emplace_back("returned_on", standing.returned_on->text());
  if (standing.late_after) {
    fields.emplace_back("late_after", standing.late_after->text());
    fields.emplace_back("late", flag(standing.late));
  }
  if (standing.hand_in_by) {
    fields.emplace_back("hand_in_by", standing.hand_in_by->text());
    fields.emplace_back("handed_in_late", flag(standing.handed_in_late));
  }
  if (!standing.warnings.empty()) fields.emplace_back("warnings", clause_ids(standing.warnings));
  return fields;
}

CaseView view_of(LoadedPolicy policy, Instant at) {
  auto state = PolicyDeriver::derive(policy, at);
  DerivedRows rows = PolicyDeriver::derive_rows(policy, at);
  const insurer::PolicyFacts all = insurer::as_known(policy.versions, INT64_MAX);
  auto timeline = timeline_of(state ? state->facts : all, state ? &*state : nullptr);
  return {.deriver = nullptr,
          .policy = std::move(policy),
          .state = std::move(state),
          .rows = std::move(rows),
          .timeline = std::move(timeline)};
}

Result<CaseView> case_view(Session& session, const CaseRequest& request) {
  if (request.unmasked) SHOUYUE_CHECK(note_unmasked(session, "case " + request.policy_no));
  auto deriver = std::make_shared<PolicyDeriver>(SHOUYUE_TRY(PolicyDeriver::load(session)));
  LoadedPolicy policy = SHOUYUE_TRY(deriver->read(request.policy_no, session.now));
  CaseView view = view_of(std::move(policy), session.now);
  view.deriver = std::move(deriver);
  return view;
}

}  // namespace shouyue::app
