#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"

// What goes into a database and comes out of it: integers and texts, nothing else. Days are counted from 1970-01-01,
// moments in milliseconds, money in fen, words are their positions in the lists of insurer/codes.hpp.
namespace shouyue::store {

// An integer, a text or nothing. A text is not owned: it must live as long as the value is used.
class Value {
 public:
  enum class Kind : std::uint8_t { nothing, integer, text };

  Value() = default;
  Value(std::int64_t value) : kind_(Kind::integer), integer_(value) {}
  Value(int value) : Value(std::int64_t{value}) {}
  Value(bool value) : Value(std::int64_t{value}) {}
  Value(std::string_view value) : kind_(Kind::text), text_(value) {}
  Value(const std::string& value) : Value(std::string_view(value)) {}
  Value(const char* value) : Value(std::string_view(value)) {}
  Value(Date value) : Value(std::int64_t{value.days()}) {}
  Value(Instant value) : Value(value.milliseconds()) {}
  Value(Money value) : Value(value.in_fen()) {}
  template <class Enum>
    requires std::is_enum_v<Enum>
  Value(Enum value) : Value(static_cast<std::int64_t>(value)) {}
  template <class Inner>
  Value(const std::optional<Inner>& value) : Value(value ? Value(*value) : Value()) {}

  Kind kind() const { return kind_; }
  std::int64_t integer() const { return integer_; }
  std::string_view text() const { return text_; }

 private:
  Kind kind_ = Kind::nothing;
  std::int64_t integer_ = 0;
  std::string_view text_;
};

// The values of $1, $2 … of a statement.
class Parameters {
 public:
  Parameters() = default;
  Parameters(std::initializer_list<Value> values) : values_(values.begin(), values.size()) {}
  Parameters(std::span<const Value> values) : values_(values) {}
  std::size_t size() const { return values_.size(); }
  const Value& operator[](std::size_t index) const { return values_[index]; }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::span<const Value> values_;
};

// Rows of equal width, on their way into a database.
class Rows {
 public:
  explicit Rows(std::size_t width) : width_(width) {}
  void add(std::initializer_list<Value> row) { values_.insert(values_.end(), row.begin(), row.end()); }
  // One value; a row is complete after `width` of them.
  void add_value(const Value& value) { values_.push_back(value); }
  std::size_t size() const { return values_.size() / width_; }
  std::size_t width() const { return width_; }
  bool empty() const { return values_.empty(); }
  std::span<const Value> operator[](std::size_t row) const { return std::span(values_).subspan(row * width_, width_); }

 private:
  std::size_t width_;
  std::vector<Value> values_;
};

// One row of an answer; what it gives is valid until the next row is taken.
class AnswerRow {
 public:
  virtual int columns() const = 0;
  virtual std::string name(int column) const = 0;
  virtual Value value(int column) const = 0;

  std::int64_t integer(int column) const { return value(column).integer(); }
  std::string_view text(int column) const { return value(column).text(); }
  void read(int column, std::int64_t& to) const { to = integer(column); }
  void read(int column, int& to) const { to = static_cast<int>(integer(column)); }
  void read(int column, bool& to) const { to = integer(column) != 0; }
  void read(int column, std::string& to) const { to = text(column); }
  void read(int column, Date& to) const { to = Date::from_days(static_cast<std::int32_t>(integer(column))); }
  void read(int column, Instant& to) const { to = Instant::from_milliseconds(integer(column)); }
  void read(int column, Money& to) const { to = Money::fen(integer(column)); }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void read(int column, Enum& to) const {
    to = static_cast<Enum>(integer(column));
  }
  template <class Inner>
  void read(int column, std::optional<Inner>& to) const {
    to.reset();
    if (value(column).kind() != Value::Kind::nothing) read(column, to.emplace());
  }

 protected:
  ~AnswerRow() = default;
};

}  // namespace shouyue::store
