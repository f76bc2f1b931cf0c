#include "app/agent_statement.hpp"

#include <array>

#include "app/report_words.hpp"
#include "base/text.hpp"
#include "report/row_of.hpp"

namespace shouyue::app {
namespace {

using report::same;
using report::Text;

struct KindText {
  std::string_view kind;
  const char *zh, *en;
};
constexpr std::array kinds{KindText{"hold", "缓发", "held"},        KindText{"release", "发放", "released"},
                           KindText{"deduct", "扣佣", "deducted"},  KindText{"withhold", "扣发", "withheld"},
                           KindText{"cancel", "取消", "cancelled"}, KindText{"reverse", "冲回", "reversed"}};

report::Table lines_table(const AgentStatement& statement, const PolicyDeriver& deriver) {
  report::Table table{.title = {"明细", "Lines"},
                      .columns = {{{"保单号", "Policy"}, 20},
                                  {{"事项", "Line"}, 10},
                                  {{"金额（元）", "Amount (yuan)"}, 14},
                                  {{"原因", "Reason"}, 46}},
                      .rows = {}};
  for (const LedgerLine& line : statement.settlement.lines)
    table.rows.push_back(report::row_of({same(line.entry.policy_no), line_kind_text(line.entry.kind), line.entry.amount,
                                         reason_text(line.entry.reasons, line.entry.rules, deriver.books())}));
  table.rows.push_back(
      report::row_of({Text{"合计", "Total"}, Text{}, statement.settlement.all.net(), Text{}}, report::RowKind::sum));
  return table;
}

report::Table waits_table(const AgentStatement& statement, const PolicyDeriver& deriver) {
  report::Table table{.title = {"待发与缓发", "Waiting and held"},
                      .columns = {{{"保单号", "Policy"}, 20},
                                  {{"状态", "State"}, 10},
                                  {{"佣金（元）", "Commission (yuan)"}, 14},
                                  {{"原因", "Reason"}, 46}},
                      .rows = {}};
  Money sum;
  for (const UnpaidCommission& waits : statement.waits) {
    const CommissionRow& row = waits.row;
    if (!waits.is_taken_back()) sum = sum + row.commission;
    table.rows.push_back(report::row_of({same(row.policy_no), standing_text(waits), row.commission,
                                         reason_text(row.reasons, row.rules, deriver.books())}));
  }
  table.rows.push_back(report::row_of({Text{"合计", "Total"}, Text{}, sum, Text{}}, report::RowKind::sum));
  return table;
}

}  // namespace

Text line_kind_text(std::string_view kind) {
  for (const KindText& known : kinds)
    if (known.kind == kind) return {known.zh, known.en};
  return same(std::string(kind));
}

Text standing_text(const UnpaidCommission& unpaid) {
  const CommissionRow& row = unpaid.row;
  if (unpaid.is_taken_back()) return {"待冲回", "to be taken back"};
  if (unpaid.due) return {"待结算（" + row.month + "）", "due in " + row.month};
  return words_of(row.status);
}

Text reason_text(std::string_view reasons, std::string_view rules, const AssignedBooks& books) {
  Text text;
  const auto add = [&text](const std::string& zh, const std::string& en) {
    text.zh += (text.zh.empty() ? "" : "；") + zh;
    text.en += (text.en.empty() ? "" : "; ") + en;
  };
  for (const std::string_view reason : split(reasons, ';')) {
    if (reason.empty()) continue;
    if (reason == "released_by_hand") {
      add("经批准手工发放", "released by hand, granted");
      continue;
    }
    const regime::Clause* clause = nullptr;
    for (const std::string_view rule : split(rules, ';'))
      if (!clause && rule.ends_with("." + std::string(reason))) clause = books.find_clause(rule);
    clause ? add(clause->title, clause->title_en) : add(std::string(reason), std::string(reason));
  }
  return text;
}

Result<AgentStatement> agent_statement(Session& session, const PolicyDeriver& deriver,
                                       const SettlementRequest& request) {
  AgentStatement statement{.agent_code = request.agent_code,
                           .agent_name = {},
                           .org_code = {},
                           .org_name = {},
                           .settlement = SHOUYUE_TRY(settlement(session, deriver, request)),
                           .as_of = session.now,
                           .waits = {}};
  OrganisationPart part(deriver.directory(), request.org_code, session.now.date());
  const SettlementsToCome to_come(deriver, session.now);
  const auto take = [&](UnpaidCommission& unpaid) -> Result<void> {
    // What a preview pays stands among its lines.
    const bool is_shown = statement.settlement.which.is_preview() && unpaid.row.month == request.month;
    if (!is_shown && part.holds(unpaid.org_code)) statement.waits.push_back(std::move(unpaid));
    return {};
  };
  SHOUYUE_CHECK(each_unpaid(session.store, to_come, request.agent_code, take));
  const insurer::Agent* agent = deriver.directory().agent(request.agent_code);
  const bool is_known = agent && part.holds(agent->org_code);
  if (!is_known && statement.settlement.lines.empty() && statement.waits.empty())
    return refuse(Errc::not_found, "agent.not_found", "no agent has the code " + request.agent_code,
                  "没有代码为 " + request.agent_code + " 的业务员");
  if (!agent) return statement;
  statement.agent_name = agent->name;
  statement.org_code = agent->org_code;
  if (const auto* org = deriver.directory().organisation(agent->org_code, session.now.date()))
    statement.org_name = org->name;
  return statement;
}

report::Document document_of(const AgentStatement& statement, const PolicyDeriver& deriver) {
  const SettledMoney& money = statement.settlement.all;
  const SettlementMonth& which = statement.settlement.which;
  const std::string who = statement.agent_name + " " + statement.agent_code;
  const std::string cut_off = which.cut_off.date().text();
  const std::string as_of = statement.as_of.plain_text();
  const Text book = book_text(which.regime, deriver.books());
  return {.title = {who + " " + which.month + " 佣金结算单", "Commission statement " + who + " " + which.month},
          .lead = {statement.org_name + (which.is_preview() ? "，预览，结算日 " : "，结算日 ") + cut_off +
                       "（不含当日），制度 " + book.zh,
                   statement.org_name + (which.is_preview() ? ", preview, cut-off " : ", cut-off ") + cut_off +
                       " (excluded), rule book " + book.en},
          .tiles = {{{"发放", "Released"}, money.released, {}},
                    {{"扣佣", "Deducted"}, money.deducted, {}},
                    {{"冲回", "Reversed"}, money.reversed, {}},
                    {{"实发", "Paid"}, money.net(), {}}},
          .sections = {{.title = {"结算明细", "Settlement"}, .lead = {}, .tables = {lines_table(statement, deriver)}},
                       {.title = {"尚未发放", "Not paid yet"},
                        .lead = {"截至 " + as_of + "，与所选结算月份无关。",
                                 "As of " + as_of + ", whatever month was chosen."},
                        .tables = {waits_table(statement, deriver)}}},
          .lists = {}};
}

}  // namespace shouyue::app
