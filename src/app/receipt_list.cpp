#include "app/receipt_list.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.hpp"

namespace shouyue::app {
namespace {

struct Mark {
  std::string_view code;
  std::int64_t ReceiptCounts::* count;
};
constexpr std::array marks{Mark{"outstanding", &ReceiptCounts::outstanding}, Mark{"late", &ReceiptCounts::late},
                           Mark{"handed_in_late", &ReceiptCounts::handed_in_late},
                           Mark{"signature_differs", &ReceiptCounts::signature_differs},
                           Mark{"warned", &ReceiptCounts::warned}};

void count(const std::vector<std::string_view>& has, ReceiptCounts& counts) {
  ++counts.receipts;
  for (const Mark& mark : marks)
    if (std::ranges::find(has, mark.code) != has.end()) ++(counts.*mark.count);
}

// The day that presses: the receipt should be handed in by it, or is late after it.
Date due_day(const ReceiptRow& row) {
  if (row.hand_in_by) return *row.hand_in_by;
  return row.late_after.value_or(row.issued_on);
}

}  // namespace

Result<ReceiptList> receipt_list(Session& session, const Directory& directory, const ReceiptListRequest& request) {
  if (!request.mark.empty() && std::ranges::find(marks, request.mark, &Mark::code) == marks.end())
    return refuse(Errc::invalid_input, "receipts.unknown_mark",
                  "'" + request.mark + "' is not one of: outstanding, late, handed_in_late, signature_differs, warned",
                  "“" + request.mark + "”不在可用之列：outstanding、late、handed_in_late、signature_differs、warned");
  ReceiptList list;
  OrganisationPart part(directory, request.org_code, session.now.date());
  SHOUYUE_CHECK(session.store.each_receipt([&](ReceiptRow& row) -> Result<void> {
    const auto has = split(row.marks, ';');
    const bool is_wanted = (request.with_ended || row.state != insurer::CaseStatus::cancelled) &&
                           (request.agent_code.empty() || row.agent_code == request.agent_code) &&
                           (request.mark.empty() || std::ranges::find(has, request.mark) != has.end()) &&
                           part.holds(row.org_code);
    if (!is_wanted) return {};
    count(has, list.all);
    count(has, list.by_organisation[row.org_code]);
    count(has, list.by_agent[row.agent_code]);
    list.rows.push_back(std::move(row));
    return {};
  }));
  std::ranges::sort(list.rows, {}, [](const ReceiptRow& row) { return std::tuple(due_day(row), row.policy_no); });
  return list;
}

}  // namespace shouyue::app
