#include "api/call_card_routes.hpp"

#include <charconv>

#include "api/answer.hpp"
#include "api/call_card_json.hpp"
#include "app/audit.hpp"
#include "app/identity_check.hpp"
#include "app/legal_slots.hpp"
#include "app/questions.hpp"
#include "app/scope.hpp"
#include "base/text.hpp"
#include "json/read.hpp"
#include "regime/placeholders.hpp"

namespace shouyue::api {
namespace {

constexpr int slot_days_max = 31;

struct ContactRequest {
  std::int64_t fence = 0;
  std::string reason;
  std::optional<bool> names_only;  // the number is dialled by the exchange
};
BOOST_DESCRIBE_STRUCT(ContactRequest, (), (fence, reason, names_only))

struct ContactAnswer {
  std::string holder_name, insured_name;
  std::vector<std::string> phones;
};
BOOST_DESCRIBE_STRUCT(ContactAnswer, (), (holder_name, insured_name, phones))

struct IdentityClaimRequest {
  std::string item, said;
};
BOOST_DESCRIBE_STRUCT(IdentityClaimRequest, (), (item, said))

struct IdentityRequest {
  std::vector<IdentityClaimRequest> claims;
};
BOOST_DESCRIBE_STRUCT(IdentityRequest, (), (claims))

struct IdentityFindingAnswer {
  std::string item;
  bool matches = false;
};
BOOST_DESCRIBE_STRUCT(IdentityFindingAnswer, (), (item, matches))

struct IdentityAnswer {
  std::string identity;
  std::vector<IdentityFindingAnswer> findings;
  int tries_left = 0;
};
BOOST_DESCRIBE_STRUCT(IdentityAnswer, (), (identity, findings, tries_left))

struct AskedQuestion {
  std::string id, title, title_en, text, text_en, explain, explain_en, finding, finding_unclear, clause;
  bool statutory = false;
};
BOOST_DESCRIBE_STRUCT(AskedQuestion, (),
                      (id, title, title_en, text, text_en, explain, explain_en, finding, finding_unclear, clause,
                       statutory))

struct QuestionsAnswer {
  std::string version;
  std::vector<AskedQuestion> questions;
  std::optional<std::string> ended_by;
};
BOOST_DESCRIBE_STRUCT(QuestionsAnswer, (), (version, questions, ended_by))

struct SlotAnswer {
  Instant at;
  bool is_legal = false;
  std::optional<std::string> layer;
  std::optional<CardClause> clause;
};
BOOST_DESCRIBE_STRUCT(SlotAnswer, (), (at, is_legal, layer, clause))

struct SlotsAnswer {
  std::string leg;
  std::optional<Date> deadline;
  std::vector<SlotAnswer> slots;
};
BOOST_DESCRIBE_STRUCT(SlotsAnswer, (), (leg, deadline, slots))

Result<app::IdentityItem> item_of(const std::string& word) {
  using enum app::IdentityItem;
  for (const auto item : {id_tail, birth_date, insured_name})
    if (app::code_of(item) == word) return item;
  return refuse(Errc::invalid_input, "identity.unknown_item", "'" + word + "' is nothing that can be asked",
                "没有核实项“" + word + "”");
}

std::string code_or_none(std::optional<insurer::Finding> finding) {
  return finding ? std::string(code_of(*finding)) : "";
}

// `identity:yes,liability:no`
Result<followup::Answers> answers_of(std::string_view text) {
  followup::Answers answers;
  for (const std::string_view part : split(text, ',')) {
    if (part.empty()) continue;
    const std::size_t colon = part.find(':');
    const auto option = colon == std::string_view::npos
                            ? std::nullopt
                            : insurer::from_word<insurer::AnswerOption>(part.substr(colon + 1));
    if (!option)
      return refuse(Errc::invalid_input, "answers.form",
                    "answers are written as question:yes, question:no or question:unclear, joined by commas",
                    "回答应写为 问题:yes、问题:no 或 问题:unclear，以逗号分隔");
    answers.insert_or_assign(std::string(part.substr(0, colon)), *option);
  }
  return answers;
}

// The whole number of a parameter, within 1 and `most`; `otherwise` when it is not given.
Result<int> number_of(const Call& call, std::string_view name, int otherwise, int most) {
  const std::string_view text = call.request.target.parameter(name);
  if (text.empty()) return otherwise;
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size() && number >= 1 && number <= most) return number;
  return refuse(Errc::invalid_input, "request.parameter",
                std::string(name) + " must be a whole number from 1 to " + std::to_string(most),
                "参数 " + std::string(name) + " 应为 1 到 " + std::to_string(most) + " 的整数");
}

}  // namespace

Result<void> require_visible(Call& call, const std::string& policy_no) {
  const auto policy = SHOUYUE_TRY(call.deriver.read(policy_no, call.session.now));
  return app::require_in_scope(call.person->account, call.deriver, policy.policy(), call.session.now.date());
}

Result<std::string> seat_of(const Call& call) {
  if (!call.person->account.seat.empty()) return call.person->account.seat;
  return refuse(Errc::rule_broken, "call.no_seat", "this account has no seat; ask an administrator for one",
                "本账号没有坐席，请联系系统管理员设置");
}

