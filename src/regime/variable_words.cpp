#include "regime/variable_words.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "insurer/codes.hpp"

namespace shouyue::regime {
namespace {

using insurer::Word;

struct Noun {
  std::string_view name, zh, en;
  std::string_view unit_zh = {}, unit_en = {};
};

constexpr Noun nouns[] = {
    // the policy
    {"channel", "渠道", "channel"},
    {"product_type", "险种类别", "product type"},
    {"pay_mode", "缴费方式", "pay mode"},
    {"pay_years", "缴费年期", "pay years", "年"},
    {"term_months", "保险期间", "term", "个月", "months"},
    {"premium", "期交保费", "premium"},
    {"holder_age", "投保人年龄", "age of the holder", "周岁"},
    {"holder_gender", "投保人性别", "gender of the holder"},
    {"province", "省级区划代码", "province code"},
    {"region", "行政区划代码", "division code"},
    {"issued_on", "承保日期", "issue date"},
    {"effective_on", "生效日期", "effective date"},
    {"printed_on", "打印日期", "print date"},
    {"special_request", "特殊申请", "special request"},
    // questions answered before
    {"said_yes", "答“是”的问题", "questions answered yes"},
    {"said_no", "答“否”的问题", "questions answered no"},
    {"said_unclear", "答“不清楚”的问题", "questions answered unclear"},
    // attempts
    {"leg", "环节", "leg"},
    {"connection", "接通结果", "connection"},
    {"reason_group", "原因分类", "reason group"},
    {"party", "接听人", "party"},
    {"identity", "身份核实", "identity"},
    {"interview", "问卷", "interview"},
    {"corrected", "已更正的疑问", "corrected findings"},
    {"open", "未解决的疑问", "open findings"},
    {"ended_by", "环节结束原因", "end of the leg"},
    {"subtype", "工单子类", "ticket subtype"},
    {"days_since_first_attempt", "距首次拨打的天数", "days since the first attempt", "天"},
    {"same_connection_attempts", "接通结果相同的次数", "attempts with the same connection", "次"},
    {"fed_back", "已反馈的工单", "tickets with feedback"},
    {"defects", "信息校验问题", "intake defects"},
    // tickets
    {"kind", "工单类型", "ticket kind"},
    {"timeliness", "时效", "timeliness"},
    {"months_since_opened", "开单至今的月数", "months since opening", "个月"},
    {"days_left", "距到期日的天数", "days left", "天"},
    {"opened_on", "开单日期", "opening date"},
    {"due_on", "到期日", "due date"},
    {"closed_on", "办结日期", "settling date"},
    {"working_days_used", "处理用时", "working days used", "个工作日"},
    // commission
    {"result_class", "结论", "result class"},
    {"success_leg", "成功环节", "leg of the success"},
    {"failed_legs", "未成功的环节", "failed legs"},
    {"findings_seen", "出现过的疑问", "findings seen"},
    {"findings_open", "未解决的疑问", "open findings"},
    {"changes", "保全变更", "policy changes"},
    // policies in indicators
    {"cooling_off_end", "犹豫期截止日", "end of the cooling-off period"},
    {"success_on", "成功日期", "success date"},
    {"first_success_on", "首次成功日期", "first success date"},
    {"completed_on", "完成日期", "completion date"},
    {"cancelled_on", "解除日期", "cancellation date"},
    {"deadline", "回访期限", "deadline"},
    {"state", "案件状态", "case state"},
    {"last_leg", "最后环节", "last leg"},
    {"last_connection", "最后接通结果", "last connection"},
    {"attempts", "拨打次数", "attempts", "次"},
    // analyses
    {"first_visit_on", "首次回访日期", "first visit date"},
    {"make_up_on", "补访日期", "make-up visit date"},
    {"first_class", "首次回访结论", "class of the first visit"},
    {"first_connection", "首次回访接通结果", "connection of the first visit"},
    {"first_party", "首次回访接听人", "party of the first visit"},
    {"first_identity", "首次回访身份核实", "identity in the first visit"},
    {"first_interview", "首次回访问卷", "interview of the first visit"},
    {"make_up_class", "补访结论", "class of the make-up visit"},
    {"make_up_connection", "补访接通结果", "connection of the make-up visit"},
    {"make_up_party", "补访接听人", "party of the make-up visit"},
    {"make_up_identity", "补访身份核实", "identity in the make-up visit"},
    {"make_up_interview", "补访问卷", "interview of the make-up visit"},
    {"legs", "拨打过的环节", "legs attempted"},
    {"tickets", "开立的工单", "tickets opened"},
    {"ticket_results", "工单处理结果", "ticket results"},
};

struct Sentence {
  std::string_view name, zh, opposite_zh, en, opposite_en;
};

constexpr Sentence sentences[] = {
    {"holder_is_insured", "投保人与被保险人为同一人", "投保人与被保险人不是同一人", "the holder is the insured",
     "the holder is not the insured"},
    {"signed_receipt", "有投保人签名的回执", "没有投保人签名的回执", "the holder signed a receipt",
     "the holder signed no receipt"},
    {"receipt_has_phone", "回执上留有电话", "回执上没有电话", "the receipt has a phone number",
     "the receipt has no phone number"},
    {"visitor_is_agent", "回访人就是销售该保单的业务员", "回访人不是销售该保单的业务员", "the visitor sold the policy",
     "the visitor did not sell the policy"},
    {"reality_checked", "真实性已核实", "真实性未核实", "the visit was shown to be real",
     "the visit was not shown to be real"},
    {"phone_updated", "电话已更新", "电话未更新", "the phone number was updated", "the phone number was not updated"},
    {"success", "回访成功", "回访未成功", "follow-up succeeded", "follow-up has not succeeded"},
    {"completed", "回访完成", "回访未完成", "follow-up is completed", "follow-up is not completed"},
    {"in_scope", "属于应回访范围", "不属于应回访范围", "the policy is in scope", "the policy is out of scope"},
    {"waived", "已免回访", "未免回访", "follow-up is waived", "follow-up is not waived"},
    {"follow_up_due", "已到回访期限", "未到回访期限", "follow-up is due", "follow-up is not due"},
    {"receipt_returned", "回执已交回", "回执未交回", "the receipt is back", "the receipt is not back"},
    {"receipt_late", "回执逾期", "回执未逾期", "the receipt is late", "the receipt is not late"},
    {"receipt_signature_ok", "回执签名相符", "回执签名不符", "the signature on the receipt matches",
     "the signature on the receipt does not match"},
    {"cancelled_in_cooling_off", "犹豫期内解除合同", "未在犹豫期内解除合同", "cancelled within the cooling-off period",
     "not cancelled within the cooling-off period"},
    {"claim_ended_in_cooling_off", "犹豫期内因理赔终止", "未在犹豫期内因理赔终止",
     "ended by a claim within the cooling-off period", "not ended by a claim within the cooling-off period"},
    {"closed", "工单已办结", "工单未办结", "the ticket is settled", "the ticket is not settled"},
    {"first_visit_over", "首次回访已结束", "首次回访未结束", "the first visit is over", "the first visit is not over"},
    {"first_success", "首次回访成功", "首次回访未成功", "the first visit succeeded",
     "the first visit has not succeeded"},
    {"make_up_success", "补访成功", "补访未成功", "the make-up visit succeeded", "the make-up visit has not succeeded"},
};

constexpr Word ends_of_legs[] = {
    {"nothing", "未结束"},
    {"success", "成功"},
    {"at_once", "当即结束"},
    {"attempts_used_up", "次数用尽"},
    {"days_used_up", "天数用尽"},
    {"time_limit", "超过时限"},
    {"later_leg", "已进入后续环节"},
    {"no_phone", "没有电话"},
    {"window_exhausted", "时段用尽"},
    {"passed_over", "跳过"},
};
constexpr Word defect_words[] = {{"no_phone", "没有电话"},
                                 {"wrong_digits", "位数不对"},
                                 {"agent_phone", "业务员电话"},
                                 {"shared_phone", "与他人相同的电话"}};

// Ticket subtypes of other books that a book may name (`kpi.ticket_subtypes`).
constexpr Word subtypes_elsewhere[] = {{"proxy_signature", "代签名"}};

std::string separated(std::string_view code) {
  std::string words(code);
  std::ranges::replace(words, '_', ' ');
  return words;
}

// The list in which the words of a name stand; empty for the book's own.
std::span<const Word> list_of(std::string_view name) {
  using namespace insurer;
  static const std::map<std::string_view, std::span<const Word>> lists = {
      {"channel", words<Channel>()},
      {"product_type", words<ProductType>()},
      {"pay_mode", words<PayMode>()},
      {"holder_gender", words<Gender>()},
      {"special_request", words<SpecialRequest>()},
      {"leg", words<Leg>()},
      {"success_leg", words<Leg>()},
      {"last_leg", words<Leg>()},
      {"failed_legs", words<Leg>()},
      {"legs", words<Leg>()},
      {"connection", words<Connection>()},
      {"last_connection", words<Connection>()},
      {"first_connection", words<Connection>()},
      {"make_up_connection", words<Connection>()},
      {"party", words<Party>()},
      {"first_party", words<Party>()},
      {"make_up_party", words<Party>()},
      {"identity", words<Identity>()},
      {"first_identity", words<Identity>()},
      {"make_up_identity", words<Identity>()},
      {"interview", words<Interview>()},
      {"first_interview", words<Interview>()},
      {"make_up_interview", words<Interview>()},
      {"corrected", words<Finding>()},
      {"open", words<Finding>()},
      {"findings_seen", words<Finding>()},
      {"findings_open", words<Finding>()},
      {"ended_by", ends_of_legs},
      {"fed_back", words<TicketKind>()},
      {"kind", words<TicketKind>()},
      {"tickets", words<TicketKind>()},
      {"defects", defect_words},
      {"timeliness", words<Timeliness>()},
      {"result_class", words<ResultClass>()},
      {"first_class", words<ResultClass>()},
      {"make_up_class", words<ResultClass>()},
      {"changes", words<Change>()},
      {"state", words<CaseStatus>()},
  };
  const auto found = lists.find(name);
  return found == lists.end() ? std::span<const Word>() : found->second;
}

// `first_call_attempts`, `branch_call_bands`: of each leg.
std::optional<VariableWords> words_of_leg(std::string_view name) {
  for (const Word& leg : insurer::words<insurer::Leg>()) {
    if (!name.starts_with(leg.code)) continue;
    const std::string zh(leg.zh);
    const std::string en = separated(leg.code);
    const std::string_view counted = name.substr(leg.code.size());
    if (counted == "_attempts") return VariableWords{{zh + "次数", en + " attempts"}, {}, {"次", ""}};
    if (counted == "_bands") return VariableWords{{zh + "覆盖的时段数", "bands of " + en}, {}, {"个", ""}};
  }
  return std::nullopt;
}

Wording wording(std::string_view zh, std::string_view en) { return {std::string(zh), std::string(en)}; }

}  // namespace

VariableWords words_of(std::string_view variable) {
  for (const Noun& noun : nouns)
    if (noun.name == variable)
      return {.said = wording(noun.zh, noun.en), .opposite = {}, .unit = wording(noun.unit_zh, noun.unit_en)};
  for (const Sentence& sentence : sentences)
    if (sentence.name == variable)
      return {.said = wording(sentence.zh, sentence.en),
              .opposite = wording(sentence.opposite_zh, sentence.opposite_en),
              .unit = {}};
  return words_of_leg(variable).value_or(VariableWords{});
}

Wording word_of(const expr::Variable& variable, std::int64_t index, const OwnWords& own) {
  const auto at = static_cast<std::size_t>(index);
  const std::string& code = variable.words.at(at);
  if (const auto titles = own.find(variable.name); titles != own.end())
    if (const auto found = titles->second.find(code); found != titles->second.end()) return found->second;
  Wording said{.zh = separated(code), .en = code == "M" ? "male" : code == "F" ? "female" : separated(code)};
  if (const auto list = list_of(variable.name); at < list.size()) said.zh = list[at].zh.empty() ? "无" : list[at].zh;
  for (const Word& subtype : subtypes_elsewhere)
    if (variable.name == "subtype" && subtype.code == code) said.zh = subtype.zh;
  return said;
}

}  // namespace shouyue::regime
