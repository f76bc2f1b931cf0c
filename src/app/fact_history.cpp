#include "app/fact_history.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "app/case_view.hpp"
#include "insurer/fact_text.hpp"

namespace shouyue::app {
namespace {

using insurer::FactKind;

template <class Row>
std::vector<ShownField> fields_of(const Row& row, bool unmasked) {
  std::vector<ShownField> shown;
  for (const auto& field : insurer::fields<Row>()) {
    if (field.text.name == "policy_no") continue;
    std::string text;
    field.append(row, text);
    const bool is_hidden = is_masked(field.text) && !unmasked && !text.empty();
    if (is_hidden) text = masked(field.text.name, text);
    shown.push_back({.name = std::string(field.text.name), .text = std::move(text), .is_masked = is_hidden});
  }
  return shown;
}

// Compares what is stored, not what is shown: two phones may look alike when masked.
template <class Row>
void mark_changes(const Row& before, const Row& after, std::vector<ShownField>& shown) {
  std::size_t n = 0;
  for (const auto& field : insurer::fields<Row>()) {
    if (field.text.name == "policy_no") continue;
    std::string old_text, new_text;
    field.append(before, old_text);
    field.append(after, new_text);
    shown[n++].is_changed = old_text != new_text;
  }
}

template <class Row, class Fact>
Row row_of(const Fact& fact) {
  Row row;
  static_cast<Fact&>(row) = fact;
  return row;
}

template <class Row, class Fact>
void add(FactKind kind, const std::vector<Fact>& facts, bool unmasked, std::vector<FactHistory>& histories) {
  std::map<std::string, std::vector<Row>> by_key;
  for (const Fact& fact : facts) {
    const Row row = row_of<Row>(fact);
    by_key[insurer::fact_key(row)].push_back(row);
  }
  const auto first = static_cast<std::ptrdiff_t>(histories.size());
  for (auto& [key, rows] : by_key) {
    std::ranges::sort(rows, {}, [](const Row& row) { return row.seq; });
    FactHistory history{.kind = kind, .key = key, .at = insurer::fact_time(rows.back()), .versions = {}};
    for (std::size_t n = 0; n < rows.size(); ++n) {
      auto fields = fields_of(rows[n], unmasked);
      if (n > 0) mark_changes(rows[n - 1], rows[n], fields);
      std::erase_if(fields, [](const ShownField& field) { return field.text.empty() && !field.is_changed; });
      history.versions.push_back({.seq = rows[n].seq, .fields = std::move(fields)});
    }
    histories.push_back(std::move(history));
  }
  std::stable_sort(histories.begin() + first, histories.end(),
                   [](const FactHistory& a, const FactHistory& b) { return a.at < b.at; });
}

}  // namespace

std::string_view code_of(FactKind kind) {
  static constexpr std::array<std::string_view, 6> codes{"",        "policy",      "receipt",
                                                         "attempt", "ticket_step", "policy_change"};
  return codes[static_cast<std::size_t>(kind)];
}

std::vector<FactHistory> fact_history(const insurer::FactVersions& versions, bool unmasked) {
  std::vector<FactHistory> histories;
  add<insurer::Policy>(FactKind::policy, versions.policies, unmasked, histories);
  add<insurer::ReceiptRow>(FactKind::receipt, versions.receipts, unmasked, histories);
  add<insurer::AttemptRow>(FactKind::attempt, versions.attempts, unmasked, histories);
  add<insurer::TicketStepRow>(FactKind::ticket_step, versions.ticket_steps, unmasked, histories);
  add<insurer::PolicyChangeRow>(FactKind::policy_change, versions.changes, unmasked, histories);
  return histories;
}

}  // namespace shouyue::app
