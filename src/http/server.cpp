#include "http/server.hpp"

#include <thread>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/connection.hpp"

namespace shouyue::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

namespace {

// A loop with its own listening socket; the system spreads the connections over them.
struct Listener {
  Loop loop;
  tcp::acceptor acceptor{loop.context};
};

enum class Sharing : std::uint8_t { alone, shared };

Result<void> open(tcp::acceptor& acceptor, const tcp::endpoint& where, Sharing sharing) {
  boost::system::error_code error;
  acceptor.open(where.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.set_option(ReusePort(sharing == Sharing::shared), error);
  if (!error) acceptor.bind(where, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return {};
  const std::string place = where.address().to_string() + ":" + std::to_string(where.port());
  return refuse(Errc::environment, "server.cannot_listen", "cannot listen on " + place + ": " + error.message(),
                "无法在 " + place + " 上监听：" + error.message());
}

Result<std::unique_ptr<asio::ssl::context>> load_certificate(const Settings& settings) {
  if (settings.certificate_file.empty()) return nullptr;
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  tls->set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression |
                   asio::ssl::context::single_dh_use);
  boost::system::error_code error;
  tls->use_certificate_chain_file(settings.certificate_file, error);
  if (!error) tls->use_private_key_file(settings.key_file, asio::ssl::context::pem, error);
  if (!error) return tls;
  return refuse(Errc::environment, "server.certificate",
                "the certificate " + settings.certificate_file + " or its key " + settings.key_file +
                    " cannot be used: " + error.message(),
                "证书 " + settings.certificate_file + " 或私钥 " + settings.key_file + " 无法使用：" + error.message());
}

asio::awaitable<void> accept_all(Listener& listener, asio::ssl::context* tls, Shared& shared) {
  constexpr auto with_error = asio::as_tuple(asio::use_awaitable);
  while (!shared.is_stopping) {
    auto [error, socket] = co_await listener.acceptor.async_accept(with_error);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      // Out of descriptors, most likely: take a breath instead of spinning.
      asio::steady_timer pause(listener.loop.context, std::chrono::milliseconds(50));
      boost::system::error_code ignored;
      auto whatever = asio::redirect_error(asio::use_awaitable, ignored);
      co_await pause.async_wait(std::move(whatever));
      continue;
    }
    if (shared.connections.fetch_add(1) >= shared.settings.limits.connections) {
      shared.connections.fetch_sub(1);
      continue;
    }
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto ended = [&shared](const std::exception_ptr&) { shared.connections.fetch_sub(1); };
    if (tls)
      asio::co_spawn(listener.loop.context, serve_encrypted(std::move(socket), *tls, shared, listener.loop), ended);
    else
      asio::co_spawn(listener.loop.context, serve_plain(std::move(socket), shared, listener.loop), ended);
  }
}

}  // namespace

class Server::Parts {
 public:
  Parts(const Settings& settings, Application& application, std::unique_ptr<asio::ssl::context> tls)
      : settings_(settings),
        workers_(static_cast<std::size_t>(settings.workers)),
        shared_{.settings = settings_, .application = application, .workers = workers_},
        tls_(std::move(tls)) {}

  Result<void> listen() {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(settings_.address, error);
    if (error)
      return refuse(Errc::invalid_input, "server.cannot_listen", "'" + settings_.address + "' is no IP address",
                    "“" + settings_.address + "”不是 IP 地址");
    tcp::endpoint where(address, settings_.port);
    // A server that listens there already would share its callers with this one, and neither would know.
    Listener probe;
    SHOUYUE_CHECK(open(probe.acceptor, where, Sharing::alone));
    probe.acceptor.close();
    for (int n = 0; n < settings_.threads; ++n) {
      auto& listener = *listeners_.emplace_back(std::make_unique<Listener>());
      SHOUYUE_CHECK(open(listener.acceptor, where, Sharing::shared));
      where.port(listener.acceptor.local_endpoint().port());
    }
    port_ = where.port();
    return {};
  }

  std::uint16_t port() const { return port_; }

  void run() {
    std::vector<std::jthread> threads;
    for (const auto& listener : listeners_) {
      asio::co_spawn(listener->loop.context, accept_all(*listener, tls_.get(), shared_), asio::detached);
      threads.emplace_back([&context = listener->loop.context] { context.run(); });
    }
    threads.clear();
    workers_.join();
  }

  void stop() {
    if (shared_.is_stopping.exchange(true)) return;
    for (const auto& listener : listeners_)
      asio::post(listener->loop.context, [this, one = listener.get()] { end(*one); });
  }

 private:
  // On the listener's thread: idle connections end now, the others after their answer, all when the time is over.
  void end(Listener& listener) {
    boost::system::error_code ignored;
    listener.acceptor.close(ignored);
    for (Connection* connection : listener.loop.open) connection->end_if_idle();
    const auto deadline = std::make_shared<asio::steady_timer>(listener.loop.context, settings_.limits.ending);
    watch(listener, deadline, std::chrono::steady_clock::now() + settings_.limits.ending);
  }

  // Looks often, so that the loop ends with its last connection.
  void watch(Listener& listener, const std::shared_ptr<asio::steady_timer>& timer,
             std::chrono::steady_clock::time_point deadline) {
    if (listener.loop.open.empty() || std::chrono::steady_clock::now() >= deadline) return listener.loop.context.stop();
    timer->expires_after(std::chrono::milliseconds(20));
    timer->async_wait([this, &listener, timer, deadline](const boost::system::error_code&) {
      for (Connection* connection : listener.loop.open) connection->end_if_idle();
      watch(listener, timer, deadline);
    });
  }

  const Settings settings_;
  asio::thread_pool workers_;
  Shared shared_;
  std::unique_ptr<asio::ssl::context> tls_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::uint16_t port_ = 0;
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(const Settings& settings, Application& application) {
  auto tls = SHOUYUE_TRY(load_certificate(settings));
  auto parts = std::make_unique<Parts>(settings, application, std::move(tls));
  SHOUYUE_CHECK(parts->listen());
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

std::uint16_t Server::port() const { return parts_->port(); }
void Server::run() { parts_->run(); }
void Server::stop() { parts_->stop(); }

}  // namespace shouyue::http
