#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/workplace.hpp"
#include "http/event_stream.hpp"

namespace shouyue::api {

// Boards that are kept up to date while somebody looks. What is shown is made anew every two seconds, once for all who
// look at the same, and sent when it has changed.
class Live {
 public:
  // JSON text of what the board shows at the moment of the session.
  using Show = std::function<Result<std::string>(Workplace& workplace)>;

  // `log` takes a line of the log for what breaks off by a fault of the program; the boards are tried again.
  Live(Workplaces& workplaces, std::function<Instant()> clock, std::function<void(std::string)> log);

  // An event `board` at once and after each change, until the reader goes or the sign-in that holds `token` is over.
  // `board` says what is shown, the organisation included: equal boards are made once.
  std::shared_ptr<http::EventStream> follow(std::string board, std::string token, Show show);

 private:
  struct Reader {
    std::shared_ptr<http::EventStream> events;
    std::string board, token, sent;
    Show show;
  };
  void keep_up(const std::stop_token& ended);
  void send_to(std::vector<std::shared_ptr<Reader>>& readers);

  Workplaces& workplaces_;
  std::function<Instant()> clock_;
  std::function<void(std::string)> log_;
  std::mutex mutex_;
  std::condition_variable_any wakes_;
  std::vector<std::shared_ptr<Reader>> readers_;
  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace shouyue::api
