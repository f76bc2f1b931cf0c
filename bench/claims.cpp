// Durable claims: one by one, by many seats that share commits, and in batches; beside the least that SQLite needs
// for one claim (a conditional UPDATE of an otherwise empty table with the same settings) and what a flush of the disk
// costs. Claimed twice is counted; it must be 0.
//
//   bench_claims FOLDER [URL] [CLAIMS]      default sqlite:FOLDER/claims.db, 1000000 claims in batches
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "app/group_commit.hpp"
#include "store/open.hpp"

using namespace shouyue;

namespace {

constexpr std::int64_t single_claims_max = 2'000;
constexpr int seats_one_by_one = 64;
constexpr int workers_in_batches = 8;
constexpr std::int64_t batch_claims = 250;
constexpr int rounds = 10;
constexpr int lease_seconds = 1800;
const Instant now = Instant::parse("2021-10-08T09:00:00").value();

void must(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "%s failed\n", what);
  std::exit(1);
}

template <class Work>
double seconds_of(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string number_of(const char* series, std::int64_t n) { return series + std::to_string(n); }

double flushes_per_second(const std::string& path) {
  constexpr int flushes = 200;
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY, 0600);
  must(file >= 0, "open");
  const std::string page(4096, 'x');
  const double seconds = seconds_of([&] {
    for (int n = 0; n < flushes; ++n) {
      must(::pwrite(file, page.data(), page.size(), n * 4096L) == 4096, "write");
      must(::fdatasync(file) == 0, "fdatasync");
    }
  });
  ::close(file);
  return flushes / seconds;
}

