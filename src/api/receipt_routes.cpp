#include "api/receipt_routes.hpp"

#include "api/answer.hpp"
#include "api/commission_json.hpp"
#include "api/document_file.hpp"
#include "api/names.hpp"
#include "api/paging.hpp"
#include "app/flatten.hpp"
#include "app/receipt_list.hpp"
#include "app/receipts.hpp"
#include "app/record_receipt.hpp"
#include "app/scope.hpp"
#include "base/text.hpp"
#include "json/read.hpp"
#include "report/row_of.hpp"

namespace shouyue::api {
namespace {

struct ReceiptAnswer {
  std::string policy_no, agent_code, agent_name, org_code, org_name, channel, state;
  Date issued_on;
  std::vector<std::string> marks, rules;
  std::optional<Date> delivered_on, signed_on, handed_in_on, reconciled_on, returned_on, late_after, hand_in_by;
};
BOOST_DESCRIBE_STRUCT(ReceiptAnswer, (),
                      (policy_no, agent_code, agent_name, org_code, org_name, channel, state, issued_on, marks, rules,
                       delivered_on, signed_on, handed_in_on, reconciled_on, returned_on, late_after, hand_in_by))

struct CountsAnswer {
  std::string code, name;
  std::int64_t receipts = 0, outstanding = 0, late = 0, handed_in_late = 0, signature_differs = 0, warned = 0;
};
BOOST_DESCRIBE_STRUCT(CountsAnswer, (),
                      (code, name, receipts, outstanding, late, handed_in_late, signature_differs, warned))

struct ReceiptsAnswer {
  std::vector<ReceiptAnswer> rows;
  std::optional<std::string> next;
  CountsAnswer all;
  std::vector<CountsAnswer> by_organisation, by_agent;
  std::vector<ClauseNote> clauses;
};
BOOST_DESCRIBE_STRUCT(ReceiptsAnswer, (), (rows, next, all, by_organisation, by_agent, clauses))

struct ReceiptRequest {
  std::optional<Date> delivered_on, signed_on, handed_in_on, reconciled_on, paper_signed_on, preferred_visit_on;
  std::optional<std::string> kind;
  std::optional<bool> signature_matches;
};
BOOST_DESCRIBE_STRUCT(ReceiptRequest, (),
                      (delivered_on, signed_on, handed_in_on, reconciled_on, paper_signed_on, preferred_visit_on, kind,
                       signature_matches))

struct ReceiptVersion {
  std::int64_t seq = 0;
  std::optional<Date> delivered_on, signed_on, handed_in_on, reconciled_on, paper_signed_on, preferred_visit_on;
  std::string kind;
  std::optional<bool> signature_matches;
};
BOOST_DESCRIBE_STRUCT(ReceiptVersion, (),
                      (seq, delivered_on, signed_on, handed_in_on, reconciled_on, paper_signed_on, preferred_visit_on,
                       kind, signature_matches))

struct OneReceiptAnswer {
  std::string policy_no, agent_code, agent_name, org_code, org_name;
  std::vector<ReceiptVersion> versions;  // as they became known, the newest last
  std::optional<Date> returned_on, late_after, hand_in_by;
  std::vector<std::string> marks, rules;
  std::vector<ClauseNote> clauses;
};
BOOST_DESCRIBE_STRUCT(OneReceiptAnswer, (),
                      (policy_no, agent_code, agent_name, org_code, org_name, versions, returned_on, late_after,
                       hand_in_by, marks, rules, clauses))

ReceiptAnswer answer_of(const Call& call, const app::ReceiptRow& row, ClauseNotes& notes) {
  const Names names(call);
  return {.policy_no = row.policy_no,
          .agent_code = row.agent_code,
          .agent_name = names.agent(row.agent_code),
          .org_code = row.org_code,
          .org_name = names.organisation(row.org_code),
          .channel = std::string(code_of(row.channel)),
          .state = std::string(code_of(row.state)),
          .issued_on = row.issued_on,
          .marks = words_of(row.marks),
          .rules = notes.add(row.rules),
          .delivered_on = row.delivered_on,
          .signed_on = row.signed_on,
          .handed_in_on = row.handed_in_on,
          .reconciled_on = row.reconciled_on,
          .returned_on = row.returned_on,
          .late_after = row.late_after,
          .hand_in_by = row.hand_in_by};
}

CountsAnswer answer_of(const std::string& code, const std::string& name, const app::ReceiptCounts& counts) {
  return {.code = code,
          .name = name,
          .receipts = counts.receipts,
          .outstanding = counts.outstanding,
          .late = counts.late,
          .handed_in_late = counts.handed_in_late,
          .signature_differs = counts.signature_differs,
          .warned = counts.warned};
}

report::Text mark_text(const std::string& mark) {
  if (mark == "outstanding") return {"未收回", "outstanding"};
  if (mark == "late") return {"逾期收回", "late"};
  if (mark == "handed_in_late") return {"逾期上交", "handed in late"};
  if (mark == "signature_differs") return {"签名不符", "signature differs"};
  return {"有提示", "warned"};
}

report::Document document_of(const Call& call, const app::ReceiptList& list) {
  report::Table table{.title = {},
                      .columns = {{{"保单号", "Policy"}, 20},
                                  {{"机构", "Organisation"}, 20},
                                  {{"业务员", "Agent"}, 18},
                                  {{"承保日期", "Issued"}, 12},
                                  {{"签收日期", "Signed"}, 12},
                                  {{"交回日期", "Handed in"}, 12},
                                  {{"核销日期", "Reconciled"}, 12},
                                  {{"最迟交回", "Hand in by"}, 12},
                                  {{"逾期界限", "Late after"}, 12},
                                  {{"情况", "Marks"}, 30}},
                      .rows = {}};
  const Names names(call);
  for (const app::ReceiptRow& row : list.rows) {
    report::Text marks;
    for (const std::string& mark : words_of(row.marks)) {
      const report::Text text = mark_text(mark);
      marks = {marks.zh + (marks.zh.empty() ? "" : "、") + text.zh,
               marks.en + (marks.en.empty() ? "" : ", ") + text.en};
    }
    table.rows.push_back(report::row_of(
        {report::same(row.policy_no), report::same(row.org_code + " " + names.organisation(row.org_code)),
         report::same(row.agent_code + " " + names.agent(row.agent_code)), row.issued_on,
         report::value_of(row.signed_on), report::value_of(row.handed_in_on), report::value_of(row.reconciled_on),
         report::value_of(row.hand_in_by), report::value_of(row.late_after), marks}));
  }
  return report::document_of({"回执清单", "Receipts"}, std::move(table));
}

// The policy of the path, in the person's scope.
Result<app::LoadedPolicy> visible_policy(Call& call) {
  app::LoadedPolicy policy = SHOUYUE_TRY(call.deriver.read(call.parts.at("policy_no"), call.session.now));
  SHOUYUE_CHECK(app::require_in_scope(call.person->account, call.deriver, policy.policy(), call.session.now.date()));
  return policy;
}

ReceiptVersion version_of(const insurer::Receipt& receipt) {
  return {.seq = receipt.seq,
          .delivered_on = receipt.delivered_on,
          .signed_on = receipt.signed_on,
          .handed_in_on = receipt.handed_in_on,
          .reconciled_on = receipt.reconciled_on,
          .paper_signed_on = receipt.paper_signed_on,
          .preferred_visit_on = receipt.preferred_visit_on,
          .kind = receipt.electronic ? "electronic" : "paper",
          .signature_matches = receipt.signature_matches};
}

Result<http::Response> answer_of(Call& call, const app::LoadedPolicy& policy) {
  const Names names(call);
  const insurer::Policy& newest = policy.policy();
  OneReceiptAnswer one{.policy_no = policy.policy_no,
                       .agent_code = newest.agent_code,
                       .agent_name = names.agent(newest.agent_code),
                       .org_code = newest.org_code,
                       .org_name = names.organisation(newest.org_code)};
  for (const insurer::Receipt& receipt : policy.versions.receipts) one.versions.push_back(version_of(receipt));
  std::ranges::sort(one.versions, {}, &ReceiptVersion::seq);
  ClauseNotes notes(call.deriver.books());
  const app::PolicyState state = SHOUYUE_TRY(app::PolicyDeriver::derive(policy, call.session.now));
  if (state.receipt) {
    one.returned_on = state.receipt->returned_on;
    one.late_after = state.receipt->late_after;
    one.hand_in_by = state.receipt->hand_in_by;
    one.marks = app::receipt_marks(*state.receipt);
    one.rules = notes.add(app::clause_ids(state.receipt->rules));
  }
  one.clauses = notes.list();
  return answer(one);
}

app::Entry entry_of(const std::string& policy_no, const ReceiptRequest& request) {
  app::Entry entry{.kind = insurer::FileKind::receipts, .fields = {{"policy_no", policy_no}}};
  const auto add = [&entry](const char* column, const std::optional<Date>& day) {
    if (day) entry.fields.emplace_back(column, day->text());
  };
  add("delivered_on", request.delivered_on);
  add("signed_on", request.signed_on);
  add("handed_in_on", request.handed_in_on);
  add("reconciled_on", request.reconciled_on);
  add("paper_signed_on", request.paper_signed_on);
  add("preferred_visit_on", request.preferred_visit_on);
  if (request.kind) entry.fields.emplace_back("kind", *request.kind);
  if (request.signature_matches) entry.fields.emplace_back("signature_matches", *request.signature_matches ? "1" : "0");
  return entry;
}

}  // namespace

Result<http::Response> receipts(Call& call) {
  const auto& target = call.request.target;
  const Page page = SHOUYUE_TRY(page_asked(call.request));
  const app::ReceiptListRequest request{.org_code = SHOUYUE_TRY(app::organisation_asked(
                                            call.person->account, call.deriver.directory(),
                                            std::string(target.parameter("org_code")), call.session.now.date())),
                                        .agent_code = std::string(target.parameter("agent_code")),
                                        .mark = std::string(target.parameter("mark")),
                                        .with_ended = target.parameter("with_ended") == "true"};
  app::ReceiptList list = SHOUYUE_TRY(app::receipt_list(call.session, call.deriver.directory(), request));
  if (wants_file(call)) return file_of(call, document_of(call, list), "receipts");
  ReceiptsAnswer all{.rows = {}, .next = cut_to(list.rows, page), .all = answer_of("", "", list.all)};
  ClauseNotes notes(call.deriver.books());
  for (const app::ReceiptRow& row : list.rows) all.rows.push_back(answer_of(call, row, notes));
  const Names names(call);
  for (const auto& [code, counts] : list.by_organisation)
    all.by_organisation.push_back(answer_of(code, names.organisation(code), counts));
  for (const auto& [code, counts] : list.by_agent) all.by_agent.push_back(answer_of(code, names.agent(code), counts));
  all.clauses = notes.list();
  return answer(all);
}

Result<http::Response> receipt(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(visible_policy(call));
  return answer_of(call, policy);
}

// The whole receipt as it is now known: what is left out is not known any more.
Result<http::Response> put_receipt(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<ReceiptRequest>(call.request.body));
  const std::string& policy_no = call.parts.at("policy_no");
  SHOUYUE_CHECK(
      app::record_receipt(call.session, call.deriver, call.person->account, policy_no, entry_of(policy_no, request)));
  const app::LoadedPolicy after = SHOUYUE_TRY(visible_policy(call));
  return answer_of(call, after);
}

}  // namespace shouyue::api
