#include "regime/table_reader.hpp"

#include <algorithm>

#include "expr/near_match.hpp"

namespace shouyue::regime {

std::string name_of(ItemKind kind) {
  constexpr const char* names[] = {"a text",
                                   "a whole number",
                                   "true or false",
                                   "a date",
                                   "a list",
                                   "a table",
                                   "a value of an allowed type (numbers with decimals are written as text)"};
  return names[static_cast<std::size_t>(kind)];
}

std::string chinese_name_of(ItemKind kind) {
  constexpr const char* names[] = {
      "文字", "整数", "true 或 false", "日期", "列表", "表", "允许的类型（小数请写成文字）"};
  return names[static_cast<std::size_t>(kind)];
}

TableReader::TableReader(const Item& table, std::string path, Reading& reading)
    : table_(table), path_(std::move(path)), reading_(reading) {}

std::string TableReader::label() const { return path_.empty() ? "the book" : "[" + path_ + "]"; }

TableReader::~TableReader() {
  const std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const auto& [key, value] : table_.table) {
    if (asked_.contains(key)) continue;
    const auto near = expr::near_matches(key, known);
    issue(key, "regime.unknown_key", label() + " has no key '" + key + "'" + expr::did_you_mean(near),
          label() + " 没有“" + key + "”这一项" + expr::did_you_mean_in_chinese(near));
  }
}

const Place& TableReader::place_of(const std::string& key) const {
  const Item* found = table_.find(key);
  return found ? found->place : table_.place;
}

void TableReader::issue(const std::string& key, const std::string& rule, const std::string& en,
                        const std::string& zh) const {
  reading_.issues.push_back(issue_at(place_of(key), rule, en, zh));
}

const Item* TableReader::find(const std::string& key) {
  asked_.insert(key);
  return table_.find(key);
}

const Item* TableReader::value(const std::string& key) {
  const Item* found = find(key);
  if (!found) issue(key, "regime.missing_key", label() + " must say '" + key + "'", label() + " 缺少“" + key + "”");
  return found;
}

const Item* TableReader::find(const std::string& key, ItemKind kind, bool required) {
  const Item* found = required ? value(key) : find(key);
  if (!found || found->kind == kind) return found;
  issue(key, "regime.wrong_type", label() + " '" + key + "' must be " + name_of(kind),
        label() + " “" + key + "”应为" + chinese_name_of(kind));
  return nullptr;
}

std::string TableReader::text(const std::string& key) {
  const Item* found = find(key, ItemKind::text, true);
  if (found && found->text.empty())
    issue(key, "regime.missing_key", label() + " '" + key + "' is empty", label() + " “" + key + "”为空");
  return found ? found->text : "";
}

std::optional<std::string> TableReader::text_if(const std::string& key) {
  const Item* found = find(key, ItemKind::text, false);
  return found ? std::optional(found->text) : std::nullopt;
}

std::vector<std::string> TableReader::texts(const std::string& key) {
  const Item* found = value(key);
  if (!found) return {};
  if (found->kind == ItemKind::text) return {found->text};
  std::vector<std::string> result;
  for (const Item& entry : found->array)
    if (entry.kind == ItemKind::text) result.push_back(entry.text);
  if (found->kind != ItemKind::array || found->array.empty() || result.size() != found->array.size())
    issue(key, "regime.wrong_type", label() + " '" + key + "' must be a text or a list of texts",
          label() + " “" + key + "”应为文字或文字列表");
  return result;
}

std::int64_t TableReader::integer(const std::string& key) {
  const Item* found = find(key, ItemKind::integer, true);
  return found ? found->number : 0;
}

std::optional<std::int64_t> TableReader::integer_if(const std::string& key) {
  const Item* found = find(key, ItemKind::integer, false);
  return found ? std::optional(found->number) : std::nullopt;
}

std::vector<std::string> TableReader::keys() const {
  std::vector<std::string> result;
  for (const auto& [key, item] : table_.table) result.push_back(key);
  return result;
}

bool TableReader::flag(const std::string& key) {
  const Item* found = find(key, ItemKind::boolean, true);
  return found && found->number != 0;
}

bool TableReader::flag_or(const std::string& key, bool otherwise) {
  const Item* found = find(key, ItemKind::boolean, false);
  return found ? found->number != 0 : otherwise;
}

