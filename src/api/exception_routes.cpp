#include "api/exception_routes.hpp"

#include <charconv>
#include <set>

#include "api/answer.hpp"
#include "api/document_file.hpp"
#include "api/file_note.hpp"
#include "api/names.hpp"
#include "api/paging.hpp"
#include "app/exceptions.hpp"
#include "app/report_words.hpp"
#include "app/waiver_papers.hpp"
#include "json/read.hpp"
#include "report/row_of.hpp"

namespace shouyue::api {
namespace {

struct AskRequest {
  std::string kind, reason;
  std::optional<std::string> policy_no, rule_book, month;
  std::optional<int> request;  // of a revocation
};
BOOST_DESCRIBE_STRUCT(AskRequest, (), (kind, reason, policy_no, rule_book, month, request))

struct DecideRequest {
  bool granted = false;
  std::optional<std::string> answer;
};
BOOST_DESCRIBE_STRUCT(DecideRequest, (), (granted, answer))

struct StandsAnswer {
  std::string regime, state, deadline, refused;
  std::optional<std::string> commission_status, payable;  // for those who may see commission
};
BOOST_DESCRIBE_STRUCT(StandsAnswer, (), (regime, state, deadline, commission_status, payable, refused))

struct PaperAnswer {
  std::string id, title, title_en, cite;
  std::vector<FileNote> files;
};
BOOST_DESCRIBE_STRUCT(PaperAnswer, (), (id, title, title_en, cite, files))

struct ApprovalAnswer {
  std::string level, title, title_en, cite;
};
BOOST_DESCRIBE_STRUCT(ApprovalAnswer, (), (level, title, title_en, cite))

struct ExceptionAnswer {
  std::string subject;
  int n = 0;
  std::string kind, value, reason, org_code, org_name, state, asked_by, asked_by_name;
  Instant asked_at;
  std::optional<std::string> decided_by, decided_by_name, answer;
  std::optional<Instant> decided_at;
  bool may_decide = false, may_withdraw = false, may_revoke = false;
  std::optional<std::string> revokes;  // the kind of what a revocation revokes
  std::optional<std::vector<PaperAnswer>> papers;
  std::optional<ApprovalAnswer> approval;
  std::optional<StandsAnswer> now, then;
};
BOOST_DESCRIBE_STRUCT(ExceptionAnswer, (),
                      (subject, n, kind, value, reason, org_code, org_name, state, asked_by, asked_by_name, asked_at,
                       decided_by, decided_by_name, answer, decided_at, may_decide, may_withdraw, may_revoke, revokes,
                       papers, approval, now, then))

struct BookChoice {
  std::string id, title, title_en;
  bool has_indicators = false;
};
BOOST_DESCRIBE_STRUCT(BookChoice, (), (id, title, title_en, has_indicators))

struct ExceptionsAnswer {
  std::vector<ExceptionAnswer> rows;
  std::optional<std::string> next;
  std::vector<BookChoice> rule_books;  // that the insurer's profile assigns
};
BOOST_DESCRIBE_STRUCT(ExceptionsAnswer, (), (rows, next, rule_books))

StandsAnswer answer_of(const Call& call, const app::PolicyStands& stands) {
  StandsAnswer answer{
      .regime = stands.regime, .state = stands.state, .deadline = stands.deadline, .refused = stands.refused};
  if (!access::may(call.person->account.role, access::Permission::read_commission)) return answer;
  answer.commission_status = stands.commission_status;
  answer.payable = stands.payable;
  return answer;
}

Result<ExceptionAnswer> answer_of(Call& call, const app::ExceptionRow& row) {
  const access::Account& account = call.person->account;
  const Names names(call);
  const bool is_open = row.state == insurer::ExceptionState::asked;
  ExceptionAnswer answer{.subject = row.subject,
                         .n = row.n,
                         .kind = std::string(code_of(row.kind)),
                         .value = row.value,
                         .reason = row.reason,
                         .org_code = row.org_code,
                         .org_name = names.organisation(row.org_code),
                         .state = std::string(code_of(row.state)),
                         .asked_by = row.asked_by,
                         .asked_by_name = SHOUYUE_TRY(names.person(row.asked_by)),
                         .asked_at = row.asked_at};
  const insurer::ExceptionKind decided = SHOUYUE_TRY(app::kind_decided(call.session, row));
  if (row.kind == insurer::ExceptionKind::revocation) answer.revokes = std::string(code_of(decided));
  answer.may_decide = is_open && row.asked_by != account.name && app::may_decide(account.role, decided);
  answer.may_revoke = row.state == insurer::ExceptionState::granted && app::is_revocable(row.kind);
  answer.may_withdraw = is_open && row.asked_by == account.name;
  if (!row.decided_at) return answer;
  answer.decided_by = row.decided_by;
  answer.decided_by_name = SHOUYUE_TRY(names.person(row.decided_by));
  answer.decided_at = row.decided_at;
  if (!row.answer.empty()) answer.answer = row.answer;
  return answer;
}

Result<std::vector<PaperAnswer>> papers_of(const Call& call, const app::ExceptionView& view) {
  std::vector<PaperAnswer> papers;
  for (const app::ExceptionPaper& asked : view.papers) {
    const regime::Clause& clause = asked.paper->clause;
    papers.push_back({.id = asked.paper->id, .title = clause.title, .title_en = clause.title_en, .cite = clause.cite});
    for (const app::Attachment& file : asked.files)
      papers.back().files.push_back(SHOUYUE_TRY(file_note(Names(call), file)));
  }
  return papers;
}

Result<http::Response> answer_of(Call& call, const app::ExceptionView& view, int status) {
  ExceptionAnswer one = SHOUYUE_TRY(answer_of(call, view.row));
  if (view.row.kind == insurer::ExceptionKind::waiver) one.papers = SHOUYUE_TRY(papers_of(call, view));
  if (view.approval)
    one.approval = ApprovalAnswer{.level = std::string(code_of(view.approval->by)),
                                  .title = view.approval->clause.title,
                                  .title_en = view.approval->clause.title_en,
                                  .cite = view.approval->clause.cite};
  if (view.now) one.now = answer_of(call, *view.now);
  if (view.then) one.then = answer_of(call, *view.then);
  return answer(one, status);
}

template <class Enum>
Result<Enum> word_of(const std::string& text, const char* rule, const char* en, const char* zh) {
  if (const auto found = insurer::from_word<Enum>(text)) return *found;
  return refuse(Errc::invalid_input, rule, "'" + text + "' is " + en, "“" + text + "”" + zh);
}

Result<int> number_of(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  return refuse(Errc::not_found, "exception.not_found", "no request has the number " + text,
                "没有第 " + text + " 号申请");
}

std::vector<BookChoice> books_of(const Call& call) {
  std::vector<BookChoice> books;
  std::set<std::string> seen;
  for (const auto& book : call.deriver.books().books())
    if (seen.insert(book->id).second)
      books.push_back(
          {.id = book->id, .title = book->title, .title_en = book->title_en, .has_indicators = book->kpi.has_value()});
  return books;
}

Result<report::Document> document_of(const Call& call, const std::vector<app::ExceptionRow>& rows) {
  const Names names(call);
  report::Table table{.title = {},
                      .columns = {{{"申请时间", "Asked at"}, 18},
                                  {{"事项", "Kind"}, 14},
                                  {{"对象", "About"}, 24},
                                  {{"内容", "Value"}, 20},
                                  {{"机构", "Organisation"}, 18},
                                  {{"申请人", "Asked by"}, 12},
                                  {{"理由", "Reason"}, 40},
                                  {{"状态", "State"}, 10},
                                  {{"审批人", "Decided by"}, 12},
                                  {{"审批时间", "Decided at"}, 18},
                                  {{"审批意见", "Answer"}, 30}},
                      .rows = {}};
  for (const app::ExceptionRow& row : rows) {
    const std::string asked_by = SHOUYUE_TRY(names.person(row.asked_by));
    const std::string decided_by = SHOUYUE_TRY(names.person(row.decided_by));
    table.rows.push_back(
        report::row_of({row.asked_at, app::words_of(row.kind), report::same(row.subject), report::same(row.value),
                        report::same(names.organisation(row.org_code)), report::same(asked_by),
                        report::same(row.reason), app::words_of(row.state), report::same(decided_by),
                        report::value_of(row.decided_at), report::same(row.answer)}));
  }
  return report::document_of({"例外审批", "Exceptions"}, std::move(table));
}

}  // namespace

Result<http::Response> exceptions(Call& call) {
  const Page page = SHOUYUE_TRY(page_asked(call.request));
  std::optional<insurer::ExceptionState> state;
  if (const std::string text(call.request.target.parameter("state")); !text.empty())
    state = SHOUYUE_TRY(
        word_of<insurer::ExceptionState>(text, "exception.unknown_state", "no state of a request", "不是申请的状态"));
  auto rows = SHOUYUE_TRY(app::exception_list(call.session, call.deriver, call.person->account, state));
  if (wants_file(call)) {
    const report::Document document = SHOUYUE_TRY(document_of(call, rows));
    return file_of(call, document, "exceptions");
  }
  ExceptionsAnswer all{.rows = {}, .next = cut_to(rows, page), .rule_books = books_of(call)};
  for (const app::ExceptionRow& row : rows) all.rows.push_back(SHOUYUE_TRY(answer_of(call, row)));
  return answer(all);
}

Result<http::Response> ask_exception(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<AskRequest>(call.request.body));
  const auto kind = SHOUYUE_TRY(word_of<insurer::ExceptionKind>(request.kind, "exception.unknown_kind",
                                                                "nothing that can be asked", "不是可申请的事项"));
  const bool is_month = kind == insurer::ExceptionKind::month_close;
  if (is_month && !access::may(call.person->account.role, access::Permission::close_month))
    return refuse(Errc::rule_broken, "access.denied", "closing a month needs the permission close_month",
                  "月结需要 close_month 权限");
  std::string value = request.rule_book.value_or("");
  if (is_month) value += " " + request.month.value_or("");
  if (kind == insurer::ExceptionKind::revocation) value = std::to_string(request.request.value_or(0));
  const app::ExceptionAsked asked{
      .kind = kind, .policy_no = request.policy_no.value_or(""), .value = std::move(value), .reason = request.reason};
  const app::ExceptionView view =
      SHOUYUE_TRY(app::ask_exception(call.session, call.deriver, call.person->account, asked));
  return answer_of(call, view, 201);
}

