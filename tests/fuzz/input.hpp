#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.hpp"

// The bytes of a fuzz target's input as text.
inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// A refusal that a person can do something with: a rule, and a message in both languages.
inline void ensure_is_told(const shouyue::Error& error) {
  shouyue::ensure(!error.rule.empty() && !error.en.empty() && !error.zh.empty(), "a refusal without rule or message");
}
