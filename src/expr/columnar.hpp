#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "expr/expression.hpp"

// Conditions evaluated over columns, a block of rows at a time, with the meaning of `Expression::holds`. All conditions
// added to one program are compiled together: what they share is computed once a block.
namespace shouyue::expr {

// How a column keeps its values, and which value marks a missing one.
enum class Storage : std::uint8_t {
  date32,    // int32, days since 1970 within the years 1 … 9999; missing: INT32_MIN
  code8,     // uint8, 0 … 254: booleans (0, 1), indexes of words, small integers; missing: 255
  code16,    // uint16, 0 … 65534; missing: 65535
  amount64,  // int64: money, decimals, integers; missing: INT64_MIN
  set64,     // uint64, bits of word indexes; never missing
};

inline constexpr std::int32_t missing_date = INT32_MIN;
inline constexpr std::uint8_t missing_code8 = UINT8_MAX;
inline constexpr std::uint16_t missing_code16 = UINT16_MAX;
inline constexpr std::int64_t missing_amount = INT64_MIN;

// One column, from its first row. `translation` (code8 only, 256 entries) turns the stored codes into the indexes of
// the schema; a stored code that the schema has no word for is translated to `missing_code8`.
struct Column {
  Storage storage = Storage::code8;
  const void* data = nullptr;
  const std::uint8_t* translation = nullptr;
};

namespace columnar {
struct Step;
}

class Program {
 public:
  static constexpr std::size_t block_rows = 2048;

  // For columns kept like this, in the order of the schema with which the conditions were parsed.
  explicit Program(std::vector<Column> columns);
  ~Program();
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;

  // Adds a boolean condition and gives its number, to ask a `Block` for its mask.
  std::size_t add(const Expression& condition);

  std::size_t steps() const;

 private:
  friend class Block;
  friend class Lowering;
  std::vector<Column> columns_;
  std::vector<columnar::Step> steps_;
  std::vector<std::int32_t> conditions_;  // the step that holds the mask of each condition
};

// The working memory of one thread for one program.
class Block {
 public:
  explicit Block(const Program& program);
  ~Block();
  Block(Block&&) noexcept;

  // Evaluates all conditions for `rows` (at most Program::block_rows) rows from `first`.
  void run(std::size_t first, std::size_t rows);
  // One byte a row of the last run: 1 where the condition holds, else 0. Valid until the next run.
  const std::uint8_t* mask(std::size_t condition) const;

 private:
  struct Release {
    void operator()(std::byte* memory) const;
  };
  const Program* program_;
  std::unique_ptr<std::byte[], Release> memory_;
  std::vector<std::byte*> values_;  // of each step, for the block at hand
};

}  // namespace shouyue::expr