double plain_claims(const std::string& path, std::int64_t claims) {
  sqlite3* db = nullptr;
  must(sqlite3_open(path.c_str(), &db) == SQLITE_OK, "open");
  const auto run = [db](const std::string& sql) {
    must(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sql.c_str());
  };
  run("PRAGMA journal_mode=WAL");
  run("PRAGMA synchronous=FULL");
  run("CREATE TABLE claim(policy_no TEXT PRIMARY KEY, seat TEXT, fence BIGINT, lease_until BIGINT) WITHOUT ROWID");
  run("BEGIN");
  for (std::int64_t n = 0; n < claims; ++n) run("INSERT INTO claim VALUES('" + number_of("P", n) + "','',0,0)");
  run("COMMIT");
  sqlite3_stmt* update = nullptr;
  must(sqlite3_prepare_v2(db,
                          "UPDATE claim SET seat=?1, fence=fence+1, lease_until=?2 WHERE policy_no=?3 AND "
                          "lease_until<?2 RETURNING fence",
                          -1, &update, nullptr) == SQLITE_OK,
       "prepare");
  const double seconds = seconds_of([&] {
    for (std::int64_t n = 0; n < claims; ++n) {
      const std::string policy = number_of("P", n);
      sqlite3_bind_text(update, 1, "S1", -1, SQLITE_STATIC);
      sqlite3_bind_int64(update, 2, 1'000);
      sqlite3_bind_text(update, 3, policy.c_str(), -1, SQLITE_TRANSIENT);
      must(sqlite3_step(update) == SQLITE_ROW, "claim");
      while (sqlite3_step(update) == SQLITE_ROW) {
      }
      sqlite3_reset(update);
    }
  });
  sqlite3_finalize(update);
  sqlite3_close(db);
  return static_cast<double>(claims) / seconds;
}

std::unique_ptr<app::Store> open(const std::string& url) {
  auto store = store::open(url, app::Access::create);
  must(store.has_value() && (*store)->migrate().has_value(), "open");
  return std::move(*store);
}

bool claim(app::Store& store, const std::string& policy_no, const std::string& seat) {
  const auto claimed = store.claim(policy_no, seat, now, now.plus_seconds(lease_seconds));
  must(claimed.has_value(), "claim");
  return claimed->has_value();
}

double one_by_one(app::Store& store, std::int64_t claims) {
  return static_cast<double>(claims) / seconds_of([&] {
           for (std::int64_t n = 0; n < claims; ++n) {
             auto transaction = app::Transaction::begin_claims(store);
             must(transaction.has_value() && claim(store, number_of("A", n), "S1"), "claim");
             must(transaction->commit().has_value(), "commit");
           }
         });
}

// Of eleven wishes in a row the last two are for the same; of two seats that ask at once one must get it.
std::int64_t wished(std::int64_t wish) { return wish / 11 * 10 + std::min<std::int64_t>(wish % 11, 9); }

struct Shared {
  double claims_per_second = 0;
  std::int64_t commits = 0, twice = 0;
};

Shared by_seats(app::Store& store, std::int64_t cases) {
  app::GroupCommit group(store, app::Transaction::begin_claims);
  std::atomic<std::int64_t> next = 0, claimed = 0;
  const std::int64_t wishes = cases + cases / 10;
  const double seconds = seconds_of([&] {
    std::vector<std::jthread> seats;
    for (int number = 0; number < seats_one_by_one; ++number)
      seats.emplace_back([&] {
        for (std::int64_t n = next++; n < wishes; n = next++) {
          bool is_mine = false;
          const auto answer = group.run([&](app::Store& shared) -> Result<void> {
            is_mine = claim(shared, number_of("B", wished(n)), number_of("S", n));
            return {};
          });
          must(answer.has_value(), "commit");
          claimed += is_mine;
        }
      });
  });
  return {
      .claims_per_second = static_cast<double>(cases) / seconds, .commits = group.commits(), .twice = claimed - cases};
}

// SQLite has one writer, so its workers share commits over one connection; a server takes each over its own.
class Worker {
 public:
  explicit Worker(const std::string& url) : own_(open(url)) {}
  explicit Worker(app::GroupCommit& shared) : shared_(&shared) {}

  // Claims the cases in one transaction; gives how many were free.
  std::int64_t claim_batch(std::span<const std::string> cases, const std::string& seat, Instant at) {
    std::int64_t claimed = 0;
    const auto claim_all = [&](app::Store& store) -> Result<void> {
      const auto claims = SHOUYUE_TRY(store.claim_each(cases, seat, at, at.plus_seconds(lease_seconds)));
      for (const auto& claim : claims) claimed += claim.has_value();
      return {};
    };
    if (shared_) {
      must(shared_->run(claim_all).has_value(), "commit");
      return claimed;
    }
    auto transaction = app::Transaction::begin_claims(*own_);
    must(transaction.has_value() && claim_all(*own_).has_value(), "claim");
    must(transaction->commit().has_value(), "commit");
    return claimed;
  }

 private:
  std::unique_ptr<app::Store> own_;
  app::GroupCommit* shared_ = nullptr;
};

struct Rounds {
  std::vector<double> claims_per_second;
  double all = 0;
  std::int64_t twice = 0;
};

// Every case once a round; before the next round all leases have run out.
Rounds in_batches(const std::string& url, std::int64_t claims) {
  const std::int64_t batches = claims / rounds / batch_claims, wishes = batches + batches / 10;
  const auto store = open(url);
  app::GroupCommit shared(*store, app::Transaction::begin_claims);
  std::vector<Worker> workers;
  for (int number = 0; number < workers_in_batches; ++number)
    workers.push_back(url.starts_with("sqlite:") ? Worker(shared) : Worker(url));
  Rounds result;
  std::atomic<std::int64_t> claimed = 0;
  double all_seconds = 0;
  for (int round = 0; round < rounds; ++round) {
    const Instant at = now.plus_seconds((round + 1) * lease_seconds);
    std::atomic<std::int64_t> next = 0;
    const double seconds = seconds_of([&] {
      std::vector<std::jthread> threads;
      for (int number = 0; number < workers_in_batches; ++number)
        threads.emplace_back([&, number] {
          std::vector<std::string> cases(batch_claims);
          for (std::int64_t wish = next++; wish < wishes; wish = next++) {
            const std::int64_t first = wished(wish) * batch_claims;
            for (std::int64_t n = 0; n < batch_claims; ++n)
              cases[static_cast<std::size_t>(n)] = number_of("C", first + n);
            claimed += workers[static_cast<std::size_t>(number)].claim_batch(cases, number_of("S", wish), at);
          }
        });
    });
    result.claims_per_second.push_back(static_cast<double>(batches * batch_claims) / seconds);
    all_seconds += seconds;
  }
  const std::int64_t free = batches * batch_claims * rounds;
  result.all = static_cast<double>(free) / all_seconds;
  result.twice = claimed - free;
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_claims FOLDER [URL] [CLAIMS]\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string url = argc > 2 && *argv[2] ? argv[2] : "sqlite:" + (folder / "claims.db").string();
  const std::int64_t claims = argc > 3 ? std::atoll(argv[3]) : 1'000'000;
  const std::int64_t single = std::min(single_claims_max, claims / 10);
  std::printf("flushes of the disk                               : %10.0f /s\n",
              flushes_per_second((folder / "flush").string()));
  std::printf("one bare UPDATE each in SQLite, same settings     : %10.0f /s\n",
              plain_claims((folder / "plain.db").string(), single));
  const auto store = open(url);
  std::printf("claims one by one, one seat                       : %10.0f /s\n", one_by_one(*store, single));
  const Shared shared = by_seats(*store, 20 * single);
  std::printf("claims one by one, %d seats sharing commits       : %10.0f /s, %lld commits, %lld claimed twice\n",
              seats_one_by_one, shared.claims_per_second, static_cast<long long>(shared.commits),
              static_cast<long long>(shared.twice));
  const Rounds batches = in_batches(url, claims);
  std::printf("claims in batches of %lld, %d workers              : %10.0f /s, %lld claimed twice\n",
              static_cast<long long>(batch_claims), workers_in_batches, batches.all,
              static_cast<long long>(batches.twice));
  std::printf("  %lld cases, %d times each, by round             :", static_cast<long long>(claims / rounds), rounds);
  for (const double each : batches.claims_per_second) std::printf(" %.0f", each);
  std::printf(" /s\n");
  std::filesystem::remove_all(folder);
}
