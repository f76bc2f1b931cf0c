#pragma once

#include <optional>
#include <string>

#include "access/account.hpp"
#include "app/store.hpp"

namespace shouyue::app {

// A request of a person that changed something.
struct RequestMark {
  std::string account, key;
  std::string digest;  // of what was asked
  Instant at;
};

// Who may sign in, who is signed in, and which requests were carried out. Part of a store; the same errors and
// transactions.
class AccountStore {
 public:
  virtual ~AccountStore() = default;

  virtual Result<std::optional<access::Account>> account(const std::string& name) = 0;
  virtual Result<void> each_account(const Sink<access::Account>& sink) = 0;  // by name
  virtual Result<void> put_account(const access::Account& account) = 0;      // replaces

  virtual Result<std::optional<access::SignIn>> sign_in(const std::string& digest) = 0;
  virtual Result<void> put_sign_in(const access::SignIn& sign_in) = 0;  // replaces
  virtual Result<void> each_sign_in(const Sink<access::SignIn>& sink) = 0;
  virtual Result<void> remove_sign_in(const std::string& digest) = 0;
  virtual Result<void> remove_sign_ins_of(const std::string& account) = 0;
  virtual Result<void> remove_sign_ins_used_before(Instant at) = 0;

  // The mark becomes part of the next transaction of this connection: what the request changes is kept with it or not
  // at all. The commit is refused with request.in_progress when another connection was quicker. None: no mark waits.
  virtual void mark_with_next_commit(std::optional<RequestMark> mark) = 0;
  virtual std::optional<RequestMark> take_waiting_mark() = 0;  // for another connection that does the work
  virtual Result<void> put_request_mark(const RequestMark& mark) = 0;
  virtual Result<std::optional<RequestMark>> request_mark(const std::string& account, const std::string& key) = 0;
  virtual Result<void> remove_request_marks_before(Instant at) = 0;
};

}  // namespace shouyue::app
