#include "made_insurer.hpp"

namespace bench {
namespace {

using namespace shouyue;

constexpr std::uint32_t branches = 31, cities = 11, sub_branches = 6;
constexpr std::uint32_t first_leaf = 1 + branches + branches * cities;
constexpr std::uint32_t leaves = branches * cities * sub_branches;

// splitmix64: every number follows from the seed alone.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  std::uint32_t below(std::uint32_t limit) {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t x = state_;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return static_cast<std::uint32_t>(((x ^ (x >> 31)) >> 32) * limit >> 32);
  }
  bool per_mille(std::uint32_t share) { return below(1000) < share; }

 private:
  std::uint64_t state_;
};

kpi::OrganisationTree make_tree() {
  std::vector<kpi::Organisation> list{{.code = "86", .level = insurer::Level::head_office, .parent = {}}};
  const auto add_below = [&](std::uint32_t first, std::uint32_t parents, std::uint32_t each, insurer::Level level) {
    for (std::uint32_t parent = first; parent < first + parents; ++parent)
      for (std::uint32_t i = 0; i < each; ++i)
        list.push_back({.code = list[parent].code + std::to_string(10 + i), .level = level, .parent = parent});
  };
  add_below(0, 1, branches, insurer::Level::branch);
  add_below(1, branches, cities, insurer::Level::city);
  add_below(1 + branches, branches * cities, sub_branches, insurer::Level::sub_branch);
  return kpi::OrganisationTree::make(std::move(list)).value();
}

void follow_up(kpi::PolicyRow& row, Numbers& numbers) {
  const int days_to_success = static_cast<int>(1 + numbers.below(30));
  row.success = numbers.per_mille(920);
  if (row.success) {
    row.first_success_on = *row.issued_on + days_to_success;
    row.success_on = *row.first_success_on + static_cast<int>(numbers.per_mille(50) ? numbers.below(10) : 0);
    row.completed = numbers.per_mille(950);
    if (row.completed) row.completed_on = row.success_on;
  }
  row.attempts = static_cast<int>(1 + numbers.below(6));
  row.last_leg = static_cast<insurer::Leg>(numbers.below(7));
  row.last_connection =
      row.success ? insurer::Connection::answered : static_cast<insurer::Connection>(numbers.below(29));
}

kpi::PolicyRow make_policy(Numbers& numbers) {
  kpi::PolicyRow row;
  row.organisation = first_leaf + numbers.below(leaves);
  row.issued_on = *Date::from_civil(2020, 1, 1) + static_cast<int>(numbers.below(731));
  row.effective_on = *row.issued_on + 1;
  if (!numbers.per_mille(20)) row.cooling_off_end = *row.issued_on + static_cast<int>(15 + numbers.below(15));
  row.deadline = row.cooling_off_end;
  follow_up(row, numbers);
  row.in_scope = numbers.per_mille(960);
  row.waived = numbers.per_mille(5);
  row.state = row.success ? insurer::CaseStatus::succeeded : insurer::CaseStatus::failed;
  row.result_class = static_cast<insurer::ResultClass>(numbers.below(5));
  row.channel = static_cast<insurer::Channel>(numbers.below(6));
  row.product_type = static_cast<insurer::ProductType>(numbers.below(5));
  row.pay_mode = static_cast<insurer::PayMode>(numbers.below(5));
  row.term_months = static_cast<int>(12 + numbers.below(360));
  row.premium = Money::fen(numbers.below(5'000'000));
  row.cancelled_in_cooling_off = numbers.per_mille(15);
  row.claim_ended_in_cooling_off = numbers.per_mille(1);
  return row;
}

kpi::TicketRow make_ticket(std::uint32_t policy, const kpi::PolicyRow& of, Numbers& numbers) {
  constexpr const char* subtypes[] = {"proxy_signature", "terms_explanation", "recording", "health_disclosure_senior"};
  kpi::TicketRow row;
  row.policy = policy;
  row.organisation = of.organisation;
  row.channel = of.channel;
  row.product_type = of.product_type;
  row.issued_on = of.issued_on;
  row.opened_on = *of.issued_on + static_cast<int>(numbers.below(20));
  row.due_on = *row.opened_on + 7;
  row.kind = numbers.per_mille(600) ? insurer::TicketKind::problem : insurer::TicketKind::verification;
  row.subtype = subtypes[numbers.below(4)];
  row.closed = numbers.per_mille(950);
  if (row.closed) row.working_days_used = static_cast<int>(numbers.below(9));
  if (row.closed) row.closed_on = *row.opened_on + *row.working_days_used;
  return row;
}

std::string policy_no(std::uint32_t i) {
  std::string digits = std::to_string(i);
  return "8621" + std::string(12 - digits.size(), '0') + digits;
}

}  // namespace

MadeInsurer make_insurer(std::size_t policies) {
  MadeInsurer made{.tree = make_tree(), .policies = {}, .tickets = {}};
  made.policies.reserve(policies);
  Numbers numbers(2021);
  for (std::uint32_t i = 0; i < policies; ++i) {
    kpi::PolicyRow row = make_policy(numbers);
    const std::string number = policy_no(i);
    row.policy_no = number;
    made.policies.append(row).value();
    if (numbers.per_mille(80)) made.tickets.append(make_ticket(i, row, numbers)).value();
  }
  return made;
}

}  // namespace bench
