#include "api/visit_routes.hpp"

#include "api/answer.hpp"
#include "app/questions.hpp"
#include "app/scope.hpp"
#include "app/visit.hpp"
#include "app/visit_links.hpp"
#include "app/visit_token.hpp"
#include "json/read.hpp"
#include "regime/placeholders.hpp"

namespace shouyue::api {
namespace {

constexpr int moments_offered_max = 60;

struct GivenAnswer {
  std::string question, option;
};
BOOST_DESCRIBE_STRUCT(GivenAnswer, (), (question, option))

struct VisitRequest {
  std::string token;
  std::optional<std::string> pass, answer;
  std::optional<Instant> wished;
  std::optional<std::vector<GivenAnswer>> answers;
};
BOOST_DESCRIBE_STRUCT(VisitRequest, (), (token, pass, answer, wished, answers))

struct OfficeAnswer {
  std::string insurer, hotline;
};
BOOST_DESCRIBE_STRUCT(OfficeAnswer, (), (insurer, hotline))

struct BeginAnswer {
  std::string identity;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(BeginAnswer, (), (identity, expires_at))

struct PassAnswer {
  std::string pass;
};
BOOST_DESCRIBE_STRUCT(PassAnswer, (), (pass))

struct AskedQuestion {
  std::string id, text, text_en, explain, explain_en;
};
BOOST_DESCRIBE_STRUCT(AskedQuestion, (), (id, text, text_en, explain, explain_en))

struct VisitQuestions {
  std::string version, holder_masked, policy_masked;
  std::optional<Date> cooling_off_end;
  std::optional<int> cooling_off_days_left;
  std::vector<AskedQuestion> questions;
  bool is_ended = false;
};
BOOST_DESCRIBE_STRUCT(VisitQuestions, (),
                      (version, holder_masked, policy_masked, cooling_off_end, cooling_off_days_left, questions,
                       is_ended))

struct FinishAnswer {
  bool call_follows = false;
};
BOOST_DESCRIBE_STRUCT(FinishAnswer, (), (call_follows))

struct MomentsAnswer {
  std::vector<Instant> moments;
};
BOOST_DESCRIBE_STRUCT(MomentsAnswer, (), (moments))

struct WishAnswer {
  std::optional<Instant> wished;
};
BOOST_DESCRIBE_STRUCT(WishAnswer, (), (wished))

struct LinkRow {
  std::string link_id, state;
  Instant created_at, expires_at;
  std::optional<Instant> closed_at;
  int identity_failures = 0;
  std::string message_state, message_fault;
  std::optional<Instant> message_sent_at, message_reported_at;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (),
                      (link_id, state, created_at, expires_at, closed_at, identity_failures, message_state,
                       message_fault, message_sent_at, message_reported_at))

struct LinksAnswer {
  std::vector<LinkRow> rows;
  bool may_send = false;
  std::optional<std::string> reason, reason_zh;
};
BOOST_DESCRIBE_STRUCT(LinksAnswer, (), (rows, may_send, reason, reason_zh))

std::unexpected<Error> too_often() {
  return refuse(Errc::rule_broken, "visit.too_often", "too many requests; please wait a minute and try again",
                "操作过于频繁，请稍候一分钟再试");
}

Result<const app::VisitSettings*> settings_of(const Call& call) {
  if (call.facilities.settings.visit) return &*call.facilities.settings.visit;
  return refuse(Errc::not_found, "visit.off", "this server sends no links", "本系统未启用微回访");
}

// One request of the page: what it says, and the visit that it is about.
struct Visitor {
  VisitRequest request;
  const app::VisitSettings* settings = nullptr;
  app::OpenVisit visit;
};

// A text that is no link of ours is counted by address and never reaches the store; a link by itself.
Result<Visitor> visitor_of(Call& call) {
  auto request = SHOUYUE_TRY(json::read<VisitRequest>(call.request.body));
  const app::VisitSettings* settings = SHOUYUE_TRY(settings_of(call));
  auto token = app::read_visit_token(settings->key, request.token);
  if (!token && !call.facilities.unknown_links.allow(call.request.peer)) return too_often();
  if (!token) return std::unexpected(std::move(token.error()));
  if (!call.facilities.visits.allow(token->link_id)) return too_often();
  call.session.who = "link";
  auto visit = SHOUYUE_TRY(app::open_visit(call.session, call.deriver, *settings, request.token));
  return Visitor{.request = std::move(request), .settings = settings, .visit = std::move(visit)};
}

Result<Instant> proven_at(const Call& call, const Visitor& visitor) {
  return app::proven_at(call.session, *visitor.settings, visitor.visit, visitor.request.pass.value_or(""));
}

std::string code_of(app::IdentityQuestion question) {
  switch (question) {
    case app::IdentityQuestion::id_last_four: return "id_last_four";
    case app::IdentityQuestion::birth_date: return "birth_date";
    case app::IdentityQuestion::none: break;
  }
  return "none";
}

std::string code_of(app::LinkState state) {
  static constexpr const char* words[] = {"open", "answered", "call_wanted", "locked", "withdrawn"};
  return words[static_cast<std::size_t>(state)];
}

std::string code_of(app::MessageState state) {
  static constexpr const char* words[] = {"waiting", "sent", "delivered", "failed"};
  return words[static_cast<std::size_t>(state)];
}

Result<std::vector<app::VisitAnswer>> answers_of(const VisitRequest& request) {
  std::vector<app::VisitAnswer> answers;
  for (const GivenAnswer& given : request.answers.value_or(std::vector<GivenAnswer>())) {
    const auto option = insurer::from_word<insurer::AnswerOption>(given.option);
    if (!option)
      return refuse(Errc::invalid_input, "visit.unknown_answer", "'" + given.option + "' is no answer",
                    "没有“" + given.option + "”这个回答");
    answers.push_back({.question = given.question, .option = *option});
  }
  return answers;
}

std::string masked(const std::string& policy_no) {
  return policy_no.size() <= 4 ? "****" : "****" + policy_no.substr(policy_no.size() - 4);
}

Result<app::LoadedPolicy> visible_policy(Call& call) {
  auto policy = SHOUYUE_TRY(call.deriver.read(call.parts.at("policy_no"), call.session.now));
  SHOUYUE_CHECK(app::require_in_scope(call.person->account, call.deriver, policy.policy(), call.session.now.date()));
  return policy;
}

Result<LinksAnswer> links_answer(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(visible_policy(call));
  app::PortStore& ports = call.session.store.ports();
  LinksAnswer links;
  const auto messages = SHOUYUE_TRY(ports.messages_of(policy.policy_no));
  for (const app::VisitLink& link : SHOUYUE_TRY(ports.links_of(policy.policy_no))) {
    const bool is_over = link.state == app::LinkState::open && link.expires_at <= call.session.now;
    LinkRow row{.link_id = link.link_id,
                .state = is_over ? "expired" : code_of(link.state),
                .created_at = link.created_at,
                .expires_at = link.expires_at,
                .closed_at = link.closed_at,
                .identity_failures = link.failures};
    for (const app::Message& message : messages) {
      if (message.link_id != link.link_id) continue;
      row.message_state = code_of(message.state);
      row.message_fault = message.fault;
      row.message_sent_at = message.sent_at;
      row.message_reported_at = message.reported_at;
    }
    links.rows.push_back(std::move(row));
  }
  const auto until = app::link_until(call.session, policy);
  links.may_send = until.has_value() && call.facilities.settings.visit && call.facilities.settings.messages;
  if (!until) {
    links.reason = until.error().en;
    links.reason_zh = until.error().zh;
  }
  return links;
}

}  // namespace

Result<http::Response> visit_office(Call& call) {
  const app::VisitSettings* settings = SHOUYUE_TRY(settings_of(call));
  return answer(OfficeAnswer{.insurer = call.deriver.profile().insurer, .hotline = settings->hotline});
}

Result<http::Response> begin_visit(Call& call) {
  const Visitor visitor = SHOUYUE_TRY(visitor_of(call));
  return answer(BeginAnswer{.identity = code_of(visitor.visit.identity), .expires_at = visitor.visit.link.expires_at});
}

Result<http::Response> verify_holder(Call& call) {
  const Visitor visitor = SHOUYUE_TRY(visitor_of(call));
  auto pass = SHOUYUE_TRY(app::prove_identity(call.session, call.deriver, *visitor.settings, visitor.visit,
                                              visitor.request.answer.value_or("")));
  return answer(PassAnswer{std::move(pass)});
}

Result<http::Response> visit_questions(Call& call) {
  const Visitor visitor = SHOUYUE_TRY(visitor_of(call));
  SHOUYUE_CHECK(proven_at(call, visitor));
  followup::Answers given;
  for (const app::VisitAnswer& one : SHOUYUE_TRY(answers_of(visitor.request))) given[one.question] = one.option;
  const app::OpenVisit& visit = visitor.visit;
  const app::Questions asked = SHOUYUE_TRY(app::questions(call.session, call.deriver, visit.link.policy_no, given));
  VisitQuestions page{.version = asked.version,
                      .holder_masked = asked.holder_masked,
                      .policy_masked = masked(visit.link.policy_no),
                      .cooling_off_end = visit.state.follow_up.cooling_off_end,
                      .cooling_off_days_left = app::cooling_off_days_left(visit, call.session.now),
                      .questions = {},
                      .is_ended = asked.interview.ended_by != nullptr};
  for (const regime::Question* question : asked.interview.asked)
    page.questions.push_back({.id = question->id,
                              .text = regime::filled(question->text, {{"holder_name", asked.holder_masked}}),
                              .text_en = regime::filled(question->text_en, {{"holder_name", asked.holder_masked}}),
                              .explain = question->explain,
                              .explain_en = question->explain_en});
  return answer(page);
}

Result<http::Response> finish_visit(Call& call) {
  const Visitor visitor = SHOUYUE_TRY(visitor_of(call));
  const Instant proven = SHOUYUE_TRY(proven_at(call, visitor));
  const auto answers = SHOUYUE_TRY(answers_of(visitor.request));
  SHOUYUE_CHECK(app::answer_visit(call.session, call.deriver, visitor.visit, proven, answers));
  const app::DerivedRows rows = SHOUYUE_TRY(call.session.store.derived(visitor.visit.link.policy_no));
  return answer(FinishAnswer{.call_follows = rows.kase && !rows.kase->completed});
}

Result<http::Response> offer_call(Call& call) {
  const Visitor visitor = SHOUYUE_TRY(visitor_of(call));
  auto moments = SHOUYUE_TRY(app::call_moments(call.session, visitor.visit, moments_offered_max));
  return answer(MomentsAnswer{std::move(moments)});
}

Result<http::Response> ask_for_call(Call& call) {
  const Visitor visitor = SHOUYUE_TRY(visitor_of(call));
  const bool is_proven = visitor.request.pass && proven_at(call, visitor);
  SHOUYUE_CHECK(app::ask_for_call(call.session, call.deriver, visitor.visit, visitor.request.wished, is_proven));
  return answer(WishAnswer{visitor.request.wished});
}

Result<http::Response> list_links(Call& call) {
  const LinksAnswer links = SHOUYUE_TRY(links_answer(call));
  return answer(links);
}

Result<http::Response> send_link(Call& call) {
  SHOUYUE_CHECK(settings_of(call));
  SHOUYUE_CHECK(visible_policy(call));
  SHOUYUE_CHECK(app::send_link(call.session, call.deriver, call.parts.at("policy_no")));
  const LinksAnswer links = SHOUYUE_TRY(links_answer(call));
  return answer(links, 201);
}

Result<http::Response> withdraw_links(Call& call) {
  SHOUYUE_CHECK(visible_policy(call));
  SHOUYUE_CHECK(app::withdraw_links(call.session, call.parts.at("policy_no")));
  const LinksAnswer links = SHOUYUE_TRY(links_answer(call));
  return answer(links);
}

}  // namespace shouyue::api
