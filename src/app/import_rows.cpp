#include "app/import_rows.hpp"

#include <algorithm>

#include "app/directory.hpp"
#include "base/phone.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

using insurer::FactKind;

std::int64_t key_of(std::string_view text) { return static_cast<std::int64_t>(stable_hash(text)); }

void add_details(const insurer::Policy& policy, PreparedRow& row) {
  row.org_code = policy.org_code;
  row.agent_code = policy.agent_code;
  row.product_code = policy.product_code;
  row.issued_on = policy.issued_on;
  row.phone = phone_key(policy);
  row.holder = holder_key(policy);
}
void add_details(const insurer::ReceiptRow& receipt, PreparedRow& row) { row.signed_on = receipt.signed_on; }
template <class Record>
void add_details(const Record&, PreparedRow&) {}

template <class Record>
void prepare_fact(const insurer::Header& header, const CsvRow& source, FactKind kind, PreparedRow& row) {
  Record record;
  insurer::read_row(header, source.fields, record, row.problems);
  if (insurer::has_error(row.problems)) return;
  row.fact.key.kind = kind;
  row.fact.key.policy_no = record.policy_no;
  row.fact.key.key = insurer::fact_key(record);
  row.fact.at = insurer::fact_time(record);
  insurer::encode(record, row.fact.text);
  add_details(record, row);
}

std::string reference_key(const insurer::Organisation& record) { return organisation_key(record); }
std::string reference_key(const insurer::Agent& record) { return record.code; }
std::string reference_key(const insurer::Product& record) { return record.code; }

template <class Record>
void prepare_reference(const insurer::Header& header, const CsvRow& source, PreparedRow& row) {
  Record record;
  insurer::read_row(header, source.fields, record, row.problems);
  if (insurer::has_error(row.problems)) return;
  row.fact.key.key = reference_key(record);
  insurer::encode(record, row.fact.text);
}

}  // namespace

PreparedRow RowReader::prepare(const CsvRow& source) const {
  PreparedRow row;
  row.line = source.line;
  switch (kind_) {
    case insurer::FileKind::organisations: prepare_reference<insurer::Organisation>(header_, source, row); break;
    case insurer::FileKind::agents: prepare_reference<insurer::Agent>(header_, source, row); break;
    case insurer::FileKind::products: prepare_reference<insurer::Product>(header_, source, row); break;
    case insurer::FileKind::policies: prepare_fact<insurer::Policy>(header_, source, FactKind::policy, row); break;
    case insurer::FileKind::receipts: prepare_fact<insurer::ReceiptRow>(header_, source, FactKind::receipt, row); break;
    case insurer::FileKind::attempts: prepare_fact<insurer::AttemptRow>(header_, source, FactKind::attempt, row); break;
    case insurer::FileKind::ticket_steps:
      prepare_fact<insurer::TicketStepRow>(header_, source, FactKind::ticket_step, row);
      break;
    case insurer::FileKind::policy_changes:
      prepare_fact<insurer::PolicyChangeRow>(header_, source, FactKind::policy_change, row);
      break;
  }
  return row;
}

bool RowReader::is_header_again(const CsvRow& row) const {
  return std::ranges::equal(
      row.fields, header_.headings, {}, [](std::string_view cell) { return trim(cell); },
      [](const std::string& heading) { return trim(heading); });
}

std::int64_t phone_key(const insurer::Policy& policy) {
  for (const std::string* text : {&policy.mobile_phone, &policy.home_phone, &policy.work_phone}) {
    if (text->empty()) continue;
    if (const auto phone = read_phone(*text); phone && phone->kind != PhoneKind::service) return key_of(phone->number);
  }
  return 0;
}

std::int64_t holder_key(const insurer::Policy& policy) {
  if (!policy.holder_id_no.empty()) return key_of(policy.holder_id_type + "\x1f" + policy.holder_id_no);
  if (policy.holder_name.empty()) return 0;
  return key_of(policy.holder_name + "\x1f" + (policy.holder_birth_date ? policy.holder_birth_date->text() : "") +
                "\x1f" + policy.mobile_phone);
}

}  // namespace shouyue::app