std::unexpected<Error> not_held() {
  return refuse(Errc::conflict, "claim.not_held", "this seat does not hold the case any more; take the next one",
                "本坐席已不再持有该任务，请领取下一任务");
}

Result<void> require_held(Call& call, const std::string& policy_no, std::int64_t fence) {
  const auto claim = SHOUYUE_TRY(call.session.store.claim_of(policy_no));
  const bool is_held = claim && claim->seat == call.person->account.seat && claim->fence == fence &&
                       claim->lease_until > call.session.now;
  if (is_held) return {};
  return not_held();
}

Result<http::Response> show_call_card(Call& call) {
  const std::string& policy_no = call.parts.at("policy_no");
  SHOUYUE_CHECK(require_visible(call, policy_no));
  const app::CallCard card = SHOUYUE_TRY(app::call_card(call.session, call.deriver, policy_no));
  return answer(card_answer(card, call.deriver.profile(), call.session.now.date()));
}

// Names and numbers in full, for the seat that is about to dial.
Result<http::Response> reveal_contact(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<ContactRequest>(call.request.body));
  const std::string& policy_no = call.parts.at("policy_no");
  SHOUYUE_CHECK(require_visible(call, policy_no));
  SHOUYUE_CHECK(require_held(call, policy_no, request.fence));
  if (trim(request.reason).empty())
    return refuse(Errc::invalid_input, "unmask.reason", "say why the number is needed", "请填写查看号码的原因");
  SHOUYUE_CHECK(app::note_unmasked(call.session, "call " + policy_no + ": " + request.reason));
  const app::CallCard card = SHOUYUE_TRY(app::call_card(call.session, call.deriver, policy_no));
  const insurer::Policy& facts = card.state.facts.policy;
  ContactAnswer contact{.holder_name = facts.holder_name, .insured_name = facts.insured_name, .phones = {}};
  if (!request.names_only.value_or(false)) contact.phones = card.phones;
  return answer(contact);
}

Result<http::Response> check_identity(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<IdentityRequest>(call.request.body));
  const std::string& policy_no = call.parts.at("policy_no");
  SHOUYUE_CHECK(require_visible(call, policy_no));
  std::vector<app::IdentityClaim> claims;
  for (const IdentityClaimRequest& claim : request.claims) {
    const auto item = SHOUYUE_TRY(item_of(claim.item));
    claims.push_back({item, claim.said});
  }
  const auto result = SHOUYUE_TRY(app::check_identity(call.session, call.deriver, policy_no, claims));
  IdentityAnswer answered{
      .identity = std::string(code_of(result.passed ? insurer::Identity::verified : insurer::Identity::failed)),
      .findings = {},
      .tries_left = result.tries_left};
  for (const app::IdentityFinding& finding : result.findings)
    answered.findings.push_back({std::string(app::code_of(finding.item)), finding.matches});
  return answer(answered);
}

Result<http::Response> asked_questions(Call& call) {
  const std::string& policy_no = call.parts.at("policy_no");
  SHOUYUE_CHECK(require_visible(call, policy_no));
  const auto answers = SHOUYUE_TRY(answers_of(call.request.target.parameter("answers")));
  const app::Questions questions = SHOUYUE_TRY(app::questions(call.session, call.deriver, policy_no, answers));
  QuestionsAnswer answered{.version = questions.questionnaire->version, .questions = {}, .ended_by = {}};
  const auto spoken = [&](const std::string& text) {
    return regime::filled(text, {{"holder_name", questions.holder_masked}});
  };
  for (const regime::Question* question : questions.interview.asked)
    answered.questions.push_back({.id = question->id,
                                  .title = question->clause.title,
                                  .title_en = question->clause.title_en,
                                  .text = spoken(question->text),
                                  .text_en = spoken(question->text_en),
                                  .explain = question->explain,
                                  .explain_en = question->explain_en,
                                  .finding = code_or_none(question->finding),
                                  .finding_unclear = code_or_none(question->finding_unclear),
                                  .clause = question->clause.id,
                                  .statutory = question->statutory});
  if (questions.interview.ended_by) answered.ended_by = questions.interview.ended_by->id;
  return answer(answered);
}

Result<http::Response> call_slots(Call& call) {
  const std::string& policy_no = call.parts.at("policy_no");
  SHOUYUE_CHECK(require_visible(call, policy_no));
  const int days = SHOUYUE_TRY(number_of(call, "days", 7, slot_days_max));
  const std::string_view made_at = call.request.target.parameter("made_at");
  const Instant from = made_at.empty() ? call.session.now : SHOUYUE_TRY(Instant::parse(made_at));
  const app::LegalSlots found = SHOUYUE_TRY(app::legal_slots(call.session, call.deriver, policy_no, from, days));
  SlotsAnswer answered{.leg = std::string(code_of(found.leg)), .deadline = found.deadline, .slots = {}};
  for (const app::Slot& slot : found.slots) {
    SlotAnswer& row = answered.slots.emplace_back();
    row.at = slot.at;
    row.is_legal = slot.is_legal;
    if (!slot.is_legal) row.layer = slot.layer;
    if (slot.clause) row.clause = clause_answer(*slot.clause);
  }
  return answer(answered);
}

}  // namespace shouyue::api
