#include "app/visit.hpp"

#include <algorithm>
#include <cctype>

#include "app/call_answers.hpp"
#include "app/coming_leg.hpp"
#include "app/visit_token.hpp"
#include "base/text.hpp"
#include "worklist/cadence.hpp"

namespace shouyue::app {
namespace {

using insurer::Connection;
using insurer::Leg;

// Of a holder who will not answer alone and asks for a call: nobody has refused anything.
constexpr Connection call_asked_for = Connection::inconvenient;

Result<void> check_state(const VisitLink& link, Instant now) {
  switch (link.state) {
    case LinkState::answered:
      return refuse(Errc::rule_broken, "visit.answered", "you have answered already; thank you",
                    "您已完成本次回访，感谢您的配合");
    case LinkState::call_wanted:
      return refuse(Errc::rule_broken, "visit.call_wanted", "you asked for a call; we shall call you",
                    "您已选择电话回访，我们会致电给您");
    case LinkState::locked:
      return refuse(Errc::rule_broken, "visit.locked",
                    "the identity could not be verified, so the link was closed; we shall call you",
                    "身份核对多次未通过，链接已停用，我们会致电给您");
    case LinkState::withdrawn:
      return refuse(Errc::rule_broken, "visit.withdrawn", "this link was withdrawn; please use the newest one",
                    "该链接已撤回，请使用最新收到的链接");
    case LinkState::open: break;
  }
  if (now < link.expires_at) return {};
  return refuse(Errc::rule_broken, "visit.expired", "this link has expired; we shall call you",
                "该链接已过有效期，我们会致电给您");
}

IdentityQuestion identity_of(const insurer::Policy& policy) {
  if (policy.holder_id_no.size() >= 4) return IdentityQuestion::id_last_four;
  return policy.holder_birth_date ? IdentityQuestion::birth_date : IdentityQuestion::none;
}

std::string letters_and_digits(const std::string& text) {
  std::string kept;
  for (const char c : to_half_width(text))
    if (std::isalnum(static_cast<unsigned char>(c))) kept += static_cast<char>(std::toupper(c));
  return kept;
}

bool is_right(const OpenVisit& visit, const std::string& answer) {
  const insurer::Policy& policy = visit.state.facts.policy;
  const std::string given = letters_and_digits(answer);
  if (visit.identity == IdentityQuestion::id_last_four)
    return given == letters_and_digits(policy.holder_id_no.substr(policy.holder_id_no.size() - 4));
  return visit.identity == IdentityQuestion::birth_date &&
         given == letters_and_digits(policy.holder_birth_date->text());
}

Entry attempt(const OpenVisit& visit, Instant from, Instant until, Connection connection,
              std::vector<std::pair<std::string, std::string>> more) {
  Entry entry{.kind = insurer::FileKind::attempts,
              .fields = {{"attempt_id", visit.link.link_id},
                         {"policy_no", visit.link.policy_no},
                         {"leg", std::string(code_of(Leg::electronic))},
                         {"started_at", from.text()},
                         {"ended_at", until.text()},
                         {"operator", "link"},
                         {"connection", std::string(code_of(connection))}}};
  std::ranges::move(more, std::back_inserter(entry.fields));
  return entry;
}

// In a transaction: the link as it is now, if it is still open.
Result<VisitLink> still_open(Session& session, const VisitLink& link) {
  const auto now = SHOUYUE_TRY(session.store.ports().link(bucket_of(link.policy_no), link.link_id));
  ensure(now.has_value(), "links are never removed");
  SHOUYUE_CHECK(check_state(*now, session.now));
  return *now;
}

Result<void> close(Session& session, const VisitLink& link, LinkState state) {
  VisitLink closed = SHOUYUE_TRY(still_open(session, link));
  closed.state = state;
  closed.closed_at = session.now;
  return session.store.ports().put_link(closed);
}

Result<void> lock(Session& session, PolicyDeriver& deriver, const OpenVisit& visit) {
  const Entry failed =
      attempt(visit, session.now, session.now, Connection::identity_mismatch, {{"identity", "failed"}});
  SHOUYUE_CHECK(record(session, deriver, visit.link.policy_no, {failed},
                       [&] { return close(session, visit.link, LinkState::locked); }));
  return {};
}

// Counts a wrong answer. Gives how many there were.
Result<int> count_failure(Session& session, const VisitLink& link) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  VisitLink counted = SHOUYUE_TRY(still_open(session, link));
  ++counted.failures;
  SHOUYUE_CHECK(session.store.ports().put_link(counted));
  SHOUYUE_CHECK(session.store.append_audit(
      {.at = session.now, .who = "link", .action = "identity_wrong", .detail = link.policy_no + " " + link.link_id}));
  SHOUYUE_CHECK(transaction.commit());
  return counted.failures;
}

std::string open_findings(const std::vector<insurer::Finding>& doubts) {
  std::string text;
  for (const insurer::Finding finding : doubts) text += std::string(code_of(finding)) + ":open;";
  return text;
}

}  // namespace

