// Durable claims one by one (one transaction, one fsync each), beside the least that SQLite needs for it: one
// conditional UPDATE of an otherwise empty table with the same settings.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

#include <sqlite3.h>

#include "store/open.hpp"

using namespace shouyue;

namespace {

constexpr int claims = 3'000;

template <class Work>
double per_second(Work work) {
  const auto start = std::chrono::steady_clock::now();
  for (int n = 0; n < claims; ++n) work(n);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  return claims / seconds.count();
}

void must(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "%s failed\n", what);
  std::exit(1);
}

double plain_claims(const std::string& path) {
  sqlite3* db = nullptr;
  must(sqlite3_open(path.c_str(), &db) == SQLITE_OK, "open");
  const auto run = [db](const std::string& sql) {
    must(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sql.c_str());
  };
  run("PRAGMA journal_mode=WAL");
  run("PRAGMA synchronous=FULL");
  run("CREATE TABLE claim(policy_no TEXT PRIMARY KEY, seat TEXT, fence BIGINT, lease_until BIGINT) WITHOUT ROWID");
  run("BEGIN");
  for (int n = 0; n < claims; ++n) run("INSERT INTO claim VALUES('P" + std::to_string(n) + "','',0,0)");
  run("COMMIT");
  sqlite3_stmt* update = nullptr;
  must(sqlite3_prepare_v2(db,
                          "UPDATE claim SET seat=?1, fence=fence+1, lease_until=?2 WHERE policy_no=?3 AND "
                          "lease_until<?2 RETURNING fence",
                          -1, &update, nullptr) == SQLITE_OK,
       "prepare");
  const double rate = per_second([&](int n) {
    const std::string policy = "P" + std::to_string(n);
    sqlite3_bind_text(update, 1, "S1", -1, SQLITE_STATIC);
    sqlite3_bind_int64(update, 2, 1'000);
    sqlite3_bind_text(update, 3, policy.c_str(), -1, SQLITE_TRANSIENT);
    must(sqlite3_step(update) == SQLITE_ROW, "claim");
    while (sqlite3_step(update) == SQLITE_ROW) {
    }
    sqlite3_reset(update);
  });
  sqlite3_finalize(update);
  sqlite3_close(db);
  return rate;
}

double our_claims(const std::string& path) {
  auto store = store::open("sqlite:" + path, app::Access::create);
  must(store.has_value(), "open");
  must((*store)->migrate().has_value(), "migrate");
  const Instant now = Instant::parse("2021-10-08T09:00:00").value();
  return per_second([&](int n) {
    auto transaction = app::Transaction::begin_claims(**store);
    must(transaction.has_value(), "begin");
    const auto claim = (*store)->claim("P" + std::to_string(n), "S1", now, now.plus_seconds(1800));
    must(claim.has_value() && claim->has_value(), "claim");
    must(transaction->commit().has_value(), "commit");
  });
}

}  // namespace

int main() {
  const std::filesystem::path folder = std::filesystem::current_path() / "claims";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  const double plain = plain_claims((folder / "plain.db").string());
  const double ours = our_claims((folder / "shouyue.db").string());
  std::printf("claims, durable, one by one                     : %10.0f /s\n", ours);
  std::printf("one bare UPDATE each, same settings             : %10.0f /s   ratio %.2f\n", plain, ours / plain);
  std::filesystem::remove_all(folder);
}
