#pragma once

#include <algorithm>
#include <string>

#include "app/assigned_books.hpp"
#include "insurer/codes.hpp"
#include "report/document.hpp"

// Codes and clauses as the words of a report.
namespace shouyue::app {

// A code as English words: holder_absent -> holder absent.
inline std::string in_words(std::string_view code) {
  std::string text(code);
  std::ranges::replace(text, '_', ' ');
  return text;
}

template <class Enum>
report::Text words_of(Enum value) {
  return {std::string(insurer::zh_of(value)), in_words(insurer::code_of(value))};
}

// The title of a rule book; its id where it is not assigned any more.
report::Text book_text(const std::string& id, const AssignedBooks& books);

// The state of a ticket.
report::Text words_of_state(const std::string& state);

template <class Entry>
report::Text title_of(const Entry& entry) {
  return {entry.clause.title, entry.clause.title_en};
}

}  // namespace shouyue::app
