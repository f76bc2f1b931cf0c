#include "insurer/field_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"

namespace shouyue::insurer {
namespace {

constexpr int spreadsheet_epoch = 25'569;  // the spreadsheet's number of 1970-01-01
constexpr int spreadsheet_first = 7'306;   // 1920-01-01: smaller numbers are years or typing errors, not days
constexpr int spreadsheet_last = 73'050;   // 2099-12-31

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> spreadsheet_day(std::string_view text) {
  int number = 0;
  if (text.size() > 5 || !all_digits(text)) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (number < spreadsheet_first || number > spreadsheet_last) return std::nullopt;
  return number - spreadsheet_epoch;
}

// The second of the day of a fraction's decimals: "395833" is 09:30:00 (to the nearest second).
std::int64_t second_of_fraction(std::string_view decimals) {
  std::int64_t value = 0, scale = 1;
  for (const char c : decimals.substr(0, 12)) {
    value = value * 10 + (c - '0');
    scale *= 10;
  }
  return (value * 86'400 + scale / 2) / scale;
}

std::optional<Instant> spreadsheet_instant(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto day = spreadsheet_day(text.substr(0, point));
  if (!day) return std::nullopt;
  const Instant midnight = Instant::start_of(Date::from_days(*day));
  if (point == std::string_view::npos) return midnight;
  const std::string_view decimals = text.substr(point + 1);
  if (!all_digits(decimals)) return std::nullopt;
  return midnight.plus_seconds(second_of_fraction(decimals));
}

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, text) != list.end();
}

}  // namespace

Result<void> read_value(std::string_view text, std::string& value) {
  value = text;
  return {};
}

Result<void> read_value(std::string_view text, Date& value) {
  if (const auto day = spreadsheet_day(text)) {
    value = Date::from_days(*day);
    return {};
  }
  value = SHOUYUE_TRY(Date::parse(text));
  return {};
}

Result<void> read_value(std::string_view text, Instant& value) {
  if (const auto instant = spreadsheet_instant(text)) {
    value = *instant;
    return {};
  }
  value = SHOUYUE_TRY(Instant::parse(text));
  return {};
}

Result<void> read_value(std::string_view text, Money& value) {
  value = SHOUYUE_TRY(Money::parse(text));
  return {};
}

Result<void> read_value(std::string_view text, int& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= 0) return {};
  return refuse(Errc::invalid_input, "import.not_a_number",
                "'" + excerpt(text) + "' is not a whole number from 0 to 2147483647",
                "“" + excerpt(text) + "”不是非负整数");
}

Result<void> read_value(std::string_view text, bool& value) {
  static constexpr std::array<std::string_view, 7> yes{"1", "是", "Y", "y", "true", "TRUE", "True"};
  static constexpr std::array<std::string_view, 7> no{"0", "否", "N", "n", "false", "FALSE", "False"};
  value = is_one_of(text, yes);
  if (value || is_one_of(text, no)) return {};
  return refuse(Errc::invalid_input, "import.not_a_boolean",
                "'" + excerpt(text) + "' is neither yes nor no; write 1/0, 是/否 or Y/N",
                "“" + excerpt(text) + "”不是是/否，请写成 1/0、是/否 或 Y/N");
}

void append_value(std::string& out, const std::string& value) { out += value; }
void append_value(std::string& out, Date value) { out += value.text(); }

void append_value(std::string& out, Instant value) { out += value.plain_text(); }  // times are read to the second
void append_value(std::string& out, Money value) { out += value.yuan(); }
void append_value(std::string& out, int value) { out += std::to_string(value); }
void append_value(std::string& out, bool value) { out += value ? '1' : '0'; }

template <>
std::span<const Spelling> spellings<Channel>() {
  static constexpr std::array<Spelling, 12> list{{
      {"个人代理", 0},
      {"个人营销", 0},
      {"营销", 0},
      {"银行保险", 1},
      {"银邮", 1},
      {"银代", 1},
      {"电话销售", 2},
      {"互联网", 3},
      {"网络销售", 3},
      {"经纪代理", 4},
      {"中介", 4},
      {"团体", 5},
  }};
  return list;
}

template <>
std::span<const Spelling> spellings<Level>() {
  static constexpr std::array<Spelling, 7> list{{
      {"总部", 0},
      {"省分公司", 1},
      {"中心支公司", 2},
      {"市分公司", 2},
      {"县支公司", 3},
      {"营业网点", 4},
      {"营业区", 5},
  }};
  return list;
}

template <>
std::span<const Spelling> spellings<PayMode>() {
  static constexpr std::array<Spelling, 6> list{{
      {"趸缴", 0},
      {"一次交清", 0},
      {"年缴", 1},
      {"半年缴", 2},
      {"季缴", 3},
      {"月缴", 4},
  }};
  return list;
}

template <>
std::span<const Spelling> spellings<Leg>() {
  static constexpr std::array<Spelling, 7> list{{
      {"首次回访", 1},
      {"集中回访", 1},
      {"二次回访", 2},
      {"自访", 3},
      {"信函回访", 4},
      {"上门", 5},
      {"上门回访", 5},
  }};
  return list;
}

template <>
std::span<const Spelling> spellings<Connection>() {
  static constexpr std::array<Spelling, 6> list{{
      {"犹豫（生存）退保", 12},
      {"犹豫期退保", 12},
      {"占线", 7},
      {"业务员电话", 25},
      {"网点电话", 25},
      {"已接通", 0},
  }};
  return list;
}

template <>
std::span<const Spelling> spellings<SpecialRequest>() {
  static constexpr std::array<Spelling, 1> list{{{"否", 0}}};
  return list;
}

template <>
std::span<const Spelling> spellings<ProductType>() {
  static constexpr std::array<Spelling, 6> list{{
      {"传统型", 0},
      {"分红型", 1},
      {"万能型", 2},
      {"投资连结", 3},
      {"投连型", 3},
      {"健康险", 4},
  }};
  return list;
}

Result<void> unknown_word(std::string_view text, std::span<const Word> list) {
  std::string allowed_en, allowed_zh;
  for (const Word& word : list) {
    if (word.code.empty()) continue;
    allowed_en += (allowed_en.empty() ? "" : ", ") + std::string(word.code);
    allowed_zh += (allowed_zh.empty() ? "" : "、") + std::string(word.zh);
  }
  return refuse(Errc::invalid_input, "import.unknown_word", "'" + excerpt(text) + "' is not one of: " + allowed_en,
                "“" + excerpt(text) + "”不在可用词之列：" + allowed_zh);
}

}  // namespace shouyue::insurer
