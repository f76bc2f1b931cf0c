#include "commission/derive.hpp"

#include <algorithm>
#include <optional>

namespace shouyue::commission {
namespace {

using insurer::CommissionStatus;

std::string kind_of(CommissionStatus status) {
  switch (status) {
    case CommissionStatus::pending:
    case CommissionStatus::held: return "hold";
    case CommissionStatus::released: return "release";
    case CommissionStatus::withheld: return "withhold";
    case CommissionStatus::cancelled: return "cancel";
  }
  throw Bug("unknown commission status");
}

// Whether the same money went to the same agent. Where nothing is paid it does not matter whose it is.
bool same_money(const Standing& a, const Standing& b) {
  const bool same_agent = a.agent_code == b.agent_code || a.status != CommissionStatus::released;
  return same_agent && a.status == b.status && a.commission == b.commission && a.deduction == b.deduction &&
         a.payable == b.payable;
}

void book_change(std::vector<Entry>& entries, const std::optional<Standing>& before, const Standing& after) {
  if (before && before->status != CommissionStatus::held)
    entries.push_back({after.month, before->agent_code, "reverse", -before->payable, before->reasons, before->rules});
  const Money gained = after.status == CommissionStatus::released ? after.commission : Money();
  entries.push_back({after.month, after.agent_code, kind_of(after.status), gained, after.reasons, after.rules});
  if (after.status == CommissionStatus::released && after.deduction > Money())
    entries.push_back({after.month, after.agent_code, "deduct", -after.deduction, after.reasons, after.rules});
}

Result<Standing> standing_in(const Settlement& settlement, const regime::Commission& book, const Look& look,
                             Now& then) {
  const Snapshot snapshot = SHOUYUE_TRY(look(settlement.known_to, then));
  Standing standing = SHOUYUE_TRY(standing_of(snapshot, book, true));
  standing.month = month_text(settlement.cut_off);
  return standing;
}

bool knows_more(const std::vector<std::int64_t>& seqs, std::int64_t before, std::int64_t after) {
  const auto first = std::ranges::upper_bound(seqs, before);
  return first != seqs.end() && *first <= after;
}

}  // namespace

std::optional<Money> Account::due() const {
  const bool is_released = standing.status == CommissionStatus::released;
  Money due = is_released ? standing.payable : Money();
  for (const Entry& entry : entries) {
    if (entry.month == standing.month) return std::nullopt;
    if (entry.agent_code == standing.agent_code) due = due - entry.amount;
  }
  return is_released || due != Money() ? std::optional(due) : std::nullopt;
}

Instant next_cut_off(Instant at, int cut_off_day) {
  const Date day = at.date();
  Date month_start = day - (day.day() - 1);
  for (;; month_start = month_start.add_months_clipped(1)) {
    const auto cut_off = Date::from_civil(month_start.year(), month_start.month(), cut_off_day);
    if (cut_off && Instant::start_of(*cut_off) > at) return Instant::start_of(*cut_off);
  }
}

std::string month_text(Instant cut_off) {
  const Date day = cut_off.date();
  const int month = day.month();
  return std::to_string(day.year()) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

Ledger book_settlements(const regime::Commission& book, const IssueDay& issue_day,
                        const std::vector<Settlement>& settlements, const std::vector<std::int64_t>& seqs,
                        const Look& look, Now& now) {
  Ledger ledger;
  auto& booked = ledger.booked;
  std::optional<Instant> may_change;  // first moment after the last settlement at which time alone changes the standing
  std::int64_t known_to = 0;
  for (const Settlement& settlement : settlements) {
    const bool is_issued = Instant::start_of(issue_day(settlement.known_to)) < settlement.cut_off;
    if (!is_issued || !now.reached(settlement.cut_off)) continue;
    const Instant last_moment = settlement.cut_off.just_before();
    const bool time_changes = may_change && *may_change <= last_moment;
    if (booked && !time_changes && !knows_more(seqs, known_to, settlement.known_to)) continue;
    Now then(last_moment);
    auto judged = standing_in(settlement, book, look, then);
    if (!judged) continue;
    Standing standing = *std::move(judged);
    may_change = then.next_change();
    known_to = settlement.known_to;
    if (booked && same_money(*booked, standing)) {
      if (standing.status == CommissionStatus::held) booked->reasons = standing.reasons, booked->rules = standing.rules;
      continue;
    }
    book_change(ledger.entries, booked, standing);
    booked = std::move(standing);
  }
  return ledger;
}

Result<Account> derive(const regime::Commission& book, Ledger ledger, const Snapshot& snapshot, Now& now) {
  const auto& booked = ledger.booked;
  Account account{.standing = {}, .entries = std::move(ledger.entries)};
  account.standing = SHOUYUE_TRY(standing_of(snapshot, book, booked.has_value()));
  if (booked && same_money(*booked, account.standing)) {
    account.standing.month = booked->month;
    return account;
  }
  const auto cut_off_day = SHOUYUE_TRY(book.cut_off_day.on(snapshot.governing, snapshot.policy_row));
  const Instant next = next_cut_off(now.at(), static_cast<int>(cut_off_day.value));
  now.reached(next);
  if (account.standing.status != CommissionStatus::pending && account.standing.status != CommissionStatus::held)
    account.standing.month = month_text(next);
  return account;
}

}  // namespace shouyue::commission
