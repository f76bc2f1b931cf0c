#pragma once

#include "regime/regime.hpp"
#include "regime/variable_words.hpp"

namespace shouyue::regime {

// A condition as people say it: `渠道为银保，或投保人年龄至少 60 周岁`, `channel is bancassurance, or age of the holder
// is at least 60`. It says exactly what holds, also of missing values; `condition` was parsed with `schema`.
Wording in_words(const expr::Expression& condition, const expr::Schema& schema, const OwnWords& own);

// The conditions of one book in words.
class BookConditions {
 public:
  explicit BookConditions(const Regime& book);

  // Of a condition that the book states; a name means the same in all its sections.
  Wording in_words(const std::string& condition) const;
  // Whether the value of a key is a condition.
  static bool is_condition(std::string_view key);

 private:
  OwnWords own_;
  expr::Schema schema_;  // of all sections together
};

}  // namespace shouyue::regime
