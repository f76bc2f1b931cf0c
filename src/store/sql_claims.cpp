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

Result<int> SqlStore::contacts_of(std::int64_t person, Date day, Instant now, std::span<const std::string> except) {
  SHOUYUE_CHECK(sealing_.require_newest());
  const std::int64_t hidden = SHOUYUE_TRY(sealing_.hidden(person));
  // SQLite has one writer, which holds everybody.
  if (dialect_ == Dialect::postgresql)
    SHOUYUE_CHECK(connection_->query("SELECT pg_advisory_xact_lock($1)", {hidden},
                                     [](const AnswerRow&) { return Result<void>(); }));
  int contacts = 0;
  SHOUYUE_CHECK(connection_->query(
      "SELECT coalesce(CAST(sum(attempts_that_day) AS BIGINT), 0) FROM case_state WHERE person = $1 AND "
      "attempts_day = $2",
      {hidden, day}, [&](const AnswerRow& row) {
        contacts += static_cast<int>(row.integer(0));
        return Result<void>();
      }));
  SHOUYUE_CHECK(connection_->query(
      "SELECT c.policy_no FROM case_state AS c JOIN claim AS k ON k.bucket = c.bucket AND k.policy_no = c.policy_no "
      "WHERE c.person = $1 AND k.lease_until > $2",
      {hidden, now}, [&](const AnswerRow& row) {
        contacts += std::ranges::find(except, row.text(0)) == except.end();
        return Result<void>();
      }));
  return contacts;
}

Result<std::optional<app::ClaimRow>> SqlStore::claim_of(const std::string& policy_no) {
  std::optional<app::ClaimRow> found;
  SHOUYUE_CHECK(connection_->query("SELECT seat, fence, lease_until FROM claim WHERE bucket = $1 AND policy_no = $2",
                                   {app::bucket_of(policy_no), policy_no}, [&](const AnswerRow& answer) {
                                     app::ClaimRow& row = found.emplace();
                                     row.policy_no = policy_no;
                                     answer.read(0, row.seat);
                                     answer.read(1, row.fence);
                                     answer.read(2, row.lease_until);
                                     return Result<void>();
                                   }));
  return found;
}

Result<std::vector<app::ClaimRow>> SqlStore::claims_of_seat(const std::string& seat, Instant now) {
  std::vector<app::ClaimRow> found;
  SHOUYUE_CHECK(connection_->query(
      "SELECT policy_no, seat, fence, lease_until FROM claim WHERE seat = $1 AND lease_until > $2 ORDER BY policy_no",
      {seat, now}, [&](const AnswerRow& answer) {
        app::ClaimRow& row = found.emplace_back();
        answer.read(0, row.policy_no);
        answer.read(1, row.seat);
        answer.read(2, row.fence);
        answer.read(3, row.lease_until);
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

}  // namespace shouyue::store
