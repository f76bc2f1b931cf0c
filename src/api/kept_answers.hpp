#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "app/account_store.hpp"
#include "http/message.hpp"

namespace shouyue::api {

// What was answered to requests that changed something: who sends one again with its idempotency key, because the line
// broke, gets the same answer and changes nothing more. Answers are kept in memory, up to 8 MB, the oldest go first;
// that a request was carried out is in the database with what it changed (RequestMark), so that it is known after a
// crash and by other servers.
class KeptAnswers {
 public:
  // The answer, if there is one. Else the request is under way until one of the two below.
  // Errors: request.in_progress, request.key_reused (the same key with something else), request.already_done (the
  // answer is not kept any more), those of the store.
  Result<std::optional<http::Response>> begin(app::AccountStore& store, const app::RequestMark& mark);
  // Null: done, and the answer is a secret that is given once.
  void answered(const app::RequestMark& mark, const http::Response* answer);
  // The key is as if it had not been used.
  void refused(const app::RequestMark& mark);

 private:
  using Key = std::pair<std::string, std::string>;  // account and key
  struct Kept {
    std::string digest;
    bool is_under_way = true;
    std::optional<http::Response> answer;
  };
  std::mutex mutex_;
  std::map<Key, Kept> kept_;
  std::deque<Key> oldest_first_;
  std::size_t bytes_ = 0;
};

}  // namespace shouyue::api
