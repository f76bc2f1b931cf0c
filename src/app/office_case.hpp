#pragma once

#include <string>
#include <vector>

#include <toml++/toml.h>

#include "app/derive_policy.hpp"

// What the cases of a rule book try of the office's rules. Each function gives what differs; empty: as expected.
namespace shouyue::app {

// `expect_letter = "participating"`: the letter that the policyholder gets, "" for none.
// `expect_waiver = { papers = "confirmation;request", by = "branch" }`: what a request for a waiver needs.
// `expect_receipt = { returned_on = …, warnings = … }`: standing_fields, what is absent is "".
std::vector<std::string> run_office_expectations(const toml::table& table, const regime::RuleBooks& books,
                                                 const insurer::Surroundings& surroundings, const PolicyState& state);

// One [[report]]: `report`, `month` ("2021-10"), `due_on`.
std::vector<std::string> run_report_case(const toml::table& table, const regime::Regime& book);

// One [[counterpart]]: `other`, `list`, `word`, `counterpart` ("" for none).
std::vector<std::string> run_counterpart_case(const toml::table& table, const regime::Regime& book);

}  // namespace shouyue::app