Result<OpenVisit> open_visit(Session& session, PolicyDeriver& deriver, const VisitSettings& settings,
                             const std::string& token) {
  const VisitToken read = SHOUYUE_TRY(read_visit_token(settings.key, token));
  auto link = SHOUYUE_TRY(session.store.ports().link(read.bucket, read.link_id));
  if (!link || link->expires_at != read.expires_at)
    return refuse(Errc::not_found, "visit.unknown_link", "this link is not one of ours; please call the hotline",
                  "该链接无效，请拨打客服热线");
  SHOUYUE_CHECK(check_state(*link, session.now));
  LoadedPolicy policy = SHOUYUE_TRY(deriver.read(link->policy_no, session.now));
  PolicyState state = SHOUYUE_TRY(PolicyDeriver::derive(policy, session.now));
  const auto& active = state.follow_up.active;
  if (state.follow_up.success || !active || active->leg->leg != Leg::electronic)
    return refuse(Errc::rule_broken, "visit.over", "this visit is no longer needed; thank you",
                  "本次回访已无需在线填写，感谢您的配合");
  const IdentityQuestion identity = identity_of(state.facts.policy);
  return OpenVisit{
      .link = std::move(*link), .policy = std::move(policy), .state = std::move(state), .identity = identity};
}

Result<std::string> prove_identity(Session& session, PolicyDeriver& deriver, const VisitSettings& settings,
                                   const OpenVisit& visit, const std::string& answer) {
  if (is_right(visit, answer)) return visit_pass(settings.key, visit.link.link_id, session.now);
  const int failures = SHOUYUE_TRY(count_failure(session, visit.link));
  if (failures >= identity_failures_max) {
    SHOUYUE_CHECK(lock(session, deriver, visit));
    return std::unexpected(check_state({.state = LinkState::locked}, session.now).error());
  }
  const std::string left = std::to_string(identity_failures_max - failures);
  return refuse(Errc::rule_broken, "visit.identity_wrong",
                "that does not match the policy; " + left + " more tries, or ask for a call",
                "与保单信息不符，还可尝试 " + left + " 次，也可选择电话回访");
}

Result<Instant> proven_at(const Session& session, const VisitSettings& settings, const OpenVisit& visit,
                          const std::string& pass) {
  const auto proven = read_visit_pass(settings.key, visit.link.link_id, pass);
  if (proven && session.now < proven->plus_seconds(pass_seconds)) return *proven;
  return refuse(Errc::rule_broken, "visit.pass_needed", "please verify your identity again", "请重新核对身份");
}

std::optional<int> cooling_off_days_left(const OpenVisit& visit, Instant now) {
  const auto& end = visit.state.follow_up.cooling_off_end;
  if (!end || *end < now.date()) return std::nullopt;
  return *end - now.date();
}

