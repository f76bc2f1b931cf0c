#pragma once

#include <map>

#include "app/organisation_part.hpp"
#include "app/session.hpp"

namespace shouyue::app {

struct ReceiptListRequest {
  std::string org_code, agent_code;  // the organisation with everything below it; empty: all
  std::string mark;                  // only receipts that have it; empty: any
  bool with_ended = false;           // also of policies that were cancelled
};

// How many receipts have which mark; one receipt may have several.
struct ReceiptCounts {
  std::int64_t receipts = 0, outstanding = 0, late = 0, handed_in_late = 0, signature_differs = 0, warned = 0;
};

struct ReceiptList {
  std::vector<ReceiptRow> rows;  // by the day they should have come back, then by policy
  ReceiptCounts all;
  std::map<std::string, ReceiptCounts> by_organisation, by_agent;  // by code
};

// The receipts that are missing or not in order, as of the last run. Errors: receipts.unknown_mark, those of the store.
Result<ReceiptList> receipt_list(Session& session, const Directory& directory, const ReceiptListRequest& request);

}  // namespace shouyue::app
