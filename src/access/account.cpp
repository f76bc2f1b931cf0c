#include "access/account.hpp"

#include <algorithm>

#include "access/known_password.hpp"

namespace shouyue::access {

void note_failure(Account& account, Instant at) {
  ++account.failures;
  if (account.failures < failures_max) return;
  const int doublings = std::min(account.failures - failures_max, 10);
  account.locked_until = at.plus_seconds(std::min(lock_seconds << doublings, lock_seconds_max));
}

void note_success(Account& account) {
  account.failures = 0;
  account.locked_until.reset();
}

bool is_locked(const Account& account, Instant at) { return account.locked_until && at < *account.locked_until; }

std::optional<PasswordFault> fault_of_password(const Account& account, std::string_view password) {
  const auto characters = std::ranges::count_if(password, [](char c) { return (c & 0xC0) != 0x80; });
  if (characters < 12 || password.size() > 128)
    return PasswordFault{"password.length", "a password has 12 to 128 characters", "密码长度应为 12 至 128 个字符"};
  if (password.find(account.name) != std::string_view::npos)
    return PasswordFault{"password.contains_name", "a password must not hold the user's name", "密码不得包含用户名"};
  if (std::ranges::count(password, password.front()) == static_cast<std::ptrdiff_t>(password.size()))
    return PasswordFault{"password.one_character", "a password of one character over and over is no secret",
                         "密码不得由同一字符重复组成"};
  if (is_known_password(password))
    return PasswordFault{"password.known", "everybody who guesses tries this password first; choose another",
                         "该密码属于常见密码，容易被猜中，请更换"};
  return std::nullopt;
}

bool is_password_over(const Account& account, Instant at) {
  return account.must_change_password && account.password_until && at >= *account.password_until;
}

bool is_over(const SignIn& sign_in, Instant at) {
  return at >= sign_in.begun_at.plus_seconds(sign_in_seconds_max) ||
         at >= sign_in.used_at.plus_seconds(idle_seconds_max);
}

}  // namespace shouyue::access
