// How fast stored facts are replayed: the derivation of policies from facts in memory, and a whole backtest of policies
// in a database.
//
//   bench_replay REGIMES_HOME FOLDER [POLICIES]      default 100000
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <span>
#include <thread>

#include "app/backtest.hpp"
#include "insurer/formats.hpp"
#include "insurer/reference.hpp"
#include "store/open.hpp"

using namespace shouyue;
using app::BookReplay;
namespace fs = std::filesystem;

namespace {

const Date first_day = Date::from_civil(2021, 1, 4).value();
const Instant now = Instant::start_of(Date::from_civil(2022, 2, 1).value());
constexpr const char* base_book = "pacific-2010";

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s: %s\n", result.error().rule.c_str(), result.error().en.c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <class Work>
double seconds_of(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string number_of(std::size_t n) {
  std::string digits = std::to_string(n);
  return "P" + std::string(10 - digits.size(), '0') + digits;
}

template <class Row>
void add(std::vector<app::NewFact>& facts, insurer::FactKind kind, const Row& row) {
  app::NewFact& fact = facts.emplace_back();
  fact.key = {kind, row.policy_no, insurer::fact_key(row)};
  fact.at = insurer::fact_time(row);
  insurer::encode(row, fact.text);
}

// The life of one policy of a year's business: the receipt is signed some days after issue and is late for some; calls
// are made two a day until one succeeds; some leave a doubt, and its ticket is worked on; few are cancelled.
std::vector<app::NewFact> facts_of(std::size_t n) {
  std::vector<app::NewFact> facts;
  const Date issued = first_day + static_cast<int>(n % 350);
  insurer::Policy policy;
  policy.policy_no = number_of(n);
  policy.channel = static_cast<insurer::Channel>(n % 5);
  policy.org_code = "8601" + std::to_string(10 + n % 40);
  policy.agent_code = "A" + std::to_string(n % 500);
  policy.product_code = "T1";
  policy.holder_name = "客户" + std::to_string(n % 9973);
  policy.holder_id_type = "id_card";
  policy.holder_gender = n % 2 ? "M" : "F";
  policy.holder_birth_date = Date::from_civil(1950 + static_cast<int>(n % 50), 6, 15);
  policy.insured_name = policy.holder_name;
  policy.mobile_phone = std::to_string(13'000'000'000 + n * 7'919 % 999'999'937);
  policy.address = "某市某路" + std::to_string(n % 997) + "号";
  policy.premium = Money::fen(100'000 + static_cast<std::int64_t>(n % 900'000));
  policy.pay_mode = insurer::PayMode::annual;
  policy.pay_years = 10;
  policy.term_months = 240;
  policy.applied_on = policy.issued_on = issued;
  policy.effective_on = policy.printed_on = issued + 1;
  policy.commission = Money::fen(20'000);
  add(facts, insurer::FactKind::policy, policy);
  insurer::ReceiptRow receipt;
  receipt.policy_no = policy.policy_no;
  receipt.signed_on = issued + 2 + static_cast<int>(n % 6);
  receipt.handed_in_on = receipt.reconciled_on = *receipt.signed_on + 1 + static_cast<int>(n % 23);
  receipt.signature_matches = n % 50 != 0;
  add(facts, insurer::FactKind::receipt, receipt);
  const int calls = 1 + static_cast<int>(n / 7 % 6);
  for (int call = 0; call < calls; ++call) {
    insurer::AttemptRow attempt;
    attempt.policy_no = policy.policy_no;
    attempt.attempt_id = policy.policy_no + "-" + std::to_string(call);
    attempt.leg = call < 4 ? insurer::Leg::first_call : insurer::Leg::second_call;
    attempt.started_at = Instant::at(*receipt.signed_on + 3 + call / 2, (call % 2 ? 15 : 10) * 3600);
    attempt.phone = policy.mobile_phone;
    const bool answered = call + 1 == calls && n % 11 != 0;
    attempt.connection = answered ? insurer::Connection::answered : insurer::Connection::no_answer;
    if (answered) {
      attempt.party = insurer::Party::holder;
      attempt.identity = insurer::Identity::verified;
      attempt.interview = insurer::Interview::complete;
      if (n % 9 == 0) attempt.open = insurer::bit(insurer::Finding::returns_unclear);
    }
    add(facts, insurer::FactKind::attempt, attempt);
  }
  if (n % 9 == 0) {
    insurer::TicketStepRow step;
    step.policy_no = policy.policy_no;
    step.kind = insurer::TicketKind::problem;
    step.step = insurer::Step::resolve;
    step.at = Instant::at(*receipt.signed_on + 9 + static_cast<int>(n % 8), 16 * 3600);
    add(facts, insurer::FactKind::ticket_step, step);
  }
  if (n % 40 == 0) {
    insurer::PolicyChangeRow change;
    change.policy_no = policy.policy_no;
    change.change = insurer::Change::cooling_off_cancel;
    change.on = *receipt.signed_on + 5;
    add(facts, insurer::FactKind::policy_change, change);
  }
  return facts;
}

void write_file(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// A draft that changes one number of the book in force.
void write_candidate(const fs::path& folder) {
  write_file(folder / "regimes" / "draft" / "regime.toml",
             "[regime]\nid = \"draft\"\ntitle = \"试行\"\ntitle_en = \"Draft\"\nsource = \"试行办法\"\n"
             "extends = \"pacific-2010\"\nbinds_from = 2010-09-01\n\n"
             "[receipt.late]\ntitle = \"回执逾期\"\ntitle_en = \"Receipt late\"\nbasis = \"signed_on\"\n"
             "unit = \"days\"\ncount_from = \"next_day\"\n"
             "values = [ { from = 2010-09-01, value = 12, cite = \"试行办法\" } ]\n");
  write_file(folder / "insurer.toml", "insurer = \"bench\"\nassign = [ { regime = \"pacific-2010\" } ]\n");
}

// Gives the number of facts.
std::int64_t fill(app::Store& store, std::size_t policies) {
  constexpr std::size_t batch = 20'000;
  std::int64_t count = 0;
  for (std::size_t from = 0; from < policies; from += batch) {
    auto transaction = must(app::Transaction::begin(store));
    for (std::size_t n = from; n < std::min(policies, from + batch); ++n) {
      const auto facts = facts_of(n);
      count += static_cast<std::int64_t>(facts.size());
      must(store.append(facts));
    }
    if (from == 0) must(store.set_meta(app::meta::first_issued_on, first_day.text()));
    must(transaction.commit());
  }
  return count;
}

struct Replayed {
  double seconds = 0, processor_seconds = 0;  // the second of all threads together
  std::int64_t succeeded = 0;
};

// Judges all policies, each thread a range of them, `rounds` times over.
Replayed judge_all(const BookReplay& replay, std::span<const app::LoadedPolicy> policies, unsigned threads,
                   std::size_t rounds) {
  std::vector<std::int64_t> succeeded(threads);
  const auto judge = [&](unsigned thread) {
    BookReplay own = replay;
    const std::size_t from = policies.size() * thread / threads, to = policies.size() * (thread + 1) / threads;
    std::int64_t count = 0;
    for (std::size_t round = 0; round < rounds; ++round)
      for (const app::LoadedPolicy& policy : policies.subspan(from, to - from)) {
        const auto verdict = own.judge(policy);
        count += verdict.state && verdict.state->follow_up.success;
      }
    succeeded[thread] = count;
  };
  Replayed replayed;
  const std::clock_t processor = std::clock();
  replayed.seconds = seconds_of([&] {
    std::vector<std::jthread> running;
    for (unsigned thread = 0; thread < threads; ++thread) running.emplace_back(judge, thread);
  });
  replayed.processor_seconds = static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
  for (const std::int64_t count : succeeded) replayed.succeeded += count;
  return replayed;
}

// From facts in memory to the derived state, without a database.
void replay_in_memory(app::Session& session, std::size_t policies) {
  auto deriver = must(app::PolicyDeriver::load(session));
  const BookReplay replay(must(app::load_rule_book(session.home, base_book)),
                          {.first_issued_on = first_day, .known_to = must(session.store.newest_seq()), .at = now});
  std::vector<app::LoadedPolicy> loaded;
  std::int64_t facts = 0;
  const double reading = seconds_of([&] {
    for (std::size_t n = 0; n < policies; ++n) loaded.push_back(must(deriver.read(number_of(n), now)));
  });
  for (std::size_t n = 0; n < policies; ++n) facts += static_cast<std::int64_t>(facts_of(n).size());
  std::printf("read from the database and decoded  : %10.0f facts/s/core\n", static_cast<double>(facts) / reading);
  Replayed best = judge_all(replay, loaded, 1, 1);
  for (int round = 1; round < 5; ++round)
    if (const Replayed next = judge_all(replay, loaded, 1, 1); next.processor_seconds < best.processor_seconds)
      best = next;
  std::printf(
      "derived from facts in memory        : %10.0f facts/s/core, %.2f us a policy of %.1f facts (%lld succeed)\n",
      static_cast<double>(facts) / best.processor_seconds, best.processor_seconds * 1e6 / static_cast<double>(policies),
      static_cast<double>(facts) / static_cast<double>(policies), static_cast<long long>(best.succeeded));
  constexpr std::size_t year_of_policies = 10'000'000;
  const std::size_t rounds = std::min<std::size_t>(year_of_policies / policies, 100);
  const Replayed year = judge_all(replay, loaded, 2, rounds);
  std::printf("derived by 2 threads, %8zu policies : %10.1f s, processor time %.1f s\n", rounds * policies,
              year.seconds, year.processor_seconds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: bench_replay REGIMES_HOME FOLDER [POLICIES]\n");
    return 2;
  }
  const fs::path folder = argv[2];
  const std::size_t policies = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 100'000;
  fs::remove_all(folder);
  write_candidate(folder);
  const auto store = must(store::open("sqlite:" + (folder / "replay.db").string(), app::Access::create));
  must(store->migrate());
  app::Session session{.store = *store,
                       .now = now,
                       .who = "bench",
                       .home = {.shipped = argv[1], .own = folder},
                       .profile_path = folder / "insurer.toml"};
  const std::int64_t facts = fill(*store, policies);
  double loading = 1e9;
  for (int round = 0; round < 5; ++round)
    loading = std::min(loading, seconds_of([&] { must(app::load_rule_book(session.home, "draft")); }));
  std::printf("a candidate rule book is loaded     : %10.1f ms\n", loading * 1e3);
  replay_in_memory(session, policies);
  for (const unsigned threads : {1U, std::max(1U, std::thread::hardware_concurrency())}) {
    app::BacktestReport report;
    const double seconds = seconds_of([&] {
      report = must(app::backtest(
          session, {.base = base_book, .candidate = "draft", .from = first_day, .to = now.date(), .threads = threads}));
    });
    std::printf(
        "backtest, %2u threads, both books     : %10.0f facts/s, %.0f policies/s; %lld of %lld policies differ\n",
        threads, static_cast<double>(facts) / seconds, static_cast<double>(policies) / seconds,
        static_cast<long long>(report.tally.differing), static_cast<long long>(report.tally.policies));
  }
  fs::remove_all(folder);
}
