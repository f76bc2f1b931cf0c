#include "app/group_commit.hpp"

namespace shouyue::app {

Result<void> GroupCommit::run(const Command& command) {
  Waiting own{.command = &command};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&own);
  done_.wait(lock, [&] { return own.is_done || !has_leader_; });
  while (!own.is_done) {
    has_leader_ = true;
    const std::deque<Waiting*> group = std::exchange(waiting_, {});
    lock.unlock();
    commit_all(group);
    lock.lock();
    ++commits_;
    for (Waiting* member : group) member->is_done = true;
    has_leader_ = false;
    done_.notify_all();
  }
  if (own.bug) std::rethrow_exception(own.bug);
  return std::move(own.answer);
}

void GroupCommit::commit_all(const std::deque<Waiting*>& group) {
  const auto run_all = [&]() -> Result<void> {
    Transaction transaction = SHOUYUE_TRY(begin_(store_));
    for (Waiting* member : group) {
      member->answer = (*member->command)(store_);
      if (!member->answer && member->answer.error().code == Errc::environment) return member->answer;
    }
    return transaction.commit();
  };
  try {
    if (const auto outcome = run_all(); !outcome)
      for (Waiting* member : group) member->answer = outcome;
  } catch (...) {
    // Whose bug it was is found by running each alone.
    if (group.size() == 1)
      group.front()->bug = std::current_exception();
    else
      for (Waiting* member : group) commit_all({member});
  }
}

}  // namespace shouyue::app
