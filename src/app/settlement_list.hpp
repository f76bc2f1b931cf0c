#pragma once

#include <map>
#include <set>

#include "app/commission_store.hpp"
#include "app/organisation_part.hpp"
#include "app/policy_deriver.hpp"

namespace shouyue::app {

// A month's settlement under one rule book; one that has not run is shown as it would be, derived from what is known.
struct SettlementMonth {
  std::string regime, month;  // 2021-10
  Instant cut_off;
  std::optional<std::int64_t> known_to;  // the newest fact that it read; empty: it has not run
  bool is_preview() const { return !known_to; }
};

// The next settlement of each assigned book that rules commission: by the book's id its cut-off.
class SettlementsToCome {
 public:
  SettlementsToCome(const PolicyDeriver& deriver, Instant now);
  // What the settlement to come pays to the agent of a policy that is released, 待结算, or takes back because what was
  // paid is kept back again, 待冲回 (negative). Empty: nothing is to come.
  std::optional<Money> due(const CommissionStanding& standing) const;
  std::set<std::string> months() const;
  const std::map<std::string, Instant>& by_book() const { return by_book_; }

 private:
  std::map<std::string, Instant> by_book_;
};

// A commission that is not paid as it stands: pending, held, or paid by the settlement to come.
struct UnpaidCommission : CommissionStanding {
  std::optional<Money> due;  // as SettlementsToCome says
  bool is_taken_back() const { return due && *due < Money(); }
};
// `agent_code`: empty, of all. By policy. Errors: those of the store.
Result<void> each_unpaid(Store& store, const SettlementsToCome& to_come, const std::string& agent_code,
                         const Sink<UnpaidCommission>& sink);

// Every settlement that has run, and of each assigned book that rules commission the next one; the newest first.
// Errors: those of the store.
Result<std::vector<SettlementMonth>> settlement_months(Session& session, const PolicyDeriver& deriver);

// Money of several lines, each sum signed: what agents gained, what was deducted, what was taken back.
struct SettledMoney {
  Money released, deducted, reversed;
  std::int64_t policies = 0;  // with a line that moves money
  std::int64_t held = 0;      // held back
  Money held_amount;
  Money net() const { return released + deducted + reversed; }
};

struct Settlement {
  SettlementMonth which;
  SettledMoney all;
  std::map<std::string, SettledMoney> by_agent;  // by code
  std::vector<LedgerLine> lines;                 // by policy; of a preview their numbers are 0
};

struct SettlementRequest {
  std::string regime, month;
  std::string org_code;    // of the policy, with everything below it; empty: the whole company
  std::string agent_code;  // empty: all
};

// Errors: settlement.not_found, those of the store.
Result<Settlement> settlement(Session& session, const PolicyDeriver& deriver, const SettlementRequest& request);

// The rule book by which a line or a standing was decided: the one that its clauses of commission stand in.
std::string commission_book_of(std::string_view rules);

}  // namespace shouyue::app
