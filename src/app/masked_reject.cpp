#include "app/masked_reject.hpp"

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

std::string masked_personal(const insurer::FieldText& field, std::string_view value) {
  if (field.name.find("phone") != std::string_view::npos) return mask_phone(value);
  if (field.name.find("id_no") != std::string_view::npos) return mask_id(value);
  return field.name.find("name") != std::string_view::npos ? mask_name(value) : "***";
}

std::string masked_value(insurer::FileKind kind, const insurer::RowProblem& problem) {
  if (problem.value.empty()) return "";
  const auto field = insurer::find_field(kind, problem.column);
  if (!field) return with_long_numbers_masked(problem.value);
  if (field->nature == insurer::Nature::key) return problem.value;
  return field->nature == insurer::Nature::personal ? masked_personal(*field, problem.value)
                                                    : with_long_numbers_masked(problem.value);
}

std::string without(std::string message, const std::string& value, const std::string& shown) {
  for (const std::string& said : {value, excerpt(value)})
    for (auto at = message.find(said); !said.empty() && at != std::string::npos;
         at = message.find(said, at + shown.size()))
      message.replace(at, said.size(), shown);
  return message;
}

}  // namespace

RejectRow masked_reject(insurer::FileKind kind, std::int64_t line, const insurer::RowProblem& problem) {
  const std::string shown = masked_value(kind, problem);
  const bool is_masked = shown != problem.value;
  const auto message = [&](const std::string& text) { return is_masked ? without(text, problem.value, shown) : text; };
  return {.n = 0,
          .line = line,
          .column = excerpt(problem.column, value_bytes_max),
          .value = excerpt(shown, value_bytes_max),
          .rule = problem.error.rule,
          .en = message(problem.error.en),
          .zh = message(problem.error.zh)};
}

}  // namespace shouyue::app
