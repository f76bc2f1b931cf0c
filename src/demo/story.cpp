#include "demo/story.hpp"

#include <array>

#include "base/error.hpp"

namespace shouyue::demo {
namespace {

constexpr std::array<StoryShare, 43> shares{{
    {Story::plain, 634, "一切正常", "nothing special"},
    {Story::doubt_corrected, 60, "疑问当场解释清楚", "a doubt explained on the line"},
    {Story::doubt_open, 34, "条款不清楚", "terms not understood"},
    {Story::proxy_documents, 12, "投保资料代签名", "documents signed by somebody else"},
    {Story::proxy_risk_statement, 5, "风险提示语代抄", "risk statement copied by somebody else"},
    {Story::health_untrue, 5, "健康告知不实", "health not truthfully told"},
    {Story::misselling, 12, "疑似销售误导", "suspected misselling"},
    {Story::other_product, 4, "推荐其他金融产品", "other financial product recommended"},
    {Story::recording, 5, "双录问题", "recording not told or not own will"},
    {Story::surrender_intended, 7, "有退保意向", "intends to surrender"},
    {Story::complaint_intended, 4, "有投诉意向", "intends to complain"},
    {Story::holder_refuses, 14, "本人拒绝回访", "holder refuses"},
    {Story::family_refuses, 4, "家人拒绝", "family refuses"},
    {Story::identity_fails, 8, "身份核实不符", "identity not verified"},
    {Story::travelling, 8, "长期出差", "travelling"},
    {Story::cancels_in_cooling_off, 14, "犹豫期退保", "cancels in the cooling-off period"},
    {Story::withdraws, 3, "撤保", "withdraws"},
    {Story::claim_ends, 2, "理赔终止", "ended by a claim"},
    {Story::surrenders_later, 5, "退保", "surrenders later"},
    {Story::moves_away, 2, "迁出", "transferred out"},
    {Story::waiver, 4, "免回访申请", "waiver requested"},
    {Story::early_visit, 8, "提前回访申请", "early visit requested"},
    {Story::no_phone, 6, "未留电话", "no phone given"},
    {Story::wrong_digits, 8, "电话位数错误", "wrong number of digits"},
    {Story::nonexistent_number, 14, "空号", "non-existent number"},
    {Story::wrong_number, 14, "号码错误", "wrong number"},
    {Story::agents_phone, 8, "留业务员电话", "the agent's own phone"},
    {Story::shared_phone, 9, "三人同号", "one phone for three holders"},
    {Story::prefixed_mobile, 12, "手机号前加区号", "area code before a mobile number"},
    {Story::suspended, 8, "欠费停机", "stopped for arrears"},
    {Story::incoming_restricted, 5, "呼入限制", "incoming calls restricted"},
    {Story::fax, 2, "传真号码", "a fax number"},
    {Story::recorder, 2, "录音电话", "an answering machine"},
    {Story::phone_change_reported, 4, "客户变更电话", "holder reports a new phone"},
    {Story::receipt_never_returned, 8, "回执一直未交回", "receipt never returned"},
    {Story::receipt_late, 12, "回执迟交", "receipt handed in late"},
    {Story::signature_differs, 6, "回执签名不符", "receipt signature differs"},
    {Story::contract_not_received, 6, "未收到合同", "contract not received"},
    {Story::call_corrected_to_proxy, 5, "复听录音改判代签名", "recording heard again: proxy signature"},
    {Story::call_corrected_to_clean, 5, "复听录音撤销疑问", "recording heard again: no doubt"},
    {Story::receipt_corrected, 5, "签收日期更正", "date of signing corrected"},
    {Story::phone_corrected, 5, "保单电话更正", "phone on the policy corrected"},
    {Story::name_corrected, 2, "姓名更正", "name corrected"},
}};

constexpr int total = [] {
  int sum = 0;
  for (const StoryShare& entry : shares) sum += entry.share;
  return sum;
}();
static_assert(total == 1000);
static_assert([] {
  for (std::size_t i = 0; i < shares.size(); ++i)
    if (shares[i].story != static_cast<Story>(i)) return false;
  return true;
}());

}  // namespace

std::span<const StoryShare> story_shares() { return shares; }

StoryPlace story_of(std::uint64_t seed, int policy_index) {
  constexpr int stride = 619;  // prime to 1000: a run of 1,000 policies meets every slot once
  int slot = static_cast<int>((static_cast<std::uint64_t>(policy_index % 1000) * stride + seed % 1000 * 37) % 1000);
  for (const StoryShare& entry : shares) {
    if (slot < entry.share) return {entry.story, slot};
    slot -= entry.share;
  }
  ensure(false, "story shares cover every slot");
  return {Story::plain, 0};
}

bool has_bad_number(Story story) {
  return (story >= Story::no_phone && story <= Story::recorder && story != Story::prefixed_mobile) ||
         story == Story::phone_corrected;
}

}  // namespace shouyue::demo
