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
  Result<void> each_sign_in(const app::Sink<access::SignIn>& sink) override;
  Result<void> remove_sign_in(const std::string& digest) override;
  Result<void> remove_sign_ins_of(const std::string& account) override;
  Result<void> remove_sign_ins_used_before(Instant at) override;
  void mark_with_next_commit(std::optional<app::RequestMark> mark) override { waiting_mark_ = std::move(mark); }
  std::optional<app::RequestMark> take_waiting_mark() override { return std::exchange(waiting_mark_, std::nullopt); }
  Result<void> put_request_mark(const app::RequestMark& mark) override;
  Result<std::optional<app::RequestMark>> request_mark(const std::string& account, const std::string& key) override;
  Result<void> remove_request_marks_before(Instant at) override;

  // The mark that waits, for the transaction that is about to be committed. Errors: request.in_progress.
  Result<void> write_waiting_mark();

 private:
  Connection& connection_;
  std::optional<app::RequestMark> waiting_mark_;
};

}  // namespace shouyue::store
