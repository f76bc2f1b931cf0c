#pragma once

#include "app/commission_store.hpp"
#include "store/connection.hpp"
#include "store/tables.hpp"

namespace shouyue::store {

class SqlCommission final : public app::CommissionStore {
 public:
  SqlCommission(Connection& connection, ClauseLists& clause_lists)
      : connection_(connection), clause_lists_(clause_lists) {}

  Result<void> each_line(const std::string& month, const std::string& agent_code,
                         const app::Sink<app::LedgerLine>& sink) override;
  Result<void> each_standing(const app::StandingFilter& filter,
                             const app::Sink<app::CommissionStanding>& sink) override;
  Result<std::vector<std::string>> months(const std::string& agent_code) override;

 private:
  Connection& connection_;
  ClauseLists& clause_lists_;
};

}  // namespace shouyue::store
