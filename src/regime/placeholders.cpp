#include "regime/placeholders.hpp"

#include <algorithm>

namespace shouyue::regime {
namespace {

// Calls `plain(text)` for what stands between the blanks and `blank(name)` for each {name}.
template <class Plain, class Blank>
void for_each_part(std::string_view text, const Plain& plain, const Blank& blank) {
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    plain(text.substr(0, open));
    blank(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  plain(text);
}

}  // namespace

std::vector<std::string> unknown_placeholders(std::string_view text) {
  std::vector<std::string> unknown;
  for_each_part(
      text, [](std::string_view) {},
      [&](std::string_view name) {
        if (std::ranges::find(placeholders, name) == placeholders.end()) unknown.emplace_back(name);
      });
  return unknown;
}

std::string filled(std::string_view text, const std::map<std::string, std::string, std::less<>>& values) {
  std::string result;
  for_each_part(
      text, [&](std::string_view plain) { result += plain; },
      [&](std::string_view name) {
        const auto value = values.find(name);
        result += value == values.end() ? "{" + std::string(name) + "}" : value->second;
      });
  return result;
}

}  // namespace shouyue::regime
