#include <array>

#include "base/text.hpp"
#include "insurer/formats.hpp"

namespace shouyue::insurer {
namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto confidential = Nature::confidential;

template <class Row>
constexpr Field<Row> policy_no_field(Need need) {
  return field<Row, &Row::policy_no>(
      {"policy_no", "保单号", "保单号码|保险单号|合同号|保单合同号", "number of the policy", need, Nature::key});
}

Result<void> read_receipt_kind(ReceiptRow& row, std::string_view text) {
  row.electronic = text == "electronic" || text == "电子" || text == "电子回执";
  if (row.electronic || text == "paper" || text == "纸质" || text == "纸质回执") return {};
  return refuse(Errc::invalid_input, "import.unknown_word", "'" + excerpt(text) + "' is not one of: paper, electronic",
                "“" + excerpt(text) + "”不在可用词之列：纸质、电子");
}

// One `code:corrected` or `code:open`.
Result<void> read_finding(AttemptRow& row, std::string_view part) {
  const std::size_t colon = part.rfind(':');
  const std::string_view state = colon == std::string_view::npos ? std::string_view() : trim(part.substr(colon + 1));
  const bool is_corrected = state == "corrected" || state == "已更正";
  if (!is_corrected && state != "open" && state != "未解决")
    return refuse(Errc::invalid_input, "attempts.finding_form",
                  "'" + excerpt(part) + "' must be a finding's code, a colon and corrected or open",
                  "“" + excerpt(part) + "”应为：疑问代码:corrected 或 疑问代码:open");
  Finding finding{};
  SHOUYUE_CHECK(read_value(trim(part.substr(0, colon)), finding));
  (is_corrected ? row.corrected : row.open) |= bit(finding);
  return {};
}

Result<void> read_findings(AttemptRow& row, std::string_view text) {
  row.corrected = row.open = 0;
  for (const std::string_view part : split(text, ';'))
    if (!trim(part).empty()) SHOUYUE_CHECK(read_finding(row, trim(part)));
  // Somebody who still doubts at the end of the call doubts.
  row.corrected &= ~row.open;
  return {};
}

void append_findings(const AttemptRow& row, std::string& out) {
  bool first = true;
  for (std::size_t i = 0; i < words<Finding>().size(); ++i) {
    const std::uint64_t mask = std::uint64_t{1} << i;
    if (((row.corrected | row.open) & mask) == 0) continue;
    if (!first) out += ';';
    first = false;
    out += words<Finding>()[i].code;
    out += (row.open & mask) != 0 ? ":open" : ":corrected";
  }
}

}  // namespace

template <>
std::span<const Field<ReceiptRow>> fields<ReceiptRow>() {
  static constexpr std::array<Field<ReceiptRow>, 9> table{{
      policy_no_field<ReceiptRow>(required),
      field<ReceiptRow, &ReceiptRow::delivered_on>(
          {"delivered_on", "送达日期", "保单送达日期|递送日期", "date", optional}),
      field<ReceiptRow, &ReceiptRow::signed_on>(
          {"signed_on", "签收日期", "客户签收日期|回执签收日期|客户签名时间", "date", optional}),
      field<ReceiptRow, &ReceiptRow::handed_in_on>(
          {"handed_in_on", "交回日期", "回执交回日期|上交时间|回执上交日期", "date", optional}),
      field<ReceiptRow, &ReceiptRow::reconciled_on>(
          {"reconciled_on", "核销日期", "回执核销日期|回销日期|回执回销日期", "date", optional}),
      Field<ReceiptRow>{{"kind", "回执类型", "类型|回执种类", "paper 纸质, electronic 电子", optional},
                        read_receipt_kind,
                        [](const ReceiptRow& row, std::string& out) { out += row.electronic ? "electronic" : ""; }},
      field<ReceiptRow, &ReceiptRow::signature_matches>(
          {"signature_matches", "签名相符", "签名是否相符|签名一致", "yes or no", optional}),
      field<ReceiptRow, &ReceiptRow::paper_signed_on>({"paper_signed_on", "纸质回执签收日期", "纸质签收日期",
                                                       "date on the paper beside an electronic receipt", optional}),
      field<ReceiptRow, &ReceiptRow::preferred_visit_on>({"preferred_visit_on", "指定回访日期",
                                                          "预约回访日期|选择回访日期",
                                                          "date of visit that the holder ticked", optional}),
  }};
  return table;
}

