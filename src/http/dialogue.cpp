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

asio::awaitable<Response> answered(const Request& request, Application& application) {
  int failed = 0;
  Response response;
  try {
    response = application.answer(request);
  } catch (const std::exception&) {
    failed = 500;
  }
  if (failed != 0) response = application.failure(request, failed);
  co_return response;
}

}  // namespace

asio::awaitable<Response> answer_by_worker(const Request& request, Shared& shared) {
  if (shared.requests_waiting.fetch_add(1) >= shared.settings.limits.requests_waiting) {
    shared.requests_waiting.fetch_sub(1);
    co_return shared.application.failure(request, 503);
  }
  asio::awaitable<Response> work = answered(request, shared.application);
  asio::awaitable<Response> answer =
      asio::co_spawn(shared.workers.get_executor(), std::move(work), asio::use_awaitable);
  Response response = co_await std::move(answer);
  shared.requests_waiting.fetch_sub(1);
  co_return response;
}

void fill_head(beast::http::response_header<>& head, const Response& response) {
  head.version(11);
  head.result(static_cast<unsigned>(response.status));
  if (!response.content_type.empty()) head.set(beast::http::field::content_type, response.content_type);
  for (const auto& [name, value] : response.headers) head.insert(name, value);
}

int status_of_fault(const beast::error_code& error) {
  if (error == beast::http::error::header_limit) return 431;
  if (error == beast::http::error::body_limit) return 413;
  if (error.category() == beast::http::make_error_code(beast::http::error::bad_method).category() &&
      error != beast::http::error::end_of_stream && error != beast::http::error::partial_message)
    return 400;
  return 0;
}

}  // namespace shouyue::http
