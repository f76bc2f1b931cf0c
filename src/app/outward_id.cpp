#include "app/outward_id.hpp"

#include <algorithm>
#include <charconv>

#include "app/store.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t bucket_digits = 3, id_digits = 24;

}  // namespace

std::string outward_id(std::string_view policy_no, const std::string& id) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto bucket = static_cast<std::size_t>(bucket_of(policy_no));
  return std::string{digits[bucket >> 8], digits[(bucket >> 4) & 15], digits[bucket & 15]} + id;
}

std::optional<OutwardId> read_outward_id(std::string_view text) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (text.size() != bucket_digits + id_digits || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  OutwardId read{.bucket = 0, .id = std::string(text.substr(bucket_digits))};
  std::from_chars(text.data(), text.data() + bucket_digits, read.bucket, 16);
  return read;
}

}  // namespace shouyue::app
