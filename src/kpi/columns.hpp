#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/money.hpp"
#include "expr/columnar.hpp"
#include "insurer/codes.hpp"

// Facts about policies and tickets as columns, in the order of regime/vocabulary.hpp (`policy_column`,
// `ticket_column`).
// A row keeps its number; one that is cleared counts nowhere, for it has no day.
namespace shouyue::kpi {

// What is known and derived about one policy.
struct PolicyRow {
  std::string_view policy_no;
  std::uint32_t organisation = 0;  // index in the organisation tree
  std::optional<Date> issued_on, effective_on, cooling_off_end, success_on, first_success_on, completed_on,
      cancelled_on, deadline;
  bool success = false, completed = false, in_scope = false, waived = false;
  insurer::CaseStatus state = insurer::CaseStatus::not_due;
  insurer::ResultClass result_class = insurer::ResultClass::none;
  insurer::Channel channel = insurer::Channel::agency;
  insurer::ProductType product_type = insurer::ProductType::traditional;
  std::optional<insurer::PayMode> pay_mode;
  std::optional<int> term_months;
  std::optional<Money> premium;
  std::optional<insurer::Leg> last_leg;                // of the last attempt
  std::optional<insurer::Connection> last_connection;  // of the last attempt
  bool cancelled_in_cooling_off = false, claim_ended_in_cooling_off = false;
  int attempts = 0;
};

struct TicketRow {
  std::uint32_t policy = 0;        // row of the policy in PolicyColumns
  std::uint32_t organisation = 0;  // the policy's organisation, index in the organisation tree
  std::optional<Date> issued_on, opened_on, due_on, closed_on;  // issued_on: of the policy
  insurer::TicketKind kind = insurer::TicketKind::problem;
  std::string_view subtype;  // empty: none
  bool closed = false;
  std::optional<int> working_days_used;
  insurer::Channel channel = insurer::Channel::agency;
  insurer::ProductType product_type = insurer::ProductType::traditional;
};

// What the engine reads of a table. Valid until a row is added or replaced.
struct Table {
  std::vector<expr::Column> columns;
  std::size_t rows = 0;
  const std::uint32_t* organisation = nullptr;
  std::size_t organisations_known = 0;  // one more than the greatest index in `organisation`
  const std::uint8_t* channel = nullptr;
  const std::uint8_t* product_type = nullptr;
  std::shared_ptr<const std::vector<std::uint8_t>> subtypes;  // the translation that `columns` points to (tickets)
};

class PolicyColumns {
 public:
  void reserve(std::size_t rows);
  // Errors: kpi.value_too_large (term_months or attempts over 65534), kpi.too_many_rows.
  Result<void> append(const PolicyRow& row);
  // The same policy as it is now. Errors: kpi.value_too_large.
  Result<void> replace(std::size_t at, const PolicyRow& row);
  void clear(std::size_t at);

  std::size_t rows() const { return organisation_.size(); }
  std::string_view policy_no(std::size_t row) const;
  std::uint32_t organisation(std::size_t row) const { return organisation_[row]; }
  std::optional<Date> issued_on(std::size_t row) const;
  insurer::Channel channel(std::size_t row) const;
  insurer::ProductType product_type(std::size_t row) const;
  Table table() const;
  std::size_t bytes() const;  // of all values, policy numbers included

 private:
  static constexpr std::size_t date_columns = 8;
  static constexpr std::size_t code_columns = 13;
  std::vector<std::int32_t> dates_[date_columns];  // issued_on … deadline
  std::vector<std::uint8_t> codes_[code_columns];  // success … claim_ended_in_cooling_off, but the next three
  std::vector<std::uint16_t> term_months_, attempts_;
  std::vector<std::int64_t> premium_;
  std::vector<std::uint32_t> organisation_;
  std::size_t organisations_known_ = 0;
  std::string policy_nos_;  // one after the other
  std::vector<std::uint64_t> policy_no_ends_;

  void grow();
};

class TicketColumns {
 public:
  void reserve(std::size_t rows);
  // Errors: kpi.value_too_large (working_days_used over 65534), kpi.too_many_subtypes (over 255), kpi.too_many_rows.
  Result<void> append(const TicketRow& row);
  // Errors: kpi.value_too_large, kpi.too_many_subtypes.
  Result<void> replace(std::size_t at, const TicketRow& row);
  void clear(std::size_t at);

  std::size_t rows() const { return organisation_.size(); }
  std::uint32_t policy(std::size_t row) const { return policy_[row]; }
  insurer::TicketKind kind(std::size_t row) const { return static_cast<insurer::TicketKind>(kind_[row]); }
  bool is_closed(std::size_t row) const { return closed_[row] != 0; }
  // `subtypes`: the words of the schema that the conditions were parsed with. A subtype that is not among them reads as
  // missing.
  Table table(std::span<const std::string> subtypes) const;
  std::size_t bytes() const;

 private:
  static constexpr std::size_t date_columns = 4;
  std::vector<std::int32_t> dates_[date_columns];  // issued_on … closed_on
  std::vector<std::uint8_t> kind_, subtype_, closed_, channel_, product_type_;
  std::vector<std::uint16_t> working_days_used_;
  std::vector<std::uint32_t> organisation_, policy_;
  std::size_t organisations_known_ = 0;
  std::vector<std::string> subtypes_;  // by stored code

  void grow();
  Result<std::uint8_t> subtype_code(std::string_view subtype);
};

}  // namespace shouyue::kpi
