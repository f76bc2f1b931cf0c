#include <string>

#include <doctest/doctest.h>

#include "book_text.hpp"
#include "regime/load.hpp"
#include "regime/vocabulary.hpp"

using namespace shouyue;
using namespace shouyue::regime;
using namespace shouyue::regime::fixture;

namespace {

// The cooling-off parameter of a book that states it so.
std::shared_ptr<const Regime> book_with(const std::string& values, const std::string& exceptions) {
  const std::string text = with(whole_book(), "values = [ { from = 2010-01-01, value = 10, cite = \"文\" } ]",
                                "values = [ " + values + " ]\nexceptions = [ " + exceptions + " ]");
  const Loaded loaded = load({{{.path = "x.toml", .text = text}}});
  REQUIRE_MESSAGE(loaded.regime, (loaded.issues.empty() ? "" : text_of(loaded.issues[0])));
  return loaded.regime;
}

expr::Row row_of(insurer::Channel channel, std::int64_t age) {
  expr::Row row(policy_variable::count, expr::Value{.missing = true});
  row[policy_variable::channel] = {static_cast<std::int64_t>(channel)};
  row[policy_variable::holder_age] = {age};
  return row;
}

const std::string two_values =
    "{ from = 2010-01-01, value = 10, cite = \"旧\" }, { from = 2015-07-01, value = 15, cite = \"新\" }";

}  // namespace

TEST_CASE("a value binds from its day on: the day before, the day, the day after") {
  const auto book = book_with(two_values, "");
  const auto& count = book->followup->cooling_off.count;
  struct Case {
    const char* day;
    std::int64_t expected;
    const char* cite;
  };
  for (const Case& item : {Case{"2010-01-01", 10, "旧"}, Case{"2010-01-02", 10, "旧"}, Case{"2015-06-30", 10, "旧"},
                           Case{"2015-07-01", 15, "新"}, Case{"2015-07-02", 15, "新"}, Case{"2099-01-01", 15, "新"}}) {
    CAPTURE(std::string(item.day));
    const auto decided = count.on(*Date::parse(item.day), row_of(insurer::Channel::agency, 40));
    REQUIRE(decided.has_value());
    CHECK(decided->value == item.expected);
    CHECK(decided->cite == item.cite);
    CHECK(decided->clause == &count.clause);
  }
  CHECK(count.on(*Date::parse("2009-12-31"), row_of(insurer::Channel::agency, 40)).error().rule ==
        "regime.not_in_force");
}

TEST_CASE("exceptions: by condition, by date, by priority") {
  const auto book =
      book_with(two_values,
                "{ when = \"channel == 'bancassurance'\", value = 20, from = 2014-04-01, priority = 1, cite = \"银\" },"
                "{ when = \"holder_age >= 60\", value = 30, priority = 2, cite = \"老\" },"
                "{ when = \"holder_age >= 80\", value = 40, priority = 2, cite = \"高龄\" }");
  const auto& count = book->followup->cooling_off.count;
  struct Case {
    const char* day;
    insurer::Channel channel;
    std::int64_t age, expected;
  };
  using insurer::Channel;
  for (const Case& item :
       {Case{"2014-03-31", Channel::bancassurance, 40, 10}, Case{"2014-04-01", Channel::bancassurance, 40, 20},
        Case{"2014-04-02", Channel::bancassurance, 40, 20}, Case{"2014-04-02", Channel::agency, 40, 10},
        Case{"2010-01-01", Channel::agency, 59, 10}, Case{"2010-01-01", Channel::agency, 60, 30},
        Case{"2016-01-01", Channel::bancassurance, 60, 30}, Case{"2016-01-01", Channel::bancassurance, 59, 20}}) {
    CAPTURE(std::string(item.day));
    CAPTURE(item.age);
    CHECK(count.on(*Date::parse(item.day), row_of(item.channel, item.age))->value == item.expected);
  }
  const auto unclear = count.on(*Date::parse("2016-01-01"), row_of(Channel::agency, 80));
  CHECK(unclear.error().rule == "regime.ambiguous_exception");
}

TEST_CASE("two exceptions of one priority are no matter when a higher one holds") {
  const auto book =
      book_with(two_values,
                "{ when = \"holder_age >= 60\", value = 1, cite = \"a\" }, { when = \"holder_age >= 61\", "
                "value = 2, cite = \"b\" }, { when = \"holder_age >= 62\", value = 3, priority = 1, cite = \"c\" }");
  const auto& count = book->followup->cooling_off.count;
  const Date day = *Date::parse("2016-01-01");
  CHECK(count.on(day, row_of(insurer::Channel::agency, 60))->value == 1);
  CHECK(count.on(day, row_of(insurer::Channel::agency, 61)).error().rule == "regime.ambiguous_exception");
  CHECK(count.on(day, row_of(insurer::Channel::agency, 62))->value == 3);
}
