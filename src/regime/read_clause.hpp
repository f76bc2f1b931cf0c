#pragma once

#include <set>
#include <string>
#include <vector>

#include "regime/regime.hpp"
#include "regime/table_reader.hpp"

// The pieces that tables of every section are made of.
namespace shouyue::regime {

// title, title_en, cite, status, note. Issues: regime.assumed_without_note.
Clause read_clause(TableReader& table);
// The clause under `key`, or nothing.
std::optional<Clause> read_clause_if(TableReader& section, const std::string& key);
// The same of a Parameter, whose values carry the citations.
Clause read_parameter_clause(TableReader& table);

// A Parameter: values, exceptions, floor; conditions of exceptions speak `schema`. Issues: regime.no_values,
// regime.order, regime.gap, regime.ambiguous_exception, regime.negative_value.
Parameter<std::int64_t> read_count(TableReader& table, const expr::Schema& schema);
Parameter<std::string> read_word(TableReader& table, const expr::Schema& schema,
                                 std::span<const std::string_view> words);
Parameter<Money> read_money(TableReader& table, const expr::Schema& schema);
// A Parameter with unit, count_from, basis, earliest.
Term read_term(TableReader& table, const expr::Schema& schema);

// The table under `key`, or nothing.
std::optional<Parameter<std::int64_t>> read_count_if(TableReader& table, const std::string& key,
                                                     const expr::Schema& schema);
std::optional<Term> read_term_if(TableReader& table, const std::string& key, const expr::Schema& schema);
Term read_term_under(TableReader& table, const std::string& key, const expr::Schema& schema);
Parameter<std::int64_t> read_count_under(TableReader& table, const std::string& key, const expr::Schema& schema);
Parameter<std::string> read_word_under(TableReader& table, const std::string& key, const expr::Schema& schema,
                                       std::span<const std::string_view> words);
std::vector<Basis> read_basis(TableReader& table);
// All values and exceptions of the parameter under `key` lie within `least` … `most`. Issues: regime.out_of_range.
void check_range(const TableReader& section, const std::string& key, const Parameter<std::int64_t>& parameter,
                 std::int64_t least, std::int64_t most);

// A table that is nothing but a clause and a condition.
struct ConditionClause {
  Clause clause;
  expr::Expression when;
};
ConditionClause read_condition_clause(TableReader& table, const expr::Schema& schema);

// Calls `read(reader)` for each entry of a list; the reader's path ends with the entry's `id`, which is asked for here.
// Issues: regime.duplicate_id.
template <class Read>
void for_each_entry(TableReader& table, const std::string& key, const Read& read) {
  std::set<std::string> ids;
  for (const Item& entry : table.tables(key)) {
    TableReader reader(entry, join_path(join_path(table.path(), key), entry.id()), table.reading());
    const std::string id = reader.text("id");
    if (!ids.insert(id).second)
      reader.issue("id", "regime.duplicate_id",
                   "there are two '" + id + "' in [[" + join_path(table.path(), key) + "]]",
                   "[[" + join_path(table.path(), key) + "]] 中有两个“" + id + "”");
    read(reader);
  }
}

// Of a list in which the first entry that holds decides: what stands after `true` is never reached.
// Issues: regime.unreachable.
class ReachCheck {
 public:
  void add(const TableReader& reader, const expr::Expression& when);
  bool ended() const { return ended_; }

 private:
  bool ended_ = false;
};

}  // namespace shouyue::regime
