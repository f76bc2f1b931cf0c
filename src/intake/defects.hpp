#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "insurer/facts.hpp"
#include "regime/regime.hpp"

namespace shouyue::intake {

// One thing wrong with a policy's contact data as it came in.
struct Defect {
  std::string id;                    // no_phone, wrong_digits, agent_phone, shared_phone
  std::string field;                 // mobile_phone, home_phone, work_phone; empty when it is about all
  const regime::IntakeDefect* rule;  // null when no rule book in force says anything about it
};

// The numbers that can be dialled, in the order in which they are tried: mobile, home, work.
std::vector<std::string> dialable_phones(const insurer::Policy& policy);
bool has_dialable_phone(const insurer::Policy& policy);

// In the order of the ids above. An agent's own policy (the holder is the agent) may carry the agent's phone; other
// exemptions are the book's (`when` of its defects). `book` may be null. Errors: regime.not_in_force. Source:
// 新契约回访及处理操作要点 · 核实件类型1、2；新契约保单回访实施细则 · 操作要求1.
Result<std::vector<Defect>> defects_of(const insurer::Policy& policy, const insurer::Surroundings& surroundings,
                                       const regime::Intake* book);

// Bits of regime::intake_defects().
std::uint64_t bits_of(const std::vector<Defect>& defects);

}  // namespace shouyue::intake
