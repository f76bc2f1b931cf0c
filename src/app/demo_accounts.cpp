#include "app/demo_accounts.hpp"

#include <algorithm>
#include <map>

#include "app/account_store.hpp"
#include "app/directory.hpp"
#include "app/files.hpp"
#include "app/profile.hpp"
#include "vault/password.hpp"

namespace shouyue::app {
namespace {

using access::Account;
using access::Role;

// The names with the highest counts, the highest first; equal ones by name.
std::vector<std::string> most_of(const std::map<std::string, int>& counts) {
  std::vector<std::pair<int, std::string>> sorted;
  for (const auto& [name, count] : counts) sorted.emplace_back(-count, name);
  std::ranges::sort(sorted);
  std::vector<std::string> names;
  for (auto& [count, name] : sorted) names.push_back(std::move(name));
  return names;
}

// The branch above an organisation; the organisation itself where there is none.
std::string branch_of(const Directory& directory, const std::string& code, Date day) {
  for (const insurer::Organisation* organisation : directory.path(code, day))
    if (organisation->level == insurer::Level::branch) return organisation->code;
  return code;
}

Result<std::vector<std::string>> branches_by_open_tickets(Session& session, const Directory& directory) {
  std::map<std::string, int> open;
  for (const insurer::Organisation* organisation : directory.all(session.now.date()))
    if (organisation->level == insurer::Level::branch) open[organisation->code];
  SHOUYUE_CHECK(session.store.each_ticket([&](TicketRow& ticket) -> Result<void> {
    if (!ticket.closed_at) ++open[branch_of(directory, ticket.org_code, session.now.date())];
    return {};
  }));
  return most_of(open);
}

// Of those who have not left.
Result<std::string> agent_with_most_held(Session& session, const Directory& directory) {
  std::map<std::string, int> held;
  SHOUYUE_CHECK(session.store.each_commission([&](CommissionRow& row) -> Result<void> {
    const bool is_held = row.status == insurer::CommissionStatus::held && !row.agent_code.empty();
    if (is_held && !directory.has_left(row.agent_code, session.now.date())) ++held[row.agent_code];
    return {};
  }));
  const auto agents = most_of(held);
  return agents.empty() ? "" : agents.front();
}

std::string name_of(const Directory& directory, const std::string& code, Date day) {
  const insurer::Organisation* organisation = directory.organisation(code, day);
  return organisation ? organisation->name : code;
}

std::string seat_account_name(const std::string& seat) {
  std::string name = "zuoxi-";
  for (const char c : seat) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

Account of_head_office(std::string name, std::string display_name, Role role, const std::string& org) {
  return {.name = std::move(name), .display_name = std::move(display_name), .role = role, .org_code = org};
}

Result<std::vector<Account>> accounts_of(Session& session) {
  const Directory directory = SHOUYUE_TRY(Directory::load(session.store));
  const std::string profile_text = SHOUYUE_TRY(read_file(session.profile_path));
  const Profile profile = SHOUYUE_TRY(read_profile(profile_text, session.profile_path.string()));
  const auto branches = SHOUYUE_TRY(branches_by_open_tickets(session, directory));
  const std::string agent = SHOUYUE_TRY(agent_with_most_held(session, directory));
  std::string head_office;
  for (const insurer::Organisation* organisation : directory.all(session.now.date()))
    if (organisation->level == insurer::Level::head_office) head_office = organisation->code;

  std::vector<Account> accounts;
  for (const Seat& seat : profile.seats) {
    accounts.push_back(of_head_office(seat_account_name(seat.id), "坐席" + seat.id, Role::call_agent, head_office));
    accounts.back().seat = seat.id;
  }
  for (std::size_t n = 0; n < std::min<std::size_t>(2, branches.size()); ++n)
    accounts.push_back(of_head_office("jigou-" + branches[n],
                                      name_of(directory, branches[n], session.now.date()) + "回访",
                                      Role::branch_handler, branches[n]));
  if (!agent.empty()) {
    const insurer::Agent* known = directory.agent(agent);
    accounts.push_back(of_head_office("yewuyuan", known ? known->name : agent, Role::sales_agent, head_office));
    accounts.back().agent_code = agent;
  }
  const auto add = [&](const char* name, const char* display_name, Role role) {
    accounts.push_back(of_head_office(name, display_name, role, head_office));
  };
  add("dudao", "督导", Role::supervisor);
  add("pinzhi", "品质管理", Role::quality_officer);
  add("kaohe", "考核合规", Role::kpi_officer);
  add("xuqi", "续期管理", Role::renewal_officer);
  add("tousu", "投诉管理", Role::complaint_manager);
  add("shenji", "审计", Role::auditor);
  add("admin", "系统管理员", Role::administrator);
  return accounts;
}

}  // namespace

Result<std::vector<Account>> make_demo_accounts(Session& session) {
  auto accounts = SHOUYUE_TRY(accounts_of(session));
  const std::string hash = SHOUYUE_TRY(vault::password_hash(demo_password));
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  for (Account& account : accounts) {
    account.password_hash = hash;
    account.must_change_password = false;
    SHOUYUE_CHECK(session.store.accounts().put_account(account));
    SHOUYUE_CHECK(session.store.append_audit({.at = session.now,
                                              .who = session.who,
                                              .action = "new_account",
                                              .detail = account.name + " " + std::string(code_of(account.role)) + " " +
                                                        account.org_code + " demo password"}));
  }
  SHOUYUE_CHECK(transaction.commit());
  return accounts;
}

}  // namespace shouyue::app
