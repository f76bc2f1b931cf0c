#pragma once

#include <optional>
#include <string>

#include "access/account.hpp"
#include "app/store.hpp"

namespace shouyue::app {

// Who may sign in, and who is signed in. Part of a store; the same errors and transactions.
class AccountStore {
 public:
  virtual ~AccountStore() = default;

  virtual Result<std::optional<access::Account>> account(const std::string& name) = 0;
  virtual Result<void> each_account(const Sink<access::Account>& sink) = 0;  // by name
  virtual Result<void> put_account(const access::Account& account) = 0;      // replaces

  virtual Result<std::optional<access::SignIn>> sign_in(const std::string& digest) = 0;
  virtual Result<void> put_sign_in(const access::SignIn& sign_in) = 0;  // replaces
  virtual Result<void> remove_sign_in(const std::string& digest) = 0;
  virtual Result<void> remove_sign_ins_of(const std::string& account) = 0;
  virtual Result<void> remove_sign_ins_used_before(Instant at) = 0;
};

}  // namespace shouyue::app
