#include "insurer/checks.hpp"

#include "base/id_number.hpp"
#include "base/text.hpp"

namespace shouyue::insurer {
namespace {

struct Trouble {
  std::string_view column;
  std::string value;
  std::string rule;
  std::string en, zh;
};

void add(std::vector<RowProblem>& problems, Trouble found, bool is_warning) {
  problems.push_back({.column = std::string(found.column),
                      .value = std::move(found.value),
                      .error = {Errc::invalid_input, std::move(found.rule), std::move(found.en), std::move(found.zh)},
                      .is_warning = is_warning});
}

void reject(std::vector<RowProblem>& problems, Trouble found) { add(problems, std::move(found), false); }
void warn(std::vector<RowProblem>& problems, Trouble found) { add(problems, std::move(found), true); }

// The policy of `<policy_no>-<kind>-<n>`, or nothing when the text has another form.
std::string_view policy_of_ticket(std::string_view ticket_id) {
  const std::size_t number = ticket_id.rfind('-');
  if (number == std::string_view::npos || number == 0) return {};
  const std::size_t kind = ticket_id.rfind('-', number - 1);
  if (kind == std::string_view::npos || !from_word<TicketKind>(ticket_id.substr(kind + 1, number - kind - 1)))
    return {};
  return ticket_id.substr(0, kind);
}

// What an identity card number says must agree with the row. Only a text that cannot be one keeps the row out.
void check_id_number(const Policy& row, std::vector<RowProblem>& problems) {
  if (row.holder_id_type != "id_card" || row.holder_id_no.empty()) return;
  const auto id = read_id_number(row.holder_id_no);
  if (!id) {
    // id.form -> policies.id_form
    const std::string rule = "policies.id_" + id.error().rule.substr(id.error().rule.find('.') + 1);
    add(problems, {"holder_id_no", mask_id(row.holder_id_no), rule, id.error().en, id.error().zh},
        id.error().rule != "id.form");
    return;
  }
  if (row.holder_birth_date && *row.holder_birth_date != id->birth)
    warn(problems, {"holder_birth_date", row.holder_birth_date->text(), "policies.id_birth_date",
                    "the birth date differs from that in the identity card number", "出生日期与身份证号码不符"});
  if (!row.holder_gender.empty() && (row.holder_gender == "M") != id->is_male)
    warn(problems, {"holder_gender", row.holder_gender, "policies.id_gender",
                    "the gender differs from that in the identity card number", "性别与身份证号码不符"});
}

// 8.83E+15: a spreadsheet took the number for an amount and lost its last digits.
bool is_rounded_by_spreadsheet(std::string_view number) {
  const std::size_t exponent = number.find_first_of("eE");
  if (exponent == std::string_view::npos || exponent == 0) return false;
  const std::string_view before = number.substr(0, exponent), after = number.substr(exponent + 1);
  const auto is_made_of = [](std::string_view text, std::string_view characters) {
    return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
  };
  return is_made_of(before, "0123456789.") && before.contains('.') && after.starts_with('+') &&
         is_made_of(after.substr(1), "0123456789");
}

}  // namespace

void check(const Organisation& row, std::vector<RowProblem>& problems) {
  if (!row.parent_code.empty() && row.parent_code == row.code)
    reject(problems, {"parent_code", row.parent_code, "organisations.own_parent",
                      "an organisation cannot stand above itself", "机构不能是自己的上级机构"});
  if (row.valid_from && row.valid_to && *row.valid_to < *row.valid_from)
    reject(problems, {"valid_to", row.valid_to->text(), "organisations.valid_to_before_valid_from",
                      "the last day lies before the first", "失效日期早于生效日期"});
  if (row.region_code && (*row.region_code < 100'000 || *row.region_code > 999'999))
    reject(problems, {"region_code", std::to_string(*row.region_code), "organisations.region_form",
                      "a region code has six digits", "行政区划代码应为六位数字"});
}

void check(const Agent& row, std::vector<RowProblem>& problems) {
  if (row.joined_on && row.left_on && *row.left_on < *row.joined_on)
    reject(problems, {"left_on", row.left_on->text(), "agents.left_before_joined", "the agent left before joining",
                      "离司日期早于入司日期"});
}

void check(const Product&, std::vector<RowProblem>&) {}

void check(const Policy& row, std::vector<RowProblem>& problems) {
  if (is_rounded_by_spreadsheet(row.policy_no))
    reject(problems, {"policy_no", row.policy_no, "policies.rounded_number",
                      "a spreadsheet has rounded this policy number; export the column as text",
                      "保单号已被电子表格改成科学计数法，请将该列设为文本后重新导出"});
  if (row.premium && *row.premium < Money())
    reject(problems, {"premium", row.premium->yuan(), "policies.negative_amount", "a premium cannot be negative",
                      "保费不能为负"});
  if (row.commission && *row.commission < Money())
    reject(problems, {"commission", row.commission->yuan(), "policies.negative_amount",
                      "a commission cannot be negative", "佣金不能为负"});
  if (row.holder_birth_date && *row.holder_birth_date > row.issued_on)
    reject(problems, {"holder_birth_date", row.holder_birth_date->text(), "policies.born_after_issue",
                      "the policyholder is born after the policy was issued", "投保人出生日期晚于承保日期"});
  if (row.applied_on && *row.applied_on > row.issued_on)
    warn(problems, {"applied_on", row.applied_on->text(), "policies.applied_after_issue",
                    "the application is dated after the issue", "投保日期晚于承保日期"});
  check_id_number(row, problems);
}

void check(const ReceiptRow& row, std::vector<RowProblem>& problems) {
  if (row.signed_on && row.handed_in_on && *row.handed_in_on < *row.signed_on)
    warn(problems, {"handed_in_on", row.handed_in_on->text(), "receipts.handed_in_before_signed",
                    "the receipt was handed in before it was signed", "回执交回日期早于签收日期"});
}

void check(const AttemptRow& row, std::vector<RowProblem>& problems) {
  if (row.ended_at && *row.ended_at < row.started_at)
    reject(problems, {"ended_at", row.ended_at->plain_text(), "attempts.ends_before_start",
                      "the attempt ends before it starts", "结束时间早于开始时间"});
}

void check(TicketStepRow& row, std::vector<RowProblem>& problems) {
  if (!row.ticket_id.empty()) {
    const std::string_view owner = policy_of_ticket(row.ticket_id);
    if (owner.empty() || (!row.policy_no.empty() && row.policy_no != owner)) {
      reject(problems, {"ticket_id", row.ticket_id, "ticket_steps.which_ticket",
                        "the ticket id is not one of this policy's ids", "工单号与保单不符"});
      return;
    }
    row.policy_no = owner;
  }
  if (row.policy_no.empty() || (row.ticket_id.empty() && !row.kind))
    reject(problems, {"ticket_id", row.ticket_id, "ticket_steps.which_ticket",
                      "say the ticket_id, or policy_no and kind", "请填写工单号，或保单号和工单类别"});
}

void check(const PolicyChangeRow&, std::vector<RowProblem>&) {}

void check(const AnswerRow&, std::vector<RowProblem>&) {}

}  // namespace shouyue::insurer
