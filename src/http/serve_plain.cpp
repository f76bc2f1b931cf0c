#include "http/dialogue.hpp"

namespace shouyue::http {

asio::awaitable<void> serve_plain(asio::ip::tcp::socket socket, Shared& shared, Loop& loop) {
  beast::tcp_stream stream(std::move(socket));
  Connection connection{.stream = &stream, .is_idle = true};
  loop.open.insert(&connection);
  Dialogue<beast::tcp_stream> dialogue(stream, stream, connection, shared, shared.settings.behind_tls);
  try {
    co_await dialogue.hold();
  } catch (const boost::system::system_error&) {
    // The other side has gone; there is nobody to tell.
  }
  loop.open.erase(&connection);
  beast::error_code ignored;
  stream.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

}  // namespace shouyue::http
