#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// Who may do what: posts and what belongs to them (the posts of the sources, brought down to ten roles).
namespace shouyue::access {

enum class Role : std::uint8_t {
  call_agent,         // 回访坐席
  branch_handler,     // 机构回访岗
  sales_agent,        // 业务员
  supervisor,         // 督导
  quality_officer,    // 品质管理岗
  kpi_officer,        // 考核与合规岗
  renewal_officer,    // 续期管理岗
  complaint_manager,  // 投诉管理岗
  auditor,            // 审计
  administrator,      // 系统管理员
  core_system,        // 核心系统: a program
};

enum class Permission : std::uint8_t {
  call,                // take cases from the worklist and record attempts
  read_cases,          // cases and tickets within the scope
  read_own_cases,      // those of policies that one sold
  answer_own_tickets,  // say what one found out about them
  handle_tickets,
  unmask,  // see a number or a name in full, for a reason that is recorded
  supervise,
  read_commission,
  read_scores,
  close_month,
  read_reports,
  read_rule_books,
  backtest,
  import_files,
  ask_exception,      // waiver, re-pin, release by hand, month close: the first of two persons
  approve_exception,  // the second
  read_audit,
  manage_users,
  read_changes,  // what became of all policies, for another system
};

std::span<const Role> all_roles();
std::string_view code_of(Role role);
std::string_view name_of(Role role);  // in Chinese
std::optional<Role> role_of(std::string_view code);
std::span<const Permission> all_permissions();
std::string_view code_of(Permission permission);

bool may(Role role, Permission permission);
// A program signs in by a token of its own, never by a password.
inline bool is_program(Role role) { return role == Role::core_system; }

}  // namespace shouyue::access
