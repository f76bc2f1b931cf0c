#include "store/sql_commission.hpp"

namespace shouyue::store {
namespace {

constexpr const char* lines =
    "SELECT e.policy_no, e.n, e.month, e.kind, e.amount, e.reasons, e.rules, e.agent_code, coalesce(s.org_code, ''), "
    "coalesce(c.commission, 0) FROM commission_entry AS e LEFT JOIN commission AS c ON c.bucket = e.bucket AND "
    "c.policy_no = e.policy_no LEFT JOIN case_state AS s ON s.bucket = e.bucket AND s.policy_no = e.policy_no WHERE ";
constexpr const char* standings =
    "SELECT c.policy_no, c.agent_code, c.month, c.commission, c.status, c.deduction, c.payable, c.reasons, c.rules, "
    "coalesce(s.org_code, ''), CAST(coalesce((SELECT CAST(sum(e.amount) AS BIGINT) FROM commission_entry AS e WHERE "
    "e.bucket = c.bucket AND e.policy_no = c.policy_no), 0) AS BIGINT), coalesce((SELECT e.agent_code FROM "
    "commission_entry AS e WHERE e.bucket = c.bucket AND e.policy_no = c.policy_no ORDER BY e.n DESC LIMIT 1), '') "
    "FROM commission AS c "
    "LEFT JOIN case_state AS s ON s.bucket = c.bucket AND s.policy_no = c.policy_no WHERE ";

Result<app::LedgerLine> line_of(const AnswerRow& answer, ClauseLists& lists) {
  app::LedgerLine line;
  answer.read(0, line.entry.policy_no);
  answer.read(1, line.entry.n);
  answer.read(2, line.entry.month);
  answer.read(3, line.entry.kind);
  answer.read(4, line.entry.amount);
  answer.read(5, line.entry.reasons);
  line.entry.rules = SHOUYUE_TRY(lists.text(answer.integer(6)));
  answer.read(7, line.entry.agent_code);
  answer.read(8, line.org_code);
  answer.read(9, line.commission);
  return line;
}

Result<app::CommissionStanding> standing_of(const AnswerRow& answer, ClauseLists& lists) {
  app::CommissionStanding standing;
  answer.read(0, standing.row.policy_no);
  answer.read(1, standing.row.agent_code);
  answer.read(2, standing.row.month);
  answer.read(3, standing.row.commission);
  answer.read(4, standing.row.status);
  answer.read(5, standing.row.deduction);
  answer.read(6, standing.row.payable);
  answer.read(7, standing.row.reasons);
  standing.row.rules = SHOUYUE_TRY(lists.text(answer.integer(8)));
  answer.read(9, standing.org_code);
  answer.read(10, standing.booked);
  answer.read(11, standing.booked_agent);
  return standing;
}

}  // namespace

Result<void> SqlCommission::each_line(const std::string& month, const std::string& agent_code,
                                      const app::Sink<app::LedgerLine>& sink) {
  const auto take = [&](const AnswerRow& answer) -> Result<void> {
    app::LedgerLine line = SHOUYUE_TRY(line_of(answer, clause_lists_));
    return sink(line);
  };
  const std::string order = " ORDER BY e.policy_no, e.n";
  const std::string all = lines;
  if (month.empty() && agent_code.empty()) return connection_.scan(all + "1 = 1" + order, {}, take);
  if (agent_code.empty()) return connection_.scan(all + "e.month = $1" + order, {month}, take);
  if (month.empty()) return connection_.scan(all + "e.agent_code = $1" + order, {agent_code}, take);
  return connection_.scan(all + "e.agent_code = $1 AND e.month = $2" + order, {agent_code, month}, take);
}

Result<void> SqlCommission::each_standing(const app::StandingFilter& filter,
                                          const app::Sink<app::CommissionStanding>& sink) {
  const auto take = [&](const AnswerRow& answer) -> Result<void> {
    app::CommissionStanding standing = SHOUYUE_TRY(standing_of(answer, clause_lists_));
    return sink(standing);
  };
  std::string which = filter.all ? "(1 = 1" : "(c.status < 2";
  std::vector<Value> values;
  const auto add = [&](const char* text, const std::string& value) {
    values.emplace_back(value);
    which += text + std::to_string(values.size());
  };
  for (const std::string& month : filter.months) add(" OR c.month = $", month);
  which += ")";
  if (!filter.agent_code.empty()) add(" AND c.agent_code = $", filter.agent_code);
  return connection_.scan(standings + which + " ORDER BY c.policy_no", std::span<const Value>(values), take);
}

Result<std::vector<std::string>> SqlCommission::months(const std::string& agent_code) {
  std::vector<std::string> found;
  const auto take = [&](const AnswerRow& answer) -> Result<void> {
    found.emplace_back(answer.text(0));
    return {};
  };
  const std::string of_agent = agent_code.empty() ? "" : " WHERE agent_code = $1";
  const std::string sql = "SELECT DISTINCT month FROM commission_entry" + of_agent + " ORDER BY month DESC";
  SHOUYUE_CHECK(agent_code.empty() ? connection_.query(sql, {}, take) : connection_.query(sql, {agent_code}, take));
  return found;
}

}  // namespace shouyue::store
