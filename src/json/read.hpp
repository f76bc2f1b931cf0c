#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"

// JSON text into described structs. All faults are found at once, each with its place.
namespace shouyue::json {

struct Fault {
  std::string pointer;  // RFC 6901: `/findings/0`; empty for the whole
  std::string en, zh;
};

// The faults met while one text is read.
class Reading {
 public:
  void fault(std::string en, std::string zh) { faults_.push_back({pointer_, std::move(en), std::move(zh)}); }
  void expected(std::string_view en, std::string_view zh) {
    fault("expected " + std::string(en), "应为" + std::string(zh));
  }
  std::vector<Fault>& faults() { return faults_; }

  // Runs `read` one step deeper.
  template <class Read>
  void at(std::string_view step, Read read) {
    const std::size_t length = pointer_.size();
    pointer_ += '/';
    for (const char c : step) pointer_ += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    read();
    pointer_.resize(length);
  }

 private:
  std::string pointer_;
  std::vector<Fault> faults_;
};

namespace from {

void value(Reading& reading, const boost::json::value& json, bool& out);
void value(Reading& reading, const boost::json::value& json, std::int64_t& out);
void value(Reading& reading, const boost::json::value& json, int& out);
void value(Reading& reading, const boost::json::value& json, std::string& out);
void value(Reading& reading, const boost::json::value& json, Date& out);     // 2021-10-08
void value(Reading& reading, const boost::json::value& json, Instant& out);  // 2021-10-08T09:30:00+08:00

template <class T>
  requires boost::describe::has_describe_members<T>::value
void value(Reading& reading, const boost::json::value& json, T& out);

template <class T>
void value(Reading& reading, const boost::json::value& json, std::vector<T>& out);

template <class T>
void value(Reading& reading, const boost::json::value& json, std::optional<T>& out) {
  if (json.is_null()) return out.reset();
  value(reading, json, out.emplace());
}

template <class T>
void value(Reading& reading, const boost::json::value& json, std::vector<T>& out) {
  const auto* items = json.if_array();
  if (!items) return reading.expected("an array", "数组");
  for (std::size_t n = 0; n < items->size(); ++n)
    reading.at(std::to_string(n), [&] { value(reading, (*items)[n], out.emplace_back()); });
}

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;

template <class T>
  requires boost::describe::has_describe_members<T>::value
void value(Reading& reading, const boost::json::value& json, T& out) {
  using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
  const auto* object = json.if_object();
  if (!object) return reading.expected("an object", "对象");
  boost::mp11::mp_for_each<Members>([&](auto member) {
    reading.at(member.name, [&] {
      auto& field = out.*member.pointer;
      if (const auto* found = object->if_contains(member.name)) return value(reading, *found, field);
      if (!is_optional<std::remove_cvref_t<decltype(field)>>) reading.fault("is missing", "缺少此项");
    });
  });
  for (const auto& entry : *object) {
    bool is_known = false;
    boost::mp11::mp_for_each<Members>([&](auto member) { is_known = is_known || entry.key() == member.name; });
    if (!is_known) reading.at(std::string_view(entry.key()), [&] { reading.fault("is not known here", "无此项"); });
  }
}

}  // namespace from

// Errors: json.syntax, with the place in the text.
Result<boost::json::value> parse(std::string_view text);
// One refusal that names all faults: json.wrong_value.
Error refusal_of(const std::vector<Fault>& faults);

// A described struct; members of type std::optional may be missing or null, all others must be there, no other may be.
// Errors: json.syntax, json.wrong_value.
template <class T>
Result<T> read(std::string_view text) {
  const boost::json::value json = SHOUYUE_TRY(parse(text));
  T out{};
  Reading reading;
  from::value(reading, json, out);
  if (!reading.faults().empty()) return std::unexpected(refusal_of(reading.faults()));
  return out;
}

}  // namespace shouyue::json
