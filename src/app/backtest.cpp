#include "app/backtest.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/rule_book_files.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t batch_policies = 500;

// What one bucket gives.
struct BucketResult {
  BacktestTally tally;
  std::vector<kpi::Tally> base_figures, candidate_figures;
  std::vector<Difference> differences;
};

void add(std::vector<kpi::Tally>& sums, const std::vector<kpi::Tally>& parts) {
  sums.resize(std::max(sums.size(), parts.size()));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    sums[i].numerator += parts[i].numerator;
    sums[i].denominator += parts[i].denominator;
  }
}

// Everything that all threads share, and never change but under the lock of `Merger`.
struct Plan {
  PolicyDeriver& deriver;
  const BacktestRequest& request;
  BookReplay base, candidate;
  const regime::Regime* base_yardstick = nullptr;  // with a kpi section, or null
  const regime::Regime* candidate_yardstick = nullptr;
  Instant at;
};

// Takes the buckets' results in the order of the buckets, whoever brings them. A thread that is ahead waits for its
// turn, so that few results are held at a time.
class Merger {
 public:
  explicit Merger(const Plan& plan) : plan_(plan) {}

  std::optional<std::int64_t> next_bucket() {
    const std::int64_t bucket = next_++;
    return bucket < bucket_count ? std::optional(bucket) : std::nullopt;
  }
  void take(std::int64_t bucket, Result<BucketResult> result) {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return merged_ == bucket; });
    if (outcome_)
      outcome_ = result ? merge(std::move(*result)) : Result<void>(std::unexpected(std::move(result.error())));
    if (outcome_ && plan_.request.on_progress && !plan_.request.on_progress(merged_ + 1))
      outcome_ = refuse(Errc::conflict, "backtest.stopped", "the backtest was stopped", "回测已停止");
    if (!outcome_) next_ = bucket_count;
    ++merged_;
    turn_.notify_all();
  }
  Result<BucketResult> finish() {
    SHOUYUE_CHECK(outcome_);
    return std::move(sum_);
  }

 private:
  Result<void> merge(BucketResult result) {
    sum_.tally.add(result.tally, plan_.request.examples);
    add(sum_.base_figures, result.base_figures);
    add(sum_.candidate_figures, result.candidate_figures);
    for (const Difference& difference : result.differences) SHOUYUE_CHECK(plan_.request.on_difference(difference));
    return {};
  }

  const Plan& plan_;
  std::atomic<std::int64_t> next_ = 0;
  std::mutex mutex_;
  std::condition_variable turn_;
  std::int64_t merged_ = 0;
  Result<void> outcome_;
  BucketResult sum_;
};

// One thread: replays buckets over a connection of its own.
class ReplayThread {
 public:
  static Result<ReplayThread> open(const Plan& plan, Store& store) {
    auto own = SHOUYUE_TRY(store.connect_again());
    return ReplayThread(plan, std::move(own));
  }

  void run(Merger& merger) {
    while (const auto bucket = merger.next_bucket()) merger.take(*bucket, replay(*bucket));
  }

 private:
  ReplayThread(const Plan& plan, std::unique_ptr<Store> store)
      : plan_(&plan), store_(std::move(store)), base_(plan.base), candidate_(plan.candidate) {
    const kpi::Period period{plan.request.from, plan.request.to};
    const auto& calendar = plan.deriver.calendar();
    if (plan.base_yardstick) base_figures_.emplace(*plan.base_yardstick, period, calendar, plan.at.date());
    if (plan.candidate_yardstick)
      candidate_figures_.emplace(*plan.candidate_yardstick, period, calendar, plan.at.date());
  }

  Result<BucketResult> replay(std::int64_t bucket) {
    BucketResult result;
    const BacktestRequest& request = plan_->request;
    const auto policies = SHOUYUE_TRY(store_->issued_in(bucket, request.from, request.to));
    for (std::size_t from = 0; from < policies.size(); from += batch_policies) {
      const auto batch = std::span(policies).subspan(from, std::min(batch_policies, policies.size() - from));
      for (const auto& read : SHOUYUE_TRY(plan_->deriver.read_each(*store_, batch, plan_->at))) {
        if (!read) return std::unexpected(read.error());
        const Date issued_on = read->policy().issued_on;
        const bool is_held = !request.holds || request.holds(read->policy().org_code);
        if (is_held && issued_on >= request.from && issued_on <= request.to) SHOUYUE_CHECK(compare(*read, result));
      }
    }
    if (base_figures_) SHOUYUE_CHECK(base_figures_->count_into(result.base_figures));
    if (candidate_figures_) SHOUYUE_CHECK(candidate_figures_->count_into(result.candidate_figures));
    return result;
  }

