#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>

#include "app/store.hpp"

namespace shouyue::app {

// Many commands, one commit: what several threads bring while a commit is on its way to the disk goes into the next
// one. Each command has its answer only when its transaction is on disk.
class GroupCommit {
 public:
  using Begin = Result<Transaction> (*)(Store&);
  // The store is used by one thread at a time, that of whoever came first. `begin`: Transaction::begin_claims where all
  // commands are claims.
  explicit GroupCommit(Store& store, Begin begin = Transaction::begin) : store_(store), begin_(begin) {}

  // Runs the command in a transaction shared with others, in the order in which they came. What a command wrote before
  // it refused is kept; it may be run again when another of the transaction throws. Errors: the command's own; those
  // of the store, for every command of the transaction.
  using Command = std::function<Result<void>(Store&)>;
  Result<void> run(const Command& command);

  std::int64_t commits() const { return commits_; }  // so far

 private:
  struct Waiting {
    const Command* command;
    Result<void> answer = {};
    std::exception_ptr bug = {};
    bool is_done = false;
  };
  void commit_all(const std::deque<Waiting*>& group);

  Store& store_;
  Begin begin_;
  std::mutex mutex_;
  std::condition_variable done_;
  std::deque<Waiting*> waiting_;
  bool has_leader_ = false;
  std::int64_t commits_ = 0;
};

}  // namespace shouyue::app
