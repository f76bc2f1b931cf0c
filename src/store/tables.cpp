#include "store/tables.hpp"

namespace shouyue::store {

using app::CaseRow;
using app::CommissionRow;
using app::EntryRow;
using app::OpenCase;
using app::ReceiptRow;
using app::RefusedRow;
using app::TicketRow;

template <>
const Table<CaseRow>& table<CaseRow>() {
  static constexpr std::array columns{
      column<CaseRow, &CaseRow::policy_no>("policy_no"),
      column<CaseRow, &CaseRow::regime>("regime"),
      column<CaseRow, &CaseRow::state>("state"),
      column<CaseRow, &CaseRow::leg>("leg"),
      column<CaseRow, &CaseRow::deadline>("deadline"),
      column<CaseRow, &CaseRow::cooling_off_end>("cooling_off_end"),
      column<CaseRow, &CaseRow::result_class>("result_class"),
      column<CaseRow, &CaseRow::success>("success"),
      column<CaseRow, &CaseRow::success_on>("success_on"),
      column<CaseRow, &CaseRow::first_success_on>("first_success_on"),
      column<CaseRow, &CaseRow::completed>("completed"),
      column<CaseRow, &CaseRow::completed_on>("completed_on"),
      column<CaseRow, &CaseRow::attempts>("attempts"),
      column<CaseRow, &CaseRow::next_slot_from>("next_slot_from"),
      column<CaseRow, &CaseRow::leg_until>("leg_until"),
      clause_column<CaseRow, &CaseRow::rules>("rules"),
      column<CaseRow, &CaseRow::org_code>("org_code"),
      column<CaseRow, &CaseRow::agent_code>("agent_code"),
      column<CaseRow, &CaseRow::product_code>("product_code"),
      column<CaseRow, &CaseRow::channel>("channel"),
      column<CaseRow, &CaseRow::product_type>("product_type"),
      column<CaseRow, &CaseRow::pay_mode>("pay_mode"),
      column<CaseRow, &CaseRow::term_months>("term_months"),
      column<CaseRow, &CaseRow::premium>("premium"),
      column<CaseRow, &CaseRow::issued_on>("issued_on"),
      column<CaseRow, &CaseRow::effective_on>("effective_on"),
      column<CaseRow, &CaseRow::cancelled_on>("cancelled_on"),
      column<CaseRow, &CaseRow::in_scope>("in_scope"),
      column<CaseRow, &CaseRow::waived>("waived"),
      column<CaseRow, &CaseRow::cancelled_in_cooling_off>("cancelled_in_cooling_off"),
      column<CaseRow, &CaseRow::claim_ended_in_cooling_off>("claim_ended_in_cooling_off"),
      column<CaseRow, &CaseRow::last_leg>("last_leg"),
      column<CaseRow, &CaseRow::last_connection>("last_connection"),
      column<CaseRow, &CaseRow::language>("language"),
      person_column<CaseRow, &CaseRow::person>("person"),
      column<CaseRow, &CaseRow::attempts_day>("attempts_day"),
      column<CaseRow, &CaseRow::attempts_that_day>("attempts_that_day"),
      column<CaseRow, &CaseRow::wake_at>("wake_at"),
      column<CaseRow, &CaseRow::active_leg>("active_leg"),
      column<CaseRow, &CaseRow::by_holder>("by_holder"),
      column<CaseRow, &CaseRow::promised_at>("promised_at"),
      column<CaseRow, &CaseRow::known_to>("known_to"),
  };
  static constexpr Table<CaseRow> result{"case_state", 2, columns};
  return result;
}

template <>
const Table<OpenCase>& table<OpenCase>() {
  static constexpr std::array columns{
      column<OpenCase, &OpenCase::policy_no>("policy_no"),
      column<OpenCase, &OpenCase::active_leg>("active_leg"),
      column<OpenCase, &OpenCase::by_holder>("by_holder"),
      column<OpenCase, &OpenCase::next_slot_from>("next_slot_from"),
      column<OpenCase, &OpenCase::promised_at>("promised_at"),
      column<OpenCase, &OpenCase::leg_until>("leg_until"),
      column<OpenCase, &OpenCase::deadline>("deadline"),
      column<OpenCase, &OpenCase::success>("success"),
      column<OpenCase, &OpenCase::org_code>("org_code"),
      column<OpenCase, &OpenCase::language>("language"),
  };
  static constexpr Table<OpenCase> result{"case_state", 2, columns};
  return result;
}

template <>
const Table<TicketRow>& table<TicketRow>() {
  static constexpr std::array columns{
      column<TicketRow, &TicketRow::policy_no>("policy_no"),
      column<TicketRow, &TicketRow::ticket_id>("ticket_id"),
      column<TicketRow, &TicketRow::kind>("kind"),
      column<TicketRow, &TicketRow::subtype>("subtype"),
      column<TicketRow, &TicketRow::org_code>("org_code"),
      column<TicketRow, &TicketRow::opened_at>("opened_at"),
      column<TicketRow, &TicketRow::due_on>("due_on"),
      column<TicketRow, &TicketRow::state>("state"),
      column<TicketRow, &TicketRow::timeliness>("timeliness"),
      column<TicketRow, &TicketRow::closed_at>("closed_at"),
      column<TicketRow, &TicketRow::working_days_used>("working_days_used"),
      clause_column<TicketRow, &TicketRow::rules>("rules"),
  };
  static constexpr Table<TicketRow> result{"ticket", 3, columns};
  return result;
}

template <>
const Table<CommissionRow>& table<CommissionRow>() {
  static constexpr std::array columns{
      column<CommissionRow, &CommissionRow::policy_no>("policy_no"),
      column<CommissionRow, &CommissionRow::agent_code>("agent_code"),
      column<CommissionRow, &CommissionRow::month>("month"),
      column<CommissionRow, &CommissionRow::commission>("commission"),
      column<CommissionRow, &CommissionRow::status>("status"),
      column<CommissionRow, &CommissionRow::deduction>("deduction"),
      column<CommissionRow, &CommissionRow::payable>("payable"),
      column<CommissionRow, &CommissionRow::reasons>("reasons"),
      clause_column<CommissionRow, &CommissionRow::rules>("rules"),
  };
  static constexpr Table<CommissionRow> result{"commission", 2, columns};
  return result;
}

template <>
const Table<EntryRow>& table<EntryRow>() {
  static constexpr std::array columns{
      column<EntryRow, &EntryRow::policy_no>("policy_no"), column<EntryRow, &EntryRow::n>("n"),
      column<EntryRow, &EntryRow::month>("month"),         column<EntryRow, &EntryRow::kind>("kind"),
      column<EntryRow, &EntryRow::amount>("amount"),       column<EntryRow, &EntryRow::reasons>("reasons"),
      clause_column<EntryRow, &EntryRow::rules>("rules"),  column<EntryRow, &EntryRow::agent_code>("agent_code"),
  };
  static constexpr Table<EntryRow> result{"commission_entry", 3, columns};
  return result;
}

template <>
const Table<ReceiptRow>& table<ReceiptRow>() {
  static constexpr std::array columns{
      column<ReceiptRow, &ReceiptRow::policy_no>("policy_no"),
      column<ReceiptRow, &ReceiptRow::agent_code>("agent_code"),
      column<ReceiptRow, &ReceiptRow::org_code>("org_code"),
      column<ReceiptRow, &ReceiptRow::channel>("channel"),
      column<ReceiptRow, &ReceiptRow::issued_on>("issued_on"),
      column<ReceiptRow, &ReceiptRow::state>("state"),
      column<ReceiptRow, &ReceiptRow::marks>("marks"),
      column<ReceiptRow, &ReceiptRow::delivered_on>("delivered_on"),
      column<ReceiptRow, &ReceiptRow::signed_on>("signed_on"),
      column<ReceiptRow, &ReceiptRow::handed_in_on>("handed_in_on"),
      column<ReceiptRow, &ReceiptRow::reconciled_on>("reconciled_on"),
      column<ReceiptRow, &ReceiptRow::returned_on>("returned_on"),
      column<ReceiptRow, &ReceiptRow::late_after>("late_after"),
      column<ReceiptRow, &ReceiptRow::hand_in_by>("hand_in_by"),
      clause_column<ReceiptRow, &ReceiptRow::rules>("rules"),
  };
  static constexpr Table<ReceiptRow> result{"receipt", 2, columns};
  return result;
}

template <>
const Table<RefusedRow>& table<RefusedRow>() {
  static constexpr std::array columns{
      column<RefusedRow, &RefusedRow::policy_no>("policy_no"),
      column<RefusedRow, &RefusedRow::rule>("rule"),
      column<RefusedRow, &RefusedRow::en>("en"),
      column<RefusedRow, &RefusedRow::zh>("zh"),
  };
  static constexpr Table<RefusedRow> result{"refused", 2, columns};
  return result;
}

Result<std::int64_t> ClauseLists::number(const std::string& text) {
  if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
  std::optional<std::int64_t> number;
  const auto take = [&number](const AnswerRow& row) -> Result<void> {
    number = row.integer(0);
    return {};
  };
  SHOUYUE_CHECK(connection_->query("SELECT id FROM clause_list WHERE text = $1", {text}, take));
  if (!number) {
    SHOUYUE_CHECK(connection_->query("SELECT coalesce(max(id), 0) + 1 FROM clause_list", {}, take));
    SHOUYUE_CHECK(connection_->run("INSERT INTO clause_list (id, text) VALUES ($1, $2)", {*number, text}));
  }
  return numbers_[text] = *number;
}

Result<std::string> ClauseLists::text(std::int64_t number) {
  if (const auto found = texts_.find(number); found != texts_.end()) return found->second;
  std::optional<std::string> text;
  SHOUYUE_CHECK(
      connection_->query("SELECT text FROM clause_list WHERE id = $1", {number}, [&text](const AnswerRow& row) {
        text = row.text(0);
        return Result<void>();
      }));
  if (!text)
    return refuse(Errc::environment, "store.corrupt", "a clause list is missing from the database",
                  "数据库缺少条款清单");
  return texts_[number] = std::move(*text);
}

void ClauseLists::forget() {
  numbers_.clear();
  texts_.clear();
}

}  // namespace shouyue::store
