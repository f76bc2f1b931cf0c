#include "json/writer.hpp"

namespace shouyue::json {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) >= ' ') {
          out += c;
        } else {
          out += "\\u00";
          out += hex[static_cast<unsigned char>(c) >> 4];
          out += hex[static_cast<unsigned char>(c) & 15];
        }
    }
  }
  out += '"';
}

}  // namespace

void Writer::separate() {
  if (needs_comma_) text_ += ',';
}

void Writer::open(char bracket) {
  separate();
  text_ += bracket;
  needs_comma_ = false;
}

void Writer::close(char bracket) {
  text_ += bracket;
  needs_comma_ = true;
}

void Writer::key(std::string_view name) {
  separate();
  append_quoted(text_, name);
  text_ += ':';
  needs_comma_ = false;
}

void Writer::plain(std::string_view json) {
  separate();
  text_ += json;
  needs_comma_ = true;
}

void Writer::value(std::string_view text) {
  separate();
  append_quoted(text_, text);
  needs_comma_ = true;
}

void Writer::value(bool flag) { plain(flag ? "true" : "false"); }

}  // namespace shouyue::json
