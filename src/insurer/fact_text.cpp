#include "insurer/fact_text.hpp"

namespace shouyue::insurer {
namespace {

template <class Row>
Result<Row> decoded(const std::string& policy_no, const FactText& text) {
  Row row;
  SHOUYUE_CHECK(decode(text.body, text.personal, row));
  row.policy_no = policy_no;
  row.seq = text.seq;
  return row;
}

template <class Row, class Fact>
Result<void> add(std::vector<Fact>& facts, const std::string& policy_no, const FactText& text) {
  facts.push_back(static_cast<Fact&&>(SHOUYUE_TRY(decoded<Row>(policy_no, text))));
  return {};
}

}  // namespace

std::string fact_key(const Policy&) { return {}; }
std::string fact_key(const ReceiptRow&) { return {}; }
std::string fact_key(const AttemptRow& row) { return row.attempt_id; }

std::string fact_key(const TicketStepRow& row) {
  std::string key = row.ticket_id.empty() ? std::string(code_of(*row.kind)) : row.ticket_id;
  return key + "|" + std::string(code_of(row.step)) + "|" + std::to_string(row.at.milliseconds());
}

std::string fact_key(const PolicyChangeRow& row) { return std::string(code_of(row.change)) + "|" + row.on.text(); }
std::string fact_key(const ExceptionRow& row) { return std::to_string(row.request); }

std::string fact_key(const AnswerRow& row) { return row.attempt_id + "|" + row.question; }

Instant fact_time(const Policy& row) { return Instant::start_of(row.issued_on); }

Instant fact_time(const ReceiptRow& row) {
  for (const auto& day : {row.signed_on, row.delivered_on, row.handed_in_on, row.reconciled_on})
    if (day) return Instant::start_of(*day);
  return {};
}

Instant fact_time(const AttemptRow& row) { return row.started_at; }
Instant fact_time(const TicketStepRow& row) { return row.at; }
Instant fact_time(const PolicyChangeRow& row) { return Instant::start_of(row.on); }
Instant fact_time(const AnswerRow& row) { return row.at; }
Instant fact_time(const ExceptionRow& row) { return row.at; }

CanonicalText with_confidential_apart(const FactText& text) {
  switch (text.kind) {
    case FactKind::policy: return with_confidential_apart<Policy>(text.body, text.personal);
    case FactKind::receipt: return with_confidential_apart<ReceiptRow>(text.body, text.personal);
    case FactKind::attempt: return with_confidential_apart<AttemptRow>(text.body, text.personal);
    case FactKind::ticket_step: return with_confidential_apart<TicketStepRow>(text.body, text.personal);
    case FactKind::policy_change: return with_confidential_apart<PolicyChangeRow>(text.body, text.personal);
    case FactKind::answer:
    case FactKind::exception: break;  // never stored that way
  }
  return {text.body, text.personal};
}

Result<void> add_fact(FactVersions& versions, const std::string& policy_no, const FactText& text) {
  switch (text.kind) {
    case FactKind::policy: return add<Policy>(versions.policies, policy_no, text);
    case FactKind::receipt: return add<ReceiptRow>(versions.receipts, policy_no, text);
    case FactKind::attempt: return add<AttemptRow>(versions.attempts, policy_no, text);
    case FactKind::ticket_step: return add<TicketStepRow>(versions.ticket_steps, policy_no, text);
    case FactKind::policy_change: return add<PolicyChangeRow>(versions.changes, policy_no, text);
    case FactKind::answer: break;
    case FactKind::exception: return add<ExceptionRow>(versions.exceptions, policy_no, text);
  }
  return refuse(Errc::environment, "store.corrupt_fact", "a stored fact is of a kind that has no place here",
                "存储的事实类型与此处不符");
}

}  // namespace shouyue::insurer
