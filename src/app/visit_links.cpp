#include "app/visit_links.hpp"

#include <algorithm>

#include "app/record.hpp"
#include "vault/signature.hpp"

namespace shouyue::app {
namespace {

using insurer::Leg;

constexpr int changes_at_once = 500;
const std::string links_to = "links_to";  // the order of changes up to which links were sent

insurer::Attempt unanswered(std::string attempt_id, Instant at) {
  return {.seq = INT64_MAX,
          .attempt_id = std::move(attempt_id),
          .leg = Leg::electronic,
          .started_at = at,
          .connection = insurer::Connection::no_answer};
}

Result<void> check_phone(const PolicyState& state) {
  if (state.facts.policy.mobile_phone.empty())
    return refuse(Errc::rule_broken, "visit.no_phone", "no mobile phone is known to which a link could go",
                  "没有可发送链接的手机号码");
  for (const intake::Defect& defect : state.defects)
    if (defect.field == "mobile_phone")
      return refuse(Errc::rule_broken, "visit.phone_of_another",
                    "the mobile phone is suspect (" + defect.id + "): a link must reach the policyholder alone",
                    "手机号码存疑（" + defect.id + "），链接只能发给投保人本人");
  return {};
}

// Whoever sends twice means one link: the first is still waiting to go out.
Result<void> require_none_on_its_way(Session& session, const std::string& policy_no) {
  const auto messages = SHOUYUE_TRY(session.store.ports().messages_of(policy_no));
  for (const VisitLink& link : SHOUYUE_TRY(session.store.ports().links_of(policy_no))) {
    if (link.state != LinkState::open || link.expires_at <= session.now) continue;
    for (const Message& message : messages)
      if (message.link_id == link.link_id && message.state == MessageState::waiting)
        return refuse(Errc::conflict, "visit.link_on_its_way", "a link is on its way already; wait until it was sent",
                      "已有链接正在发送，请等待发送完成");
  }
  return {};
}

Result<int> withdraw_within(Session& session, const std::string& policy_no) {
  int withdrawn = 0;
  for (VisitLink& link : SHOUYUE_TRY(session.store.ports().links_of(policy_no))) {
    if (link.state != LinkState::open || link.expires_at <= session.now) continue;
    link.state = LinkState::withdrawn;
    link.closed_at = session.now;
    SHOUYUE_CHECK(session.store.ports().put_link(link));
    ++withdrawn;
  }
  return withdrawn;
}

Result<void> put_link_and_message(Session& session, const VisitLink& link) {
  PortStore& ports = session.store.ports();
  SHOUYUE_CHECK(ports.put_link(link));
  SHOUYUE_CHECK(ports.put_message({.message_id = vault::hex(vault::random_bytes(12)),
                                   .policy_no = link.policy_no,
                                   .text_id = "visit_link",
                                   .link_id = link.link_id,
                                   .created_at = session.now,
                                   .next_try_at = session.now}));
  return session.store.append_audit(
      {.at = session.now, .who = session.who, .action = "send_link", .detail = link.policy_no + " " + link.link_id});
}

Result<Instant> link_until(Session& session, PolicyDeriver& deriver, const std::string& policy_no) {
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  return app::link_until(session, policy);
}

Result<VisitLink> send_within(Session& session, PolicyDeriver& deriver, const std::string& policy_no) {
  const Instant until = SHOUYUE_TRY(link_until(session, deriver, policy_no));
  SHOUYUE_CHECK(require_none_on_its_way(session, policy_no));
  const VisitLink link{.link_id = vault::hex(vault::random_bytes(12)),
                       .policy_no = policy_no,
                       .created_at = session.now,
                       .expires_at = until};
  const Entry sent{.kind = insurer::FileKind::attempts,
                   .fields = {{"attempt_id", link.link_id},
                              {"policy_no", policy_no},
                              {"leg", std::string(code_of(Leg::electronic))},
                              {"started_at", session.now.text()},
                              {"operator", "link"},
                              {"connection", std::string(code_of(insurer::Connection::no_answer))}}};
  SHOUYUE_CHECK(record_within(session, deriver, policy_no, {sent}));
  SHOUYUE_CHECK(withdraw_within(session, policy_no));
  SHOUYUE_CHECK(put_link_and_message(session, link));
  return link;
}

// Gives whether a link was sent; a rule that is against it is no fault. Most changes bring no link, which is seen
// without waiting for others that write.
Result<bool> send_first(Session& session, PolicyDeriver& deriver, const std::string& policy_no) {
  const auto until = link_until(session, deriver, policy_no);
  if (!until && until.error().code == Errc::environment) return std::unexpected(until.error());
  if (!until) return false;
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  if (!SHOUYUE_TRY(session.store.ports().links_of(policy_no)).empty()) return false;
  auto link = send_within(session, deriver, policy_no);
  if (!link && link.error().code == Errc::environment) return std::unexpected(std::move(link.error()));
  if (link) SHOUYUE_CHECK(transaction.commit());
  return link.has_value();
}

}  // namespace

Result<Instant> link_until(Session& session, const LoadedPolicy& policy) {
  LoadedPolicy supposed = policy;
  supposed.versions.attempts.push_back(unanswered("supposed", session.now));
  const PolicyState state = SHOUYUE_TRY(PolicyDeriver::derive(supposed, session.now));
  const auto& active = state.follow_up.active;
  const bool is_electronic = active && active->leg->leg == Leg::electronic;
  std::optional<Instant> until;
  if (is_electronic) until = active->cadence.until;
  if (is_electronic && !until && state.follow_up.deadline) until = Instant::start_of(*state.follow_up.deadline + 1);
  if (!until)
    return refuse(Errc::rule_broken, "visit.not_due",
                  "the rule book gives this policy no electronic visit now; see `explain`",
                  "按适用制度，该保单当前没有微回访环节");
  SHOUYUE_CHECK(check_phone(state));
  return *until;
}

Result<VisitLink> send_link(Session& session, PolicyDeriver& deriver, const std::string& policy_no) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  VisitLink link = SHOUYUE_TRY(send_within(session, deriver, policy_no));
  SHOUYUE_CHECK(transaction.commit());
  return link;
}

Result<int> withdraw_links(Session& session, const std::string& policy_no) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const int withdrawn = SHOUYUE_TRY(withdraw_within(session, policy_no));
  if (withdrawn > 0)
    SHOUYUE_CHECK(session.store.append_audit(
        {.at = session.now, .who = session.who, .action = "withdraw_link", .detail = policy_no}));
  SHOUYUE_CHECK(transaction.commit());
  return withdrawn;
}

Result<int> send_due_links(Session& session, PolicyDeriver& deriver) {
  int sent = 0;
  for (;;) {
    const std::int64_t from = SHOUYUE_TRY(number_of(session.store, links_to));
    const auto changed = SHOUYUE_TRY(session.store.ports().changed_after(from, changes_at_once));
    if (changed.empty()) return sent;
    for (const ChangedPolicy& policy : changed) {
      if (!SHOUYUE_TRY(session.store.ports().links_of(policy.policy_no)).empty()) continue;
      const bool is_sent = SHOUYUE_TRY(send_first(session, deriver, policy.policy_no));
      sent += is_sent;
    }
    Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
    SHOUYUE_CHECK(session.store.set_meta(links_to, std::to_string(changed.back().n)));
    SHOUYUE_CHECK(transaction.commit());
  }
}

}  // namespace shouyue::app
