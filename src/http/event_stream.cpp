#include "http/event_stream.hpp"

#include <utility>

namespace shouyue::http {

std::string event_text(std::string_view event, std::string_view data) {
  std::string text = "event: " + std::string(event) + "\n";
  for (;;) {
    const std::size_t end = data.find('\n');
    text += "data: " + std::string(data.substr(0, end)) + "\n";
    if (end == std::string_view::npos) return text + "\n";
    data.remove_prefix(end + 1);
  }
}

bool EventStream::send(std::string_view event, std::string_view data) {
  const std::lock_guard lock(mutex_);
  if (is_closed_) return false;
  waiting_ += event_text(event, data);
  if (waiting_.size() > bytes_waiting_max) is_closed_ = true;
  if (wake_) wake_();
  return !is_closed_;
}

void EventStream::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  if (wake_) wake_();
}

bool EventStream::is_closed() const {
  const std::lock_guard lock(mutex_);
  return is_closed_;
}

std::string EventStream::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

void EventStream::when_woken(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

}  // namespace shouyue::http
