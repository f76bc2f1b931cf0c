#include "regime/read_clause.hpp"

#include <algorithm>

#include "base/money.hpp"
#include "regime/term_words.hpp"

namespace shouyue::regime {
namespace {

constexpr std::string_view floor_words[] = {"max", "min"};

Clause read_titles(TableReader& table) {
  Clause clause;
  clause.id = table.place().book + "/" + table.path();
  clause.file = table.place().file;
  clause.line = table.place().line;
  clause.title = table.text("title");
  clause.title_en = table.text("title_en");
  clause.note = table.text_if("note").value_or("");
  constexpr std::string_view status_words[] = {"assumed"};
  if (table.has("status")) {
    table.choice("status", status_words);
    clause.assumed = true;
    if (clause.note.empty())
      table.issue("status", "regime.assumed_without_note", "[" + table.path() + "] is assumed; say why in 'note'",
                  "[" + table.path() + "] 为假定，请在“note”中说明理由");
  }
  return clause;
}

// How the values of one kind of parameter are read from TOML.
template <class T>
struct ValueReader;

template <>
struct ValueReader<std::int64_t> {
  std::int64_t operator()(TableReader& entry) const {
    const std::int64_t value = entry.integer("value");
    if (value < 0)
      entry.issue("value", "regime.negative_value", "[" + entry.path() + "] a count cannot be negative",
                  "[" + entry.path() + "] 数量不能为负");
    return value;
  }
};

template <>
struct ValueReader<std::string> {
  std::span<const std::string_view> words;
  std::string operator()(TableReader& entry) const { return std::string(words[entry.choice("value", words)]); }
};

template <>
struct ValueReader<Money> {
  Money operator()(TableReader& entry) const {
    const std::string written = entry.text("value");
    const auto amount = Money::parse(written);
    if (amount && amount->in_fen() >= 0) return *amount;
    if (amount)
      entry.issue("value", "regime.negative_value", "[" + entry.path() + "] an amount cannot be negative",
                  "[" + entry.path() + "] 金额不能为负");
    else if (!written.empty())
      entry.issue("value", "regime.wrong_type", "[" + entry.path() + "] " + amount.error().en,
                  "[" + entry.path() + "] " + amount.error().zh);
    return {};
  }
};

void check_dates(TableReader& entry, Date from, std::optional<Date> before, const std::string& path) {
  Reading& reading = entry.reading();
  if (!before && from > reading.binds_from)
    entry.issue(
        "from", "regime.gap",
        "[" + path + "] starts on " + from.text() + ", but the book binds from " + reading.binds_from.text(),
        "[" + path + "] 自 " + from.text() + " 起，而制度自 " + reading.binds_from.text() + " 起执行，中间没有规定");
  if (before && from <= *before)
    entry.issue("from", "regime.order", "[" + path + "] values must stand in order of 'from', each day once",
                "[" + path + "] 的值须按“from”先后排列且不重复");
}

template <class T>
void read_values(TableReader& table, const ValueReader<T>& read_value, Parameter<T>& parameter) {
  const auto entries = table.required_tables("values");
  if (entries.empty() && table.has("values"))
    table.issue("values", "regime.no_values", "[" + table.path() + "] has no value", "[" + table.path() + "] 没有值");
  std::optional<Date> before;
  for (const Item& item : entries) {
    TableReader entry(item, table.path() + ".values", table.reading());
    const Date from = entry.date("from");
    if (entry.has("from")) check_dates(entry, from, before, table.path());
    before = from;
    T value = read_value(entry);
    const auto known_from = entry.date_if("known_from");
    parameter.values.push_back({from, known_from, std::move(value), entry.text("cite")});
  }
}

template <class T>
void read_exceptions(TableReader& table, const expr::Schema& schema, const ValueReader<T>& read_value,
                     Parameter<T>& parameter) {
  std::set<std::pair<std::int64_t, std::string>> seen;
  for (const Item& item : table.tables("exceptions")) {
    TableReader entry(item, table.path() + ".exceptions", table.reading());
    expr::Expression when = entry.condition("when", schema);
    const std::int64_t priority = entry.integer_if("priority").value_or(0);
    if (priority < -1000 || priority > 1000)
      entry.issue("priority", "regime.wrong_type", "[" + table.path() + "] 'priority' lies within -1000 … 1000",
                  "[" + table.path() + "] “priority”须在 -1000 至 1000 之间");
    if (!seen.emplace(priority, when.text()).second)
      entry.issue(
          "when", "regime.ambiguous_exception",
          "[" + table.path() + "] has two exceptions with this condition and priority " + std::to_string(priority),
          "[" + table.path() + "] 有两个条件和优先级（" + std::to_string(priority) + "）都相同的例外");
    T value = read_value(entry);
    const auto from = entry.date_if("from");
    parameter.exceptions.push_back({.when = std::move(when),
                                    .value = std::move(value),
                                    .cite = entry.text("cite"),
                                    .priority = static_cast<int>(priority),
                                    .from = from});
  }
}

std::string value_text(std::int64_t value) { return std::to_string(value); }
std::string value_text(const std::string& value) { return value; }
std::string value_text(Money value) { return value.yuan(); }

// The newest value and the exceptions.
template <class T>
std::string decides_text(const Parameter<T>& parameter) {
  if (parameter.values.empty()) return "";
  const DatedValue<T>& newest = parameter.values.back();
  std::string text = value_text(newest.value);
  for (const ExceptionValue<T>& exception : parameter.exceptions)
    text += ", " + value_text(exception.value) + " when " + exception.when.text();
  return text;
}

template <class T>
Parameter<T> read_parameter(TableReader& table, const expr::Schema& schema, const ValueReader<T>& read_value) {
  Parameter<T> parameter;
  parameter.clause = read_parameter_clause(table);
  if (table.has("floor")) table.choice("floor", floor_words);
  read_values(table, read_value, parameter);
  read_exceptions(table, schema, read_value, parameter);
  parameter.clause.decides = decides_text(parameter);
  return parameter;
}

// Reads the table under `key` with `read`; gives a default when it is missing.
template <class Read>
auto read_under(TableReader& table, const std::string& key, const Read& read) {
  const Item* found = table.table(key);
  static const Item nothing{.kind = ItemKind::table};
  if (!found) {
    Reading ignored;
    TableReader reader(nothing, join_path(table.path(), key), ignored);
    return read(reader);
  }
  TableReader reader(*found, join_path(table.path(), key), table.reading());
  return read(reader);
}

}  // namespace

Clause read_clause(TableReader& table) {
  Clause clause = read_titles(table);
  clause.cite = table.text("cite");
  return clause;
}

std::optional<Clause> read_clause_if(TableReader& section, const std::string& key) {
  const Item* item = section.table_if(key);
  if (!item) return std::nullopt;
  TableReader reader(*item, join_path(section.path(), key), section.reading());
  return read_clause(reader);
}

Clause read_parameter_clause(TableReader& table) { return read_titles(table); }

Parameter<std::int64_t> read_count(TableReader& table, const expr::Schema& schema) {
  return read_parameter<std::int64_t>(table, schema, {});
}

Parameter<std::string> read_word(TableReader& table, const expr::Schema& schema,
                                 std::span<const std::string_view> words) {
  return read_parameter<std::string>(table, schema, {words});
}

Parameter<Money> read_money(TableReader& table, const expr::Schema& schema) {
  return read_parameter<Money>(table, schema, {});
}

std::vector<Basis> read_basis(TableReader& table) {
  std::vector<Basis> result;
  for (const std::size_t index : table.choices("basis", basis_words)) {
    const auto basis = static_cast<Basis>(index);
    if (std::find(result.begin(), result.end(), basis) != result.end())
      table.issue("basis", "regime.duplicate_id", "[" + table.path() + "] names a basis twice",
                  "[" + table.path() + "] 重复的起算日");
    result.push_back(basis);
  }
  return result;
}

Term read_term(TableReader& table, const expr::Schema& schema) {
  Term term;
  term.count = read_count(table, schema);
  term.unit = static_cast<Unit>(table.choice("unit", unit_words));
  term.count_from = static_cast<CountFrom>(table.choice("count_from", count_from_words));
  term.basis = read_basis(table);
  term.earliest = table.flag_or("earliest", false);
  if (const Item* not_after = table.table_if("not_after")) {
    TableReader reader(*not_after, join_path(table.path(), "not_after"), table.reading());
    term.not_after =
        NotAfter{.clause = read_clause(reader), .basis = static_cast<Basis>(reader.choice("basis", basis_words))};
  }
  if (!term.basis.empty())
    term.count.clause.decides += " (" + std::string(unit_words[static_cast<std::size_t>(term.unit)]) + " after " +
                                 std::string(basis_words[static_cast<std::size_t>(term.basis.front())]) + ")";
  return term;
}

std::optional<Parameter<std::int64_t>> read_count_if(TableReader& table, const std::string& key,
                                                     const expr::Schema& schema) {
  if (!table.has(key)) return std::nullopt;
  return read_count_under(table, key, schema);
}

std::optional<Term> read_term_if(TableReader& table, const std::string& key, const expr::Schema& schema) {
  if (!table.has(key)) return std::nullopt;
  return read_term_under(table, key, schema);
}

Term read_term_under(TableReader& table, const std::string& key, const expr::Schema& schema) {
  return read_under(table, key, [&](TableReader& reader) { return read_term(reader, schema); });
}

Parameter<std::int64_t> read_count_under(TableReader& table, const std::string& key, const expr::Schema& schema) {
  return read_under(table, key, [&](TableReader& reader) { return read_count(reader, schema); });
}

void check_range(const TableReader& section, const std::string& key, const Parameter<std::int64_t>& parameter,
                 std::int64_t least, std::int64_t most) {
  const auto wrong = [&](const auto& one) { return one.value < least || one.value > most; };
  if (std::ranges::none_of(parameter.values, wrong) && std::ranges::none_of(parameter.exceptions, wrong)) return;
  const std::string path = "[" + join_path(section.path(), key) + "]";
  const std::string range = std::to_string(least) + " … " + std::to_string(most);
  section.issue(key, "regime.out_of_range", path + " must lie within " + range, path + " 应在 " + range + " 之间");
}

Parameter<std::string> read_word_under(TableReader& table, const std::string& key, const expr::Schema& schema,
                                       std::span<const std::string_view> words) {
  return read_under(table, key, [&](TableReader& reader) { return read_word(reader, schema, words); });
}

ConditionClause read_condition_clause(TableReader& table, const expr::Schema& schema) {
  ConditionClause result{.clause = read_clause(table), .when = {}};
  result.when = table.condition("when", schema);
  return result;
}

void ReachCheck::add(const TableReader& reader, const expr::Expression& when) {
  if (ended_)
    reader.issue("when", "regime.unreachable", "[" + reader.path() + "] stands after a condition that always holds",
                 "[" + reader.path() + "] 位于恒成立的条件之后，永远不会用到");
  ended_ = ended_ || when.text() == "true";
}

}  // namespace shouyue::regime
