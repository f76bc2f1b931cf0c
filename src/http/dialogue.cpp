#include "http/dialogue.hpp"

#include <boost/algorithm/string/case_conv.hpp>

namespace shouyue::http {

Request head_of(const HeadParser& parser, const std::string& peer, bool is_encrypted) {
  Request request;
  request.method = std::string(parser.get().method_string());
  for (const auto& field : parser.get()) {
    std::string name(field.name_string());
    boost::algorithm::to_lower(name, std::locale::classic());
    request.headers.emplace_back(std::move(name), std::string(field.value()));
  }
  request.peer = peer;
  request.is_encrypted = is_encrypted;
  return request;
}

std::filesystem::path spool_file(Shared& shared) {
  return shared.settings.spool / ("body-" + std::to_string(shared.spooled.fetch_add(1)));
}

bool asks_to_continue(const Request& request) { return request.header("expect") == "100-continue"; }

namespace {

using Work = std::optional<Response> (*)(Application& application, const Request& request);

asio::awaitable<std::optional<Response>> guarded(Work work, const Request& request, Application& application) {
  bool has_failed = false;
  std::optional<Response> response;
  try {
    response = work(application, request);
  } catch (const std::exception&) {
    has_failed = true;
  }
  if (has_failed) response = application.failure(request, 500);
  co_return response;
}

asio::awaitable<std::optional<Response>> by_worker(Work work, const Request& request, Shared& shared) {
  if (shared.requests_waiting.fetch_add(1) >= shared.settings.limits.requests_waiting) {
    shared.requests_waiting.fetch_sub(1);
    co_return shared.application.failure(request, 503);
  }
  asio::awaitable<std::optional<Response>> guarded_work = guarded(work, request, shared.application);
  asio::awaitable<std::optional<Response>> spawned =
      asio::co_spawn(shared.workers.get_executor(), std::move(guarded_work), asio::use_awaitable);
  std::optional<Response> response = co_await std::move(spawned);
  shared.requests_waiting.fetch_sub(1);
  co_return response;
}

}  // namespace

asio::awaitable<Response> answer_by_worker(const Request& request, Shared& shared) {
  const Work answer = [](Application& application, const Request& asked) -> std::optional<Response> {
    return application.answer(asked);
  };
  std::optional<Response> response = co_await by_worker(answer, request, shared);
  co_return std::move(*response);
}

asio::awaitable<std::optional<Response>> refusal_by_worker(const Request& head, Shared& shared) {
  const Work refuse_body = [](Application& application, const Request& asked) {
    return application.refuse_body(asked);
  };
  std::optional<Response> response = co_await by_worker(refuse_body, head, shared);
  co_return response;
}

void fill_head(beast::http::response_header<>& head, const Response& response) {
  head.version(11);
  head.result(static_cast<unsigned>(response.status));
  if (!response.content_type.empty()) head.set(beast::http::field::content_type, response.content_type);
  for (const auto& [name, value] : response.headers) head.insert(name, value);
}

Fault fault_of(const beast::error_code& error) {
  if (error == beast::http::error::header_limit) return {431};
  if (error == beast::http::error::body_limit) return {413};
  namespace errc = boost::system::errc;
  if (error == errc::no_space_on_device || error == errc::file_too_large || error == errc::io_error) return {507};
  if (error.category() == beast::http::make_error_code(beast::http::error::bad_method).category() &&
      error != beast::http::error::end_of_stream && error != beast::http::error::partial_message)
    return {400};
  return {};
}

}  // namespace shouyue::http
