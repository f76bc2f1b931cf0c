#pragma once

#include <vector>

#include "insurer/formats.hpp"

// What one row alone can show to be wrong, beyond the form of its values.
namespace shouyue::insurer {

// organisations.own_parent, organisations.valid_to_before_valid_from, organisations.region_form
void check(const Organisation& row, std::vector<RowProblem>& problems);
// agents.left_before_joined
void check(const Agent& row, std::vector<RowProblem>& problems);
void check(const Product& row, std::vector<RowProblem>& problems);
// policies.rounded_number, policies.negative_amount, policies.born_after_issue, policies.id_form; warnings:
// policies.id_checksum, policies.id_birth_date, policies.id_gender, policies.applied_after_issue
void check(const Policy& row, std::vector<RowProblem>& problems);
// receipts.handed_in_before_signed (warning)
void check(const ReceiptRow& row, std::vector<RowProblem>& problems);
// attempts.ends_before_start
void check(const AttemptRow& row, std::vector<RowProblem>& problems);
// ticket_steps.which_ticket
void check(TicketStepRow& row, std::vector<RowProblem>& problems);
void check(const PolicyChangeRow& row, std::vector<RowProblem>& problems);
void check(const AnswerRow& row, std::vector<RowProblem>& problems);

}  // namespace shouyue::insurer
