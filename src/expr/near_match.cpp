#include "expr/near_match.hpp"

#include <algorithm>
#include <span>

#include "base/text.hpp"

namespace shouyue::expr {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> near_matches(std::string_view wrong, const std::vector<std::string>& words) {
  constexpr std::size_t shown_max = 6;
  constexpr std::size_t longest = 100;
  const std::size_t near = std::max<std::size_t>(2, wrong.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& word : words) {
    const bool part = wrong.size() >= 3 && word.find(wrong) != std::string::npos;
    const std::size_t distance = part ? 1 : wrong.size() > longest ? longest : edit_distance(wrong, word);
    if (distance <= near || words.size() <= shown_max) ranked.emplace_back(distance, word);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> result;
  for (std::size_t i = 0; i < ranked.size() && i < shown_max; ++i) result.push_back(ranked[i].second);
  return result;
}

std::string did_you_mean(const std::vector<std::string>& words) {
  return words.empty() ? "" : "; did you mean " + join(words, ", ") + "?";
}

std::string did_you_mean_in_chinese(const std::vector<std::string>& words) {
  return words.empty() ? "" : "；是否指 " + join(words, "、") + "？";
}

}  // namespace shouyue::expr
