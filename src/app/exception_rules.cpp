#include "app/exception_rules.hpp"

#include <algorithm>
#include <charconv>

#include "app/exceptions.hpp"

namespace shouyue::app {
namespace {

using insurer::ExceptionKind;
using insurer::ExceptionState;

Result<void> check_waiver(const LoadedPolicy& policy, const PolicyState& state) {
  using insurer::CaseStatus;
  if (!policy.books->visits->followup->waiver)
    return refuse(Errc::rule_broken, "exception.no_waiver",
                  "the rule book " + policy.books->visits->id + " knows no waiver of follow-up",
                  "制度 " + policy.books->visits->id + " 没有免回访");
  const CaseStatus status = state.follow_up.status;
  if (status != CaseStatus::waived && status != CaseStatus::succeeded && status != CaseStatus::cancelled &&
      status != CaseStatus::out_of_scope)
    return {};
  return refuse(Errc::rule_broken, "exception.nothing_to_waive",
                "no follow-up is outstanding: the case is " + std::string(code_of(status)),
                "没有待完成的回访：该件" + std::string(zh_of(status)));
}

Result<void> check_nothing_settled(const PolicyState& state) {
  if (!state.commission || state.commission->entries.empty()) return {};
  return refuse(
      Errc::rule_broken, "exception.already_settled",
      "its commission was settled under the present rule books; what is booked stays, so it cannot change now",
      "该保单的佣金已按现行制度结算；已入账的不再更改，因此不能改用其他制度");
}

Result<void> check_rule_book(const PolicyDeriver& deriver, const LoadedPolicy& policy, const PolicyState& state,
                             const std::string& id) {
  const auto& books = deriver.books().books();
  const auto book = std::ranges::find(books, id, [](const auto& known) { return known->id; });
  if (book == books.end())
    return refuse(Errc::invalid_input, "exception.unknown_rule_book",
                  "the rule book '" + id + "' is not among those that the insurer profile assigns",
                  "公司档案没有使用制度“" + id + "”");
  if (policy.books->visits == book->get())
    return refuse(Errc::rule_broken, "exception.same_rule_book", "the policy is under " + id + " already",
                  "该保单已按制度 " + id + " 执行");
  return check_nothing_settled(state);
}

Result<void> check_release(const PolicyState& state) {
  using insurer::CommissionStatus;
  if (state.commission) {
    const CommissionStatus status = state.commission->standing.status;
    if (status != CommissionStatus::released && status != CommissionStatus::cancelled) return {};
  }
  return refuse(Errc::rule_broken, "exception.nothing_held", "no commission of this policy is kept back",
                "该保单没有缓发或扣发的佣金");
}

Result<void> check_revocation(Session& session, const LoadedPolicy& policy, const PolicyState& state,
                              const std::string& number) {
  const ExceptionRow revoked = SHOUYUE_TRY(revoked_request(session, policy.policy_no, number));
  if (revoked.kind != ExceptionKind::rule_book) return {};
  return check_nothing_settled(state);
}

}  // namespace

Result<PolicyState> check_policy_request(Session& session, const PolicyDeriver& deriver, const LoadedPolicy& policy,
                                         const PolicyRequest& request) {
  PolicyState state = SHOUYUE_TRY(PolicyDeriver::derive(policy, session.now));
  switch (request.kind) {
    case ExceptionKind::waiver: SHOUYUE_CHECK(check_waiver(policy, state)); break;
    case ExceptionKind::rule_book: SHOUYUE_CHECK(check_rule_book(deriver, policy, state, request.value)); break;
    case ExceptionKind::commission_release: SHOUYUE_CHECK(check_release(state)); break;
    case ExceptionKind::revocation: SHOUYUE_CHECK(check_revocation(session, policy, state, request.value)); break;
    case ExceptionKind::month_close: throw Bug("a month is no policy");
  }
  return state;
}

Result<ExceptionRow> revoked_request(Session& session, const std::string& subject, const std::string& number) {
  int n = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), n);
  std::optional<ExceptionRow> row;
  if (error == std::errc() && end == number.data() + number.size())
    row = SHOUYUE_TRY(session.store.exceptions().request(subject, n));
  if (!row)
    return refuse(Errc::not_found, "exception.not_found", "no request '" + number + "' is known about " + subject,
                  "没有关于 " + subject + " 的第“" + number + "”号申请");
  if (!is_revocable(row->kind))
    return refuse(Errc::rule_broken, "exception.not_revocable",
                  "a closed month stays closed and a revocation stands; ask for the exception anew",
                  "已月结的月份和已批准的撤销不能再撤销；如有需要，请重新提出申请");
  if (row->state != ExceptionState::granted)
    return refuse(Errc::conflict, "exception.not_granted",
                  "only what is granted can be revoked; this request is " + std::string(code_of(row->state)),
                  "只能撤销已批准的例外；该申请" + std::string(zh_of(row->state)));
  return *std::move(row);
}

}  // namespace shouyue::app
