#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "api/workplace.hpp"
#include "http/event_stream.hpp"

// Work that takes longer than a request: it is started, watched, cancelled, and its result fetched.
namespace shouyue::api {

enum class JobState : std::uint8_t { waiting, running, done, failed, cancelled };
std::string_view code_of(JobState state);

struct JobView {
  std::string id, kind;
  JobState state = JobState::waiting;
  std::int64_t done = 0, total = 0;  // in steps of the work; total is 0 while it is not known
  Instant asked_at;
  std::optional<Instant> ended_at;
  std::string result;          // JSON text of a job that is done; else empty
  std::optional<Error> error;  // of one that failed
};

struct Job;

// How far the work is, from inside.
class JobProgress {
 public:
  explicit JobProgress(Job& job) : job_(job) {}
  // Gives false when the work shall stop; it may then return any refusal.
  bool report(std::int64_t done, std::int64_t total);

 private:
  Job& job_;
};

class Jobs {
 public:
  // Gives the result as JSON text. The session has the moment of the start and the account that asked.
  using Work = std::function<Result<std::string>(Workplace& workplace, JobProgress& progress)>;

  Jobs(Workplaces& workplaces, std::function<Instant()> clock);
  ~Jobs();  // what still runs is cancelled

  // Gives the number of the job. Errors: job.too_many when the account has four that are not ended.
  Result<std::string> start(std::string kind, std::string account, Work work);
  // A job of another account is as if it were not there. Errors: job.not_found.
  Result<JobView> view(const std::string& id, const std::string& account);
  Result<void> cancel(const std::string& id, const std::string& account);
  // An event `job` for each change, each with the data that `text` makes of the job, the first at once; the stream ends
  // with the job.
  using Text = std::string (*)(const JobView& view);
  Result<std::shared_ptr<http::EventStream>> follow(const std::string& id, const std::string& account, Text text);

 private:
  Result<std::shared_ptr<Job>> find(const std::string& id, const std::string& account);
  void work_on_jobs(const std::stop_token& ended);
  void carry_out(Job& job);
  void forget_old(Instant now);

  Workplaces& workplaces_;
  std::function<Instant()> clock_;
  std::mutex mutex_;
  std::condition_variable_any wakes_;
  std::deque<std::shared_ptr<Job>> waiting_;
  std::map<std::string, std::shared_ptr<Job>> jobs_;
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

}  // namespace shouyue::api
