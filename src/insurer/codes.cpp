#include "insurer/codes.hpp"

#include <array>

namespace shouyue::insurer {

template <>
std::span<const Word> words<Channel>() {
  static constexpr std::array<Word, 6> list{{
      {"agency", "个险"},
      {"bancassurance", "银保"},
      {"telesales", "电销"},
      {"online", "网销"},
      {"broker", "经代"},
      {"group", "团险"},
  }};
  return list;
}

template <>
std::span<const Word> words<ProductType>() {
  static constexpr std::array<Word, 5> list{{
      {"traditional", "传统"},
      {"participating", "分红"},
      {"universal", "万能"},
      {"unit_linked", "投连"},
      {"health", "健康"},
  }};
  return list;
}

template <>
std::span<const Word> words<Level>() {
  static constexpr std::array<Word, 6> list{{
      {"head_office", "总公司"},
      {"branch", "分公司"},
      {"city", "中支"},
      {"sub_branch", "支公司"},
      {"outlet", "网点"},
      {"area", "区部"},
  }};
  return list;
}

template <>
std::span<const Word> words<PayMode>() {
  static constexpr std::array<Word, 5> list{{
      {"single", "趸交"},
      {"annual", "年交"},
      {"semiannual", "半年交"},
      {"quarterly", "季交"},
      {"monthly", "月交"},
  }};
  return list;
}

template <>
std::span<const Word> words<SpecialRequest>() {
  static constexpr std::array<Word, 4> list{
      {{"none", "无"}, {"early_visit", "提前回访"}, {"waiver", "免回访"}, {"special_visit", "特殊回访件"}}};
  return list;
}

template <>
std::span<const Word> words<Leg>() {
  static constexpr std::array<Word, leg_count> list{{
      {"electronic", "微回访"},
      {"first_call", "首访"},
      {"second_call", "二访"},
      {"branch_call", "补访"},
      {"letter", "信函"},
      {"door_visit", "面访"},
      {"manual_visit", "人工回访"},
      {"reality_check", "真实性核实"},
  }};
  return list;
}

template <>
std::span<const Word> words<Party>() {
  static constexpr std::array<Word, 3> list{{{"unknown", "不明"}, {"holder", "投保人"}, {"other", "他人"}}};
  return list;
}

template <>
std::span<const Word> words<Identity>() {
  static constexpr std::array<Word, 3> list{{
      {"not_asked", "未核实"},
      {"verified", "核实通过"},
      {"failed", "核实不通过"},
  }};
  return list;
}

template <>
std::span<const Word> words<Interview>() {
  static constexpr std::array<Word, 4> list{{
      {"none", "未进行"},
      {"partial", "部分完成"},
      {"complete", "完成"},
      {"refused", "拒绝"},
  }};
  return list;
}

template <>
std::span<const Word> words<AnswerOption>() {
  static constexpr std::array<Word, 3> list{{{"yes", "是"}, {"no", "否"}, {"unclear", "不清楚"}}};
  return list;
}

template <>
std::span<const Word> words<Connection>() {
  static constexpr std::array<Word, 29> list{{
      {"answered", "接通"},
      {"contract_not_received", "未收到合同"},
      {"no_answer", "无人接听"},
      {"identity_mismatch", "信息核实错误"},
      {"call_rejected", "提示拒绝接听"},
      {"wrong_number", "号码错误"},
      {"suspended_for_arrears", "欠费停机"},
      {"busy", "忙音"},
      {"powered_off", "关机"},
      {"line_fault", "线路故障"},
      {"inconvenient", "不方便接听"},
      {"special_reason", "特殊原因无法回访"},
      {"cancelled", "犹豫(生存)退保"},
      {"holder_absent", "本人不在"},
      {"nonexistent_number", "空号"},
      {"other", "其他"},
      {"holder_refused", "本人拒绝回访"},
      {"hung_up_early", "提前挂机"},
      {"unaware_of_purchase", "不知道购买了保险"},
      {"travelling", "长期出差"},
      {"dialect", "方言无法沟通"},
      {"incoming_restricted", "号码暂停使用"},
      {"uncooperative", "不配合信息核实"},
      {"family_refused", "家人拒绝"},
      {"no_phone", "无联系方式"},
      {"agent_phone", "业务员/网点电话"},
      {"recorder", "录音电话"},
      {"fax", "传真"},
      {"contract_not_arrived", "合同未送达"},
  }};
  return list;
}

template <>
std::span<const Word> words<Finding>() {
  static constexpr std::array<Word, 17> list{{
      {"not_aware_insurance", "不清楚购买的是保险"},
      {"notice_or_liability_unclear", "投保提示或保险责任不清楚"},
      {"cooling_off_or_surrender_loss_unclear", "犹豫期或退保损失不清楚"},
      {"terms_unclear", "缴费或保险期间不清楚"},
      {"returns_unclear", "收益不确定性不清楚"},
      {"deductions_unclear", "费用扣除不清楚"},
      {"signature_unsure", "签名存疑"},
      {"proxy_signature_documents", "投保单证代签名"},
      {"proxy_signature_risk_statement", "风险提示语代抄录"},
      {"health_disclosure_untrue", "健康财务告知不实"},
      {"other_financial_product_recommended", "被推荐其他理财产品"},
      {"recording_not_told", "未告知双录"},
      {"recording_not_own_will", "双录非本人意愿"},
      {"intends_surrender", "意向退保"},
      {"intends_complaint", "意向投诉"},
      {"phone_changed", "电话变更"},
      {"other_doubt", "其他疑问"},
  }};
  return list;
}

template <>
std::span<const Word> words<Step>() {
  static constexpr std::array<Word, 7> list{{
      {"accept", "受理"},
      {"feedback", "反馈"},
      {"resolve", "解决"},
      {"reject", "退回"},
      {"reopen", "重开"},
      {"close", "结案"},
      {"review", "初审"},
  }};
  return list;
}

template <>
std::span<const Word> words<TicketResult>() {
  static constexpr std::array<Word, 6> list{{
      {"kept", "保单保留"},
      {"surrendered", "已退保"},
      {"talked", "已面谈"},
      {"explained", "已解释"},
      {"signed_again", "已补签名"},
      {"data_corrected", "资料已更正"},
  }};
  return list;
}

template <>
std::span<const Word> words<Change>() {
  static constexpr std::array<Word, 9> list{{
      {"cooling_off_cancel", "犹豫期退保"},
      {"withdrawal", "撤保"},
      {"surrender", "退保"},
      {"claim_termination", "理赔终止"},
      {"lapse", "失效"},
      {"reinstatement", "复效"},
      {"transfer_out", "迁出"},
      {"maturity", "满期"},
      {"phone_change", "电话变更"},
  }};
  return list;
}

template <>
std::span<const Word> words<TicketKind>() {
  static constexpr std::array<Word, 12> list{{
      {"verification", "核实件"},
      {"problem", "问题件"},
      {"substandard", "次标准件"},
      {"dialect", "方言件"},
      {"letter", "信函件"},
      {"door_visit", "面访件"},
      {"contract_quality", "契约品质件"},
      {"surrender_warning", "退保预警"},
      {"complaint_warning", "投诉预警"},
      {"intake_problem", "信息问题件"},
      {"explanation", "沟通解释件"},
      {"phone", "电话件"},
  }};
  return list;
}

template <>
std::span<const Word> words<CaseStatus>() {
  static constexpr std::array<Word, 10> list{{
      {"not_due", "未到回访期"},
      {"open", "可回访"},
      {"waiting", "等待"},
      {"window_exhausted", "时段用尽"},
      {"with_branch", "机构处理中"},
      {"succeeded", "成功"},
      {"failed", "失败"},
      {"out_of_scope", "无需回访"},
      {"waived", "免回访"},
      {"cancelled", "已撤销"},
  }};
  return list;
}

template <>
std::span<const Word> words<ResultClass>() {
  static constexpr std::array<Word, 5> list{{
      {"", ""},
      {"standard", "标准件"},
      {"substandard", "次标准件"},
      {"problem", "问题件"},
      {"verification", "核实件"},
  }};
  return list;
}

template <>
std::span<const Word> words<Timeliness>() {
  static constexpr std::array<Word, 3> list{{{"normal", "正常"}, {"warning", "警告"}, {"overdue", "超时"}}};
  return list;
}

template <>
std::span<const Word> words<CommissionStatus>() {
  static constexpr std::array<Word, 5> list{{
      {"pending", "待定"},
      {"held", "缓发"},
      {"released", "发放"},
      {"withheld", "扣发"},
      {"cancelled", "取消"},
  }};
  return list;
}

template <>
std::span<const Word> words<ExceptionKind>() {
  static constexpr std::array<Word, 5> list{{
      {"waiver", "免回访"},
      {"rule_book", "改用制度"},
      {"commission_release", "佣金手工发放"},
      {"month_close", "月结"},
      {"revocation", "撤销例外"},
  }};
  return list;
}

template <>
std::span<const Word> words<ExceptionState>() {
  static constexpr std::array<Word, 5> list{{
      {"asked", "待批准"},
      {"granted", "已批准"},
      {"refused", "未批准"},
      {"withdrawn", "已撤回"},
      {"revoked", "已撤销"},
  }};
  return list;
}

template <>
std::span<const Word> words<Gender>() {
  static constexpr std::array<Word, 2> list{{{"M", "男"}, {"F", "女"}}};
  return list;
}

bool is_call(Leg leg) { return leg != Leg::electronic && leg != Leg::letter && leg != Leg::door_visit; }

}  // namespace shouyue::insurer
