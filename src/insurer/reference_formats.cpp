#include <array>

#include "insurer/formats.hpp"

namespace shouyue::insurer {
namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;

}  // namespace

template <>
std::span<const Field<Organisation>> fields<Organisation>() {
  static constexpr std::array<Field<Organisation>, 7> table{{
      field<Organisation, &Organisation::code>(
          {"code", "机构代码", "机构编码|机构号", "unique code", required, Nature::key}),
      field<Organisation, &Organisation::name>({"name", "机构名称", "机构全称|机构", "text", required}),
      field<Organisation, &Organisation::level>(
          {"level", "层级", "机构层级|机构级别|级别", "one of the words below", required}),
      field<Organisation, &Organisation::parent_code>({"parent_code", "上级机构", "上级机构代码|上级代码",
                                                       "code of the organisation above; empty for head office",
                                                       optional}),
      field<Organisation, &Organisation::region_code>(
          {"region_code", "行政区划", "行政区划代码|区划代码", "six digits (GB/T 2260)", optional}),
      field<Organisation, &Organisation::valid_from>({"valid_from", "生效日期", "启用日期|开业日期",
                                                      "date; another date is another period of the same organisation",
                                                      optional}),
      field<Organisation, &Organisation::valid_to>(
          {"valid_to", "失效日期", "停用日期|撤销日期", "date, the last day", optional}),
  }};
  return table;
}

template <>
std::span<const Field<Agent>> fields<Agent>() {
  static constexpr std::array<Field<Agent>, 7> table{{
      field<Agent, &Agent::code>(
          {"code", "业务员代码", "业务员工号|代理人代码|营销员代码|工号", "unique code", required, Nature::key}),
      field<Agent, &Agent::name>({"name", "姓名", "业务员姓名|代理人姓名", "text", optional, Nature::personal}),
      field<Agent, &Agent::org_code>(
          {"org_code", "机构代码", "所属机构|机构编码", "code of the organisation", optional}),
      field<Agent, &Agent::channel>({"channel", "渠道", "销售渠道|所属渠道", "one of the words below", optional}),
      field<Agent, &Agent::phone>(
          {"phone", "电话", "手机|联系电话|业务员电话", "phone number", optional, Nature::personal}),
      field<Agent, &Agent::joined_on>({"joined_on", "入司日期", "入职日期|签约日期", "date", optional}),
      field<Agent, &Agent::left_on>({"left_on", "离司日期", "离职日期|解约日期", "date", optional}),
  }};
  return table;
}

template <>
std::span<const Field<Product>> fields<Product>() {
  static constexpr std::array<Field<Product>, 4> table{{
      field<Product, &Product::code>({"code", "险种代码", "产品代码|险种编码", "unique code", required, Nature::key}),
      field<Product, &Product::name>({"name", "险种名称", "产品名称|险种", "text", optional}),
      field<Product, &Product::type>(
          {"type", "险种类型", "类型|产品类型|险种类别|设计类型", "one of the words below", optional}),
      field<Product, &Product::cooling_off_days>({"cooling_off_days", "犹豫期天数", "犹豫期",
                                                  "days, when the product has its own cooling-off period", optional}),
  }};
  return table;
}

}  // namespace shouyue::insurer
