#include "app/exceptions.hpp"

#include <algorithm>

#include "app/exception_rules.hpp"
#include "app/flatten.hpp"
#include "app/month_close.hpp"
#include "app/organisation_part.hpp"
#include "app/scope.hpp"
#include "app/waiver_papers.hpp"
#include "base/text.hpp"
#include "insurer/fact_text.hpp"

namespace shouyue::app {
namespace {

using insurer::ExceptionKind;
using insurer::ExceptionState;

constexpr std::size_t reason_min = 5, reason_max = 500;

std::unexpected<Error> not_found(const std::string& subject, int n) {
  return refuse(Errc::not_found, "exception.not_found",
                "no request " + std::to_string(n) + " is known about " + subject,
                "没有关于 " + subject + " 的第 " + std::to_string(n) + " 号申请");
}

Result<void> check_reason(const std::string& reason) {
  const auto length = static_cast<std::size_t>(
      std::ranges::count_if(trim(reason), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  if (length >= reason_min && length <= reason_max) return {};
  return refuse(Errc::invalid_input, "exception.reason_form", "give a reason of 5 to 500 characters",
                "请填写理由，5 至 500 字");
}

PolicyStands stands(const LoadedPolicy& policy, Instant now) {
  const DerivedRows rows = PolicyDeriver::derive_rows(policy, now);
  PolicyStands result;
  if (rows.kase) {
    result.regime = rows.kase->regime;
    result.state = code_of(rows.kase->state);
    if (rows.kase->deadline) result.deadline = rows.kase->deadline->text();
  }
  if (rows.commission) {
    result.commission_status = code_of(rows.commission->status);
    result.payable = rows.commission->payable.yuan();
  }
  if (rows.refused) result.refused = rows.refused->rule;
  return result;
}

insurer::ExceptionRow fact_of(const ExceptionRow& row, const std::string& granted_by, Instant at) {
  insurer::ExceptionRow fact;
  fact.policy_no = row.subject;
  fact.request = row.n;
  fact.kind = row.kind;
  fact.at = at;
  fact.value = row.value;
  fact.asked_by = row.asked_by;
  fact.granted_by = granted_by;
  fact.reason = row.reason;
  return fact;
}

// What the rule book asks for with a waiver, or with the revocation of one.
Result<void> add_waiver(Session& session, const LoadedPolicy& policy, ExceptionView& view) {
  const ExceptionKind kind = SHOUYUE_TRY(kind_decided(session, view.row));
  if (view.row.kind == ExceptionKind::revocation) view.revokes = kind;
  const auto& waiver = policy.books->visits->followup->waiver;
  if (kind != ExceptionKind::waiver || !waiver) return {};
  view.approval = waiver->approval ? &*waiver->approval : nullptr;
  if (view.row.kind == kind) view.papers = SHOUYUE_TRY(papers_of(session, policy, view.row.n));
  return {};
}

Result<ExceptionView> view_of(Session& session, PolicyDeriver& deriver, ExceptionRow row) {
  ExceptionView view{.row = std::move(row)};
  if (view.row.kind == ExceptionKind::month_close) return view;
  LoadedPolicy policy = SHOUYUE_TRY(deriver.read(view.row.subject, session.now));
  SHOUYUE_CHECK(add_waiver(session, policy, view));
  if (view.row.state != ExceptionState::asked) return view;
  view.now = stands(policy, session.now);
  const auto then = SHOUYUE_TRY(deriver.with(std::move(policy), fact_of(view.row, {}, session.now), session.now));
  view.then = stands(then, session.now);
  return view;
}

// A request that the person may see. Errors: exception.not_found.
Result<ExceptionRow> visible_request(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                     const std::string& subject, int n) {
  auto row = SHOUYUE_TRY(session.store.exceptions().request(subject, n));
  if (!row) return not_found(subject, n);
  if (row->kind == ExceptionKind::month_close)
    return require_whole_company(account, deriver.directory(), session.now.date()) ? Result<ExceptionRow>(*row)
                                                                                   : not_found(subject, n);
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(subject, session.now));
  if (!require_in_scope(account, deriver, policy.policy(), session.now.date())) return not_found(subject, n);
  return *std::move(row);
}

Result<void> require_open(const ExceptionRow& row) {
  if (row.state == ExceptionState::asked) return {};
  return refuse(Errc::conflict, "exception.already_decided",
                "this request is " + std::string(code_of(row.state)) + " already",
                "该申请" + std::string(zh_of(row.state)));
}

Result<void> put(Session& session, const ExceptionRow& row) {
  SHOUYUE_CHECK(session.store.exceptions().put_request(row));
  const std::string& said = row.state == ExceptionState::asked ? row.reason : row.answer;
  return session.store.append_audit({.at = session.now,
                                     .who = session.who,
                                     .action = "exception_" + std::string(code_of(row.state)),
                                     .detail = std::string(code_of(row.kind)) + " " + row.subject + " " +
                                               std::to_string(row.n) + (row.value.empty() ? "" : " " + row.value) +
                                               (said.empty() ? "" : ": " + said)});
}

// The fact of the exception and all that follows from it.
Result<void> carry_out(Session& session, PolicyDeriver& deriver, const ExceptionRow& row) {
  const insurer::ExceptionRow fact = fact_of(row, row.decided_by, session.now);
  NewFact appended{.key = {insurer::FactKind::exception, row.subject, insurer::fact_key(fact)},
                   .at = insurer::fact_time(fact),
                   .text = {}};
  insurer::encode(fact, appended.text);
  SHOUYUE_CHECK(session.store.append(std::span(&appended, 1)));
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(row.subject, session.now));
  const DerivedPolicy derived{row.subject, PolicyDeriver::derive_rows(policy, session.now)};
  return session.store.put(std::span(&derived, 1));
}

// A waiver is granted, and revoked, by an office of the level that the rule book says, or above.
Result<void> check_level(const Session& session, const PolicyDeriver& deriver, const access::Account& account,
                         const LoadedPolicy& policy) {
  const auto& waiver = policy.books->visits->followup->waiver;
  if (!waiver || !waiver->approval || account.org_code.empty()) return {};
  const auto* own = deriver.directory().organisation(account.org_code, session.now.date());
  if (own && own->level <= waiver->approval->by) return {};
  const insurer::Level by = waiver->approval->by;
  return refuse(
      Errc::rule_broken, "exception.level",
      "this is decided by the " + std::string(code_of(by)) + " or above (" + waiver->approval->clause.id + ")",
      "须由" + std::string(zh_of(by)) + "及以上审批（" + waiver->approval->clause.title + "）");
}

// What was revoked stands as such.
Result<void> put_revoked(Session& session, const ExceptionRow& revocation) {
  ExceptionRow revoked = SHOUYUE_TRY(revoked_request(session, revocation.subject, revocation.value));
  revoked.state = ExceptionState::revoked;
  return put(session, revoked);
}

Result<void> grant(Session& session, PolicyDeriver& deriver, const ExceptionRow& row) {
  if (row.kind == ExceptionKind::month_close)
    return close_month(session, row.value, {.asked_by = row.asked_by, .granted_by = row.decided_by});
  // A settlement may have run since this workplace read them.
  SHOUYUE_CHECK(deriver.reload_settlements());
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(row.subject, session.now));
  SHOUYUE_CHECK(check_policy_request(session, deriver, policy, {.kind = row.kind, .value = row.value}));
  if (row.kind == ExceptionKind::waiver) SHOUYUE_CHECK(require_papers(session, policy, row.n));
  if (row.kind == ExceptionKind::revocation) SHOUYUE_CHECK(put_revoked(session, row));
  return carry_out(session, deriver, row);
}

Result<void> check_may_decide(Session& session, PolicyDeriver& deriver, const access::Account& account,
                              const ExceptionRow& row) {
  const ExceptionKind kind = SHOUYUE_TRY(kind_decided(session, row));
  if (!may_decide(account.role, kind))
    return refuse(
        Errc::rule_broken, "access.denied",
        "the role " + std::string(code_of(account.role)) + " does not decide about " + std::string(code_of(kind)),
        "岗位“" + std::string(name_of(account.role)) + "”不能审批“" + std::string(zh_of(kind)) + "”");
  SHOUYUE_CHECK(require_open(row));
  if (row.asked_by == account.name)
    return refuse(Errc::rule_broken, "exception.same_person", "who asked cannot decide; another person has to",
                  "申请人不能审批自己的申请，须由他人审批");
  if (kind != ExceptionKind::waiver) return {};
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(row.subject, session.now));
  return check_level(session, deriver, account, policy);
}

