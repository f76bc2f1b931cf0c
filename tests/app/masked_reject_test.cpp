#include "app/masked_reject.hpp"

#include <doctest/doctest.h>

using namespace shouyue;
using namespace shouyue::app;

TEST_CASE("what a reject shows of a value, and its message no more") {
  struct Row {
    std::string column, value, shown;
  };
  for (const Row& row : {
           Row{"", "赵六七", "*** (3)"},
           Row{"", "13812341234", "*** (11)"},
           Row{"channel", "赵六七", "赵**"},
           Row{"channel", "福州市鼓楼区东街8号", "福*******8号"},
           Row{"channel", "13812341234", "138****1234"},
           Row{"channel", "agencie", "agencie"},
           Row{"issued_on", "2021-02-30", "2021-02-30"},
           Row{"issued_on", "2021年2月30日", "2021年2月30日"},
           Row{"holder_name", "赵六七", "赵**"},
           Row{"policy_no", "350102196001310023", "350*************23"},
           Row{"policy_no", "13812341234", "138****1234"},
           Row{"policy_no", "赵六七", "赵**"},
           Row{"policy_no", "P2021000000001", "P2021000000001"},
           Row{"policy_no", "87654321", "87654321"},
           Row{"policy_no", "886612345678901234", "886612345678901234"},
       }) {
    CAPTURE(row.column);
    CAPTURE(row.value);
    const insurer::RowProblem problem{
        .column = row.column,
        .value = row.value,
        .error = {Errc::invalid_input, "a.rule", "'" + row.value + "' is wrong", "“" + row.value + "”有误"}};
    const RejectRow reject = masked_reject(insurer::FileKind::policies, 7, problem);
    CHECK(reject.value == row.shown);
    CHECK(reject.en == "'" + row.shown + "' is wrong");
    CHECK(reject.zh == "“" + row.shown + "”有误");
  }
}

TEST_CASE("the message about a part of a list does not show it either") {
  const insurer::RowProblem problem{.column = "findings",
                                    .value = "terms_unclear:open;赵六七:open",
                                    .error = {Errc::invalid_input, "a.rule", "'赵六七:open' and '赵六七'", "“赵六七”"}};
  const RejectRow reject = masked_reject(insurer::FileKind::attempts, 7, problem);
  CHECK(reject.value == "terms_unclear:open;赵**:open");
  CHECK(reject.en == "'赵**:open' and '赵**'");
  CHECK(reject.zh == "“赵**”");
}
