#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/ssl.hpp>

#include "http/dialogue.hpp"

namespace shouyue::http {

asio::awaitable<void> serve_encrypted(asio::ip::tcp::socket socket, asio::ssl::context& tls, Shared& shared,
                                      Loop& loop) {
  beast::ssl_stream<beast::tcp_stream> stream(std::move(socket), tls);
  beast::tcp_stream& below = beast::get_lowest_layer(stream);
  Connection connection{.stream = &below, .is_idle = true};
  loop.open.insert(&connection);
  try {
    below.expires_after(shared.settings.limits.header);
    const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, with_error);
    if (!error) {
      Dialogue<beast::ssl_stream<beast::tcp_stream>> dialogue(stream, below, connection, shared, true);
      co_await dialogue.hold();
      below.expires_after(shared.settings.limits.header);
      beast::error_code ignored;
      auto whatever = asio::redirect_error(asio::use_awaitable, ignored);
      co_await stream.async_shutdown(std::move(whatever));
    }
  } catch (const boost::system::system_error&) {
    // The other side has gone; there is nobody to tell.
  }
  loop.open.erase(&connection);
  beast::error_code ignored;
  below.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

}  // namespace shouyue::http