// What a request says beyond what was asked.
struct Checked {
  std::string org_code;  // empty: the company
  std::string value;     // as asked; of a release the reasons that keep the money back now, joined by ;
};

Result<Checked> check_asked(Session& session, PolicyDeriver& deriver, const access::Account& account,
                            const ExceptionAsked& asked) {
  if (asked.kind == ExceptionKind::month_close) {
    SHOUYUE_CHECK(require_whole_company(account, deriver.directory(), session.now.date()));
    SHOUYUE_CHECK(check_month_close(session, asked.value));
    return Checked{.org_code = {}, .value = asked.value};
  }
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(asked.policy_no, session.now));
  SHOUYUE_CHECK(require_in_scope(account, deriver, policy.policy(), session.now.date()));
  const PolicyState state =
      SHOUYUE_TRY(check_policy_request(session, deriver, policy, {.kind = asked.kind, .value = asked.value}));
  const bool is_release = asked.kind == ExceptionKind::commission_release;
  return Checked{.org_code = policy.policy().org_code,
                 .value = is_release ? join(state.commission->standing.reasons, ";") : asked.value};
}

}  // namespace

Result<ExceptionView> ask_exception(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                    const ExceptionAsked& asked) {
  SHOUYUE_CHECK(check_reason(asked.reason));
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  Checked checked = SHOUYUE_TRY(check_asked(session, deriver, account, asked));
  const std::string subject = asked.kind == ExceptionKind::month_close ? asked.value : asked.policy_no;
  const auto earlier = SHOUYUE_TRY(session.store.exceptions().requests_of(subject));
  for (const ExceptionRow& row : earlier)
    if (row.kind == asked.kind && row.state == ExceptionState::asked &&
        (asked.kind != ExceptionKind::revocation || row.value == asked.value))
      return refuse(Errc::conflict, "exception.already_asked",
                    row.asked_by + " asked for this already; it waits for a second person",
                    row.asked_by + " 已提出同样的申请，正等待批准");
  ExceptionRow row{.subject = subject,
                   .n = earlier.empty() ? 1 : earlier.back().n + 1,
                   .kind = asked.kind,
                   .value = std::move(checked.value),
                   .reason = std::string(trim(asked.reason)),
                   .org_code = std::move(checked.org_code),
                   .asked_by = account.name,
                   .asked_at = session.now};
  SHOUYUE_CHECK(put(session, row));
  SHOUYUE_CHECK(transaction.commit());
  return view_of(session, deriver, std::move(row));
}

