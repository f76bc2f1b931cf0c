#include "app/settlement_list.hpp"

#include <algorithm>

#include "app/settle.hpp"
#include "base/text.hpp"
#include "regime/rows.hpp"

namespace shouyue::app {
namespace {

using insurer::CommissionStatus;

bool is_open(const CommissionRow& row) {
  return row.status == CommissionStatus::pending || row.status == CommissionStatus::held;
}

// Empty while the book has no cut-off day in force.
std::optional<Instant> next_cut_off_of(const regime::Commission& book, Instant now) {
  const expr::Row nothing_known = regime::policy_row(insurer::Policy(), insurer::Surroundings());
  const auto day = book.cut_off_day.on(now.date(), nothing_known);
  if (!day) return std::nullopt;
  return commission::next_cut_off(now, static_cast<int>(day->value));
}

EntryRow line_to_come(const CommissionStanding& standing, const std::string& month, std::string kind, Money amount) {
  const CommissionRow& row = standing.row;
  const bool is_reversal = kind == "reverse" && !standing.booked_agent.empty();
  return {.policy_no = row.policy_no,
          .n = 0,
          .month = month,
          .kind = std::move(kind),
          .amount = amount,
          .reasons = row.reasons,
          .rules = row.rules,
          .agent_code = is_reversal ? standing.booked_agent : row.agent_code};
}

// What the settlement of `month` would change from what is booked to how the policy stands.
std::vector<EntryRow> lines_to_come(const CommissionStanding& standing, const std::string& month) {
  const CommissionRow& row = standing.row;
  std::vector<EntryRow> lines;
  const auto add = [&](const char* kind, Money amount) {
    lines.push_back(line_to_come(standing, month, kind, amount));
  };
  if (!is_open(row) && row.month != month) return lines;
  if (standing.booked != Money()) add("reverse", -standing.booked);
  const bool is_held_already = !standing.booked_agent.empty() && standing.booked == Money();
  if (is_open(row) && !is_held_already) add("hold", {});
  if (row.status == CommissionStatus::withheld) add("withhold", {});
  if (row.status == CommissionStatus::cancelled) add("cancel", {});
  if (row.status != CommissionStatus::released) return lines;
  add("release", row.commission);
  if (row.deduction > Money()) add("deduct", -row.deduction);
  return lines;
}

// Adds lines up; those of one policy come one after the other.
class Sums {
 public:
  explicit Sums(Settlement& settlement) : settlement_(settlement) {}

  void add(const EntryRow& line, Money commission) {
    add(line, commission, settlement_.all, counted_);
    add(line, commission, settlement_.by_agent[line.agent_code], counted_by_agent_[line.agent_code]);
  }

 private:
  static void add(const EntryRow& line, Money commission, SettledMoney& money, std::string& counted) {
    if (line.kind == "hold") {
      ++money.held;
      money.held_amount = money.held_amount + commission;
    }
    if (line.amount == Money()) return;
    Money& sum = line.kind == "reverse" ? money.reversed : line.kind == "deduct" ? money.deducted : money.released;
    sum = sum + line.amount;
    if (counted != line.policy_no) ++money.policies;
    counted = line.policy_no;
  }

