#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

// Secrets: passwords, tokens, keys. The only place that takes chance from the machine.
//
// Work on a password takes 64 MiB and about a tenth of a second. Two run at once and a few more wait for their turn;
// whoever comes then is refused at once. Errors of all of it: sign_in.busy.
namespace shouyue::vault {

// Argon2id with the library's interactive costs (64 MiB, 2 passes) as an encoded text that carries its salt and costs.
Result<std::string> password_hash(std::string_view password);
// Takes as long for a wrong password as for a right one.
Result<bool> is_password(std::string_view hash, std::string_view password);
// Takes as long as `is_password`, for a name that nobody has.
Result<void> spend_a_password_check(std::string_view password);

}  // namespace shouyue::vault
