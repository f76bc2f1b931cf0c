#include "api/commission_routes.hpp"

#include <map>

#include "api/commission_json.hpp"
#include "api/document_file.hpp"
#include "api/names.hpp"
#include "api/paging.hpp"
#include "app/agent_statement.hpp"
#include "app/flatten.hpp"
#include "app/report_words.hpp"
#include "app/scope.hpp"
#include "report/row_of.hpp"

namespace shouyue::api {
namespace {

struct ReasonSum {
  std::string reason, title, title_en;
  std::int64_t policies = 0;
  Money amount;
};
BOOST_DESCRIBE_STRUCT(ReasonSum, (), (reason, title, title_en, policies, amount))

struct HoldsAnswer {
  std::vector<StandingAnswer> rows;
  std::optional<std::string> next;
  std::int64_t policies = 0, due_policies = 0, back_policies = 0;
  // First-period commission that is not paid; what the settlements to come pay of it; what they take back.
  Money amount, due_amount, back_amount;
  std::vector<ReasonSum> by_reason;
  std::vector<ClauseNote> clauses;
};
BOOST_DESCRIBE_STRUCT(HoldsAnswer, (),
                      (rows, next, policies, due_policies, back_policies, amount, due_amount, back_amount, by_reason,
                       clauses))

struct SettlementsAnswer {
  std::vector<SettlementMonthAnswer> rows;
};
BOOST_DESCRIBE_STRUCT(SettlementsAnswer, (), (rows))

struct AgentMoney {
  std::string agent_code, agent_name, org_code, org_name;
  MoneyAnswer money;
};
BOOST_DESCRIBE_STRUCT(AgentMoney, (), (agent_code, agent_name, org_code, org_name, money))

struct SettlementAnswer {
  SettlementMonthAnswer settlement;
  MoneyAnswer all;
  std::vector<AgentMoney> rows;  // by agent
};
BOOST_DESCRIBE_STRUCT(SettlementAnswer, (), (settlement, all, rows))

struct StatementAnswer {
  std::string agent_code, agent_name, org_code, org_name;
  SettlementMonthAnswer settlement;
  MoneyAnswer money;
  std::vector<LineAnswer> lines;
  std::vector<StandingAnswer> waits;
  std::vector<std::string> months;  // in which the agent has lines
  std::vector<ClauseNote> clauses;
};
BOOST_DESCRIBE_STRUCT(StatementAnswer, (),
                      (agent_code, agent_name, org_code, org_name, settlement, money, lines, waits, months, clauses))

struct GrantedAnswer {
  std::string kind, value, asked_by, granted_by, reason;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(GrantedAnswer, (), (kind, value, asked_by, granted_by, reason, at))

struct LedgerAnswer {
  std::string policy_no;
  std::optional<StandingAnswer> standing;  // left out: it cannot be derived any more
  std::vector<LineAnswer> lines;
  Money booked;
  std::vector<GrantedAnswer> exceptions;
  std::vector<ClauseNote> clauses;
};
BOOST_DESCRIBE_STRUCT(LedgerAnswer, (), (policy_no, standing, lines, booked, exceptions, clauses))

std::string parameter(const Call& call, std::string_view name) {
  return std::string(call.request.target.parameter(name));
}

Result<std::string> organisation_of(const Call& call) {
  return app::organisation_asked(call.person->account, call.deriver.directory(), parameter(call, "org_code"),
                                 call.session.now.date());
}

StandingAnswer answer_of(const Call& call, const app::CommissionStanding& standing, std::optional<Money> due,
                         ClauseNotes& notes) {
  const app::CommissionRow& row = standing.row;
  const Names names(call);
  return {.policy_no = row.policy_no,
          .agent_code = row.agent_code,
          .agent_name = names.agent(row.agent_code),
          .org_code = standing.org_code,
          .org_name = names.organisation(standing.org_code),
          .status = std::string(code_of(row.status)),
          .month = row.month.empty() ? std::nullopt : std::optional(row.month),
          .due = due,
          .commission = row.commission,
          .deduction = row.deduction,
          .payable = row.payable,
          .reasons = words_of(row.reasons),
          .rules = notes.add(row.rules)};
}

report::Document document_of(const Call& call, const std::vector<app::UnpaidCommission>& holds) {
  const Names names(call);
  report::Table table{.title = {},
                      .columns = {{{"保单号", "Policy"}, 20},
                                  {{"机构", "Organisation"}, 22},
                                  {{"业务员", "Agent"}, 18},
                                  {{"状态", "State"}, 10},
                                  {{"佣金（元）", "Commission (yuan)"}, 14},
                                  {{"原因", "Reasons"}, 50}},
                      .rows = {}};
  Money sum;
  for (const app::UnpaidCommission& hold : holds) {
    if (!hold.is_taken_back()) sum = sum + hold.row.commission;
    table.rows.push_back(report::row_of(
        {report::same(hold.row.policy_no), report::same(hold.org_code + " " + names.organisation(hold.org_code)),
         report::same(hold.row.agent_code + " " + names.agent(hold.row.agent_code)), app::standing_text(hold),
         hold.row.commission, app::reason_text(hold.row.reasons, hold.row.rules, call.deriver.books())}));
  }
  table.rows.push_back(report::row_of(
      {report::Text{"合计", "Total"}, report::Text{}, report::Text{}, report::Text{}, sum, report::Text{}},
      report::RowKind::sum));
  return report::document_of({"待发与缓发佣金", "Commission not paid yet"}, std::move(table));
}

report::Row money_row(const report::Text& who, const report::Text& org, const app::SettledMoney& money,
                      report::RowKind kind = report::RowKind::plain) {
  return report::row_of({who, org, money.policies, money.released, money.deducted, money.reversed, money.net(),
                         money.held, money.held_amount},
                        kind);
}

report::Document document_of(const Call& call, const app::Settlement& settlement) {
  const Names names(call);
  report::Table table{.title = {},
                      .columns = {{{"业务员", "Agent"}, 22},
                                  {{"机构", "Organisation"}, 22},
                                  {{"保单数", "Policies"}, 10},
                                  {{"发放（元）", "Released (yuan)"}, 14},
                                  {{"扣佣（元）", "Deducted (yuan)"}, 14},
                                  {{"冲回（元）", "Reversed (yuan)"}, 14},
                                  {{"实发（元）", "Paid (yuan)"}, 14},
                                  {{"本期新增缓发（件）", "Newly held"}, 18},
                                  {{"本期新增缓发金额（元）", "Newly held (yuan)"}, 22}},
                      .rows = {}};
  for (const auto& [code, money] : settlement.by_agent) {
    const insurer::Agent* agent = call.deriver.directory().agent(code);
    const std::string org = agent ? agent->org_code : "";
    table.rows.push_back(money_row(report::same(code + " " + names.agent(code)),
                                   report::same(org + " " + names.organisation(org)), money));
  }
  table.rows.push_back(money_row({"合计", "Total"}, {}, settlement.all, report::RowKind::sum));
  const std::string month = settlement.which.month + " ";
  const report::Text book = app::book_text(settlement.which.regime, call.deriver.books());
  const bool is_preview = settlement.which.is_preview();
  return report::document_of({"佣金结算 " + month + book.zh + (is_preview ? "（预览）" : ""),
                              "Settlement " + month + book.en + (is_preview ? " (preview)" : "")},
                             std::move(table));
}

std::vector<ReasonSum> sums_by_reason(const std::vector<app::UnpaidCommission>& holds,
                                      const app::AssignedBooks& books) {
  std::map<std::string, ReasonSum> sums;
  for (const app::UnpaidCommission& hold : holds)
    for (const std::string& reason : words_of(hold.row.reasons)) {
      ReasonSum& sum = sums[reason];
      ++sum.policies;
      sum.amount = sum.amount + hold.row.commission;
      if (!sum.reason.empty()) continue;
      const report::Text text = app::reason_text(reason, hold.row.rules, books);
      sum.reason = reason;
      sum.title = text.zh;
      sum.title_en = text.en;
    }
  std::vector<ReasonSum> list;
  for (auto& [reason, sum] : sums) list.push_back(std::move(sum));
  return list;
}

// How an unpaid commission stands: `pending`, `held`, `due` when the settlement to come pays it, `back` when it takes
// back what was paid.
std::string_view state_of(const app::UnpaidCommission& unpaid) {
  if (!unpaid.due) return code_of(unpaid.row.status);
  return unpaid.is_taken_back() ? "back" : "due";
}

// Empty: all.
Result<std::string> state_asked(const Call& call) {
  std::string state = parameter(call, "state");
  if (state.empty() || state == "pending" || state == "held" || state == "due" || state == "back") return state;
  return refuse(Errc::invalid_input, "commission.unknown_state", "state is pending, held, due or back",
                "状态应为 pending、held、due 或 back");
}

Result<std::vector<app::UnpaidCommission>> holds_asked(Call& call) {
  app::OrganisationPart part(call.deriver.directory(), SHOUYUE_TRY(organisation_of(call)), call.session.now.date());
  const std::string reason = parameter(call, "reason");
  const std::string state = SHOUYUE_TRY(state_asked(call));
  std::vector<app::UnpaidCommission> holds;
  const auto take = [&](app::UnpaidCommission& unpaid) -> Result<void> {
    const auto reasons = words_of(unpaid.row.reasons);
    const bool has_reason = reason.empty() || std::ranges::find(reasons, reason) != reasons.end();
    const bool has_state = state.empty() || state == state_of(unpaid);
    if (has_reason && has_state && part.holds(unpaid.org_code)) holds.push_back(std::move(unpaid));
    return {};
  };
  const app::SettlementsToCome to_come(call.deriver, call.session.now);
  SHOUYUE_CHECK(app::each_unpaid(call.session.store, to_come, parameter(call, "agent_code"), take));
  return holds;
}

}  // namespace

Result<http::Response> commission_holds(Call& call) {
  const Page page = SHOUYUE_TRY(page_asked(call.request));
  auto holds = SHOUYUE_TRY(holds_asked(call));
  if (wants_file(call)) return file_of(call, document_of(call, holds), "commission-held");
  HoldsAnswer all{.rows = {}, .next = {}, .policies = static_cast<std::int64_t>(holds.size())};
  for (const app::UnpaidCommission& hold : holds) {
    const bool is_back = hold.is_taken_back();
    if (!is_back) all.amount = all.amount + hold.row.commission;
    if (!hold.due) continue;
    ++(is_back ? all.back_policies : all.due_policies);
    Money& sum = is_back ? all.back_amount : all.due_amount;
    sum = sum + *hold.due;
  }
  all.by_reason = sums_by_reason(holds, call.deriver.books());
  all.next = cut_to(holds, page);
  ClauseNotes notes(call.deriver.books());
  for (const app::UnpaidCommission& hold : holds) all.rows.push_back(answer_of(call, hold, hold.due, notes));
  all.clauses = notes.list();
  return answer(all);
}

Result<http::Response> commission_ledger(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(call.deriver.read(call.parts.at("policy_no"), call.session.now));
  SHOUYUE_CHECK(app::require_in_scope(call.person->account, call.deriver, policy.policy(), call.session.now.date()));
  const app::DerivedRows rows = app::PolicyDeriver::derive_rows(policy, call.session.now);
  const std::string& org_code = policy.policy().org_code;
  ClauseNotes notes(call.deriver.books());
  LedgerAnswer ledger{.policy_no = policy.policy_no};
  if (!rows.commission && rows.entries.empty())
    return refuse(Errc::not_found, "commission.none", "no rule book rules the commission of " + policy.policy_no,
                  "保单 " + policy.policy_no + " 没有适用的佣金制度");
  for (const app::EntryRow& line : rows.entries) {
    ledger.lines.push_back(answer_of(line, org_code, notes));
    ledger.booked = ledger.booked + line.amount;
  }
  if (rows.commission) {
    const app::CommissionStanding standing{.row = *rows.commission,
                                           .org_code = org_code,
                                           .booked = ledger.booked,
                                           .booked_agent = rows.entries.empty() ? "" : rows.entries.back().agent_code};
    const app::SettlementsToCome to_come(call.deriver, call.session.now);
    ledger.standing = answer_of(call, standing, to_come.due(standing), notes);
  }
  for (const insurer::GrantedException& granted : policy.versions.exceptions)
    ledger.exceptions.push_back({.kind = std::string(code_of(granted.kind)),
                                 .value = granted.value,
                                 .asked_by = granted.asked_by,
                                 .granted_by = granted.granted_by,
                                 .reason = granted.reason,
                                 .at = granted.at});
  ledger.clauses = notes.list();
  return answer(ledger);
}

Result<http::Response> settlements(Call& call) {
  SettlementsAnswer all;
  for (const app::SettlementMonth& month : SHOUYUE_TRY(app::settlement_months(call.session, call.deriver)))
    all.rows.push_back(answer_of(month, call.deriver.books()));
  return answer(all);
}

Result<http::Response> settlement_figures(Call& call) {
  const app::SettlementRequest request{.regime = call.parts.at("regime"),
                                       .month = call.parts.at("month"),
                                       .org_code = SHOUYUE_TRY(organisation_of(call))};
  const app::Settlement found = SHOUYUE_TRY(app::settlement(call.session, call.deriver, request));
  if (wants_file(call)) return file_of(call, document_of(call, found), "settlement-" + request.month);
  SettlementAnswer all{.settlement = answer_of(found.which, call.deriver.books()), .all = answer_of(found.all)};
  const Names names(call);
  for (const auto& [code, money] : found.by_agent) {
    const insurer::Agent* agent = call.deriver.directory().agent(code);
    const std::string org = agent ? agent->org_code : "";
    all.rows.push_back({.agent_code = code,
                        .agent_name = names.agent(code),
                        .org_code = org,
                        .org_name = names.organisation(org),
                        .money = answer_of(money)});
  }
  return answer(all);
}

Result<http::Response> agent_statement(Call& call) {
  const app::SettlementRequest request{.regime = parameter(call, "regime"),
                                       .month = parameter(call, "month"),
                                       .org_code = SHOUYUE_TRY(organisation_of(call)),
                                       .agent_code = call.parts.at("agent_code")};
  const app::AgentStatement found = SHOUYUE_TRY(app::agent_statement(call.session, call.deriver, request));
  if (wants_file(call))
    return file_of(call, app::document_of(found, call.deriver),
                   "statement-" + request.agent_code + "-" + request.month);
  ClauseNotes notes(call.deriver.books());
  StatementAnswer all{.agent_code = found.agent_code,
                      .agent_name = found.agent_name,
                      .org_code = found.org_code,
                      .org_name = found.org_name,
                      .settlement = answer_of(found.settlement.which, call.deriver.books()),
                      .money = answer_of(found.settlement.all),
                      .months = SHOUYUE_TRY(call.session.store.commission().months(found.agent_code))};
  for (const app::LedgerLine& line : found.settlement.lines)
    all.lines.push_back(answer_of(line.entry, line.org_code, notes));
  for (const app::UnpaidCommission& waits : found.waits) all.waits.push_back(answer_of(call, waits, waits.due, notes));
  all.clauses = notes.list();
  return answer(all);
}

}  // namespace shouyue::api
