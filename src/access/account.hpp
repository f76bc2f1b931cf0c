#pragma once

#include <optional>
#include <string>

#include "access/role.hpp"
#include "base/instant.hpp"

namespace shouyue::access {

// A person who signs in.
struct Account {
  std::string name;          // to sign in with; never changes
  std::string display_name;  // as colleagues know the person
  Role role = Role::call_agent;
  std::string org_code;    // sees this organisation and all below it
  std::string seat;        // a seat of the insurer's profile; of those who call
  std::string agent_code;  // of a sales agent
  std::string password_hash;
  bool must_change_password = true;
  std::optional<Instant> password_until;  // of a one-time password
  bool is_disabled = false;
  int failures = 0;  // wrong passwords in a row
  std::optional<Instant> locked_until;
};

// After this many wrong passwords in a row the account is locked, each time twice as long, up to the longest.
constexpr int failures_max = 5;
constexpr std::int64_t lock_seconds = 15 * 60, lock_seconds_max = 24 * 3600;

// What an attempt to sign in does to the account.
void note_failure(Account& account, Instant at);
void note_success(Account& account);
bool is_locked(const Account& account, Instant at);

// What is wrong with a password for this account; empty when nothing. At least 12 characters, at most 128, of which any
// are allowed; neither the name nor one character over and over, nor one that everybody tries first.
struct PasswordFault {
  std::string rule, en, zh;
};
std::optional<PasswordFault> fault_of_password(const Account& account, std::string_view password);

constexpr std::int64_t one_time_password_seconds = 72 * 3600;  // where server.toml says nothing else
// Whether the password of the account is a one-time password that was not used in its time.
bool is_password_over(const Account& account, Instant at);

// A signed-in browser.
struct SignIn {
  std::string digest;  // of the token that the browser holds
  std::string account;
  std::string csrf;  // must come with every request that changes something
  Instant begun_at, used_at;
};
constexpr std::int64_t idle_seconds_max = 30 * 60, sign_in_seconds_max = 12 * 3600;
bool is_over(const SignIn& sign_in, Instant at);

}  // namespace shouyue::access
