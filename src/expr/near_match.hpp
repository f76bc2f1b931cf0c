#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shouyue::expr {

// The words of a closed list that a misspelt one may have meant, nearest first; all of a short list when none is near.
std::vector<std::string> near_matches(std::string_view wrong, const std::vector<std::string>& words);

// `; did you mean a, b?` and `；是否指 a、b？`, or nothing for an empty list.
std::string did_you_mean(const std::vector<std::string>& words);
std::string did_you_mean_in_chinese(const std::vector<std::string>& words);

}  // namespace shouyue::expr
