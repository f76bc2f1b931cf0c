#pragma once

#include <functional>

#include "api/kept_answers.hpp"
#include "api/route.hpp"
#include "api/workplace.hpp"
#include "http/application.hpp"

namespace shouyue::api {

// The pages, and the JSON API under /api with /healthz and /readyz: who asks, whether he may, the handler, the headers
// of every answer.
class Service final : public http::Application {
 public:
  explicit Service(Facilities facilities) : facilities_(std::move(facilities)) {}

  http::BodyRule body_rule(const http::Request& head) override;
  std::optional<http::Response> answer_at_once(const http::Request& request) override;
  std::optional<http::Response> refuse_body(const http::Request& head) override;
  http::Response answer(const http::Request& request) override;
  http::Response failure(const http::Request& request, int status) override;
  void note(const http::Request& request, const http::Response& response, std::chrono::microseconds duration) override;

 private:
  // Finds a workplace for `work` and makes an answer of what it gives, headers and all.
  std::optional<http::Response> at_workplace(
      const http::Request& request, const std::function<Result<std::optional<http::Response>>(Workplace&)>& work);
  // Carries a change out, once for each idempotency key of the person.
  Result<http::Response> once(const Route& route, Call& call);
  Result<http::Response> routed(const http::Request& request, Workplace& workplace);
  // The person whose cookie came along, if the route serves him; none on an open route.
  Result<std::optional<app::Person>> let_in(const http::Request& request, const Route& route, Workplace& workplace);

  Facilities facilities_;
  KeptAnswers kept_answers_;
};

}  // namespace shouyue::api
