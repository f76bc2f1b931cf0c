#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "insurer/field_values.hpp"

// One column of a file: its headings, its meaning, and how it goes into and out of a record.
namespace shouyue::insurer {

enum class Need : std::uint8_t { optional, required };
// `key`: part of what tells records apart. `personal`: kept apart from the rest in the store, masked when shown.
// `confidential`: kept apart likewise, shown as it is to whoever may see the record.
enum class Nature : std::uint8_t { plain, key, personal, confidential };
constexpr bool is_kept_apart(Nature nature) { return nature == Nature::personal || nature == Nature::confidential; }

// What a column is, without its record's type: for documents and for matching a file's headings.
struct FieldText {
  std::string_view name;
  std::string_view zh;
  std::string_view synonyms;  // further headings, separated by |
  std::string_view meaning;   // form, words, unit
  Need need = Need::optional;
  Nature nature = Nature::plain;
};

template <class Record>
struct Field {
  FieldText text;
  Result<void> (*read)(Record&, std::string_view);
  void (*append)(const Record&, std::string&);
};

// A column that is one member of the record.
template <class Record, auto Member>
constexpr Field<Record> field(FieldText text) {
  return {text, [](Record& record, std::string_view value) { return read_value(value, record.*Member); },
          [](const Record& record, std::string& out) { append_value(out, record.*Member); }};
}

}  // namespace shouyue::insurer
