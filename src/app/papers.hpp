#pragma once

#include <filesystem>

#include "app/policy_deriver.hpp"

// Papers about one policy with the policyholder's data in full; each is noted in the audit journal before it is
// written.
namespace shouyue::app {

// The first letter of the books that is for the policy; null when none is. `policy_row` is regime::policy_row.
const regime::Letter* letter_for(const regime::RuleBooks& books, const expr::Row& policy_row);

// The letters of the policies' books, one after the other, as a document to print. Errors: letter.none (no letter of
// the book is for this policy), policy.not_found, those of derive_policy.
Result<std::string> letters_to_print(Session& session, PolicyDeriver& deriver,
                                     const std::vector<std::string>& policies);

// The order to visit the policyholder in person, for that ticket of the policy; `ticket_id` empty: for its open
// door-visit ticket, if any. Errors: policy.not_found, those of derive_policy.
Result<std::string> door_visit_to_print(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                                        const std::string& ticket_id = {});

// The same into files. Errors: also file.cannot_write.
Result<void> write_letter(Session& session, const std::string& policy_no, const std::filesystem::path& out);
Result<void> write_door_visit(Session& session, const std::string& policy_no, const std::filesystem::path& out);

}  // namespace shouyue::app
