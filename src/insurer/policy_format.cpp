#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "insurer/formats.hpp"
#include "insurer/id_types.hpp"

namespace shouyue::insurer {
namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto personal = Nature::personal;

Result<void> read_gender(Policy& policy, std::string_view text) {
  static constexpr std::array<std::string_view, 4> male{"男", "男性", "m", "Male"};
  static constexpr std::array<std::string_view, 4> female{"女", "女性", "f", "Female"};
  for (const auto word : male)
    if (text == word) text = "M";
  for (const auto word : female)
    if (text == word) text = "F";
  Gender gender{};
  SHOUYUE_CHECK(read_value(text, gender));
  policy.holder_gender = code_of(gender);
  return {};
}

Result<void> read_id_type(Policy& policy, std::string_view text) {
  struct IdType {
    std::string_view zh, code;
  };
  static constexpr std::array<IdType, 14> types{{
      {"身份证", "id_card"},
      {"居民身份证", "id_card"},
      {"二代身份证", "id_card"},
      {"临时身份证", "id_card"},
      {"护照", "passport"},
      {"军官证", "military_id"},
      {"士兵证", "military_id"},
      {"军人证", "military_id"},
      {"户口本", "household_register"},
      {"户口簿", "household_register"},
      {"出生证", "birth_certificate"},
      {"港澳居民来往内地通行证", "home_return_permit"},
      {"台湾居民来往大陆通行证", "mainland_travel_permit"},
      {"外国人永久居留身份证", "residence_permit"},
  }};
  policy.holder_id_type = text;
  for (const IdType& type : types)
    if (text == type.zh) policy.holder_id_type = type.code;
  return {};
}

constexpr Field<Policy> gender_field{{"holder_gender", "投保人性别", "性别", "M 男, F 女", optional},
                                     read_gender,
                                     [](const Policy& policy, std::string& out) { out += policy.holder_gender; }};

constexpr Field<Policy> id_type_field{
    {"holder_id_type", "证件类型", "投保人证件类型|证件种类",
     "id_card 身份证, passport 护照, military_id 军官证, household_register 户口本, birth_certificate 出生证, "
     "home_return_permit 港澳居民来往内地通行证, mainland_travel_permit 台湾居民来往大陆通行证, "
     "residence_permit 外国人永久居留身份证, or any other text",
     optional},
    read_id_type,
    [](const Policy& policy, std::string& out) { out += policy.holder_id_type; }};

constexpr std::array<Field<Policy>, 14> holder_table{{
    field<Policy, &Policy::policy_no>(
        {"policy_no", "保单号", "保单号码|保险单号|合同号|保单合同号", "unique number", required, Nature::key}),
    field<Policy, &Policy::channel>({"channel", "渠道", "销售渠道|渠道类型", "one of the words below", required}),
    field<Policy, &Policy::org_code>(
        {"org_code", "机构代码", "网点代码|承保机构|管理机构|机构编码", "code of the organisation", required}),
    field<Policy, &Policy::agent_code>({"agent_code", "业务员代码", "业务员工号|代理人代码|营销员代码|业务员",
                                        "code of the agent who sold it; another one is a correction and moves the "
                                        "commission, a change of service is none",
                                        optional}),
    field<Policy, &Policy::product_code>(
        {"product_code", "险种代码", "主险代码|产品代码|险种编码", "code of the product", optional}),
    field<Policy, &Policy::holder_name>({"holder_name", "投保人", "投保人姓名|客户姓名", "text", optional, personal}),
    id_type_field,
    field<Policy, &Policy::holder_id_no>(
        {"holder_id_no", "证件号码", "投保人证件号码|证件号|身份证号|身份证号码", "text", optional, personal}),
    gender_field,
    field<Policy, &Policy::holder_birth_date>(
        {"holder_birth_date", "出生日期", "投保人出生日期|投保人生日|生日", "date", optional, Nature::confidential}),
    field<Policy, &Policy::insured_name>(
        {"insured_name", "被保险人", "被保人|被保险人姓名|被保人姓名", "text", optional, personal}),
    field<Policy, &Policy::mobile_phone>(
        {"mobile_phone", "手机", "移动电话|手机号|手机号码|投保人手机", "text as received", optional, personal}),
    field<Policy, &Policy::home_phone>(
        {"home_phone", "家庭电话", "住宅电话|宅电|联系电话|投保人电话", "text as received", optional, personal}),
    field<Policy, &Policy::work_phone>(
        {"work_phone", "办公电话", "单位电话|公司电话", "text as received", optional, personal}),
}};

constexpr std::array<Field<Policy>, 12> contract_table{{
    field<Policy, &Policy::address>({"address", "联系地址", "通讯地址|地址|投保人地址", "text", optional, personal}),
    field<Policy, &Policy::language>(
        {"language", "语言", "方言|回访语言", "a dialect's name; empty: Mandarin", optional}),
    field<Policy, &Policy::premium>(
        {"premium", "期交保费", "期缴保费|保费|保费金额", "yuan, per instalment", optional}),
    field<Policy, &Policy::pay_mode>({"pay_mode", "缴费方式", "交费方式|缴费频次", "one of the words below", optional}),
    field<Policy, &Policy::pay_years>({"pay_years", "缴费年期", "交费年期|缴费年限|交费期间", "years", optional}),
    field<Policy, &Policy::term_months>(
        {"term_months", "保险期间(月)", "保险期间月|保险期限(月)", "months; 9999: lifetime", optional}),
    field<Policy, &Policy::applied_on>({"applied_on", "投保日期", "投保时间|投保单日期", "date", optional}),
    field<Policy, &Policy::issued_on>({"issued_on", "承保日期", "签单日期|承保时间|出单日期", "date", required}),
    field<Policy, &Policy::effective_on>({"effective_on", "生效日期", "保单生效日|生效日|生效时间", "date", optional}),
    field<Policy, &Policy::printed_on>({"printed_on", "打印日期", "保单打印日期|打印时间", "date", optional}),
    field<Policy, &Policy::commission>({"commission", "首期佣金", "佣金|首佣", "yuan", optional}),
    field<Policy, &Policy::special_request>(
        {"special_request", "特殊申请", "特殊回访|回访申请", "one of the words below", optional}),
}};

}  // namespace

std::span<const std::string_view> id_types() {
  static constexpr std::array<std::string_view, 9> codes{"id_card",
                                                         "passport",
                                                         "military_id",
                                                         "household_register",
                                                         "birth_certificate",
                                                         "home_return_permit",
                                                         "mainland_travel_permit",
                                                         "residence_permit",
                                                         ""};
  return codes;
}

template <>
std::span<const Field<Policy>> fields<Policy>() {
  static constexpr auto table = [] {
    std::array<Field<Policy>, holder_table.size() + contract_table.size()> all{};
    std::ranges::copy(holder_table, all.begin());
    std::ranges::copy(contract_table, all.begin() + holder_table.size());
    return all;
  }();
  return table;
}

}  // namespace shouyue::insurer
