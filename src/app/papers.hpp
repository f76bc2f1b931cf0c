#pragma once

#include <filesystem>

#include "app/session.hpp"
#include "regime/rule_books.hpp"

// Papers about one policy with the policyholder's data in full; each is noted in the audit journal before it is
// written.
namespace shouyue::app {

// The first letter of the books that is for the policy; null when none is. `policy_row` is regime::policy_row.
const regime::Letter* letter_for(const regime::RuleBooks& books, const expr::Row& policy_row);

// The letter of the policy's book as a page to print. Errors: letter.none (no letter of the book is for this policy),
// policy.not_found, file.cannot_write, those of PolicyDeriver and derive_policy.
Result<void> write_letter(Session& session, const std::string& policy_no, const std::filesystem::path& out);

// The order to visit the policyholder in person. Errors: policy.not_found, file.cannot_write, those of PolicyDeriver
// and derive_policy.
Result<void> write_door_visit(Session& session, const std::string& policy_no, const std::filesystem::path& out);

}  // namespace shouyue::app
