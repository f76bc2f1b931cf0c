#pragma once

#include <initializer_list>

#include "report/document.hpp"

namespace shouyue::report {

// A row of cells without a colour.
inline Row row_of(std::initializer_list<Value> values, RowKind kind = RowKind::plain) {
  return {.cells = {values.begin(), values.end()}, .kind = kind};
}

}  // namespace shouyue::report
