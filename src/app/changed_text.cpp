#include "app/changed_text.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "insurer/codes.hpp"

namespace shouyue::app {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// `96%` -> `95%`, `97%`; `20.00` -> `19.99`, `20.01`.
std::vector<std::string> changed_numbers(const std::string& text) {
  const bool percent = text.ends_with("%");
  const std::string number = percent ? text.substr(0, text.size() - 1) : text;
  const auto value = Decimal::parse(number);
  const bool plain = std::ranges::all_of(number, [](char c) { return is_digit(c) || c == '.' || c == '-'; });
  if (!value || number.empty() || !plain) return {};
  const auto point = number.find('.');
  const int places = point == std::string::npos ? 0 : static_cast<int>(number.size() - point - 1);
  std::int64_t step = 1'000'000;
  for (int place = 0; place < places; ++place) step /= 10;
  const std::string unit = percent ? "%" : "";
  const auto moved = [&](std::int64_t by) {
    return Decimal::millionths(value->in_millionths() + by).text(places) + unit;
  };
  return {moved(-step), moved(step)};
}

std::optional<int> minute_of(std::string_view time) {
  if (time.size() != 5 || time[2] != ':') return std::nullopt;
  for (const std::size_t i : {0, 1, 3, 4})
    if (!is_digit(time[i])) return std::nullopt;
  return ((time[0] - '0') * 10 + time[1] - '0') * 60 + (time[3] - '0') * 10 + time[4] - '0';
}
std::string time_of(int minute) {
  const auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}

// `09:00-12:00`: each end a minute earlier and later.
std::vector<std::string> changed_periods(std::string_view period) {
  if (period.size() != 11) return {};
  const auto opens = minute_of(period.substr(0, 5));
  const auto closes = minute_of(period.substr(6));
  if (!opens || !closes) return {};
  std::vector<std::string> result;
  for (const int step : {-1, 1}) {
    result.push_back(time_of(*opens + step) + "-" + time_of(*closes));
    result.push_back(time_of(*opens) + "-" + time_of(*closes + step));
  }
  return result;
}

constexpr std::string_view performers[] = {"head_office", "branch", "agent", "head_office"};
constexpr std::string_view units[] = {"days", "working_days", "months", "days"};
constexpr std::string_view count_froms[] = {"next_day", "same_day", "next_day"};
constexpr std::string_view day_rules[] = {"every_day", "except_statutory_holidays", "working_days", "every_day"};
constexpr std::string_view classes[] = {"standard", "substandard", "problem", "verification", "standard"};
constexpr std::string_view decisions[] = {"last", "last_in_cooling_off", "last_success", "first_success", "last"};
constexpr std::string_view after_deadline[] = {"close", "continue", "close"};

std::span<const std::string_view> words_of(std::string_view key, std::string_view word) {
  if (key == "performer" || key == "handler") return performers;
  if (key == "unit") return units;
  if (key == "count_from") return count_froms;
  if (key == "days") return day_rules;
  if (key == "class") return classes;
  if (key == "value" && (word == "close" || word == "continue")) return after_deadline;
  if (key == "value") return decisions;
  return {};
}

std::vector<std::string> changed_words(std::string_view key, std::string_view word) {
  const auto words = words_of(key, word);
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return {};
  return {std::string(*std::next(found))};
}

// Replaces one number or day of a condition at a time.
void move_limits(const std::string& text, std::vector<std::string>& result) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') {
      i = text.find('\'', i + 1);
      if (i == std::string::npos) return;
      continue;
    }
    if (!is_digit(text[i]) || (i > 0 && is_name(text[i - 1]))) continue;
    const std::string_view rest = std::string_view(text).substr(i);
    std::size_t size = 0;
    const bool is_day = rest.size() >= 10 && Date::parse(rest.substr(0, 10)).has_value();
    if (is_day)
      size = 10;
    else
      while (size < rest.size() && (is_digit(rest[size]) || rest[size] == '.' || rest[size] == '%')) ++size;
    const std::string limit(rest.substr(0, size));
    for (const std::string& other : is_day ? changed_days(limit) : changed_numbers(limit))
      result.push_back(text.substr(0, i) + other + text.substr(i + size));
    i += size - 1;
  }
}

// `<` for `<=` and the other way round.
void move_boundaries(const std::string& text, std::vector<std::string>& result) {
  for (std::size_t i = text.find_first_of("<>"); i != std::string::npos; i = text.find_first_of("<>", i + 1)) {
    const bool closed = text[i + 1] == '=';
    result.push_back(text.substr(0, i + 1) + (closed ? "" : "=") + text.substr(i + (closed ? 2 : 1)));
  }
}

// Leaves out one entry of each list at a time.
void shorten_lists(const std::string& text, std::vector<std::string>& result) {
  for (std::size_t open = text.find('['); open != std::string::npos; open = text.find('[', open + 1)) {
    const std::size_t close = text.find(']', open);
    if (close == std::string::npos) return;
    std::vector<std::string> entries;
    for (std::size_t from = open + 1; from < close;) {
      const std::size_t to = std::min(text.find(',', from), close);
      entries.push_back(text.substr(from, to - from));
      from = to + 1;
    }
    if (entries.size() < 2) continue;
    for (std::size_t left_out = 0; left_out < entries.size(); ++left_out) {
      std::string list;
      for (std::size_t i = 0; i < entries.size(); ++i)
        if (i != left_out) list += (list.empty() ? "" : ",") + entries[i];
      result.push_back(text.substr(0, open + 1) + list + text.substr(close));
    }
  }
}

}  // namespace

std::vector<std::string> changed_days(std::string_view day) {
  const auto date = Date::parse(day);
  if (!date) return {};
  return {(*date - 1).text(), (*date + 1).text()};
}

std::vector<std::string> changed_conditions(const std::string& condition) {
  std::vector<std::string> result{"not (" + condition + ")"};
  move_limits(condition, result);
  move_boundaries(condition, result);
  shorten_lists(condition, result);
  return result;
}

std::vector<std::string> changed_texts(std::string_view key, const std::string& text) {
  if (key == "when" || key == "population" || key == "numerator") return changed_conditions(text);
  for (auto changed : {changed_numbers(text), changed_periods(text), changed_words(key, text)})
    if (!changed.empty()) return changed;
  return {};
}

}  // namespace shouyue::app
