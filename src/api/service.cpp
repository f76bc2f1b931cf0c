#include "api/service.hpp"

#include <algorithm>

#include "api/answer.hpp"
#include "api/bug_line.hpp"
#include "api/metrics.hpp"
#include "api/pages.hpp"
#include "api/problem.hpp"
#include "api/server_routes.hpp"
#include "app/files.hpp"
#include "base/digest.hpp"
#include "json/writer.hpp"
#include "vault/token.hpp"

namespace shouyue::api {
namespace {

// What every answer carries; a page may load what this server gives and nothing else.
void add_headers(const http::Request& request, http::Response& response) {
  const auto add = [&](const char* name, const char* value) { response.headers.emplace_back(name, value); };
  add("X-Content-Type-Options", "nosniff");
  add("X-Frame-Options", "DENY");
  add("Referrer-Policy", "no-referrer");
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  add("Content-Security-Policy",
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  const bool has_caching =
      std::ranges::any_of(response.headers, [](const auto& header) { return header.first == "Cache-Control"; });
  if (!has_caching) add("Cache-Control", "no-store");
  if (request.is_encrypted) add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

// Everything else is for the pages.
bool is_of_the_server(const http::Target& target) {
  const std::string_view first = target.segments.empty() ? std::string_view() : target.segments.front();
  return first == "api" || first == "readyz" || first == "metrics";
}

bool changes_something(std::string_view method) { return method != "GET" && method != "HEAD"; }

std::unexpected<Error> needs_sign_in() {
  return refuse(Errc::rule_broken, "sign_in.needed", "sign in first; a sign-in ends after half an hour without use",
                "请先登录；半小时未操作须重新登录");
}

Result<void> check_csrf(const http::Request& request, const app::Person& person) {
  if (!changes_something(request.method)) return {};
  if (vault::equal_secrets(request.header("x-csrf-token"), person.sign_in.csrf)) return {};
  return refuse(Errc::rule_broken, "sign_in.csrf",
                "the request does not come from a page of this system; load the page again",
                "请求并非来自本系统页面，请刷新页面后重试");
}

// A program shows its token in a header, which no page of another site can make a browser send; a person's browser
// its cookie.
Result<std::optional<app::Person>> who_asks(Workplace& workplace, const http::Request& request) {
  app::Session& session = workplace.session();
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view authorization = request.header("authorization");
  if (authorization.starts_with(scheme))
    return app::program_of(session, std::string(authorization.substr(scheme.size())));
  const std::string token = token_of(request);
  if (token.empty()) return std::nullopt;
  auto person = SHOUYUE_TRY(app::person_of(session, workplace.deriver().directory(), token));
  if (person) SHOUYUE_CHECK(check_csrf(request, *person));
  return person;
}

Result<void> check_permission(const Route& route, const access::Account& account) {
  if (account.must_change_password && route.door != Door::any_password)
    return refuse(Errc::rule_broken, "access.denied", "choose a password of your own first", "请先设置自己的密码");
  if (route.door != Door::permitted || access::may(account.role, route.permission)) return {};
  const std::string permission(access::code_of(route.permission));
  const std::string role(access::code_of(account.role)), name(access::name_of(account.role));
  return refuse(Errc::rule_broken, "access.denied", "the role " + role + " has no permission " + permission,
                "岗位“" + name + "”没有权限 " + permission);
}

std::string_view name_of_status(int status) {
  switch (status) {
    case 400: return "request.form";
    case 413: return "request.too_large";
    case 431: return "request.headers_too_large";
    case 503: return "server.busy";
    case 507: return "server.no_space";
    default: return "server.fault";
  }
}

// What was asked, as one text of fixed length.
Result<std::string> digest_of(const http::Request& request, const Route& route) {
  Sha256 digest;
  digest.add(request.method + " " + request.target.path() + "\n");
  for (const auto& [name, value] : request.target.query) digest.add(name + "=" + value + "\n");
  if (route.marks_body) digest.add(request.body);
  if (!request.body_file.empty()) digest.add(SHOUYUE_TRY(app::digest_of_file(request.body_file)));
  return digest.hex();
}

// A request whose handler leaves by an exception was not carried out.
class UnderWay {
 public:
  UnderWay(KeptAnswers& answers, const app::RequestMark& mark) : answers_(answers), mark_(mark) {}
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;
  ~UnderWay() {
    if (!is_answered_) answers_.refused(mark_);
  }
  void answered(const http::Response* answer) {
    answers_.answered(mark_, answer);
    is_answered_ = true;
  }

 private:
  KeptAnswers& answers_;
  const app::RequestMark& mark_;
  bool is_answered_ = false;
};

}  // namespace

http::BodyRule Service::body_rule(const http::Request& head) {
  const Match match = find_route(head.method, head.target);
  if (!match.route) return {.bytes_max = 0, .to_file = false};
  return {.bytes_max = match.route->body_bytes_max, .to_file = match.route->body_to_file};
}

std::optional<http::Response> Service::answer_at_once(const http::Request& request) {
  std::optional<http::Response> response;
  if (request.target.path() == "/healthz")
    response = alive();
  else if (facilities_.pages && !is_of_the_server(request.target))
    response = facilities_.pages->answer(request);
  if (response) add_headers(request, *response);
  return response;
}

std::optional<http::Response> Service::at_workplace(
    const http::Request& request, const std::function<Result<std::optional<http::Response>>(Workplace&)>& work) {
  auto workplace = facilities_.workplaces.take();
  if (!workplace) {
    http::Response response = problem(workplace.error());
    add_headers(request, response);
    return response;
  }
  try {
    const auto prepared = (*workplace)->prepare(facilities_.clock());
    auto worked =
        prepared ? work(**workplace) : Result<std::optional<http::Response>>(std::unexpected(prepared.error()));
    std::optional<http::Response> response;
    if (worked)
      response = std::move(*worked);
    else  // rules that cannot be read are no fault of who asks
      response = problem(prepared ? status_of(worked.error()) : 503, worked.error());
    if (response) response->who = (*workplace)->session().who;
    facilities_.workplaces.give_back(std::move(*workplace));
    if (response) add_headers(request, *response);
    return response;
  } catch (const std::exception& bug) {
    // The workplace goes with whatever it was in the middle of.
    facilities_.log(bug_line(facilities_.clock(), bug.what()));
    return failure(request, 500);
  }
}

http::Response Service::answer(const http::Request& request) {
  return *at_workplace(request, [&](Workplace& workplace) -> Result<std::optional<http::Response>> {
    return SHOUYUE_TRY(routed(request, workplace));
  });
}

std::optional<http::Response> Service::refuse_body(const http::Request& head) {
  return at_workplace(head, [&](Workplace& workplace) -> Result<std::optional<http::Response>> {
    const Match match = find_route(head.method, head.target);
    if (match.route) SHOUYUE_CHECK(let_in(head, *match.route, workplace));
    return std::nullopt;
  });
}

Result<std::optional<app::Person>> Service::let_in(const http::Request& request, const Route& route,
                                                   Workplace& workplace) {
  if (route.door == Door::open) return std::nullopt;
  auto person = SHOUYUE_TRY(who_asks(workplace, request));
  if (!person) return needs_sign_in();
  workplace.session().who = person->account.name;
  SHOUYUE_CHECK(check_permission(route, person->account));
  return person;
}

Result<http::Response> Service::routed(const http::Request& request, Workplace& workplace) {
  Match match = find_route(request.method, request.target);
  if (!match.route && match.is_known_path)
    return problem(405, {Errc::invalid_input, "request.method", "this address does not take " + request.method,
                         "此地址不支持 " + request.method + " 请求"});
  if (!match.route)
    return refuse(Errc::not_found, "request.no_such_address", "nothing is at " + request.target.path(),
                  "地址 " + request.target.path() + " 不存在");
  const auto person = SHOUYUE_TRY(let_in(request, *match.route, workplace));
  Call call{.facilities = facilities_,
            .session = workplace.session(),
            .deriver = workplace.deriver(),
            .request = request,
            .person = person ? &*person : nullptr,
            .parts = std::move(match.parts)};
  return person && changes_something(request.method) ? once(*match.route, call) : match.route->handle(call);
}

Result<http::Response> Service::once(const Route& route, Call& call) {
  const std::string key(call.request.header("idempotency-key"));
  if (key.empty() || key.size() > 64)
    return refuse(Errc::invalid_input, "request.idempotency_key",
                  "a request that changes something carries an Idempotency-Key of at most 64 characters",
                  "写入请求须带 Idempotency-Key 请求头，最长 64 个字符");
  const std::string digest = SHOUYUE_TRY(digest_of(call.request, route));
  const app::RequestMark mark{call.person->account.name, key, digest, call.session.now};
  app::AccountStore& store = call.session.store.accounts();
  if (auto kept = SHOUYUE_TRY(kept_answers_.begin(store, mark))) return std::move(*kept);
  UnderWay under_way(kept_answers_, mark);
  store.mark_with_next_commit(mark);
  auto response = route.handle(call);
  store.mark_with_next_commit({});
  if (response) under_way.answered(route.keeps_answer ? &*response : nullptr);
  return response;
}

http::Response Service::failure(const http::Request& request, int status) {
  const std::string rule(name_of_status(status));
  http::Response response =
      problem(status, {Errc::invalid_input, rule, "the request was not answered: " + rule, "请求未被处理：" + rule});
  add_headers(request, response);
  return response;
}

// The path only, never the query: a query may hold a phone number.
void Service::note(const http::Request& request, const http::Response& response, std::chrono::microseconds duration) {
  const Match match = find_route(request.method, request.target);
  facilities_.metrics.answered(match.route, response.status, duration);
  json::Writer line;
  line.begin_object();
  line.key("at");
  line.value(facilities_.clock().text());
  line.key("who");
  line.value(response.who);
  line.key("method");
  line.value(request.method);
  line.key("route");
  line.value(match.route ? match.route->path : std::string_view("-"));
  line.key("status");
  line.value(response.status);
  line.key("microseconds");
  line.value(duration.count());
  line.end_object();
  facilities_.log(line.take());
}

}  // namespace shouyue::api
