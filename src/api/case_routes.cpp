#include "api/case_routes.hpp"

#include <charconv>

#include "api/answer.hpp"
#include "api/case_json.hpp"
#include "api/document_file.hpp"
#include "app/correct_phone.hpp"
#include "app/scope.hpp"
#include "app/unmask.hpp"
#include "json/read.hpp"

namespace shouyue::api {
namespace {

constexpr int file_rows_max = 10'000;

struct CaseList {
  std::vector<CaseAnswer> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(CaseList, (), (rows, next))

struct SearchRequest {
  std::optional<std::string> policy_no, phone, id_no;
};
BOOST_DESCRIBE_STRUCT(SearchRequest, (), (policy_no, phone, id_no))

struct UnmaskBody {
  std::vector<std::string> fields;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(UnmaskBody, (), (fields, reason))

struct UnmaskedAnswer {
  std::string field, text;
};
BOOST_DESCRIBE_STRUCT(UnmaskedAnswer, (), (field, text))
struct UnmaskAnswer {
  std::vector<UnmaskedAnswer> fields;
};
BOOST_DESCRIBE_STRUCT(UnmaskAnswer, (), (fields))

struct PhoneBody {
  std::string phone, reason;
};
BOOST_DESCRIBE_STRUCT(PhoneBody, (), (phone, reason))

struct Explanation {
  std::vector<ExplainedAnswer> parts;
};
BOOST_DESCRIBE_STRUCT(Explanation, (), (parts))

std::unexpected<Error> wrong_parameter(const std::string& name) {
  return refuse(Errc::invalid_input, "request.parameter", "the parameter " + name + " has a value that is not known",
                "参数 " + name + " 的取值有误");
}

template <class Enum>
Result<std::optional<Enum>> word_asked(const Call& call, const std::string& name) {
  const std::string_view text = call.request.target.parameter(name);
  if (text.empty()) return std::nullopt;
  const auto word = insurer::from_word<Enum>(text);
  if (!word) return wrong_parameter(name);
  return word;
}

Result<std::optional<Date>> day_asked(const Call& call, const std::string& name) {
  const std::string_view text = call.request.target.parameter(name);
  if (text.empty()) return std::nullopt;
  const auto day = Date::parse(text);
  if (!day) return wrong_parameter(name);
  return *day;
}

Result<int> limit_asked(const Call& call) {
  constexpr int most = 200;
  const std::string_view text = call.request.target.parameter("limit");
  int limit = 50;
  if (text.empty()) return limit;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc() || end != text.data() + text.size() || limit < 1 || limit > most)
    return wrong_parameter("limit");
  return limit;
}

// `2021-10-08~P123`: where the page before ended.
std::string cursor_of(const app::CaseRow& row) { return row.issued_on.text() + "~" + row.policy_no; }

Result<std::optional<app::CasePosition>> position_asked(const Call& call) {
  const std::string_view text = call.request.target.parameter("after");
  if (text.empty()) return std::nullopt;
  const auto day = Date::parse(text.substr(0, text.find('~')));
  if (!day || !text.contains('~')) return wrong_parameter("after");
  return app::CasePosition{.issued_on = *day, .policy_no = std::string(text.substr(text.find('~') + 1))};
}

Result<app::CaseListRequest> list_asked(const Call& call) {
  app::CaseListRequest request;
  request.org = call.request.target.parameter("org");
  request.filter.state = SHOUYUE_TRY(word_asked<insurer::CaseStatus>(call, "state"));
  request.filter.leg = SHOUYUE_TRY(word_asked<insurer::Leg>(call, "leg"));
  request.filter.channel = SHOUYUE_TRY(word_asked<insurer::Channel>(call, "channel"));
  request.filter.issued_from = SHOUYUE_TRY(day_asked(call, "issued_from"));
  request.filter.issued_to = SHOUYUE_TRY(day_asked(call, "issued_to"));
  request.after = SHOUYUE_TRY(position_asked(call));
  request.limit = SHOUYUE_TRY(limit_asked(call));
  return request;
}

CaseList list_of(const std::vector<app::ListedCase>& listed, const Call& call) {
  CaseList list;
  for (const app::ListedCase& one : listed)
    list.rows.push_back(answer_of(one, call.deriver.directory(), call.session.now.date()));
  return list;
}

// The policy of the path, if the person may see it.
Result<app::LoadedPolicy> visible_policy(Call& call) {
  app::LoadedPolicy policy = SHOUYUE_TRY(call.deriver.read(call.parts.at("policy_no"), call.session.now));
  SHOUYUE_CHECK(app::require_in_scope(call.person->account, call.deriver, policy.policy(), call.session.now.date()));
  return policy;
}

CasePage page_of(const Call& call, const app::CaseView& view) {
  return answer_of(view, call.deriver.directory(),
                   access::may(call.person->account.role, access::Permission::read_commission),
                   call.session.now.date());
}

}  // namespace

Result<http::Response> list_cases(Call& call) {
  app::CaseListRequest request = SHOUYUE_TRY(list_asked(call));
  if (wants_file(call)) {
    request.limit = file_rows_max;
    const auto all = SHOUYUE_TRY(app::list_cases(call.session, call.deriver, call.person->account, request));
    return file_of(call, document_of(all, call.deriver.directory(), call.session.now.date()), "cases");
  }
  const auto listed = SHOUYUE_TRY(app::list_cases(call.session, call.deriver, call.person->account, request));
  CaseList list = list_of(listed, call);
  if (static_cast<int>(listed.size()) == request.limit) list.next = cursor_of(listed.back().row);
  return answer(list);
}

Result<http::Response> search_cases(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<SearchRequest>(call.request.body));
  const auto found =
      SHOUYUE_TRY(app::find_cases(call.session, call.deriver, call.person->account,
                                  {.policy_no = request.policy_no, .phone = request.phone, .id_no = request.id_no}));
  return answer(list_of(found, call));
}

Result<http::Response> show_case(Call& call) {
  app::LoadedPolicy policy = SHOUYUE_TRY(visible_policy(call));
  return answer(page_of(call, app::view_of(std::move(policy), call.session.now)));
}

Result<http::Response> explain_case(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(visible_policy(call));
  auto parts = SHOUYUE_TRY(app::explained(policy, call.session.now));
  if (!access::may(call.person->account.role, access::Permission::read_commission))
    std::erase_if(parts, [](const app::Explained& part) { return part.what == "commission"; });
  return answer(Explanation{.parts = answer_of(parts)});
}

Result<http::Response> why_case(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(visible_policy(call));
  const app::Why why = SHOUYUE_TRY(app::why(call.session, policy.policy_no));
  return answer(answer_of(why));
}

Result<http::Response> unmask_case(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<UnmaskBody>(call.request.body));
  const app::LoadedPolicy policy = SHOUYUE_TRY(visible_policy(call));
  const auto unmasked =
      SHOUYUE_TRY(app::unmask(call.session, policy, {.fields = request.fields, .reason = request.reason}));
  UnmaskAnswer answered;
  for (const app::UnmaskedField& field : unmasked)
    answered.fields.push_back({.field = field.field, .text = field.text});
  return answer(answered);
}

Result<http::Response> correct_phone(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<PhoneBody>(call.request.body));
  SHOUYUE_CHECK(app::correct_phone(call.session, call.deriver, call.person->account, call.parts.at("policy_no"),
                                   request.phone, request.reason));
  app::LoadedPolicy after = SHOUYUE_TRY(visible_policy(call));
  return answer(page_of(call, app::view_of(std::move(after), call.session.now)));
}

}  // namespace shouyue::api
