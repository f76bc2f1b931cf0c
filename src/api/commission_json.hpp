#pragma once

#include "api/answer.hpp"
#include "api/clause_notes.hpp"
#include "app/settlement_list.hpp"

// The shapes of commission in answers.
namespace shouyue::api {

struct SettlementMonthAnswer {
  std::string regime, title, title_en, month;
  Date cut_off;  // the first day that belongs to the next settlement
  bool is_preview = false;
  std::optional<std::int64_t> known_to;
};
BOOST_DESCRIBE_STRUCT(SettlementMonthAnswer, (), (regime, title, title_en, month, cut_off, is_preview, known_to))

struct MoneyAnswer {
  Money released, deducted, reversed, net, held_amount;
  std::int64_t policies = 0, held = 0;
};
BOOST_DESCRIBE_STRUCT(MoneyAnswer, (), (released, deducted, reversed, net, held_amount, policies, held))

struct LineAnswer {
  std::string policy_no, agent_code, org_code, month, kind;
  int n = 0;  // in the policy's ledger; 0: to come
  Money amount;
  std::vector<std::string> reasons, rules;
};
BOOST_DESCRIBE_STRUCT(LineAnswer, (), (policy_no, agent_code, org_code, month, kind, n, amount, reasons, rules))

struct StandingAnswer {
  std::string policy_no, agent_code, agent_name, org_code, org_name, status;
  std::optional<std::string> month;
  std::optional<Money> due;  // what the settlement of `month`, which is to come, pays
  Money commission, deduction, payable;
  std::vector<std::string> reasons, rules;
};
BOOST_DESCRIBE_STRUCT(StandingAnswer, (),
                      (policy_no, agent_code, agent_name, org_code, org_name, status, month, due, commission, deduction,
                       payable, reasons, rules))

SettlementMonthAnswer answer_of(const app::SettlementMonth& month, const app::AssignedBooks& books);
MoneyAnswer answer_of(const app::SettledMoney& money);
LineAnswer answer_of(const app::EntryRow& line, const std::string& org_code, ClauseNotes& notes);
std::vector<std::string> words_of(std::string_view joined);  // by `;`

}  // namespace shouyue::api