Date TableReader::date(const std::string& key) {
  const Item* found = find(key, ItemKind::date, true);
  return Date::from_days(found ? static_cast<std::int32_t>(found->number) : 0);
}

std::optional<Date> TableReader::date_if(const std::string& key) {
  const Item* found = find(key, ItemKind::date, false);
  return found ? std::optional(Date::from_days(static_cast<std::int32_t>(found->number))) : std::nullopt;
}

std::optional<Decimal> TableReader::decimal_of(const std::string& key, bool required) {
  const Item* found = find(key, ItemKind::text, required);
  if (!found) return std::nullopt;
  const auto number = Decimal::parse(found->text);
  if (number) return *number;
  issue(key, "regime.wrong_type", label() + " '" + key + "': " + number.error().en,
        label() + " “" + key + "”：" + number.error().zh);
  return std::nullopt;
}

Decimal TableReader::decimal(const std::string& key) { return decimal_of(key, true).value_or(Decimal()); }

std::optional<Decimal> TableReader::decimal_if(const std::string& key) { return decimal_of(key, false); }

expr::Expression TableReader::condition(const std::string& key, const expr::Schema& schema) {
  const Item* found = find(key, ItemKind::text, true);
  if (!found) return expr::Expression::always();
  auto parsed = expr::Expression::parse(found->text, schema);
  if (!parsed) {
    const std::string rule = "regime.condition." + parsed.error().rule.substr(parsed.error().rule.find('.') + 1);
    issue(key, rule, label() + " '" + key + "': " + parsed.error().en,
          label() + " “" + key + "”：" + parsed.error().zh);
    return expr::Expression::always();
  }
  if (parsed->type() == expr::Type::boolean) return *std::move(parsed);
  issue(key, "regime.condition.type", label() + " '" + key + "' is a value, not a condition",
        label() + " “" + key + "”是一个值，而不是条件");
  return expr::Expression::always();
}

std::optional<std::size_t> TableReader::index_of(const Item& word, const std::string& key,
                                                 std::span<const std::string_view> words) {
  const auto found = std::find(words.begin(), words.end(), word.text);
  if (word.kind == ItemKind::text && found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const auto near = expr::near_matches(word.text, {words.begin(), words.end()});
  const std::string given = word.kind == ItemKind::text ? "'" + word.text + "'" : "this value";
  const std::string given_zh = word.kind == ItemKind::text ? "“" + word.text + "”" : "此值";
  reading_.issues.push_back(issue_at(
      word.place, "regime.unknown_word", label() + " '" + key + "' does not know " + given + expr::did_you_mean(near),
      label() + " “" + key + "”没有" + given_zh + "这个词" + expr::did_you_mean_in_chinese(near)));
  return std::nullopt;
}

std::size_t TableReader::choice(const std::string& key, std::span<const std::string_view> words) {
  const Item* found = value(key);
  return found ? index_of(*found, key, words).value_or(0) : 0;
}

std::vector<std::size_t> TableReader::choices(const std::string& key, std::span<const std::string_view> words) {
  const Item* found = value(key);
  if (!found) return {};
  std::vector<std::size_t> result;
  const std::span<const Item> entries =
      found->kind == ItemKind::array ? std::span<const Item>(found->array) : std::span<const Item>(found, 1);
  for (const Item& entry : entries)
    if (const auto index = index_of(entry, key, words)) result.push_back(*index);
  if (entries.empty())
    issue(key, "regime.missing_key", label() + " '" + key + "' is empty", label() + " “" + key + "”为空");
  return result;
}

const Item* TableReader::table_if(const std::string& key) { return find(key, ItemKind::table, false); }

const Item* TableReader::table(const std::string& key) { return find(key, ItemKind::table, true); }

std::span<const Item> TableReader::tables(const std::string& key) {
  const Item* found = find(key, ItemKind::array, false);
  if (!found) return {};
  const bool all_tables =
      std::all_of(found->array.begin(), found->array.end(), [](const Item& entry) { return entry.is_table(); });
  if (all_tables) return found->array;
  issue(key, "regime.wrong_type", label() + " '" + key + "' must be a list of tables",
        label() + " “" + key + "”应为表的列表");
  return {};
}

std::span<const Item> TableReader::required_tables(const std::string& key) {
  value(key);
  return tables(key);
}

}  // namespace shouyue::regime
