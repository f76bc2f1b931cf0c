#include "app/masked_reject.hpp"

#include <algorithm>

#include "base/id_number.hpp"
#include "base/phone.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t long_number = 8;  // digits: a policy number aside, no value of ours is longer but personal ones
constexpr std::size_t value_bytes_max = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string with_long_numbers_masked(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - at > long_number) {
      shown += mask_phone(text.substr(at, end - at));
      at = end;
    } else {
      shown += text[at++];
    }
  }
  return shown;
}

// Chinese of two characters and more is a name or an address as often as a word; its first character stays.
std::string with_names_masked(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !is_ascii(text.substr(end, 1))) ++end;
    shown += end > at ? mask_name(text.substr(at, end - at)) : std::string(1, text[at]);
    at = std::max(end, at + 1);
  }
  return shown;
}

std::string with_doubt_masked(std::string_view text) { return with_names_masked(with_long_numbers_masked(text)); }

// A key is what the row is looked for by, unless it stands in the wrong column.
std::string masked_key(std::string_view value) {
  if (read_id_number(value)) return mask_id(value);
  const auto phone = read_phone(value);
  const bool is_phone = phone && phone->kind != PhoneKind::service && !phone->is_without_area_code;
  return is_phone ? mask_phone(value) : with_names_masked(value);
}

// Nothing is known of what it is.
std::string length_of(std::string_view value) {
  const auto is_start = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  return "*** (" + std::to_string(std::ranges::count_if(value, is_start)) + ")";
}

std::string masked_personal(const insurer::FieldText& field, std::string_view value) {
  if (field.name.find("phone") != std::string_view::npos) return mask_phone(value);
  if (field.name.find("id_no") != std::string_view::npos) return mask_id(value);
  return field.name.find("name") != std::string_view::npos ? mask_name(value) : "***";
}

std::string masked_value(insurer::FileKind kind, const insurer::RowProblem& problem) {
  if (problem.value.empty()) return "";
  const auto field = insurer::find_field(kind, problem.column);
  if (!field) return length_of(problem.value);
  if (field->nature == insurer::Nature::key) return masked_key(problem.value);
  return field->nature == insurer::Nature::personal ? masked_personal(*field, problem.value)
                                                    : with_doubt_masked(problem.value);
}

std::string without(std::string message, const std::string& value, const std::string& shown) {
  for (const std::string& said : {value, excerpt(value)})
    for (auto at = message.find(said); !said.empty() && at != std::string::npos;
         at = message.find(said, at + shown.size()))
      message.replace(at, said.size(), shown);
  return message;
}

// Of a list the message says which part is wrong, or what stands before its colon.
std::string masked_message(const std::string& text, const std::string& value, const std::string& shown) {
  std::string message = without(text, value, shown);
  for (const std::string_view part : split(value, ';'))
    for (const std::string_view said : {trim(part), trim(part.substr(0, part.rfind(':')))})
      message = without(std::move(message), std::string(said), with_doubt_masked(said));
  return message;
}

}  // namespace

RejectRow masked_reject(insurer::FileKind kind, std::int64_t line, const insurer::RowProblem& problem) {
  const std::string shown = masked_value(kind, problem);
  const bool is_masked = shown != problem.value;
  const auto message = [&](const std::string& text) {
    return is_masked ? masked_message(text, problem.value, shown) : text;
  };
  return {.n = 0,
          .line = line,
          .column = excerpt(problem.column, value_bytes_max),
          .value = excerpt(shown, value_bytes_max),
          .rule = problem.error.rule,
          .en = message(problem.error.en),
          .zh = message(problem.error.zh)};
}

}  // namespace shouyue::app
