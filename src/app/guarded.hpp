#pragma once

#include <exception>

#include "base/error.hpp"

namespace shouyue::app {

// Carries out `work` on a thread of its own, which an exception would end together with the program: it becomes a
// refusal. Errors: internal.bug, those of the work.
template <class Work>
Result<void> guarded(const Work& work) {
  try {
    return work();
  } catch (const std::exception& bug) {
    return refuse(Errc::environment, "internal.bug",
                  std::string("this should not happen, please report it: ") + bug.what(),
                  std::string("内部错误，请报告：") + bug.what());
  }
}

}  // namespace shouyue::app
