#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "http/connection.hpp"
#include "http/event_stream.hpp"

// Requests and answers on a stream, plain or encrypted. The coroutines keep to the forms that g++ 12 translates
// rightly: every argument has a name, no awaiting inside an expression.
namespace shouyue::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

constexpr auto with_error = asio::as_tuple(asio::use_awaitable);

// The parts of a dialogue that do not depend on the kind of stream.
using HeadParser = beast::http::request_parser<beast::http::empty_body>;

Request head_of(const HeadParser& parser, const std::string& peer, bool is_encrypted);
std::filesystem::path spool_file(Shared& shared);
bool asks_to_continue(const Request& request);
// Answers on a working thread. Gives 503 when too many wait, 500 after an exception.
asio::awaitable<Response> answer_by_worker(const Request& request, Shared& shared);
// The answer to a head whose body is not wanted; the same thread, the same faults.
asio::awaitable<std::optional<Response>> refusal_by_worker(const Request& head, Shared& shared);
// Head of an answer, with the headers that every answer has.
void fill_head(beast::http::response_header<>& head, const Response& response);
// Why a request is not carried out.
struct Fault {
  std::optional<int> status;  // of the answer; empty: the other side has gone, and nobody is told
};
Fault fault_of(const beast::error_code& error);

template <class Stream>
class Dialogue {
 public:
  Dialogue(Stream& stream, beast::tcp_stream& socket, Connection& connection, Shared& shared, bool is_encrypted)
      : stream_(stream), socket_(socket), connection_(connection), shared_(shared), is_encrypted_(is_encrypted) {
    beast::error_code ignored;
    peer_ = socket.socket().remote_endpoint(ignored).address().to_string();
  }

  asio::awaitable<void> hold() {
    bool goes_on = true;
    while (goes_on && !shared_.is_stopping) goes_on = co_await exchange();
  }

 private:
  const Limits& limits() const { return shared_.settings.limits; }

  // One request and its answer. Gives whether another may follow.
  asio::awaitable<bool> exchange() {
    connection_.is_idle = true;
    const bool has_begun = co_await first_bytes();
    connection_.is_idle = false;
    if (!has_begun) co_return false;

    HeadParser head;
    head.header_limit(limits().header_bytes);
    head.body_limit(boost::none);
    socket_.expires_after(limits().header);
    const auto [head_error, head_bytes] = co_await beast::http::async_read_header(stream_, buffer_, head, with_error);
    started_ = std::chrono::steady_clock::now();
    if (head_error) {
      const Request unread{.method = "", .target = {}, .headers = {}, .body = {}, .body_file = {}, .peer = peer_};
      const Fault fault = fault_of(head_error);
      co_await refuse(unread, fault);
      co_return false;
    }
    keep_alive_ = head.get().keep_alive();
    Request request = head_of(head, peer_, is_encrypted_);
    const auto target = Target::parse(std::string_view(head.get().target().data(), head.get().target().size()));
    if (!target) {
      const Response response = shared_.application.failure(request, 400);
      co_await finish(request, response, false);
      co_return false;
    }
    request.target = *target;

    const BodyRule rule = shared_.application.body_rule(request);
    if (rule.to_file) {
      const std::optional<Response> refused = co_await refusal_by_worker(request, shared_);
      if (refused) {
        co_await finish(request, *refused, false);
        co_return false;
      }
    }
    const std::optional<Fault> fault = co_await take_body(head, rule, request);
    if (fault) {
      co_await refuse(request, *fault);
      remove_body(request);
      co_return false;
    }
    std::optional<Response> at_once = shared_.application.answer_at_once(request);
    if (!at_once) at_once = co_await answer_by_worker(request, shared_);
    const bool goes_on = co_await finish(request, *at_once, keep_alive_);
    remove_body(request);
    co_return goes_on;
  }

  static void remove_body(const Request& request) {
    if (request.body_file.empty()) return;
    std::error_code ignored;
    std::filesystem::remove(request.body_file, ignored);
  }

  asio::awaitable<bool> first_bytes() {
    if (buffer_.size() > 0) co_return true;
    socket_.expires_after(limits().idle);
    const auto room = buffer_.prepare(4096);
    const auto [error, bytes] = co_await stream_.async_read_some(room, with_error);
    buffer_.commit(bytes);
    co_return !error;
  }

  // Gives nothing when the whole body is there.
  asio::awaitable<std::optional<Fault>> take_body(HeadParser& head, const BodyRule& rule, Request& request) {
    const auto length = head.content_length();
    if (length && *length > rule.bytes_max) co_return Fault{413};
    if (asks_to_continue(request)) {
      static const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      const auto text = asio::buffer(go_on);
      const auto [error, bytes] = co_await asio::async_write(stream_, text, with_error);
      if (error) co_return Fault{};
    }
    if (rule.to_file) {
      beast::http::request_parser<beast::http::file_body> parser(std::move(head));
      parser.body_limit(rule.bytes_max);
      request.body_file = spool_file(shared_);
      beast::error_code opened;
      parser.get().body().open(request.body_file.c_str(), beast::file_mode::write_new, opened);
      if (opened) co_return Fault{507};
      socket_.expires_after(limits().body_to_file);
      const auto [error, bytes] = co_await beast::http::async_read(stream_, buffer_, parser, with_error);
      parser.get().body().close();
      if (error) co_return fault_of(error);
    } else {
      beast::http::request_parser<beast::http::string_body> parser(std::move(head));
      parser.body_limit(rule.bytes_max);
      socket_.expires_after(limits().body);
      const auto [error, bytes] = co_await beast::http::async_read(stream_, buffer_, parser, with_error);
      if (error) co_return fault_of(error);
      request.body = std::move(parser.get().body());
    }
    co_return std::nullopt;
  }

