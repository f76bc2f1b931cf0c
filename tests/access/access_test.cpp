#include <doctest/doctest.h>

#include "access/account.hpp"

using namespace shouyue;
using namespace shouyue::access;

namespace {
const Instant now = Instant::parse("2021-10-20T10:00:00").value();
}

TEST_CASE("roles have codes of their own and are found by them") {
  for (const Role role : all_roles()) {
    CHECK(role_of(code_of(role)) == role);
    CHECK(!name_of(role).empty());
  }
  CHECK(!role_of("king"));
  for (const Permission permission : all_permissions()) CHECK(!code_of(permission).empty());
}

TEST_CASE("nobody decides alone and who manages users reads no case") {
  for (const Role role : all_roles()) {
    CAPTURE(code_of(role));
    if (may(role, Permission::manage_users)) CHECK_FALSE(may(role, Permission::read_cases));
    if (may(role, Permission::manage_users)) CHECK_FALSE(may(role, Permission::read_audit));
    if (may(role, Permission::call)) CHECK(may(role, Permission::read_cases));
    if (may(role, Permission::read_own_cases)) CHECK_FALSE(may(role, Permission::unmask));
  }
}

TEST_CASE("the fifth wrong password in a row locks, each further one twice as long, a day at most") {
  Account account{.name = "a"};
  for (int n = 0; n < 4; ++n) note_failure(account, now);
  CHECK(!is_locked(account, now));
  note_failure(account, now);
  CHECK(is_locked(account, now.plus_seconds(15 * 60 - 1)));
  CHECK(!is_locked(account, now.plus_seconds(15 * 60)));
  note_failure(account, now);
  CHECK(is_locked(account, now.plus_seconds(30 * 60 - 1)));
  CHECK(!is_locked(account, now.plus_seconds(30 * 60)));
  for (int n = 0; n < 40; ++n) note_failure(account, now);
  CHECK(!is_locked(account, now.plus_seconds(24 * 3600)));
  note_success(account);
  CHECK(!is_locked(account, now));
  note_failure(account, now);
  CHECK(!is_locked(account, now));
}

TEST_CASE("a sign-in ends half an hour after its last use and twelve hours after its begin") {
  const SignIn begun{.digest = {}, .account = {}, .csrf = {}, .begun_at = now, .used_at = now};
  CHECK(!is_over(begun, now.plus_seconds(30 * 60 - 1)));
  CHECK(is_over(begun, now.plus_seconds(30 * 60)));
  const SignIn used{
      .digest = {}, .account = {}, .csrf = {}, .begun_at = now, .used_at = now.plus_seconds(12 * 3600 - 60)};
  CHECK(!is_over(used, now.plus_seconds(12 * 3600 - 1)));
  CHECK(is_over(used, now.plus_seconds(12 * 3600)));
}

TEST_CASE("a one-time password has its time, an own one has none") {
  Account account{.name = "a", .password_until = now};
  CHECK(!is_password_over(account, now.plus_seconds(-1)));
  CHECK(is_password_over(account, now));
  account.must_change_password = false;
  CHECK(!is_password_over(account, now));
  CHECK(!is_password_over(Account{.name = "a"}, now));
}

TEST_CASE("passwords that are refused, and by which rule") {
  const Account account{.name = "zuoxi1"};
  struct Row {
    std::string password, rule;
  };
  for (const Row& row :
       {Row{"twelve chars", ""}, Row{"eleven char", "password.length"}, Row{"一二三四五六七八九十甲乙", ""},
        Row{"一二三四五六七八九十甲", "password.length"}, Row{std::string(128, 'x') + "y", "password.length"},
        Row{"my zuoxi1 password", "password.contains_name"}, Row{"aaaaaaaaaaaa", "password.one_character"},
        Row{"", "password.length"}, Row{"Password@2026", "password.known"}, Row{"shouyue-admin-1", "password.known"},
        Row{"1234567890123", "password.known"}, Row{"qwer1234ASDF!", "password.known"},
        Row{"守约回访管理员密码123", "password.known"}, Row{"password of mine", ""}, Row{"138123412345", ""},
        Row{"shouyue tempest", ""}}) {
    CAPTURE(row.password);
    const auto fault = fault_of_password(account, row.password);
    CHECK((fault ? fault->rule : "") == row.rule);
  }
}
