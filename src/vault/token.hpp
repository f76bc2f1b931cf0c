#pragma once

#include <string>
#include <string_view>

namespace shouyue::vault {

// 256 bits of chance, as 43 characters that may stand in a cookie and in an address.
std::string new_token();
// A word that a person can type: 16 characters without those that look alike (79 bits).
std::string new_one_time_password();
// What is stored in the place of a token: SHA-256 in hexadecimal. A token has enough chance to need no salt.
std::string token_digest(std::string_view token);
// Without telling by time how much is equal.
bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace shouyue::vault
