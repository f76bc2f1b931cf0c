#include "access/role.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace shouyue::access {
namespace {

using enum Permission;

constexpr std::uint32_t bits_of(std::initializer_list<Permission> permissions) {
  std::uint32_t bits = 0;
  for (const Permission permission : permissions) bits |= 1u << static_cast<unsigned>(permission);
  return bits;
}

struct Post {
  Role role;
  std::string_view code, name;
  std::uint32_t permissions;
};

// One row a role; in the order of the enumeration.
constexpr std::array posts{
    Post{Role::call_agent, "call_agent", "回访坐席", bits_of({call, read_cases, unmask, read_rule_books})},
    Post{Role::branch_handler, "branch_handler", "机构回访岗",
         bits_of({call, read_cases, handle_tickets, unmask, read_reports, read_rule_books, ask_exception})},
    Post{Role::sales_agent, "sales_agent", "业务员", bits_of({read_own_cases, answer_own_tickets})},
    Post{Role::supervisor, "supervisor", "督导",
         bits_of({call, read_cases, handle_tickets, unmask, supervise, read_scores, read_reports, read_rule_books,
                  import_files, ask_exception, approve_exception})},
    Post{Role::quality_officer, "quality_officer", "品质管理岗",
         bits_of({read_cases, handle_tickets, unmask, read_commission, read_scores, read_reports, read_rule_books,
                  ask_exception, approve_exception})},
    Post{Role::kpi_officer, "kpi_officer", "考核与合规岗",
         bits_of({read_cases, read_commission, read_scores, close_month, read_reports, read_rule_books, backtest,
                  ask_exception, approve_exception})},
    Post{Role::renewal_officer, "renewal_officer", "续期管理岗",
         bits_of({read_cases, unmask, read_reports, read_rule_books, import_files})},
    Post{Role::complaint_manager, "complaint_manager", "投诉管理岗",
         bits_of({read_cases, handle_tickets, unmask, read_reports, read_rule_books})},
    Post{Role::auditor, "auditor", "审计",
         bits_of({read_cases, read_commission, read_scores, read_reports, read_rule_books, read_audit})},
    Post{Role::administrator, "administrator", "系统管理员", bits_of({manage_users, read_rule_books, import_files})},
    Post{Role::core_system, "core_system", "核心系统", bits_of({import_files, read_changes})},
};

constexpr auto roles = [] {
  std::array<Role, posts.size()> all{};
  std::ranges::transform(posts, all.begin(), &Post::role);
  return all;
}();

constexpr std::array<std::string_view, 19> permission_codes{
    "call",        "read_cases",      "read_own_cases", "answer_own_tickets", "handle_tickets", "unmask",
    "supervise",   "read_commission", "read_scores",    "close_month",        "read_reports",   "read_rule_books",
    "backtest",    "import_files",    "ask_exception",  "approve_exception",  "read_audit",     "manage_users",
    "read_changes"};

constexpr auto permissions = [] {
  std::array<Permission, permission_codes.size()> all{};
  for (std::size_t n = 0; n < all.size(); ++n) all[n] = static_cast<Permission>(n);
  return all;
}();

const Post& post_of(Role role) { return posts[static_cast<std::size_t>(role)]; }

}  // namespace

std::span<const Role> all_roles() { return roles; }
std::string_view code_of(Role role) { return post_of(role).code; }
std::string_view name_of(Role role) { return post_of(role).name; }

std::optional<Role> role_of(std::string_view code) {
  const auto found = std::ranges::find(posts, code, &Post::code);
  if (found == posts.end()) return std::nullopt;
  return found->role;
}

std::span<const Permission> all_permissions() { return permissions; }
std::string_view code_of(Permission permission) { return permission_codes[static_cast<std::size_t>(permission)]; }

bool may(Role role, Permission permission) {
  return (post_of(role).permissions >> static_cast<unsigned>(permission)) & 1u;
}

}  // namespace shouyue::access
