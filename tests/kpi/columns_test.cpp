#include "kpi/columns.hpp"

#include <doctest/doctest.h>

using namespace shouyue;

namespace {

kpi::PolicyRow policy(std::string_view number) {
  kpi::PolicyRow row;
  row.policy_no = number;
  row.issued_on = Date::parse("2021-10-08").value();
  row.term_months = 240;
  return row;
}

}  // namespace

TEST_CASE("a policy takes at most 100 bytes, its number included") {
  kpi::PolicyColumns columns;
  for (int i = 0; i < 1000; ++i)
    REQUIRE(columns.append(policy("2021310000" + std::to_string(1000000000 + i))).has_value());
  CHECK(columns.rows() == 1000);
  CHECK(columns.bytes() <= 100 * columns.rows());
  CHECK(columns.policy_no(0) == "20213100001000000000");
  CHECK(columns.policy_no(999) == "20213100001000000999");
}

TEST_CASE("a value that a column cannot hold is refused and adds no row") {
  struct Row {
    int term_months, attempts;
    bool fits;
  };
  for (const Row& row : {Row{9999, 0, true}, Row{65'534, 65'534, true}, Row{65'535, 0, false}, Row{-1, 0, false},
                         Row{12, 65'535, false}}) {
    CAPTURE(row.term_months);
    kpi::PolicyColumns columns;
    kpi::PolicyRow added = policy("P1");
    added.term_months = row.term_months;
    added.attempts = row.attempts;
    const auto result = columns.append(added);
    CHECK(result.has_value() == row.fits);
    CHECK(columns.rows() == (row.fits ? 1 : 0));
    if (!row.fits) CHECK(result.error().rule == "kpi.value_too_large");
  }
}

TEST_CASE("ticket subtypes are read by the words of the book that asks") {
  kpi::TicketColumns columns;
  for (const char* subtype : {"terms", "", "proxy_signature", "terms"}) {
    kpi::TicketRow row;
    row.subtype = subtype;
    REQUIRE(columns.append(row).has_value());
  }
  const std::vector<std::string> words{"proxy_signature", "recording"};
  const kpi::Table table = columns.table(words);
  const expr::Column& subtype = table.columns[5];
  const auto* stored = static_cast<const std::uint8_t*>(subtype.data);
  const std::vector<int> read{subtype.translation[stored[0]], subtype.translation[stored[1]],
                              subtype.translation[stored[2]], subtype.translation[stored[3]]};
  CHECK(read == std::vector<int>{expr::missing_code8, expr::missing_code8, 0, expr::missing_code8});
}

TEST_CASE("a policy that changes keeps its row, and one that is cleared has no day left") {
  kpi::PolicyColumns columns;
  REQUIRE(columns.append(policy("P1")).has_value());
  REQUIRE(columns.append(policy("P2")).has_value());
  kpi::PolicyRow changed = policy("P1");
  changed.issued_on = Date::parse("2021-11-08").value();
  changed.organisation = 7;
  REQUIRE(columns.replace(0, changed).has_value());
  columns.clear(1);
  const kpi::Table table = columns.table();
  const auto* issued_on = static_cast<const std::int32_t*>(table.columns[0].data);
  CHECK(table.rows == 2);
  CHECK(table.organisations_known == 8);
  CHECK(columns.policy_no(0) == "P1");
  CHECK(issued_on[0] == changed.issued_on->days());
  CHECK(issued_on[1] == expr::missing_date);
  kpi::PolicyRow too_large = changed;
  too_large.term_months = 65'535;
  CHECK(columns.replace(0, too_large).error().rule == "kpi.value_too_large");
}
