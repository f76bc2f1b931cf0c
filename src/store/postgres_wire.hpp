#pragma once

#include <string>

#include "store/value.hpp"

// Values in the binary form of PostgreSQL: integers of eight bytes, highest first, and texts as they are.
namespace shouyue::store {

// An integer of 2, 4 or 8 bytes.
std::int64_t read_integer(std::string_view bytes);

// Rows for `COPY … FROM STDIN (FORMAT binary)`, between its header and its end.
class CopyText {
 public:
  CopyText();
  void add(std::span<const Value> row);
  void end();
  const std::string& bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

// One column of rows as an array, int8[] or text[]. None of its values is missing.
std::string array_of(const Rows& rows, std::size_t column);

}  // namespace shouyue::store
