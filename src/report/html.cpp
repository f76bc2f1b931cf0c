#include "report/html.hpp"

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

std::string grouped(std::int64_t number) {
  const bool negative = number < 0;
  std::string digits = std::to_string(number).substr(negative ? 1 : 0);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return (negative ? "−" : "") + digits;
}

std::string grouped_yuan(Money amount) {
  const std::string text = amount.yuan();
  const std::size_t point = text.find('.');
  const bool negative = text.starts_with('-');
  std::string yuan = text.substr(negative ? 1 : 0, point - (negative ? 1 : 0));
  for (std::size_t at = yuan.size(); at > 3; at -= 3) yuan.insert(at - 3, ",");
  return (negative ? "−" : "") + yuan + text.substr(point);
}

}  // namespace shouyue::report
