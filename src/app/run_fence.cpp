#include "app/run_fence.hpp"

namespace shouyue::app {

Result<RunFence> RunFence::take(Session& session) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  if (session.now.milliseconds() < run_now) {
    const std::string last = Instant::from_milliseconds(run_now).text();
    return refuse(Errc::conflict, "run.now_went_backwards",
                  "work was already done up to " + last + "; --now must not be earlier",
                  "工作已处理到 " + last + "，--now 不能更早");
  }
  const RunFence fence = SHOUYUE_TRY(next(session));
  SHOUYUE_CHECK(transaction.commit());
  return fence;
}

Result<RunFence> RunFence::take_at_any_moment(Session& session) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const RunFence fence = SHOUYUE_TRY(next(session));
  SHOUYUE_CHECK(transaction.commit());
  return fence;
}

Result<Transaction> RunFence::begin(Session& session) const {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const std::int64_t latest = SHOUYUE_TRY(number_of(session.store, meta::run_fence));
  if (latest != number_)
    return refuse(Errc::conflict, "run.overtaken",
                  "another `run` or `rebuild` has begun on this database; it does what this one had not done",
                  "另一个 run 或 rebuild 已在该数据库上开始，未完成的工作由它继续");
  return transaction;
}

Result<RunFence> RunFence::next(Session& session) {
  const std::int64_t number = SHOUYUE_TRY(number_of(session.store, meta::run_fence)) + 1;
  SHOUYUE_CHECK(session.store.set_meta(meta::run_fence, std::to_string(number)));
  return RunFence(number);
}

}  // namespace shouyue::app