Result<http::Response> exception(Call& call) {
  const int n = SHOUYUE_TRY(number_of(call.parts.at("n")));
  const app::ExceptionView view =
      SHOUYUE_TRY(app::exception_view(call.session, call.deriver, call.person->account, call.parts.at("subject"), n));
  return answer_of(call, view, 200);
}

Result<http::Response> decide_exception(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<DecideRequest>(call.request.body));
  const app::Decision decision{.subject = call.parts.at("subject"),
                               .n = SHOUYUE_TRY(number_of(call.parts.at("n"))),
                               .is_granted = request.granted,
                               .answer = request.answer.value_or("")};
  const app::ExceptionView view =
      SHOUYUE_TRY(app::decide_exception(call.session, call.deriver, call.person->account, decision));
  return answer_of(call, view, 200);
}

Result<http::Response> withdraw_exception(Call& call) {
  const int n = SHOUYUE_TRY(number_of(call.parts.at("n")));
  const app::ExceptionView view = SHOUYUE_TRY(
      app::withdraw_exception(call.session, call.deriver, call.person->account, call.parts.at("subject"), n));
  return answer_of(call, view, 200);
}

Result<http::Response> hand_in_paper(Call& call) {
  const app::NewPaper paper{.policy_no = call.parts.at("subject"),
                            .n = SHOUYUE_TRY(number_of(call.parts.at("n"))),
                            .paper = call.parts.at("paper"),
                            .name = std::string(call.request.target.parameter("name")),
                            .content = call.request.body_file};
  const auto file = SHOUYUE_TRY(app::hand_in_paper(call.session, call.deriver, call.person->account, paper));
  const FileNote kept = SHOUYUE_TRY(file_note(Names(call), file));
  return answer(kept, 201);
}

Result<http::Response> read_paper(Call& call) {
  const app::PaperAsked asked{.policy_no = call.parts.at("subject"),
                              .n = SHOUYUE_TRY(number_of(call.parts.at("n"))),
                              .attachment_id = call.parts.at("attachment_id")};
  return shown_file(SHOUYUE_TRY(app::read_paper(call.session, call.deriver, call.person->account, asked)));
}

}  // namespace shouyue::api