template <>
std::span<const Field<AttemptRow>> fields<AttemptRow>() {
  static constexpr std::array<Field<AttemptRow>, 18> table{{
      policy_no_field<AttemptRow>(required),
      field<AttemptRow, &AttemptRow::attempt_id>(
          {"attempt_id", "回访记录号", "记录号|流水号|通话流水号|attempt", "unique within the policy", required}),
      field<AttemptRow, &AttemptRow::leg>(
          {"leg", "回访环节", "环节|回访方式|回访类型", "one of the words below", required}),
      field<AttemptRow, &AttemptRow::started_at>(
          {"started_at", "开始时间", "通话开始时间|回访时间|拨打时间", "time", required}),
      field<AttemptRow, &AttemptRow::ended_at>({"ended_at", "结束时间", "通话结束时间", "time", optional}),
      field<AttemptRow, &AttemptRow::operator_code>(
          {"operator", "操作员", "回访人|坐席|坐席工号|回访人员|经办人", "code or name", optional}),
      field<AttemptRow, &AttemptRow::phone>(
          {"phone", "拨打电话", "通话号码|被叫号码|电话", "text as received", optional, Nature::personal}),
      field<AttemptRow, &AttemptRow::connection>(
          {"connection", "接通结果", "接通情况|回访结果|失败原因|不成功原因", "one of the words below", required}),
      field<AttemptRow, &AttemptRow::party>(
          {"party", "接听人", "通话对象", "one of the words below; empty: unknown", optional}),
      field<AttemptRow, &AttemptRow::identity>(
          {"identity", "身份核实", "核实结果", "one of the words below; empty: not_asked", optional}),
      field<AttemptRow, &AttemptRow::interview>(
          {"interview", "问卷完成", "访谈结果|问卷结果", "one of the words below; empty: none", optional}),
      Field<AttemptRow>{{"findings", "疑问", "疑问点|发现问题|问题",
                         "`code:corrected` or `code:open`, joined by `;`; codes below", optional},
                        read_findings,
                        append_findings},
      field<AttemptRow, &AttemptRow::recording_id>(
          {"recording_id", "录音编号", "录音号|录音文件", "text", optional, confidential}),
      field<AttemptRow, &AttemptRow::note>({"note", "备注", "回访内容|说明", "text", optional, confidential}),
      field<AttemptRow, &AttemptRow::appointment_at>({"appointment_at", "预约时间", "约定回访时间|预约回访时间",
                                                      "time the customer asked to be called again", optional}),
      field<AttemptRow, &AttemptRow::signed_receipt>({"signed_receipt", "签名回执", "投保人签名回执|回执签名|签名回函",
                                                      "yes or no: the holder signed for the letter or the visit",
                                                      optional}),
      field<AttemptRow, &AttemptRow::receipt_phone>({"receipt_phone", "回执电话", "面访回执电话|回执联系电话",
                                                     "text as received: the number on that receipt", optional,
                                                     Nature::personal}),
      field<AttemptRow, &AttemptRow::language>({"language", "语言", "方言|沟通语言",
                                                "dialect that was heard on the line; later calls go to a seat that "
                                                "speaks it",
                                                optional}),
  }};
  return table;
}

template <>
std::span<const Field<TicketStepRow>> fields<TicketStepRow>() {
  static constexpr std::array<Field<TicketStepRow>, 11> table{{
      policy_no_field<TicketStepRow>(optional),
      field<TicketStepRow, &TicketStepRow::ticket_id>(
          {"ticket_id", "工单号", "工单编号", "as exported; or policy_no and kind", optional}),
      field<TicketStepRow, &TicketStepRow::kind>({"kind", "工单类别", "工单类型|类别",
                                                  "one of the words below: the policy's newest ticket of this kind",
                                                  optional}),
      field<TicketStepRow, &TicketStepRow::step>(
          {"step", "步骤", "处理步骤|操作|工单状态", "one of the words below", required}),
      field<TicketStepRow, &TicketStepRow::at>({"at", "时间", "处理时间|操作时间|结案时间", "time", required}),
      field<TicketStepRow, &TicketStepRow::operator_code>(
          {"operator", "操作员", "处理人|经办人", "code or name", optional}),
      field<TicketStepRow, &TicketStepRow::result>(
          {"result", "处理结果", "结果|上门结果", "one of the words below, or any other text", optional, confidential}),
      field<TicketStepRow, &TicketStepRow::new_phone>(
          {"new_phone", "新电话", "更正电话|新联系电话", "text as received", optional, Nature::personal}),
      field<TicketStepRow, &TicketStepRow::note>({"note", "备注", "说明|处理说明", "text", optional, confidential}),
      field<TicketStepRow, &TicketStepRow::org_code>(
          {"org_code", "处理机构", "处理机构代码|机构代码", "code of the office that took the step", optional}),
      field<TicketStepRow, &TicketStepRow::appointment_at>({"appointment_at", "预约时间", "约定回访时间|预约回访时间",
                                                            "time agreed with the customer for the next visit",
                                                            optional}),
  }};
  return table;
}