  asio::awaitable<void> refuse(const Request& request, const Fault& fault) {
    if (!fault.status) co_return;
    const Response response = shared_.application.failure(request, *fault.status);
    co_await finish(request, response, false);
  }

  // Gives whether the connection may be used again.
  asio::awaitable<bool> finish(const Request& request, const Response& response, bool keep_alive) {
    const bool goes_on = keep_alive && !shared_.is_stopping && !response.events;
    bool is_sent = false;
    if (response.events)
      is_sent = co_await send_events(response);
    else if (!response.file.empty())
      is_sent = co_await send_file(request, response, goes_on);
    else
      is_sent = co_await send_text(request, response, goes_on);
    const auto duration = std::chrono::steady_clock::now() - started_;
    shared_.application.note(request, response, std::chrono::duration_cast<std::chrono::microseconds>(duration));
    co_return is_sent&& goes_on;
  }

  asio::awaitable<bool> send_text(const Request& request, const Response& response, bool goes_on) {
    const std::string& text = response.shared_body ? *response.shared_body : response.body;
    const bool is_head = request.method == "HEAD";
    beast::http::response<beast::http::span_body<const char>> message;
    fill_head(message, response);
    if (!is_head) message.body() = {text.data(), text.size()};
    message.keep_alive(goes_on);
    if (response.status != 204 && response.status != 304) message.content_length(text.size());
    socket_.expires_after(limits().sending);
    beast::http::response_serializer<beast::http::span_body<const char>> serializer(message);
    const auto [error, bytes] = co_await beast::http::async_write(stream_, serializer, with_error);
    co_return !error;
  }

  asio::awaitable<bool> send_file(const Request& request, const Response& response, bool goes_on) {
    beast::http::response<beast::http::file_body> message;
    fill_head(message, response);
    beast::error_code opened;
    message.body().open(response.file.c_str(), beast::file_mode::scan, opened);
    if (opened) {
      const Response missing = shared_.application.failure(request, 500);
      const bool is_told = co_await send_text(request, missing, goes_on);
      co_return is_told;
    }
    message.keep_alive(goes_on);
    message.prepare_payload();
    beast::http::response_serializer<beast::http::file_body> serializer(message);
    socket_.expires_after(limits().body_to_file);
    if (request.method == "HEAD") {
      const auto [error, bytes] = co_await beast::http::async_write_header(stream_, serializer, with_error);
      co_return !error;
    }
    const auto [error, bytes] = co_await beast::http::async_write(stream_, serializer, with_error);
    co_return !error;
  }

  // Sends what comes, and a comment now and then so that both sides see whether the other is still there.
  asio::awaitable<bool> send_events(const Response& response) {
    beast::http::response<beast::http::empty_body> message;
    fill_head(message, response);
    message.keep_alive(false);
    beast::http::response_serializer<beast::http::empty_body> serializer(message);
    socket_.expires_after(limits().sending);
    const auto [head_error, head_bytes] = co_await beast::http::async_write_header(stream_, serializer, with_error);
    if (head_error) co_return false;

    const auto executor = stream_.get_executor();
    const auto bell = std::make_shared<asio::steady_timer>(executor);
    EventStream& events = *response.events;
    events.when_woken([bell, executor] { asio::post(executor, [bell] { bell->cancel(); }); });
    connection_.bell = bell.get();
    bool is_open = true;
    while (is_open && !shared_.is_stopping && !events.is_closed()) {
      std::string text = events.take();
      if (text.empty()) {
        bell->expires_after(std::chrono::seconds(15));
        const auto [rung] = co_await bell->async_wait(with_error);
        text = events.take();
        if (text.empty() && !rung) text = ": still here\n\n";
      }
      if (!text.empty()) {
        socket_.expires_after(limits().sending);
        const auto bytes_to_send = asio::buffer(text);
        const auto [error, bytes] = co_await asio::async_write(stream_, bytes_to_send, with_error);
        is_open = !error;
      }
    }
    connection_.bell = nullptr;
    events.when_woken({});
    events.close();
    co_return is_open;
  }

  Stream& stream_;
  beast::tcp_stream& socket_;
  Connection& connection_;
  Shared& shared_;
  const bool is_encrypted_;
  std::string peer_;
  beast::flat_buffer buffer_;
  bool keep_alive_ = false;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace shouyue::http
