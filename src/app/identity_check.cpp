#include "app/identity_check.hpp"

#include <algorithm>

#include "base/id_number.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

// Whoever guesses has no more chances than somebody who misheard needs.
constexpr int failures_a_day_max = 5;

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return text;
}

std::string said_text(const IdentityClaim& claim) { return upper(to_half_width(trim(claim.said))); }

// What is right for the item; empty when the policy does not say it.
std::string known_text(IdentityItem item, const insurer::Policy& policy) {
  switch (item) {
    case IdentityItem::id_tail:
      if (policy.holder_id_no.size() < 8) return {};
      return upper(policy.holder_id_no.substr(policy.holder_id_no.size() - 4));
    case IdentityItem::birth_date: {
      if (policy.holder_birth_date) return policy.holder_birth_date->text();
      const auto id = read_id_number(policy.holder_id_no);
      return id ? id->birth.text() : std::string();
    }
    case IdentityItem::insured_name: return policy.insured_name;
  }
  return {};
}

Result<IdentityFinding> compared(const IdentityClaim& claim, const insurer::Policy& policy) {
  const std::string known = known_text(claim.item, policy);
  const std::string said = claim.item == IdentityItem::insured_name ? std::string(trim(claim.said)) : said_text(claim);
  if (said.empty())
    return refuse(Errc::invalid_input, "identity.nothing_said", "write down what the person said",
                  "请填写对方所述内容");
  if (known.empty())
    return refuse(Errc::rule_broken, "identity.not_known",
                  "the policy does not say its " + std::string(code_of(claim.item)) + "; ask something else",
                  "保单资料中没有此项，请核实其他内容");
  return IdentityFinding{claim.item, said == known};
}

bool is_proof(const IdentityFinding& finding) { return finding.item != IdentityItem::insured_name; }

bool can_be_proven(const insurer::Policy& policy) {
  return !known_text(IdentityItem::id_tail, policy).empty() || !known_text(IdentityItem::birth_date, policy).empty();
}

Result<int> failures_today(Session& session, const std::string& policy_no) {
  const auto checks = SHOUYUE_TRY(session.store.calls().identity_checks_of(policy_no));
  return static_cast<int>(std::ranges::count_if(
      checks, [&](const IdentityCheckRow& row) { return !row.passed && row.at.date() == session.now.date(); }));
}

std::string items_text(const std::vector<IdentityFinding>& findings) {
  std::string text;
  for (const IdentityFinding& finding : findings)
    text += (text.empty() ? "" : ";") + std::string(code_of(finding.item)) + (finding.matches ? ":1" : ":0");
  return text;
}

Result<void> note(Session& session, const std::string& policy_no, const IdentityResult& result) {
  const std::string items = items_text(result.findings);
  SHOUYUE_CHECK(session.store.calls().append_identity_check(
      {.policy_no = policy_no, .at = session.now, .who = session.who, .items = items, .passed = result.passed}));
  return session.store.append_audit(
      {.at = session.now, .who = session.who, .action = "identity_checked", .detail = policy_no + " " + items});
}

}  // namespace

Result<IdentityResult> check_identity(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                                      const std::vector<IdentityClaim>& claims) {
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  IdentityResult result;
  for (const IdentityClaim& claim : claims) result.findings.push_back(SHOUYUE_TRY(compared(claim, policy.policy())));
  if (result.findings.empty())
    return refuse(Errc::invalid_input, "identity.nothing_said", "write down what the person said",
                  "请填写对方所述内容");
  result.passed =
      std::ranges::all_of(result.findings, &IdentityFinding::matches) && std::ranges::any_of(result.findings, is_proof);
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const int failures = SHOUYUE_TRY(failures_today(session, policy_no));
  if (failures >= failures_a_day_max)
    return refuse(Errc::rule_broken, "identity.too_many_tries",
                  "the identity was checked wrongly five times today; end the call as identity failed",
                  "今日身份核实已错误五次，请按身份核实不通过结束通话");
  result.tries_left = failures_a_day_max - failures - (result.passed ? 0 : 1);
  SHOUYUE_CHECK(note(session, policy_no, result));
  SHOUYUE_CHECK(transaction.commit());
  return result;
}

Result<void> require_passed_check(Session& session, const insurer::Policy& policy, Instant started_at) {
  if (!can_be_proven(policy)) return {};
  const auto checks = SHOUYUE_TRY(session.store.calls().identity_checks_of(policy.policy_no));
  const auto is_of_call = [&](const IdentityCheckRow& row) {
    return row.passed && row.who == session.who && row.at >= started_at;
  };
  if (std::ranges::any_of(checks, is_of_call)) return {};
  return refuse(Errc::rule_broken, "identity.not_checked",
                "no identity check passed in this call; check who is on the line, or end the call as identity failed",
                "本次通话尚未通过身份核实，请先核实身份，或按身份核实不通过结束通话");
}

}  // namespace shouyue::app
