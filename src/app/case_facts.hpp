#pragma once

#include <string>
#include <vector>

#include <toml++/toml.h>

#include "app/derive_policy.hpp"
#include "followup/questions.hpp"

namespace shouyue::app {

// The facts that one [[case]] of a rule book gives, with what the case leaves out filled in by an ordinary policy.
struct CaseFacts {
  std::string policy_no;
  insurer::FactVersions versions;
  insurer::Surroundings surroundings;
  followup::Answers answers;                        // to the questionnaire so far
  int person_attempts = 0;                          // the holder's on this day, over all policies
  std::vector<commission::Settlement> settlements;  // every cut-off up to `now`, as if each had run on its day
  Instant now;
};

// Errors: cases.unknown_key, cases.wrong_value.
Result<CaseFacts> read_case_facts(const toml::table& table, const regime::RuleBooks& books);

// A value of a case as the text that a file would hold.
std::string text_of_node(const toml::node& node);

}  // namespace shouyue::app
