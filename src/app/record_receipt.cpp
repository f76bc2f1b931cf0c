#include "app/record_receipt.hpp"

#include <array>

#include "app/scope.hpp"

namespace shouyue::app {
namespace {

struct Dated {
  std::string_view column, zh;
  Date day;
};

// In the order in which a receipt goes its way; a text that is no day is refused where it is recorded.
std::vector<Dated> days_of(const Entry& receipt) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> way{
      {{"delivered_on", "送达"}, {"signed_on", "签收"}, {"handed_in_on", "交回"}, {"reconciled_on", "核销"}}};
  std::vector<Dated> days;
  for (const auto& [column, zh] : way)
    for (const auto& [name, text] : receipt.fields)
      if (const auto day = Date::parse(text); name == column && day) days.push_back({column, zh, *day});
  return days;
}

Result<void> check_days(const Entry& receipt, Date today) {
  const std::vector<Dated> days = days_of(receipt);
  for (std::size_t n = 0; n < days.size(); ++n) {
    if (days[n].day > today)
      return refuse(Errc::invalid_input, "receipts.in_the_future",
                    std::string(days[n].column) + " " + days[n].day.text() + " is not yet",
                    std::string(days[n].zh) + "日期 " + days[n].day.text() + " 晚于今天");
    if (n > 0 && days[n].day < days[n - 1].day)
      return refuse(Errc::invalid_input, "receipts.order",
                    std::string(days[n].column) + " lies before " + std::string(days[n - 1].column),
                    std::string(days[n].zh) + "日期早于" + std::string(days[n - 1].zh) + "日期");
  }
  return {};
}

}  // namespace

Result<DerivedRows> record_receipt(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                   const std::string& policy_no, const Entry& receipt) {
  SHOUYUE_CHECK(check_days(receipt, session.now.date()));
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  SHOUYUE_CHECK(require_in_scope(account, deriver, policy.policy(), session.now.date()));
  DerivedRows rows = SHOUYUE_TRY(record_within(session, deriver, policy_no, {receipt}));
  SHOUYUE_CHECK(session.store.append_audit(
      {.at = session.now, .who = session.who, .action = "receipt_recorded", .detail = policy_no}));
  SHOUYUE_CHECK(transaction.commit());
  return rows;
}

}  // namespace shouyue::app
