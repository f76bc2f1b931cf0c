// Durable claims: one by one, by several workers that share commits, and in batches; beside the least that SQLite needs
// for one claim (a conditional UPDATE of an otherwise empty table with the same settings) and what a flush of the disk
// costs. Claimed twice is counted; it must be 0.
//
//   bench_claims FOLDER [URL] [CLAIMS]      default sqlite:FOLDER/claims.db, 200000 claims in batches
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
constexpr int workers_one_by_one = 32;
constexpr int workers_in_batches = 8;
constexpr int batch_claims = 50;
const Instant now = Instant::parse("2021-10-08T09:00:00").value();
const Instant lease_until = now.plus_seconds(1800);

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
  const auto claimed = store.claim(policy_no, seat, now, lease_until);
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

// Every case is wanted by two seats; one must get it.
double by_workers(app::Store& store, std::int64_t cases, std::int64_t& commits, std::int64_t& twice) {
  app::GroupCommit group(store, app::Transaction::begin_claims);
  std::atomic<std::int64_t> next = 0, claimed = 0;
  const double seconds = seconds_of([&] {
    std::vector<std::jthread> workers;
    for (int worker = 0; worker < workers_one_by_one; ++worker)
      workers.emplace_back([&] {
        for (std::int64_t n = next++; n < 2 * cases; n = next++) {
          bool is_mine = false;
          const auto answer = group.run([&](app::Store& shared) -> Result<void> {
            is_mine = claim(shared, number_of("B", n / 2), number_of("S", n));
            return {};
          });
          must(answer.has_value(), "commit");
          claimed += is_mine;
        }
      });
  });
  commits = group.commits();
  twice = claimed - cases;
  return static_cast<double>(cases) / seconds;
}

struct Batches {
  double first = 0, last = 0;  // claims a second in the first and the last tenth
  double all = 0;
  std::int64_t twice = 0;
};

// SQLite has one writer, so its workers share commits over one connection; a server takes each over its own.
class Worker {
 public:
  explicit Worker(const std::string& url) : own_(open(url)) {}
  explicit Worker(app::GroupCommit& shared) : shared_(&shared) {}

  // Claims the cases from `from` on in one transaction; gives how many were free.
  std::int64_t claim_batch(std::int64_t from, const std::string& seat) {
    std::int64_t claimed = 0;
    const auto claim_all = [&](app::Store& store) -> Result<void> {
      for (std::int64_t n = from; n < from + batch_claims; ++n) claimed += claim(store, number_of("C", n), seat);
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

Batches in_batches(const std::string& url, std::int64_t claims) {
  std::atomic<std::int64_t> next = 0, claimed = 0;
  const auto store = open(url);
  app::GroupCommit shared(*store, app::Transaction::begin_claims);
  Batches result;
  const auto run_until = [&](std::int64_t limit) {
    const std::int64_t before = next;
    const double seconds = seconds_of([&] {
      std::vector<std::jthread> workers;
      for (int number = 0; number < workers_in_batches; ++number)
        workers.emplace_back([&, seat = number_of("S", number)] {
          Worker worker = url.starts_with("sqlite:") ? Worker(shared) : Worker(url);
          while (next < limit) claimed += worker.claim_batch(next.fetch_add(batch_claims), seat);
        });
    });
    return static_cast<double>(next - before) / seconds;
  };
  const double seconds = seconds_of([&] {
    result.first = run_until(claims / 10);
    run_until(claims - claims / 10);
    result.last = run_until(claims);
  });
  result.all = static_cast<double>(next) / seconds;
  result.twice = claimed - next;
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
  const std::int64_t claims = argc > 3 ? std::atoll(argv[3]) : 200'000;
  const std::int64_t single = std::min(single_claims_max, claims / 10);
  std::printf("flushes of the disk                               : %10.0f /s\n",
              flushes_per_second((folder / "flush").string()));
  std::printf("one bare UPDATE each in SQLite, same settings     : %10.0f /s\n",
              plain_claims((folder / "plain.db").string(), single));
  const auto store = open(url);
  std::printf("claims one by one, one worker                     : %10.0f /s\n", one_by_one(*store, single));
  std::int64_t commits = 0, twice = 0;
  const double shared = by_workers(*store, 20 * single, commits, twice);
  std::printf("claims one by one, %d workers sharing commits     : %10.0f /s, %lld commits, %lld claimed twice\n",
              workers_one_by_one, shared, static_cast<long long>(commits), static_cast<long long>(twice));
  const Batches batches = in_batches(url, claims);
  std::printf("claims in batches of %d, %d workers               : %10.0f /s, %lld claimed twice\n", batch_claims,
              workers_in_batches, batches.all, static_cast<long long>(batches.twice));
  std::printf("  the first tenth of %lld claims, and the last    : %10.0f /s, %.0f /s\n",
              static_cast<long long>(claims), batches.first, batches.last);
  std::filesystem::remove_all(folder);
}
