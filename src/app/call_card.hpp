#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/call_store.hpp"
#include "app/policy_deriver.hpp"

namespace shouyue::app {

// What can be asked to see whether the person on the line is the policyholder, as far as the policy says it.
enum class IdentityItem : std::uint8_t {
  id_tail,       // the last four characters of the identity document
  birth_date,    // 1970-01-31
  insured_name,  // of a policy whose holder and insured differ
};
std::string_view code_of(IdentityItem item);

// Before the call: what the agent has to know of one case. Nothing is masked here; whoever shows it masks.
struct CallCard {
  LoadedPolicy policy;
  PolicyState state;
  const insurer::Product* product = nullptr;  // null: not known
  const insurer::Organisation* organisation = nullptr;
  std::vector<std::string> phones;  // in the order in which they are dialled: the newest reported first
  std::vector<IdentityItem> identity_items;
  int slots_left = 0;                                           // with this one, at most 99
  std::vector<const regime::Clause*> why_now;                   // what lets the case be called at this moment
  std::vector<RecordingRow> recordings;                         // by time
  std::map<std::string, std::vector<insurer::Answer>> answers;  // by attempt, each in the order of the call
};

// The clauses belong to `deriver`. Errors: policy.not_found, those of derive_policy and of the store.
Result<CallCard> call_card(Session& session, PolicyDeriver& deriver, const std::string& policy_no);

// The numbers of the policyholder that can be dialled, the newest reported first, each once.
std::vector<std::string> phones_of(const insurer::PolicyFacts& facts);

}  // namespace shouyue::app
