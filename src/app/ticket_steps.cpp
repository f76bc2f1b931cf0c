#include "app/ticket_steps.hpp"

#include <algorithm>

#include "app/record.hpp"
#include "app/visit_slots.hpp"
#include "base/phone.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

using insurer::Step;

Result<void> require_choice(const TicketView& view, Step step) {
  const auto choice = std::ranges::find(view.choices, step, &ticket::StepChoice::step);
  ensure(choice != view.choices.end(), "every step has a choice");
  if (!choice->refused) return {};
  return std::unexpected(*choice->refused);
}

Result<void> require_result(const TicketView& view, const TicketAction& action) {
  if (action.step != Step::resolve || !view.rule->results) return {};
  const auto given = insurer::from_word<insurer::TicketResult>(action.result);
  const auto& words = view.rule->results->words;
  if (given && std::ranges::find(words, *given) != words.end()) return {};
  std::string en, zh;
  for (const auto word : words) {
    en += (en.empty() ? "" : ", ") + std::string(code_of(word));
    zh += (zh.empty() ? "" : "、") + std::string(zh_of(word));
  }
  return refuse(Errc::rule_broken, "tickets.needs_result", "say what came of it, one of: " + en,
                "请填写处理结果：" + zh);
}

// What only says that it was done settles nothing.
Result<void> require_words(const TicketAction& action) {
  if (action.step != Step::feedback && action.step != Step::resolve) return {};
  if (!action.result.empty() || !action.new_phone.empty() || action.appointment_at || !trim(action.note).empty())
    return {};
  return refuse(Errc::invalid_input, "tickets.needs_words", "say what was done: a result, a new number or a note",
                "请填写处理结果、新电话或说明");
}

// A step is known by its kind and its second.
Result<void> require_own_second(const Session& session, const TicketView& view, const TicketAction& action) {
  for (const insurer::TicketStep& step : view.policy.versions.ticket_steps)
    if (step.ticket_id == action.ticket_id && step.step == action.step && step.at.text() == session.now.text())
      return refuse(Errc::conflict, "tickets.same_second", "such a step was written down this second; send it again",
                    "同一秒内已登记过相同步骤，请再提交一次");
  return {};
}

bool same_number(const std::string& a, const std::string& b) {
  const auto first = read_phone(a), second = read_phone(b);
  return first && second && first->number == second->number;
}

// Source of the second: 个险业务管理部业务员品质管理宣导 · 监督 (the agent's own number is forbidden); a policy of the
// agent's own may carry it.
Result<void> require_phone(const TicketView& view, const std::string& number) {
  if (number.empty()) return {};
  const auto phone = read_phone(number);
  if (!phone)
    return refuse(Errc::invalid_input, "tickets.phone_form",
                  "the new phone is no number: " + std::string(phone_defect_en(phone.error())),
                  "新电话有误：" + std::string(phone_defect_zh(phone.error())));
  if (phone->kind == PhoneKind::service)
    return refuse(Errc::invalid_input, "tickets.phone_form", "the new phone is a service number, no person's line",
                  "新电话是服务号码，不是个人电话");
  const insurer::Surroundings& around = view.policy.surroundings;
  if (!same_number(number, around.agent_phone) || around.agent_name == view.facts().holder_name) return {};
  return refuse(Errc::rule_broken, "tickets.phone_of_agent",
                "the number is the seller's own; ask the policyholder for his",
                "该号码是销售业务员本人的电话，请填写投保人本人的电话");
}

Result<void> require_appointment(const Session& session, const TicketView& view, const TicketAction& action) {
  if (!action.appointment_at) return {};
  if (*action.appointment_at > session.now) return require_slot(view, *action.appointment_at);
  return refuse(Errc::invalid_input, "tickets.appointment_past", "the appointment is not in the future",
                "预约时间须晚于现在");
}

Entry entry_of(const Session& session, const access::Account& account, const TicketAction& action) {
  Entry entry{.kind = insurer::FileKind::ticket_steps,
              .fields = {{"ticket_id", action.ticket_id},
                         {"step", std::string(code_of(action.step))},
                         {"at", session.now.text()},
                         {"operator", account.name},
                         {"org_code", account.org_code}}};
  const auto add = [&](const char* column, const std::string& text) {
    if (!text.empty()) entry.fields.emplace_back(column, text);
  };
  add("result", action.result);
  add("new_phone", action.new_phone);
  add("note", action.note);
  if (action.appointment_at) entry.fields.emplace_back("appointment_at", action.appointment_at->text());
  return entry;
}

}  // namespace

std::vector<insurer::TicketResult> results_of(const regime::TicketRule& rule) {
  if (rule.results) return rule.results->words;
  std::vector<insurer::TicketResult> all;
  for (std::size_t n = 0; n < insurer::words<insurer::TicketResult>().size(); ++n)
    all.push_back(static_cast<insurer::TicketResult>(n));
  return all;
}

Result<TicketView> take_step(Session& session, PolicyDeriver& deriver, const access::Account& account,
                             const TicketAction& action) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const TicketView before = SHOUYUE_TRY(ticket_view(session, deriver, account, action.ticket_id));
  SHOUYUE_CHECK(require_choice(before, action.step));
  SHOUYUE_CHECK(require_result(before, action));
  SHOUYUE_CHECK(require_words(action));
  SHOUYUE_CHECK(require_own_second(session, before, action));
  SHOUYUE_CHECK(require_phone(before, action.new_phone));
  SHOUYUE_CHECK(require_appointment(session, before, action));
  SHOUYUE_CHECK(record_within(session, deriver, before.policy.policy_no, {entry_of(session, account, action)}));
  SHOUYUE_CHECK(transaction.commit());
  return ticket_view(session, deriver, account, action.ticket_id);
}

}  // namespace shouyue::app
