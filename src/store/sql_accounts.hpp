#pragma once

#include "app/account_store.hpp"
#include "store/connection.hpp"

namespace shouyue::store {

class SqlAccounts final : public app::AccountStore {
 public:
  explicit SqlAccounts(Connection& connection) : connection_(connection) {}

  Result<std::optional<access::Account>> account(const std::string& name) override;
  Result<void> each_account(const app::Sink<access::Account>& sink) override;
  Result<void> put_account(const access::Account& account) override;
  Result<std::optional<access::SignIn>> sign_in(const std::string& digest) override;
  Result<void> put_sign_in(const access::SignIn& sign_in) override;
  Result<void> remove_sign_in(const std::string& digest) override;
  Result<void> remove_sign_ins_of(const std::string& account) override;
  Result<void> remove_sign_ins_used_before(Instant at) override;

 private:
  Connection& connection_;
};

}  // namespace shouyue::store
