#pragma once

#include <string>
#include <string_view>

// Secrets: passwords, tokens, keys. The only place that takes chance from the machine.
namespace shouyue::vault {

// Argon2id with the library's interactive costs (64 MiB, 2 passes) as an encoded text that carries its salt and costs.
std::string password_hash(std::string_view password);
// Takes as long for a wrong password as for a right one.
bool is_password(std::string_view hash, std::string_view password);
// Takes as long as `is_password`, for a name that nobody has.
void spend_a_password_check(std::string_view password);

}  // namespace shouyue::vault
