#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "json/writer.hpp"

// Described structs as JSON text. An empty std::optional is left out; an amount is yuan with two decimals, as text.
namespace shouyue::json {

inline void write(Writer& writer, bool flag) { writer.value(flag); }
inline void write(Writer& writer, std::int64_t number) { writer.value(number); }
inline void write(Writer& writer, int number) { writer.value(number); }
inline void write(Writer& writer, const std::string& text) { writer.value(text); }
inline void write(Writer& writer, std::string_view text) { writer.value(text); }
inline void write(Writer& writer, Date day) { writer.value(day.text()); }
inline void write(Writer& writer, Instant at) { writer.value(at.text()); }
// JSON text that stands as it is.
struct Text {
  std::string json;
};
inline void write(Writer& writer, const Text& text) { writer.json(text.json); }
inline void write(Writer& writer, Money amount) { writer.value(amount.yuan()); }

template <class T>
  requires boost::describe::has_describe_members<T>::value
void write(Writer& writer, const T& object);

template <class T>
void write(Writer& writer, const std::vector<T>& items) {
  writer.begin_array();
  for (const T& item : items) write(writer, item);
  writer.end_array();
}

template <class T>
void write_member(Writer& writer, std::string_view name, const T& value) {
  writer.key(name);
  write(writer, value);
}
template <class T>
void write_member(Writer& writer, std::string_view name, const std::optional<T>& value) {
  if (value) write_member(writer, name, *value);
}

template <class T>
  requires boost::describe::has_describe_members<T>::value
void write(Writer& writer, const T& object) {
  writer.begin_object();
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) { write_member(writer, member.name, object.*member.pointer); });
  writer.end_object();
}

template <class T>
std::string text_of(const T& value) {
  Writer writer;
  write(writer, value);
  return writer.take();
}

}  // namespace shouyue::json
