#pragma once

#include <string>
#include <vector>

#include "insurer/facts.hpp"

namespace shouyue::app {

// One field of a fact as it is shown.
struct ShownField {
  std::string name, text;
  bool is_masked = false;
  bool is_changed = false;  // otherwise than in the version before; the text may be empty then
};

struct ShownVersion {
  std::int64_t seq = 0;
  std::vector<ShownField> fields;
};

// A fact with all that was ever said of it, the oldest first; the last version counts, the others are corrected.
struct FactHistory {
  insurer::FactKind kind = insurer::FactKind::policy;
  std::string key;
  Instant at;
  std::vector<ShownVersion> versions;
};

std::string_view code_of(insurer::FactKind kind);  // policy, receipt, attempt, ticket_step, policy_change

// Every fact of a policy, by kind, then in order of time. Personal fields are masked unless `unmasked`.
std::vector<FactHistory> fact_history(const insurer::FactVersions& versions, bool unmasked);

}  // namespace shouyue::app
