#include "api/jobs.hpp"

#include <algorithm>
#include <array>

#include "vault/token.hpp"

namespace shouyue::api {
namespace {

constexpr int threads = 2;
constexpr std::int64_t kept_seconds = 24 * 3600;
constexpr int unfinished_max = 4;

bool has_ended(JobState state) { return state >= JobState::done; }

}  // namespace

struct Job {
  std::string account;
  Jobs::Work work;
  std::atomic<bool> shall_stop = false;

  std::mutex mutex;  // of all below
  JobView view;
  struct Follower {
    std::shared_ptr<http::EventStream> events;
    Jobs::Text text;
  };
  std::vector<Follower> followers;

  JobView seen() {
    const std::lock_guard lock(mutex);
    return view;
  }

  void change(const auto& change) {
    const std::lock_guard lock(mutex);
    change(view);
    std::erase_if(followers,
                  [&](const Follower& follower) { return !follower.events->send("job", follower.text(view)); });
    if (!has_ended(view.state)) return;
    for (const Follower& follower : followers) follower.events->close();
    followers.clear();
  }
};

std::string_view code_of(JobState state) {
  static constexpr std::array<std::string_view, 5> codes{"waiting", "running", "done", "failed", "cancelled"};
  return codes[static_cast<std::size_t>(state)];
}

bool JobProgress::report(std::int64_t done, std::int64_t total) {
  job_.change([&](JobView& view) {
    view.done = done;
    view.total = total;
  });
  return !job_.shall_stop;
}

Jobs::Jobs(Workplaces& workplaces, std::function<Instant()> clock) : workplaces_(workplaces), clock_(std::move(clock)) {
  for (int n = 0; n < threads; ++n)
    threads_.emplace_back([this](const std::stop_token& ended) { work_on_jobs(ended); });
}

Jobs::~Jobs() {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, job] : jobs_) job->shall_stop = true;
  for (std::jthread& thread : threads_) thread.request_stop();
}

Result<std::string> Jobs::start(std::string kind, std::string account, Work work) {
  const Instant now = clock_();
  const std::lock_guard lock(mutex_);
  forget_old(now);
  const auto unfinished = std::ranges::count_if(jobs_, [&](const auto& entry) {
    return entry.second->account == account && !has_ended(entry.second->seen().state);
  });
  if (unfinished >= unfinished_max)
    return refuse(Errc::conflict, "job.too_many", "you have four jobs under way; wait for one or cancel one",
                  "您已有四个后台任务在进行，请等待其完成或取消其中一个");
  auto job = std::make_shared<Job>();
  job->account = std::move(account);
  job->work = std::move(work);
  job->view.id = vault::new_token();
  job->view.kind = std::move(kind);
  job->view.asked_at = now;
  const std::string id = job->view.id;
  jobs_.emplace(id, job);
  waiting_.push_back(std::move(job));
  wakes_.notify_one();
  return id;
}

Result<std::shared_ptr<Job>> Jobs::find(const std::string& id, const std::string& account) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found != jobs_.end() && found->second->account == account) return found->second;
  return refuse(Errc::not_found, "job.not_found", "there is no such job; jobs are kept for a day",
                "没有此后台任务；任务结果保留一天");
}

Result<JobView> Jobs::view(const std::string& id, const std::string& account) {
  const auto job = SHOUYUE_TRY(find(id, account));
  return job->seen();
}

Result<void> Jobs::cancel(const std::string& id, const std::string& account) {
  const auto job = SHOUYUE_TRY(find(id, account));
  job->shall_stop = true;
  return {};
}

Result<std::shared_ptr<http::EventStream>> Jobs::follow(const std::string& id, const std::string& account, Text text) {
  const auto job = SHOUYUE_TRY(find(id, account));
  auto events = std::make_shared<http::EventStream>();
  const std::lock_guard lock(job->mutex);
  events->send("job", text(job->view));
  if (has_ended(job->view.state))
    events->close();
  else
    job->followers.push_back({events, text});
  return events;
}

void Jobs::work_on_jobs(const std::stop_token& ended) {
  while (!ended.stop_requested()) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(mutex_);
      if (!wakes_.wait(lock, ended, [&] { return !waiting_.empty(); })) return;
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    carry_out(*job);
  }
}

void Jobs::carry_out(Job& job) {
  const auto worked = [&]() -> Result<std::string> {
    if (job.shall_stop) return refuse(Errc::conflict, "job.cancelled", "the job was cancelled", "任务已取消");
    job.change([](JobView& view) { view.state = JobState::running; });
    auto workplace = SHOUYUE_TRY(workplaces_.take());
    SHOUYUE_CHECK(workplace->prepare(clock_()));
    workplace->session().who = job.account;
    JobProgress progress(job);
    auto result = job.work(*workplace, progress);
    workplaces_.give_back(std::move(workplace));
    return result;
  };
  Result<std::string> result =
      refuse(Errc::environment, "server.fault", "the job broke off by a fault of the program", "任务因程序故障中断");
  try {
    result = worked();
  } catch (const std::exception& bug) {
    result.error().en += std::string(": ") + bug.what();
  }
  job.work = {};
  const Instant now = clock_();
  job.change([&](JobView& view) {
    view.ended_at = now;
    view.state = result ? JobState::done : job.shall_stop ? JobState::cancelled : JobState::failed;
    if (result)
      view.result = std::move(*result);
    else if (view.state == JobState::failed)
      view.error = std::move(result.error());
  });
}

void Jobs::forget_old(Instant now) {
  std::erase_if(jobs_, [&](const auto& entry) {
    const JobView view = entry.second->seen();
    return view.ended_at && view.ended_at->plus_seconds(kept_seconds) < now;
  });
}

}  // namespace shouyue::api
