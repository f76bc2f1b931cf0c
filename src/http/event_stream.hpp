#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace shouyue::http {

// Server-sent events on their way to one open connection. Any thread may send.
class EventStream {
 public:
  // What the other side has not taken yet. A reader that lets more pile up is cut off; it will come again.
  static constexpr std::size_t bytes_waiting_max = 256 * 1024;

  // Gives false when the stream is closed.
  bool send(std::string_view event, std::string_view data);
  void close();
  bool is_closed() const;

  // For the connection: what is waiting, and whom to wake when there is something or the stream is closed.
  std::string take();
  void when_woken(std::function<void()> wake);

 private:
  mutable std::mutex mutex_;
  std::string waiting_;
  bool is_closed_ = false;
  std::function<void()> wake_;
};

// The text of one event: `data` may have several lines.
std::string event_text(std::string_view event, std::string_view data);

}  // namespace shouyue::http
