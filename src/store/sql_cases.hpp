#pragma once

#include "app/case_store.hpp"
#include "store/sql_sealing.hpp"
#include "store/tables.hpp"

namespace shouyue::store {

class SqlCases final : public app::CaseStore {
 public:
  SqlCases(Connection& connection, SqlSealing& sealing, ClauseLists& lists)
      : connection_(connection), sealing_(sealing), lists_(lists) {}

  Result<std::vector<app::CaseRow>> list(const app::CaseFilter& filter, const std::optional<app::CasePosition>& after,
                                         int max) override;
  Result<std::vector<std::string>> organisations() override;
  Result<std::vector<std::string>> policies_of_person(std::int64_t person, int max) override;
  Result<std::vector<std::string>> policies_with_phone(std::int64_t phone, int max) override;
  Result<void> put_further_phones(std::span<const app::FurtherPhone> phones) override;

 private:
  Result<std::vector<std::string>> numbers(const std::string& sql, std::int64_t key);

  Connection& connection_;
  SqlSealing& sealing_;
  ClauseLists& lists_;
};

}  // namespace shouyue::store
