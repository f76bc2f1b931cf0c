#include "api/case_json.hpp"

#include "app/report_words.hpp"
#include "regime/show.hpp"
#include "report/row_of.hpp"

namespace shouyue::api {
namespace {

CitedAnswer cited(const regime::Clause& clause, const std::string& value, const std::string& cite) {
  return {.id = clause.id,
          .title = clause.title,
          .title_en = clause.title_en,
          .value = value,
          .cite = cite,
          .sentence = regime::sentence(clause, value, cite, regime::Language::zh),
          .sentence_en = regime::sentence(clause, value, cite, regime::Language::en),
          .assumed = clause.assumed};
}

CitedAnswer cited(const regime::Clause& clause) { return cited(clause, clause.decides, clause.cite); }

template <class Enum>
std::optional<std::string> word_of(const std::optional<Enum>& value) {
  if (!value) return std::nullopt;
  return std::string(code_of(*value));
}

// Of the policy's first commission only who may see commission is told.
std::vector<FactAnswer> facts_of(const std::vector<app::FactHistory>& facts, bool with_commission) {
  std::vector<FactAnswer> answers;
  for (const app::FactHistory& fact : facts) {
    FactAnswer& answer = answers.emplace_back();
    answer.kind = app::code_of(fact.kind);
    answer.key = fact.key;
    answer.at = fact.at;
    for (const app::ShownVersion& version : fact.versions) {
      VersionAnswer& shown = answer.versions.emplace_back();
      shown.seq = version.seq;
      for (const app::ShownField& field : version.fields)
        if (with_commission || field.name != "commission")
          shown.fields.push_back(
              {.name = field.name, .text = field.text, .is_masked = field.is_masked, .is_changed = field.is_changed});
    }
  }
  return answers;
}

std::vector<TicketAnswer> tickets_of(const std::vector<app::TicketRow>& rows) {
  std::vector<TicketAnswer> answers;
  for (const app::TicketRow& row : rows)
    answers.push_back({.ticket_id = row.ticket_id,
                       .kind = std::string(code_of(row.kind)),
                       .subtype = row.subtype,
                       .org_code = row.org_code,
                       .state = row.state,
                       .timeliness = std::string(code_of(row.timeliness)),
                       .opened_at = row.opened_at,
                       .due_on = row.due_on,
                       .closed_at = row.closed_at});
  return answers;
}

CommissionAnswer commission_of(const app::CommissionRow& row) {
  return {.agent_code = row.agent_code,
          .month = row.month,
          .status = std::string(code_of(row.status)),
          .reasons = row.reasons,
          .commission = row.commission,
          .deduction = row.deduction,
          .payable = row.payable};
}

}  // namespace

report::Document document_of(const std::vector<app::ListedCase>& listed, const app::Directory& directory, Date today) {
  report::Table table{.title = {},
                      .columns = {{{"保单号", "Policy"}, 20},
                                  {{"投保人", "Policyholder"}, 12},
                                  {{"电话", "Telephone"}, 16},
                                  {{"机构", "Organisation"}, 24},
                                  {{"渠道", "Channel"}, 10},
                                  {{"承保日期", "Issued on"}, 12},
                                  {{"回访期限", "Deadline"}, 12},
                                  {{"状态", "State"}, 14},
                                  {{"环节", "Leg"}, 12},
                                  {{"结论", "Class"}, 10},
                                  {{"回访次数", "Attempts"}, 10}},
                      .rows = {}};
  for (const app::ListedCase& one : listed) {
    const app::CaseRow& row = one.row;
    const insurer::Organisation* organisation = directory.organisation(row.org_code, today);
    table.rows.push_back(report::row_of(
        {report::same(row.policy_no), report::same(one.holder_masked), report::same(one.phone_masked),
         report::same(organisation ? organisation->name : row.org_code), app::words_of(row.channel), row.issued_on,
         report::value_of(row.deadline), app::words_of(row.state), row.leg ? app::words_of(*row.leg) : report::Text(),
         app::words_of(row.result_class), std::int64_t{row.attempts}}));
  }
  return report::document_of({"案件清单", "Cases"}, std::move(table));
}

CaseAnswer answer_of(const app::ListedCase& listed, const app::Directory& directory, Date today) {
  const app::CaseRow& row = listed.row;
  const insurer::Organisation* organisation = directory.organisation(row.org_code, today);
  const insurer::Agent* agent = directory.agent(row.agent_code);
  const insurer::Product* product = directory.product(row.product_code);
  return {.policy_no = row.policy_no,
          .regime = row.regime,
          .state = std::string(code_of(row.state)),
          .result_class = std::string(code_of(row.result_class)),
          .org_code = row.org_code,
          .org_name = organisation ? organisation->name : "",
          .agent_code = row.agent_code,
          .agent_name = agent ? agent->name : "",
          .product_code = row.product_code,
          .product_name = product ? product->name : "",
          .channel = std::string(code_of(row.channel)),
          .language = row.language,
          .holder_masked = listed.holder_masked,
          .phone_masked = listed.phone_masked,
          .leg = word_of(row.leg),
          .deadline = row.deadline,
          .cooling_off_end = row.cooling_off_end,
          .success_on = row.success_on,
          .completed_on = row.completed_on,
          .success = row.success,
          .completed = row.completed,
          .attempts = row.attempts,
          .next_slot_from = row.next_slot_from,
          .premium = row.premium,
          .issued_on = row.issued_on};
}

CasePage answer_of(const app::CaseView& view, const app::Directory& directory, bool with_commission, Date today) {
  CasePage page{.standing = answer_of(app::listed(view.policy, view.rows), directory, today)};
  if (view.rows.refused)
    page.refused = {.rule = view.rows.refused->rule, .en = view.rows.refused->en, .zh = view.rows.refused->zh};
  if (view.state)
    for (const followup::Means& means : view.state->follow_up.means)
      page.means.push_back({.leg = std::string(code_of(means.leg->leg)),
                            .ended_by = means.ended_at ? std::string(means.ended_by) : "",
                            .attempts = means.attempts,
                            .ended_at = means.ended_at});
  page.tickets = tickets_of(view.rows.tickets);
  if (with_commission && view.rows.commission) page.commission = commission_of(*view.rows.commission);
  for (const app::Happening& happening : view.timeline)
    page.timeline.push_back({.at = happening.at, .what = happening.what, .detail = happening.detail});
  page.facts = facts_of(app::fact_history(view.policy.versions, false), with_commission);
  return page;
}

std::vector<ExplainedAnswer> answer_of(const std::vector<app::Explained>& parts) {
  std::vector<ExplainedAnswer> answers;
  for (const app::Explained& part : parts) {
    ExplainedAnswer& answer = answers.emplace_back();
    answer.what = part.what;
    answer.value = part.value;
    answer.facts = part.facts;
    for (const app::CitedRule& rule : part.rules) answer.rules.push_back(cited(*rule.clause, rule.value, rule.cite));
  }
  return answers;
}

WhyAnswer answer_of(const app::Why& why) {
  WhyAnswer answer{.on_worklist = why.on_worklist,
                   .state = std::string(code_of(why.state)),
                   .leg = word_of(why.leg),
                   .next_slot = why.next_slot,
                   .slots_left = why.slots_left,
                   .hindrances = {},
                   .rules = {}};
  for (const app::Hindrance& hindrance : why.hindrances) {
    HindranceAnswer& shown = answer.hindrances.emplace_back();
    shown.layer = hindrance.layer;
    shown.detail = hindrance.detail;
    shown.next = hindrance.next;
    if (hindrance.clause) shown.clause = cited(*hindrance.clause);
  }
  for (const regime::Clause* rule : why.rules) answer.rules.push_back(cited(*rule));
  return answer;
}

}  // namespace shouyue::api