  Result<void> compare(const LoadedPolicy& policy, BucketResult& result) {
    const Verdict base = base_.judge(policy), candidate = candidate_.judge(policy);
    ++result.tally.policies;
    result.tally.base.add(base);
    result.tally.candidate.add(candidate);
    if (base_figures_) SHOUYUE_CHECK(base_figures_->add(base_.rows_of(policy, base)));
    if (candidate_figures_) SHOUYUE_CHECK(candidate_figures_->add(candidate_.rows_of(policy, candidate)));
    if (is_same(base, candidate)) return {};
    Difference found = difference(policy.policy_no, base_.rows_of(policy, base), candidate_.rows_of(policy, candidate));
    result.tally.add(found, plan_->request.examples);
    if (plan_->request.on_difference) result.differences.push_back(std::move(found));
    return {};
  }

  const Plan* plan_;
  std::unique_ptr<Store> store_;
  BookReplay base_, candidate_;
  std::optional<ReplayFigures> base_figures_, candidate_figures_;
};

Result<BucketResult> replay_all(const Plan& plan, Store& store) {
  const unsigned threads =
      plan.request.threads > 0 ? plan.request.threads : std::max(1U, std::thread::hardware_concurrency());
  std::vector<ReplayThread> replays;
  for (unsigned i = 0; i < threads; ++i) replays.push_back(SHOUYUE_TRY(ReplayThread::open(plan, store)));
  Merger merger(plan);
  std::vector<std::jthread> running;
  for (ReplayThread& replay : replays) running.emplace_back([&replay, &merger] { replay.run(merger); });
  running.clear();
  return merger.finish();
}

Result<Date> first_issue(Session& session) {
  const auto first = SHOUYUE_TRY(session.store.meta(meta::first_issued_on));
  if (!first)
    return refuse(Errc::not_found, "backtest.no_policies", "there are no policies yet; import them first",
                  "尚无保单，请先导入");
  return Date::parse(*first);
}

}  // namespace

const regime::Clause* BacktestReport::find_clause(std::string_view id) const {
  std::vector<const regime::Regime*> books{base.get(), candidate.get()};
  for (const auto& book : assigned) books.push_back(book.get());
  for (const regime::Regime* book : books)
    for (const regime::Clause* clause : book->clauses)
      if (clause->id == id) return clause;
  return nullptr;
}

Result<BacktestReport> backtest(Session& session, const BacktestRequest& request) {
  if (request.to < request.from)
    return refuse(Errc::invalid_input, "backtest.span",
                  "--to " + request.to.text() + " lies before --from " + request.from.text(),
                  "--to " + request.to.text() + " 早于 --from " + request.from.text());
  const auto base = SHOUYUE_TRY(load_rule_book(session.home, request.base));
  const auto candidate = SHOUYUE_TRY(load_rule_book(session.home, request.candidate));
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  const Date first_issued_on = SHOUYUE_TRY(first_issue(session));
  const std::int64_t known_to = SHOUYUE_TRY(session.store.newest_seq());
  BacktestReport report{.base = base,
                        .candidate = candidate,
                        .assigned = deriver.books().books(),
                        .from = request.from,
                        .to = request.to,
                        .at = session.now,
                        .tally = {},
                        .base_scores = {},
                        .candidate_scores = {}};
  const BookReplay::Span span{.first_issued_on = first_issued_on, .known_to = known_to, .at = session.now};
  Plan plan{.deriver = deriver,
            .request = request,
            .base = BookReplay(base, span),
            .candidate = BookReplay(candidate, span),
            .at = session.now};
  const auto yardstick = [](const auto& own, const auto& other) {
    return own->kpi ? own.get() : other->kpi ? other.get() : nullptr;
  };
  plan.base_yardstick = yardstick(base, candidate);
  plan.candidate_yardstick = yardstick(candidate, base);
  BucketResult sum = SHOUYUE_TRY(replay_all(plan, session.store));
  report.tally = std::move(sum.tally);
  if (plan.base_yardstick) report.base_scores = scores_of(*plan.base_yardstick, sum.base_figures);
  if (plan.candidate_yardstick) report.candidate_scores = scores_of(*plan.candidate_yardstick, sum.candidate_figures);
  return report;
}

}  // namespace shouyue::app
