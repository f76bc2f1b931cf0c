#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace shouyue::json {

// Writes JSON text member after member; the caller opens and closes in order. Numbers are whole: amounts, rates and
// scores are text.
class Writer {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(bool flag);
  void value(std::integral auto number) { plain(std::to_string(number)); }

  // A value that is JSON text already.
  void json(std::string_view text) { plain(text); }

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  void open(char bracket);
  void close(char bracket);
  void plain(std::string_view json);
  void separate();

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace shouyue::json
