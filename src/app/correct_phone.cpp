#include "app/correct_phone.hpp"

#include "app/audit.hpp"
#include "app/record.hpp"
#include "app/scope.hpp"
#include "base/phone.hpp"
#include "base/text.hpp"

namespace shouyue::app {

Result<DerivedRows> correct_phone(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                  const std::string& policy_no, const std::string& phone, const std::string& reason) {
  const auto read = read_phone(phone);
  if (!read || read->kind == PhoneKind::service)
    return refuse(Errc::invalid_input, "phone.form",
                  "this is not the telephone number of a person: " +
                      std::string(read ? "a service number" : phone_defect_en(read.error())),
                  "不是个人电话号码：" + std::string(read ? "服务号码" : phone_defect_zh(read.error())));
  SHOUYUE_CHECK(check_reason(reason));
  const Entry change{.kind = insurer::FileKind::policy_changes,
                     .fields = {{"policy_no", policy_no},
                                {"change", "phone_change"},
                                {"on", session.now.date().text()},
                                {"value", read->number},
                                {"note", std::string(trim(reason))}}};
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  SHOUYUE_CHECK(require_in_scope(account, deriver, policy.policy(), session.now.date()));
  DerivedRows rows = SHOUYUE_TRY(record_within(session, deriver, policy_no, {change}));
  SHOUYUE_CHECK(session.store.append_audit(
      {.at = session.now, .who = session.who, .action = "phone_corrected", .detail = "case " + policy_no}));
  SHOUYUE_CHECK(transaction.commit());
  return rows;
}

}  // namespace shouyue::app