  Settlement& settlement_;
  std::string counted_;
  std::map<std::string, std::string> counted_by_agent_;
};

}  // namespace

std::string commission_book_of(std::string_view rules) {
  for (const std::string_view rule : split(rules, ';')) {
    const std::size_t slash = rule.find('/');
    if (slash != std::string_view::npos && rule.substr(slash).starts_with("/commission."))
      return std::string(rule.substr(0, slash));
  }
  return {};
}

SettlementsToCome::SettlementsToCome(const PolicyDeriver& deriver, Instant now) {
  for (const auto& book : deriver.books().books()) {
    if (!book->commission || by_book_.contains(book->id)) continue;
    if (const auto next = next_cut_off_of(*book->commission, now)) by_book_.emplace(book->id, *next);
  }
}

std::optional<Money> SettlementsToCome::due(const CommissionStanding& standing) const {
  const CommissionRow& row = standing.row;
  const auto next = by_book_.find(commission_book_of(row.rules));
  if (next == by_book_.end()) return std::nullopt;
  if (is_open(row)) return standing.booked == Money() ? std::nullopt : std::optional(-standing.booked);
  const bool is_released = row.status == CommissionStatus::released;
  if (!is_released || row.month != commission::month_text(next->second)) return std::nullopt;
  return standing.booked_agent == row.agent_code ? row.payable - standing.booked : row.payable;
}

std::set<std::string> SettlementsToCome::months() const {
  std::set<std::string> months;
  for (const auto& [book, cut_off] : by_book_) months.insert(commission::month_text(cut_off));
  return months;
}

Result<void> each_unpaid(Store& store, const SettlementsToCome& to_come, const std::string& agent_code,
                         const Sink<UnpaidCommission>& sink) {
  const StandingFilter filter{.agent_code = agent_code, .all = false, .months = to_come.months()};
  return store.commission().each_standing(filter, [&](CommissionStanding& standing) -> Result<void> {
    const auto due = to_come.due(standing);
    if (!due && !is_open(standing.row)) return {};
    UnpaidCommission unpaid{std::move(standing), due};
    return sink(unpaid);
  });
}

Result<std::vector<SettlementMonth>> settlement_months(Session& session, const PolicyDeriver& deriver) {
  std::vector<SettlementMonth> months;
  for (const SettlementRow& row : SHOUYUE_TRY(session.store.settlements()))
    months.push_back({.regime = row.regime,
                      .month = commission::month_text(row.cut_off),
                      .cut_off = row.cut_off,
                      .known_to = row.known_to});
  const SettlementsToCome to_come(deriver, session.now);
  for (const auto& [book, cut_off] : to_come.by_book())
    months.push_back(
        {.regime = book, .month = commission::month_text(cut_off), .cut_off = cut_off, .known_to = std::nullopt});
  std::ranges::sort(months, [](const SettlementMonth& a, const SettlementMonth& b) {
    return a.cut_off != b.cut_off ? a.cut_off > b.cut_off : a.regime < b.regime;
  });
  return months;
}

Result<Settlement> settlement(Session& session, const PolicyDeriver& deriver, const SettlementRequest& request) {
  const auto months = SHOUYUE_TRY(settlement_months(session, deriver));
  const auto found = std::ranges::find_if(months, [&](const SettlementMonth& month) {
    return month.regime == request.regime && month.month == request.month;
  });
  if (found == months.end())
    return refuse(Errc::not_found, "settlement.not_found",
                  "no settlement of " + request.month + " under " + request.regime + " has run or comes next",
                  "制度 " + request.regime + " 没有 " + request.month + " 的结算");
  Settlement result{.which = *found, .all = {}, .by_agent = {}, .lines = {}};
  Sums sums(result);
  OrganisationPart part(deriver.directory(), request.org_code, session.now.date());
  const auto take = [&](const EntryRow& line, const std::string& org_code, Money commission) {
    if (commission_book_of(line.rules) != request.regime || !part.holds(org_code)) return;
    if (!request.agent_code.empty() && line.agent_code != request.agent_code) return;
    sums.add(line, commission);
    result.lines.push_back({line, org_code, commission});
  };
  if (!found->is_preview()) {
    SHOUYUE_CHECK(
        session.store.commission().each_line(request.month, request.agent_code, [&](LedgerLine& line) -> Result<void> {
          take(line.entry, line.org_code, line.commission);
          return {};
        }));
    return result;
  }
  const StandingFilter filter{.agent_code = {}, .all = false, .months = {request.month}};
  SHOUYUE_CHECK(session.store.commission().each_standing(filter, [&](CommissionStanding& standing) -> Result<void> {
    for (const EntryRow& line : lines_to_come(standing, request.month))
      take(line, standing.org_code, standing.row.commission);
    return {};
  }));
  return result;
}

}  // namespace shouyue::app