template <>
std::span<const Field<PolicyChangeRow>> fields<PolicyChangeRow>() {
  static constexpr std::array<Field<PolicyChangeRow>, 5> table{{
      policy_no_field<PolicyChangeRow>(required),
      field<PolicyChangeRow, &PolicyChangeRow::change>(
          {"change", "变更", "变更类型|保全项目|变更项目", "one of the words below", required}),
      field<PolicyChangeRow, &PolicyChangeRow::on>({"on", "变更日期", "日期|保全日期|变更生效日期", "date", required}),
      field<PolicyChangeRow, &PolicyChangeRow::value>({"value", "变更值", "新值|变更内容",
                                                       "the new phone of a phone_change, else text", optional,
                                                       Nature::personal}),
      field<PolicyChangeRow, &PolicyChangeRow::note>({"note", "备注", "说明", "text", optional, confidential}),
  }};
  return table;
}

template <>
std::span<const Field<AnswerRow>> fields<AnswerRow>() {
  static constexpr std::array<Field<AnswerRow>, 9> table{{
      policy_no_field<AnswerRow>(required),
      field<AnswerRow, &AnswerRow::attempt_id>({"attempt_id", "回访记录号", "记录号|流水号|通话流水号",
                                                "of the attempt on which it was answered", required}),
      field<AnswerRow, &AnswerRow::question>(
          {"question", "问题", "问题编号|题目", "id in the questionnaire", required}),
      field<AnswerRow, &AnswerRow::option>({"option", "回答", "答案|选项", "one of the words below", required}),
      field<AnswerRow, &AnswerRow::at>({"at", "回答时间", "时间", "time", required}),
      field<AnswerRow, &AnswerRow::version>({"version", "问卷版本", "版本", "of the questionnaire", optional}),
      field<AnswerRow, &AnswerRow::wording>({"wording", "话术", "问题内容|题干",
                                             "text as it was to be read aloud, {holder_name} for the name", optional}),
      field<AnswerRow, &AnswerRow::recording_offset>(
          {"recording_offset", "录音位置(秒)", "录音位置|录音秒数", "seconds into the recording", optional}),
      field<AnswerRow, &AnswerRow::not_applicable>(
          {"not_applicable", "不适用", "是否不适用", "yes: a later answer took the question away", optional}),
  }};
  return table;
}

template <>
std::span<const Field<ExceptionRow>> fields<ExceptionRow>() {
  static constexpr std::array<Field<ExceptionRow>, 8> table{{
      policy_no_field<ExceptionRow>(required),
      field<ExceptionRow, &ExceptionRow::request>({"request", "申请序号", "", "number", required}),
      field<ExceptionRow, &ExceptionRow::kind>({"kind", "例外事项", "", "one of the words of exceptions", required}),
      field<ExceptionRow, &ExceptionRow::at>({"at", "批准时间", "", "time", required}),
      field<ExceptionRow, &ExceptionRow::value>(
          {"value", "内容", "", "the rule book of a rule_book, the request that a revocation revokes", optional}),
      field<ExceptionRow, &ExceptionRow::asked_by>({"asked_by", "申请人", "", "account", required}),
      field<ExceptionRow, &ExceptionRow::granted_by>({"granted_by", "批准人", "", "account", required}),
      field<ExceptionRow, &ExceptionRow::reason>({"reason", "理由", "", "text", required}),
  }};
  return table;
}

}  // namespace shouyue::insurer