bool may_decide(access::Role role, ExceptionKind kind) {
  using access::Permission;
  if (!access::may(role, Permission::approve_exception)) return false;
  switch (kind) {
    case ExceptionKind::commission_release: return access::may(role, Permission::read_commission);
    case ExceptionKind::month_close: return access::may(role, Permission::read_scores);
    case ExceptionKind::waiver: return access::may(role, Permission::unmask);
    case ExceptionKind::rule_book: return true;
    case ExceptionKind::revocation: break;
  }
  throw Bug("who decides about a revocation depends on what it revokes");
}

bool is_revocable(ExceptionKind kind) {
  return kind != ExceptionKind::month_close && kind != ExceptionKind::revocation;
}

Result<ExceptionKind> kind_decided(Session& session, const ExceptionRow& row) {
  if (row.kind != ExceptionKind::revocation) return row.kind;
  const auto revoked = SHOUYUE_TRY(session.store.exceptions().request(row.subject, std::stoi(row.value)));
  ensure(revoked.has_value(), "what a revocation is about was granted, and requests are never removed");
  return revoked->kind;
}

Result<ExceptionView> decide_exception(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                       const Decision& decision) {
  if (!decision.is_granted) SHOUYUE_CHECK(check_reason(decision.answer));
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  ExceptionRow row = SHOUYUE_TRY(visible_request(session, deriver, account, decision.subject, decision.n));
  SHOUYUE_CHECK(check_may_decide(session, deriver, account, row));
  row.state = decision.is_granted ? ExceptionState::granted : ExceptionState::refused;
  row.decided_by = account.name;
  row.decided_at = session.now;
  row.answer = trim(decision.answer);
  if (decision.is_granted) SHOUYUE_CHECK(grant(session, deriver, row));
  SHOUYUE_CHECK(put(session, row));
  SHOUYUE_CHECK(transaction.commit());
  return view_of(session, deriver, std::move(row));
}

Result<ExceptionRow> own_open_request(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                      const std::string& subject, int n) {
  ExceptionRow row = SHOUYUE_TRY(visible_request(session, deriver, account, subject, n));
  if (row.asked_by != account.name)
    return refuse(Errc::rule_broken, "exception.not_yours", "only who asked may do this", "只有申请人可以操作");
  SHOUYUE_CHECK(require_open(row));
  return row;
}

Result<ExceptionView> withdraw_exception(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                         const std::string& subject, int n) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  ExceptionRow row = SHOUYUE_TRY(own_open_request(session, deriver, account, subject, n));
  row.state = ExceptionState::withdrawn;
  row.decided_by = account.name;
  row.decided_at = session.now;
  SHOUYUE_CHECK(put(session, row));
  SHOUYUE_CHECK(transaction.commit());
  return view_of(session, deriver, std::move(row));
}

Result<ExceptionView> exception_view(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                     const std::string& subject, int n) {
  ExceptionRow row = SHOUYUE_TRY(visible_request(session, deriver, account, subject, n));
  return view_of(session, deriver, std::move(row));
}

Result<std::vector<ExceptionRow>> exception_list(Session& session, const PolicyDeriver& deriver,
                                                 const access::Account& account, std::optional<ExceptionState> state) {
  std::vector<ExceptionRow> rows;
  std::vector<std::string> policies;
  SHOUYUE_CHECK(session.store.exceptions().each_request([&](ExceptionRow& row) -> Result<void> {
    if (state && row.state != *state) return {};
    policies.push_back(row.subject);
    rows.push_back(std::move(row));
    return {};
  }));
  // A policy may have come to another organisation since.
  const auto derived = SHOUYUE_TRY(session.store.derived_of_each(policies));
  OrganisationPart part(deriver.directory(), account.org_code, session.now.date());
  const bool sees_all = require_whole_company(account, deriver.directory(), session.now.date()).has_value();
  std::vector<ExceptionRow> visible;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (derived[i].kase) rows[i].org_code = derived[i].kase->org_code;
    const bool is_visible = rows[i].kind == ExceptionKind::month_close ? sees_all : part.holds(rows[i].org_code);
    if (is_visible) visible.push_back(std::move(rows[i]));
  }
  return visible;
}

}  // namespace shouyue::app
