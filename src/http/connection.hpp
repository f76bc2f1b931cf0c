#pragma once

#include <atomic>
#include <set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include "http/server.hpp"

namespace boost::asio::ssl {
class context;
}

// The life of one connection, request after request. Only here and in server.cpp is the network library seen.
namespace shouyue::http {

// What the threads of a server share.
struct Shared {
  const Settings& settings;
  Application& application;
  boost::asio::thread_pool& workers;
  std::atomic<bool> is_stopping = false;
  std::atomic<int> connections = 0;
  std::atomic<int> requests_waiting = 0;
  std::atomic<std::uint64_t> spooled = 0;  // numbers the files
};

// An open connection, as its loop sees it.
struct Connection {
  boost::beast::tcp_stream* stream = nullptr;
  bool is_idle = true;                        // between two requests
  boost::asio::steady_timer* bell = nullptr;  // of a stream of events: wakes it

  // Ends it when nothing is under way.
  void end_if_idle() {
    if (bell) bell->cancel();
    if (is_idle) stream->cancel();
  }
};

// One thread's loop with the connections it has accepted; touched by that thread alone.
struct Loop {
  boost::asio::io_context context{1};
  std::set<Connection*> open;
};

// Serve the connection until it ends; the coroutine owns the socket.
boost::asio::awaitable<void> serve_plain(boost::asio::ip::tcp::socket socket, Shared& shared, Loop& loop);
boost::asio::awaitable<void> serve_encrypted(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls,
                                             Shared& shared, Loop& loop);

}  // namespace shouyue::http