Result<void> answer_visit(Session& session, PolicyDeriver& deriver, const OpenVisit& visit, Instant proven,
                          const std::vector<VisitAnswer>& answers) {
  followup::Answers said;
  std::vector<GivenAnswer> given;
  for (const VisitAnswer& answer : answers) {
    said[answer.question] = answer.option;
    given.push_back({.question = answer.question, .option = answer.option, .at = session.now});
  }
  const std::string& policy_no = visit.link.policy_no;
  const Questions asked = SHOUYUE_TRY(questions(visit.policy, said));
  if (given.empty())
    return refuse(Errc::rule_broken, "visit.unanswered", "no question is answered yet", "还没有回答任何问题");
  // An answer that ends the interview says that somebody else holds the phone.
  const bool is_complete = asked.interview.ended_by == nullptr;
  const auto doubts = followup::doubts(asked.interview, said);
  InterviewClaim claim{.interview = is_complete ? insurer::Interview::complete : insurer::Interview::partial};
  for (const insurer::Finding finding : doubts) claim.findings |= insurer::bit(finding);
  auto entries = SHOUYUE_TRY(answer_entries(session.store, visit.policy, visit.link.link_id, given, claim));
  entries.insert(entries.begin(),
                 attempt(visit, std::max(proven, visit.link.created_at), session.now, Connection::answered,
                         {{"party", is_complete ? "holder" : "other"},
                          {"identity", "verified"},
                          {"interview", std::string(code_of(claim.interview))},
                          {"findings", open_findings(doubts)}}));
  SHOUYUE_CHECK(
      record(session, deriver, policy_no, entries, [&] { return close(session, visit.link, LinkState::answered); }));
  return {};
}

namespace {

Entry call_wanted(const OpenVisit& visit, Instant now, std::optional<Instant> wished, bool proven) {
  Entry entry = attempt(visit, now, now, call_asked_for,
                        {{"party", proven ? "holder" : "unknown"},
                         {"identity", proven ? "verified" : "not_asked"},
                         {"interview", "none"},
                         {"note", "客户选择电话回访"}});
  if (wished) entry.fields.emplace_back("appointment_at", wished->text());
  return entry;
}

}  // namespace

Result<std::vector<Instant>> call_moments(const Session& session, const OpenVisit& visit, int max) {
  constexpr int days_ahead_max = 14;
  LoadedPolicy supposed = visit.policy;
  for (insurer::Attempt& known : supposed.versions.attempts) {
    if (known.attempt_id != visit.link.link_id) continue;
    known.started_at = session.now;
    known.connection = call_asked_for;
  }
  std::vector<Instant> moments;
  const auto coming = SHOUYUE_TRY(coming_leg(supposed, session.now, days_ahead_max));
  if (!coming || coming->leg.leg->leg == Leg::electronic) return moments;
  const auto& [leg, cadence, history] = coming->leg;
  Instant from = coming->from;
  const Instant end = Instant::start_of(from.date() + days_ahead_max);
  while (static_cast<int>(moments.size()) < max && from < end) {
    const auto legal = SHOUYUE_TRY(worklist::next_legal(cadence, history, from, *visit.policy.calendar));
    if (!legal || *legal >= end) break;
    const int into_hour = legal->second_of_day() % 3600;
    // What has begun this hour is offered from the next full one.
    if (into_hour != 0 && *legal == from) {
      from = legal->plus_seconds(3600 - into_hour);
      continue;
    }
    moments.push_back(*legal);
    from = legal->plus_seconds(3600 - into_hour);
  }
  return moments;
}

Result<void> ask_for_call(Session& session, PolicyDeriver& deriver, const OpenVisit& visit,
                          std::optional<Instant> wished, bool proven) {
  constexpr int moments_max = 200;
  if (wished) {
    const auto moments = SHOUYUE_TRY(call_moments(session, visit, moments_max));
    if (std::ranges::find(moments, *wished) == moments.end())
      return refuse(Errc::rule_broken, "visit.no_such_moment", "we cannot call at that time; please choose another",
                    "该时间无法安排回访，请另选时间");
  }
  const Entry entry = call_wanted(visit, session.now, wished, proven);
  SHOUYUE_CHECK(record(session, deriver, visit.link.policy_no, {entry},
                       [&] { return close(session, visit.link, LinkState::call_wanted); }));
  return {};
}

}  // namespace shouyue::app
