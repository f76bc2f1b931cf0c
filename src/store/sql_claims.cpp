#include <algorithm>
#include <unordered_map>

#include "store/sql_store.hpp"

namespace shouyue::store {
namespace {

const TableColumns claim_columns{
    .name = "claim", .columns = {"bucket", "policy_no", "seat", "fence", "claimed_at", "lease_until"}, .key = 2};

// Of two seats that ask at once, the later finds the lease running and gets no row.
constexpr const char* take_over =
    "UPDATE SET seat = excluded.seat, fence = claim.fence + 1, claimed_at = excluded.claimed_at, lease_until = "
    "excluded.lease_until WHERE claim.lease_until <= excluded.claimed_at OR claim.seat = excluded.seat "
    "RETURNING policy_no, fence";

const TableColumns held_columns{
    .name = "held_case", .columns = {"seat", "bucket", "policy_no", "fence", "since"}, .key = 3};

TakeRow held_to(std::vector<app::HeldCase>& held) {
  return [&held](const AnswerRow& answer) {
    app::HeldCase& row = held.emplace_back();
    answer.read(0, row.seat);
    answer.read(1, row.policy_no);
    answer.read(2, row.fence);
    answer.read(3, row.since);
    return Result<void>();
  };
}

}  // namespace

Result<std::optional<app::ClaimRow>> SqlStore::claim(const std::string& policy_no, const std::string& seat, Instant now,
                                                     Instant lease_until) {
  auto claims = SHOUYUE_TRY(claim_each(std::span(&policy_no, 1), seat, now, lease_until));
  return std::move(claims.front());
}

Result<std::vector<std::optional<app::ClaimRow>>> SqlStore::claim_each(std::span<const std::string> policies,
                                                                       const std::string& seat, Instant now,
                                                                       Instant lease_until) {
  std::vector<std::pair<std::int64_t, std::string_view>> asked;
  std::unordered_map<std::string_view, std::size_t> positions;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    asked.emplace_back(app::bucket_of(policies[i]), policies[i]);
    positions.emplace(policies[i], i);
  }
  std::ranges::sort(asked);
  Rows rows(claim_columns.columns.size());
  for (const auto& [bucket, policy_no] : asked) rows.add({bucket, policy_no, seat, 1, now, lease_until});
  std::vector<std::optional<app::ClaimRow>> claims(policies.size());
  SHOUYUE_CHECK(connection_->upsert(claim_columns, rows, take_over, [&](const AnswerRow& row) {
    const std::size_t i = positions.at(row.text(0));
    claims[i] = {.policy_no = policies[i], .seat = seat, .fence = row.integer(1), .lease_until = lease_until};
    return Result<void>();
  }));
  return claims;
}

Result<app::Contacts> SqlStore::contacts_of(std::int64_t person, Date day, Instant now,
                                            std::span<const std::string> except) {
  SHOUYUE_CHECK(sealing_.require_newest());
  const std::int64_t hidden = SHOUYUE_TRY(sealing_.hidden(person));
  // SQLite has one writer, which holds everybody.
  if (dialect_ == Dialect::postgresql)
    SHOUYUE_CHECK(connection_->query("SELECT pg_advisory_xact_lock($1)", {hidden},
                                     [](const AnswerRow&) { return Result<void>(); }));
  app::Contacts contacts;
  SHOUYUE_CHECK(connection_->query(
      "SELECT coalesce(CAST(sum(attempts_that_day) AS BIGINT), 0) FROM case_state WHERE person = $1 AND "
      "attempts_day = $2",
      {hidden, day}, [&](const AnswerRow& row) {
        contacts.made = static_cast<int>(row.integer(0));
        return Result<void>();
      }));
  SHOUYUE_CHECK(connection_->query(
      "SELECT c.policy_no FROM case_state AS c JOIN claim AS k ON k.bucket = c.bucket AND k.policy_no = c.policy_no "
      "WHERE c.person = $1 AND k.lease_until > $2",
      {hidden, now}, [&](const AnswerRow& row) {
        contacts.taken += std::ranges::find(except, row.text(0)) == except.end();
        return Result<void>();
      }));
  return contacts;
}

Result<std::optional<app::ClaimRow>> SqlStore::claim_of(const std::string& policy_no) {
  auto found = SHOUYUE_TRY(claims_of_each(std::span(&policy_no, 1)));
  return std::move(found.front());
}

Result<std::vector<std::optional<app::ClaimRow>>> SqlStore::claims_of_each(std::span<const std::string> policies) {
  std::vector<std::optional<app::ClaimRow>> found(policies.size());
  SHOUYUE_CHECK(connection_->look_up("SELECT seat, fence, lease_until FROM claim WHERE bucket = $1 AND policy_no = $2",
                                     policy_keys(policies), [&](std::size_t i, const AnswerRow& answer) {
                                       app::ClaimRow& row = found[i].emplace();
                                       row.policy_no = policies[i];
                                       answer.read(0, row.seat);
                                       answer.read(1, row.fence);
                                       answer.read(2, row.lease_until);
                                       return Result<void>();
                                     }));
  return found;
}

Result<bool> SqlStore::renew(const std::string& policy_no, std::int64_t fence, Instant now, Instant lease_until) {
  bool is_renewed = false;
  SHOUYUE_CHECK(connection_->query(
      "UPDATE claim SET lease_until = $5 WHERE bucket = $1 AND policy_no = $2 AND fence = $3 AND lease_until > $4 "
      "RETURNING fence",
      {app::bucket_of(policy_no), policy_no, fence, now, lease_until}, [&](const AnswerRow&) {
        is_renewed = true;
        return Result<void>();
      }));
  return is_renewed;
}

Result<void> SqlStore::release(const std::string& policy_no, std::int64_t fence) {
  return connection_->run("UPDATE claim SET lease_until = 0 WHERE bucket = $1 AND policy_no = $2 AND fence = $3",
                          {app::bucket_of(policy_no), policy_no, fence});
}

Result<void> SqlStore::put_held(const app::HeldCase& held) {
  Rows rows(held_columns.columns.size());
  rows.add({held.seat, app::bucket_of(held.policy_no), held.policy_no, held.fence, held.since});
  return connection_->replace(held_columns, rows);
}

Result<void> SqlStore::remove_held(const std::string& seat, const std::string& policy_no, std::int64_t fence) {
  return connection_->run("DELETE FROM held_case WHERE seat = $1 AND bucket = $2 AND policy_no = $3 AND fence = $4",
                          {seat, app::bucket_of(policy_no), policy_no, fence});
}

Result<std::vector<app::HeldCase>> SqlStore::held_by(const std::string& seat) {
  std::vector<app::HeldCase> held;
  SHOUYUE_CHECK(connection_->query(
      "SELECT seat, policy_no, fence, since FROM held_case WHERE seat = $1 ORDER BY since, policy_no", {seat},
      held_to(held)));
  return held;
}

Result<std::vector<app::HeldCase>> SqlStore::all_held() {
  std::vector<app::HeldCase> held;
  SHOUYUE_CHECK(connection_->query(
      "SELECT seat, policy_no, fence, since FROM held_case ORDER BY since, seat, policy_no", {}, held_to(held)));
  return held;
}

}  // namespace shouyue::store
