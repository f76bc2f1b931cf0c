#include "regime/condition_words.hpp"

#include <doctest/doctest.h>

#include "regime/vocabulary.hpp"

using namespace shouyue;
using namespace shouyue::regime;
using expr::Expression;
using expr::Schema;

namespace {

const OwnWords own{{"reason_group", {{"number", {"号码问题", "Number problem"}}}}};

Wording said(const std::string& text, const Schema& schema) {
  const auto condition = Expression::parse(text, schema);
  REQUIRE_MESSAGE(condition.has_value(), text);
  return in_words(*condition, schema, own);
}

Wording of_policy(const std::string& text) { return said(text, policy_schema()); }
Wording of_attempt(const std::string& text) { return said(text, attempt_schema({"number", "refused"}, {})); }
Wording of_figures(const std::string& text) { return said(text, policy_column_schema()); }

}  // namespace

TEST_CASE("a comparison is said with the word of the list or the unit") {
  CHECK(of_policy("channel == 'bancassurance'") == Wording{"渠道为银保", "channel is bancassurance"});
  CHECK(of_policy("channel != 'group'").zh == "渠道不为团险");
  CHECK(of_policy("holder_age >= 60") == Wording{"投保人年龄至少 60 周岁", "age of the holder is at least 60"});
  CHECK(of_policy("term_months > 12") == Wording{"保险期间大于 12 个月", "term is more than 12 months"});
  CHECK(of_policy("60 <= holder_age").zh == "投保人年龄至少 60 周岁");
  CHECK(of_policy("premium < yuan(60000)").zh == "期交保费小于 60000.00 元");
  CHECK(of_policy("issued_on >= 2017-06-20") ==
        Wording{"承保日期不早于 2017-06-20", "issue date is on or after 2017-06-20"});
  CHECK(of_policy("channel in ['agency', 'bancassurance']") ==
        Wording{"渠道属于个险、银保", "channel is one of agency, bancassurance"});
  CHECK(of_policy("channel in ['agency']").zh == "渠道为个险");
}

TEST_CASE("and binds closer than or, and says so") {
  CHECK(of_policy("channel == 'agency' or holder_age >= 60 and province == 31").zh ==
        "渠道为个险，或投保人年龄至少 60 周岁且省级区划代码为 31");
  CHECK(of_policy("(channel == 'agency' or holder_age >= 60) and province == 31") ==
        Wording{"（渠道为个险，或投保人年龄至少 60 周岁）且省级区划代码为 31",
                "(channel is agency, or age of the holder is at least 60) and province code is 31"});
  CHECK(of_policy("not (channel == 'agency' or province == 31)").zh == "并非（渠道为个险，或省级区划代码为 31）");
  CHECK(of_policy("not not (channel == 'agency' or province == 31) and holder_is_insured").zh ==
        "（渠道为个险，或省级区划代码为 31）且投保人与被保险人为同一人");
}

TEST_CASE("the opposite of a comparison holds of a missing value") {
  CHECK(of_policy("not (channel == 'agency')") == Wording{"渠道空缺或不为个险", "channel is missing or is not agency"});
  CHECK(of_policy("not (holder_age >= 60)").zh == "投保人年龄空缺或小于 60 周岁");
  CHECK(of_policy("not (issued_on < 2017-06-20)").zh == "承保日期空缺或不早于 2017-06-20");
  CHECK(of_policy("not (channel in ['agency', 'group'])").zh == "渠道空缺或不属于个险、团险");
}

TEST_CASE("booleans are sentences, missing values are said, sets contain") {
  CHECK(of_policy("not holder_is_insured").zh == "投保人与被保险人不是同一人");
  CHECK(of_policy("known(pay_mode)") == Wording{"有缴费方式", "has pay mode"});
  CHECK(of_policy("not known(term_months)").zh == "无保险期间");
  CHECK(of_policy("known(holder_is_insured)").zh == "已知是否投保人与被保险人为同一人");
  CHECK(of_attempt("'terms_unclear' in open") ==
        Wording{"未解决的疑问含“缴费或保险期间不清楚”", "open findings include \"terms unclear\""});
  CHECK(of_attempt("not ('terms_unclear' in open)").zh == "未解决的疑问不含“缴费或保险期间不清楚”");
  CHECK(of_attempt("open overlaps ['intends_surrender', 'phone_changed']").zh ==
        "未解决的疑问含“意向退保”、“电话变更”之一");
  CHECK(said("success_leg in failed_legs", commission_schema()).zh == "未成功的环节含成功环节");
  CHECK(of_policy("true") == Wording{"任何情形", "always"});
  CHECK(of_policy("not true").zh == "从不");
}

TEST_CASE("a book's own words go by their titles, others by their code") {
  CHECK(of_attempt("reason_group == 'number'") ==
        Wording{"原因分类为“号码问题”", "reason group is \"Number problem\""});
  CHECK(of_attempt("reason_group == 'refused'").zh == "原因分类为“refused”");
  CHECK(of_attempt("branch_call_bands >= 2") ==
        Wording{"补访覆盖的时段数至少 2 个", "bands of branch call is at least 2"});
}

TEST_CASE("a ticket is settled by resolving or closing it; a subtype of another book has a word") {
  const Schema schema = ticket_column_schema({"proxy_signature"});
  CHECK(said("closed and subtype == 'proxy_signature'", schema).zh == "工单已办结且工单子类为代签名");
  CHECK(said("not closed", schema) == Wording{"工单未办结", "the ticket is not settled"});
}

TEST_CASE("sums of dates and numbers") {
  CHECK(of_figures("first_success_on <= issued_on + days(30)") ==
        Wording{"首次成功日期不晚于承保日期后 30 天", "first success date is on or before 30 days after issue date"});
  CHECK(of_figures("success_on >= deadline - 3").zh == "成功日期不早于回访期限前 3 天");
  CHECK(of_figures("success_on - issued_on > 10").zh == "承保日期至成功日期的天数大于 10");
  CHECK(of_figures("success_on < months_after(issued_on, 3)").zh == "成功日期早于承保日期后 3 个月");
  CHECK(of_figures("attempts + 1 > 3").zh == "拨打次数加 1大于 3");
}

TEST_CASE("every name of every section has words, and so has every word of its list") {
  const std::vector<Schema> sections{policy_schema(),          question_schema({}), attempt_schema({}, {}),
                                     ticket_schema({}),        commission_schema(), policy_column_schema(),
                                     ticket_column_schema({}), analysis_schema({})};
  for (const Schema& schema : sections)
    for (const expr::Variable& variable : schema) {
      CAPTURE(variable.name);
      const VariableWords words = words_of(variable.name);
      CHECK_FALSE(words.said.empty());
      CHECK(words.opposite.empty() == (variable.type != expr::Type::boolean));
      for (std::size_t i = 0; i < variable.words.size(); ++i) {
        CAPTURE(variable.words[i]);
        CHECK(word_of(variable, static_cast<std::int64_t>(i), {}).zh != variable.words[i]);
      }
    }
  CHECK(words_of("no_such_name").said.empty());
}
