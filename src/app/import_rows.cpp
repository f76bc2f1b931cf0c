#include "app/import_rows.hpp"

#include <algorithm>
#include <tuple>

#include "base/phone.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

using insurer::FactKind;

std::int64_t key_of(std::string_view text) { return static_cast<std::int64_t>(stable_hash(text)); }

void add_further_phone(std::string_view text, PreparedRow& row) {
  if (const std::int64_t phone = text.empty() ? 0 : phone_key(text); phone != 0 && phone != row.phone)
    row.further_phones.push_back(phone);
}

void add_details(const insurer::Policy& policy, PreparedRow& row) {
  row.issued_on = policy.issued_on;
  row.phone = phone_key(policy);
  row.holder = holder_key(policy);
  for (const std::string* text : {&policy.mobile_phone, &policy.home_phone, &policy.work_phone})
    add_further_phone(*text, row);
}
void add_details(const insurer::AttemptRow& attempt, PreparedRow& row) {
  add_further_phone(attempt.receipt_phone, row);
}
void add_details(const insurer::TicketStepRow& step, PreparedRow& row) { add_further_phone(step.new_phone, row); }
void add_details(const insurer::PolicyChangeRow& change, PreparedRow& row) {
  if (change.change == insurer::Change::phone_change) add_further_phone(change.value, row);
}
void add_details(const insurer::ReceiptRow& receipt, PreparedRow& row) { row.signed_on = receipt.signed_on; }
template <class Record>
void add_details(const Record&, PreparedRow&) {}

void check_codes(const insurer::Policy& policy, const Directory& directory, const ImportScope& scope,
                 PreparedRow& row) {
  const auto add = [&row](std::string_view column, const std::string& value, Error error, bool is_warning) {
    row.problems.push_back(
        {.column = std::string(column), .value = value, .error = std::move(error), .is_warning = is_warning});
  };
  // Where no organisation was imported at all, their codes mean nothing yet and are not checked.
  const bool is_unknown = directory.has_organisations() && !directory.has_organisation(policy.org_code);
  if (is_unknown || (scope && !scope(policy.org_code)))
    add("org_code", policy.org_code,
        {Errc::rule_broken, "policies.unknown_org",
         "no organisation has the code " + policy.org_code + "; import it first",
         "机构代码 " + policy.org_code + " 不存在，请先导入机构"},
        false);
  if (!policy.agent_code.empty() && !directory.has_agent(policy.agent_code))
    add("agent_code", policy.agent_code,
        {Errc::rule_broken, "policies.unknown_agent", "the agent is not known (yet)", "业务员代码尚不存在"}, true);
  if (!policy.product_code.empty() && !directory.has_product(policy.product_code))
    add("product_code", policy.product_code,
        {Errc::rule_broken, "policies.unknown_product", "the product is not known (yet)", "险种代码尚不存在"}, true);
}
template <class Record>
void check_codes(const Record&, const Directory&, const ImportScope&, PreparedRow&) {}

std::optional<Money> premium_of(const insurer::Policy& policy) { return policy.premium; }
template <class Record>
std::optional<Money> premium_of(const Record&) {
  return std::nullopt;
}

template <class Record>
void prepare_fact(const insurer::Header& header, const Directory& directory, const ImportScope& scope,
                  const CsvRow& source, FactKind kind, PreparedRow& row) {
  Record record;
  insurer::read_row(header, source.fields, record, row.problems);
  row.premium = premium_of(record);
  if (!insurer::has_error(row.problems)) check_codes(record, directory, scope, row);
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
    case insurer::FileKind::policies:
      prepare_fact<insurer::Policy>(header_, *directory_, scope_, source, FactKind::policy, row);
      break;
    case insurer::FileKind::receipts:
      prepare_fact<insurer::ReceiptRow>(header_, *directory_, scope_, source, FactKind::receipt, row);
      break;
    case insurer::FileKind::attempts:
      prepare_fact<insurer::AttemptRow>(header_, *directory_, scope_, source, FactKind::attempt, row);
      break;
    case insurer::FileKind::ticket_steps:
      prepare_fact<insurer::TicketStepRow>(header_, *directory_, scope_, source, FactKind::ticket_step, row);
      break;
    case insurer::FileKind::policy_changes:
      prepare_fact<insurer::PolicyChangeRow>(header_, *directory_, scope_, source, FactKind::policy_change, row);
      break;
    case insurer::FileKind::answers:
      prepare_fact<insurer::AnswerRow>(header_, *directory_, scope_, source, FactKind::answer, row);
      break;
  }
  return row;
}

void order_as_stored(PreparedBatch& batch) {
  std::vector<std::pair<std::int64_t, PreparedRow*>> placed;
  placed.reserve(batch.rows.size());
  for (PreparedRow& row : batch.rows) placed.emplace_back(bucket_of(row.fact.key.policy_no), &row);
  std::ranges::stable_sort(placed, [](const auto& a, const auto& b) {
    const FactKey &x = a.second->fact.key, &y = b.second->fact.key;
    return std::tie(a.first, x.policy_no, x.key) < std::tie(b.first, y.policy_no, y.key);
  });
  batch.as_stored.clear();
  for (const auto& [bucket, row] : placed) batch.as_stored.push_back(row);
}

bool RowReader::is_header_again(const CsvRow& row) const {
  return std::ranges::equal(
      row.fields, header_.headings, {}, [](std::string_view cell) { return trim(cell); },
      [](const std::string& heading) { return trim(heading); });
}

std::int64_t phone_key(std::string_view text) {
  const auto phone = read_phone(text);
  return phone && phone->kind != PhoneKind::service ? key_of(phone->number) : 0;
}

std::int64_t phone_key(const insurer::Policy& policy) {
  for (const std::string* text : {&policy.mobile_phone, &policy.home_phone, &policy.work_phone})
    if (const std::int64_t phone = text->empty() ? 0 : phone_key(*text); phone != 0) return phone;
  return 0;
}

std::int64_t holder_key(const insurer::Policy& policy) {
  if (!policy.holder_id_no.empty()) return key_of(policy.holder_id_type + "\x1f" + policy.holder_id_no);
  if (policy.holder_name.empty()) return 0;
  return key_of(policy.holder_name + "\x1f" + (policy.holder_birth_date ? policy.holder_birth_date->text() : "") +
                "\x1f" + policy.mobile_phone);
}

}  // namespace shouyue::app
