#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/session.hpp"

namespace shouyue::app {

enum class ExportKind : std::uint8_t { cases, attempts, tickets, commission, commission_entries };

// The columns of an export, in order; docs/formats.md says what they hold.
const std::vector<std::string>& export_columns(ExportKind kind);

// Takes one row, the cells in the order of the columns; they live until it returns.
using RowSink = std::function<Result<void>(const std::vector<std::string>& cells)>;

struct ExportRequest {
  ExportKind kind = ExportKind::cases;
  bool unmasked = false;
  std::function<bool(const std::string& org_code)> holds = {};  // whose policies; empty: all
};
// The stored state as rows of text, ordered by policy_no. `attempts` shows phones masked, or plain when `unmasked`,
// which is recorded in the audit journal. Errors: those of the store and, for open tickets, of PolicyDeriver::load.
Result<void> export_rows(Session& session, const ExportRequest& request, const RowSink& sink);

class PolicyDeriver;
// Of a closed ticket as stored; of an open one up to `today`, empty outside the calendar.
std::optional<int> working_days_used(const PolicyDeriver& deriver, const TicketRow& row, Date today);

// The cells of one row, for callers that have the row already.
std::vector<std::string> cells_of(const CaseRow& row);
std::vector<std::string> cells_of(const CommissionRow& row);
std::vector<std::string> cells_of(const EntryRow& row);
// `working_days_used` of an open ticket is given by the caller.
std::vector<std::string> cells_of(const TicketRow& row, const std::string& working_days_used);

}  // namespace shouyue::app
