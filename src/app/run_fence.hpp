#pragma once

#include "app/session.hpp"

namespace shouyue::app {

// Of several programs that derive into one database at once, only the latest to begin may still write: what the others
// had not done is due for it too. The fence is a number that each takes at its beginning, one higher than the last.
class RunFence {
 public:
  // Errors: run.now_went_backwards when work was already done up to a later moment than `now`; those of the store.
  static Result<RunFence> take(Session& session);
  // The same without looking at the moment.
  static Result<RunFence> take_at_any_moment(Session& session);

  // A writing transaction. Errors: run.overtaken; those of the store.
  Result<Transaction> begin(Session& session) const;

 private:
  explicit RunFence(std::int64_t number) : number_(number) {}
  static Result<RunFence> next(Session& session);
  std::int64_t number_;
};

}  // namespace shouyue::app
