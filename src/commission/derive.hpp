#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/now.hpp"
#include "commission/ledger.hpp"
#include "commission/snapshot.hpp"

namespace shouyue::commission {

// The commission of one policy: how it stands, and every line booked so far.
struct Account {
  Standing standing;
  std::vector<Entry> entries;
  // What the settlement to come pays to the agent, 待结算, or takes back, 待冲回, when what is booked is not what
  // stands; empty: nothing is to come.
  std::optional<Money> due() const;
};

// The policy as it stood at `now.at()` in the facts with seq <= `known_to`.
using Look = std::function<Result<Snapshot>(std::int64_t known_to, Now& now)>;

// The first settlement cut-off after `at`: 00:00 of the cut-off day; what happened on that day belongs to the next one.
Instant next_cut_off(Instant at, int cut_off_day);
std::string month_text(Instant cut_off);  // 2021-10

// The issue day of the policy as it was known to a settlement; for one that did not know the policy yet, as it first
// became known. So a later correction of the day changes no line that is booked.
using IssueDay = std::function<Date(std::int64_t known_to)>;

// Books every settlement that has run since the policy was issued. A settlement sees only what was known to it; what a
// later correction changes is booked as a reversal in the next settlement. One that cannot judge the policy by what it
// knew books nothing. `seqs`: the positions of all facts about the policy, ascending.
Ledger book_settlements(const regime::Commission& book, const IssueDay& issue_day,
                        const std::vector<Settlement>& settlements, const std::vector<std::int64_t>& seqs,
                        const Look& look, Now& now);

// The standing at `now`, of which `snapshot` tells, over that ledger. Errors: those of `standing_of`.
Result<Account> derive(const regime::Commission& book, Ledger ledger, const Snapshot& snapshot, Now& now);

}  // namespace shouyue::commission
