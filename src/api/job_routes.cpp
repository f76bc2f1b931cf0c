#include "api/job_routes.hpp"

#include "api/answer.hpp"

namespace shouyue::api {
namespace {

struct JobRefusal {
  std::string rule, detail, detail_zh;
};
BOOST_DESCRIBE_STRUCT(JobRefusal, (), (rule, detail, detail_zh))

struct JobAnswer {
  std::string id, kind, state;
  std::int64_t done = 0, total = 0;
  Instant asked_at;
  std::optional<Instant> ended_at;
  std::optional<json::Text> result;
  std::optional<JobRefusal> refusal;
};
BOOST_DESCRIBE_STRUCT(JobAnswer, (), (id, kind, state, done, total, asked_at, ended_at, result, refusal))

JobAnswer answer_of(const JobView& view) {
  JobAnswer answer{.id = view.id,
                   .kind = view.kind,
                   .state = std::string(code_of(view.state)),
                   .done = view.done,
                   .total = view.total,
                   .asked_at = view.asked_at,
                   .ended_at = view.ended_at,
                   .result = {},
                   .refusal = {}};
  if (!view.result.empty()) answer.result = json::Text{view.result};
  if (view.error) answer.refusal = {view.error->rule, view.error->en, view.error->zh};
  return answer;
}

std::string text_of(const JobView& view) { return json::text_of(answer_of(view)); }

}  // namespace

Result<http::Response> job_started(Call& call, std::string kind, Jobs::Work work) {
  const std::string& account = call.person->account.name;
  const std::string id = SHOUYUE_TRY(call.facilities.jobs.start(std::move(kind), account, std::move(work)));
  const JobView view = SHOUYUE_TRY(call.facilities.jobs.view(id, account));
  return answer(answer_of(view), 202);
}

Result<http::Response> show_job(Call& call) {
  const JobView view = SHOUYUE_TRY(call.facilities.jobs.view(call.parts.at("id"), call.person->account.name));
  return answer(answer_of(view));
}

Result<http::Response> follow_job(Call& call) {
  auto events = SHOUYUE_TRY(call.facilities.jobs.follow(call.parts.at("id"), call.person->account.name, text_of));
  return event_answer(std::move(events));
}

Result<http::Response> cancel_job(Call& call) {
  SHOUYUE_CHECK(call.facilities.jobs.cancel(call.parts.at("id"), call.person->account.name));
  return http::Response{.status = 204};
}

}  // namespace shouyue::api
