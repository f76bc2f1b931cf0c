#pragma once

#include <filesystem>

#include "app/session.hpp"

// Papers about one policy with the policyholder's data in full; each is noted in the audit journal before it is
// written.
namespace shouyue::app {

// The letter of the policy's book as a page to print. Errors: letter.none (no letter of the book is for this policy),
// policy.not_found, file.cannot_write, those of PolicyDeriver and derive_policy.
Result<void> write_letter(Session& session, const std::string& policy_no, const std::filesystem::path& out);

// The order to visit the policyholder in person. Errors: policy.not_found, file.cannot_write, those of PolicyDeriver
// and derive_policy.
Result<void> write_door_visit(Session& session, const std::string& policy_no, const std::filesystem::path& out);

}  // namespace shouyue::app
