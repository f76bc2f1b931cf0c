#pragma once

#include "regime/regime.hpp"
#include "regime/table_reader.hpp"

// One reader per section of a rule book: from its merged table to its part of the Regime.
namespace shouyue::regime {

Followup read_followup(TableReader& section);
Outcome read_outcome(TableReader& section);
Questionnaire read_questionnaire(TableReader& section);
std::map<insurer::TicketKind, TicketRule> read_tickets(TableReader& section);
std::vector<TicketOrder> read_ticket_order(TableReader& top);
ReceiptRules read_receipt(TableReader& section);
Commission read_commission(TableReader& section);
Kpi read_kpi(TableReader& section);
Intake read_intake(TableReader& section);
Analysis read_analysis(TableReader& section);
std::vector<Letter> read_letters(TableReader& top);
std::vector<ReportRule> read_reports(TableReader& section);
std::vector<Crosswalk> read_crosswalks(TableReader& section);

// What sections say about one another. Issues: regime.unknown_leg, regime.leg_order, regime.unknown_ticket,
// regime.crosswalk_word.
void check_references(const Regime& regime, std::vector<Issue>& issues);

}  // namespace shouyue::regime
