#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// Blanks such as {holder_name} in the texts of letters.
namespace shouyue::regime {

inline constexpr std::array<std::string_view, 11> placeholders{
    "holder_name", "insured_name", "policy_no", "product_name",    "premium", "issued_on",
    "signed_on",   "effective_on", "insurer",   "cooling_off_end", "today",
};

// The names between braces that are not in the list above.
std::vector<std::string> unknown_placeholders(std::string_view text);

// The text with each blank that `values` knows filled in.
std::string filled(std::string_view text, const std::map<std::string, std::string, std::less<>>& values);

}  // namespace shouyue::regime
