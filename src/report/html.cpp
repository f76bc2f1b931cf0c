#include "report/html.hpp"

#include <algorithm>

namespace shouyue::report {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string both(std::string_view zh, std::string_view en, std::string_view element) {
  if (zh == en) return escaped(zh);
  const std::string name(element);
  return "<" + name + " lang=\"zh\">" + escaped(zh) + "</" + name + "><" + name + " lang=\"en\">" + escaped(en) + "</" +
         name + ">";
}

std::string both(const Text& text, std::string_view element) { return both(text.zh, text.en, element); }

std::string grouped(std::string_view number) {
  const bool negative = number.starts_with('-');
  std::string digits(number.substr(negative ? 1 : 0));
  for (std::size_t at = std::min(digits.find('.'), digits.size()); at > 3; at -= 3) digits.insert(at - 3, ",");
  return (negative ? "−" : "") + digits;
}

std::string grouped(std::int64_t number) { return grouped(std::to_string(number)); }

std::string grouped_yuan(Money amount) { return grouped(amount.yuan()); }

}  // namespace shouyue::report
