#include "kpi/columns.hpp"

#include <algorithm>
#include <array>

#include "regime/vocabulary.hpp"

namespace shouyue::kpi {
namespace {

using expr::Column;
using expr::Storage;

std::int32_t stored(const std::optional<Date>& date) { return date ? date->days() : expr::missing_date; }

template <class Enum>
std::uint8_t stored(const std::optional<Enum>& code) {
  return code ? static_cast<std::uint8_t>(*code) : expr::missing_code8;
}

std::uint16_t stored(const std::optional<int>& number) {
  return number ? static_cast<std::uint16_t>(*number) : expr::missing_code16;
}

Result<void> check_small(const char* name, const std::optional<int>& number) {
  if (!number || (*number >= 0 && *number < expr::missing_code16)) return {};
  const std::string text = std::string(name) + " = " + std::to_string(*number);
  return refuse(Errc::invalid_input, "kpi.value_too_large", text + ": only 0 to 65534 fit into the fact columns",
                text + "：事实列只能存 0 至 65534");
}

Result<void> check_room(std::size_t rows) {
  if (rows < UINT32_MAX) return {};
  return refuse(Errc::environment, "kpi.too_many_rows", "more than 4294967295 rows", "行数超过 4294967295");
}

template <class T>
std::size_t bytes_of(const std::vector<T>& values) {
  return values.size() * sizeof(T);
}

}  // namespace

void PolicyColumns::reserve(std::size_t rows) {
  for (auto& dates : dates_) dates.reserve(rows);
  for (auto& codes : codes_) codes.reserve(rows);
  term_months_.reserve(rows);
  attempts_.reserve(rows);
  premium_.reserve(rows);
  organisation_.reserve(rows);
  policy_no_ends_.reserve(rows);
}

Result<void> PolicyColumns::append(const PolicyRow& row) {
  SHOUYUE_CHECK(check_room(rows()));
  SHOUYUE_CHECK(check_small("term_months", row.term_months));
  SHOUYUE_CHECK(check_small("attempts", row.attempts));
  grow();
  policy_nos_ += row.policy_no;
  policy_no_ends_.push_back(policy_nos_.size());
  return replace(rows() - 1, row);
}

void PolicyColumns::grow() {
  for (auto& dates : dates_) dates.push_back(expr::missing_date);
  for (auto& codes : codes_) codes.push_back(0);
  term_months_.push_back(0);
  attempts_.push_back(0);
  premium_.push_back(0);
  organisation_.push_back(0);
}

Result<void> PolicyColumns::replace(std::size_t at, const PolicyRow& row) {
  SHOUYUE_CHECK(check_small("term_months", row.term_months));
  SHOUYUE_CHECK(check_small("attempts", row.attempts));
  const std::array dates{row.issued_on,        row.effective_on, row.cooling_off_end, row.success_on,
                         row.first_success_on, row.completed_on, row.cancelled_on,    row.deadline};
  for (std::size_t i = 0; i < date_columns; ++i) dates_[i][at] = stored(dates[i]);
  const std::array<std::uint8_t, code_columns> codes{row.success,
                                                     row.completed,
                                                     row.in_scope,
                                                     row.waived,
                                                     static_cast<std::uint8_t>(row.state),
                                                     static_cast<std::uint8_t>(row.result_class),
                                                     static_cast<std::uint8_t>(row.channel),
                                                     static_cast<std::uint8_t>(row.product_type),
                                                     stored(row.pay_mode),
                                                     stored(row.last_leg),
                                                     stored(row.last_connection),
                                                     row.cancelled_in_cooling_off,
                                                     row.claim_ended_in_cooling_off};
  for (std::size_t i = 0; i < code_columns; ++i) codes_[i][at] = codes[i];
  term_months_[at] = stored(row.term_months);
  attempts_[at] = static_cast<std::uint16_t>(row.attempts);
  premium_[at] = row.premium ? row.premium->in_fen() : expr::missing_amount;
  organisation_[at] = row.organisation;
  organisations_known_ = std::max<std::size_t>(organisations_known_, std::size_t{row.organisation} + 1);
  return {};
}

void PolicyColumns::clear(std::size_t at) {
  for (auto& dates : dates_) dates[at] = expr::missing_date;
}

std::string_view PolicyColumns::policy_no(std::size_t row) const {
  const std::uint64_t from = row == 0 ? 0 : policy_no_ends_[row - 1];
  return std::string_view(policy_nos_).substr(from, policy_no_ends_[row] - from);
}

std::optional<Date> PolicyColumns::issued_on(std::size_t row) const {
  const std::int32_t days = dates_[regime::policy_column::issued_on][row];
  return days == expr::missing_date ? std::nullopt : std::optional(Date::from_days(days));
}

insurer::Channel PolicyColumns::channel(std::size_t row) const {
  namespace c = regime::policy_column;
  return static_cast<insurer::Channel>(codes_[c::channel - c::success][row]);
}

insurer::ProductType PolicyColumns::product_type(std::size_t row) const {
  namespace c = regime::policy_column;
  return static_cast<insurer::ProductType>(codes_[c::product_type - c::success][row]);
}

Table PolicyColumns::table() const {
  namespace c = regime::policy_column;
  static_assert(c::issued_on == 0 && c::deadline == date_columns - 1 && c::success == date_columns &&
                c::pay_mode == c::success + 8 && c::last_leg == c::pay_mode + 3 &&
                c::claim_ended_in_cooling_off == c::last_leg + 3);
  Table table{.columns = {},
              .rows = rows(),
              .organisation = organisation_.data(),
              .organisations_known = organisations_known_,
              .channel = codes_[c::channel - c::success].data(),
              .product_type = codes_[c::product_type - c::success].data(),
              .subtypes = nullptr};
  const auto code = [&](std::size_t i) { return Column{.storage = Storage::code8, .data = codes_[i].data()}; };
  for (const auto& dates : dates_) table.columns.push_back({.storage = Storage::date32, .data = dates.data()});
  for (std::size_t i = 0; i <= c::pay_mode - c::success; ++i) table.columns.push_back(code(i));
  table.columns.push_back({.storage = Storage::code16, .data = term_months_.data()});
  table.columns.push_back({.storage = Storage::amount64, .data = premium_.data()});
  for (std::size_t i = c::pay_mode - c::success + 1; i < code_columns; ++i) table.columns.push_back(code(i));
  table.columns.push_back({.storage = Storage::code16, .data = attempts_.data()});
  ensure(table.columns.size() == c::count, "a policy column is missing");
  return table;
}

std::size_t PolicyColumns::bytes() const {
  std::size_t total = policy_nos_.size() + bytes_of(policy_no_ends_) + bytes_of(organisation_) + bytes_of(premium_) +
                      bytes_of(term_months_) + bytes_of(attempts_);
  for (const auto& dates : dates_) total += bytes_of(dates);
  for (const auto& codes : codes_) total += bytes_of(codes);
  return total;
}

void TicketColumns::reserve(std::size_t rows) {
  for (auto& dates : dates_) dates.reserve(rows);
  for (auto* codes : {&kind_, &subtype_, &closed_, &channel_, &product_type_}) codes->reserve(rows);
  working_days_used_.reserve(rows);
  organisation_.reserve(rows);
  policy_.reserve(rows);
}

Result<void> TicketColumns::append(const TicketRow& row) {
  SHOUYUE_CHECK(check_room(rows()));
  SHOUYUE_CHECK(check_small("working_days_used", row.working_days_used));
  SHOUYUE_CHECK(subtype_code(row.subtype));
  grow();
  return replace(rows() - 1, row);
}

Result<std::uint8_t> TicketColumns::subtype_code(std::string_view subtype) {
  if (subtype.empty()) return expr::missing_code8;
  const auto word = std::ranges::find(subtypes_, subtype);
  if (word == subtypes_.end() && subtypes_.size() == expr::missing_code8)
    return refuse(Errc::invalid_input, "kpi.too_many_subtypes", "more than 255 ticket subtypes", "工单子类超过 255 种");
  const auto code = static_cast<std::uint8_t>(word - subtypes_.begin());
  if (word == subtypes_.end()) subtypes_.emplace_back(subtype);
  return code;
}

void TicketColumns::grow() {
  for (auto& dates : dates_) dates.push_back(expr::missing_date);
  for (auto* codes : {&kind_, &subtype_, &closed_, &channel_, &product_type_}) codes->push_back(0);
  working_days_used_.push_back(0);
  organisation_.push_back(0);
  policy_.push_back(0);
}

Result<void> TicketColumns::replace(std::size_t at, const TicketRow& row) {
  SHOUYUE_CHECK(check_small("working_days_used", row.working_days_used));
  const std::uint8_t subtype = SHOUYUE_TRY(subtype_code(row.subtype));
  const std::array dates{row.issued_on, row.opened_on, row.due_on, row.closed_on};
  for (std::size_t i = 0; i < date_columns; ++i) dates_[i][at] = stored(dates[i]);
  kind_[at] = static_cast<std::uint8_t>(row.kind);
  subtype_[at] = subtype;
  closed_[at] = row.closed;
  channel_[at] = static_cast<std::uint8_t>(row.channel);
  product_type_[at] = static_cast<std::uint8_t>(row.product_type);
  working_days_used_[at] = stored(row.working_days_used);
  organisation_[at] = row.organisation;
  organisations_known_ = std::max<std::size_t>(organisations_known_, std::size_t{row.organisation} + 1);
  policy_[at] = row.policy;
  return {};
}

void TicketColumns::clear(std::size_t at) {
  for (auto& dates : dates_) dates[at] = expr::missing_date;
}

Table TicketColumns::table(std::span<const std::string> subtypes) const {
  std::vector<std::uint8_t> translation(std::size_t{expr::missing_code8} + 1, expr::missing_code8);
  for (std::size_t code = 0; code < subtypes_.size(); ++code)
    if (const auto word = std::ranges::find(subtypes, subtypes_[code]); word != subtypes.end())
      translation[code] = static_cast<std::uint8_t>(word - subtypes.begin());
  Table table{.columns = {},
              .rows = rows(),
              .organisation = organisation_.data(),
              .organisations_known = organisations_known_,
              .channel = channel_.data(),
              .product_type = product_type_.data(),
              .subtypes = std::make_shared<const std::vector<std::uint8_t>>(std::move(translation))};
  for (const auto& dates : dates_) table.columns.push_back({.storage = Storage::date32, .data = dates.data()});
  table.columns.push_back({.storage = Storage::code8, .data = kind_.data()});
  table.columns.push_back({.storage = Storage::code8, .data = subtype_.data(), .translation = table.subtypes->data()});
  table.columns.push_back({.storage = Storage::code8, .data = closed_.data()});
  table.columns.push_back({.storage = Storage::code16, .data = working_days_used_.data()});
  table.columns.push_back({.storage = Storage::code8, .data = channel_.data()});
  table.columns.push_back({.storage = Storage::code8, .data = product_type_.data()});
  ensure(table.columns.size() == regime::ticket_column::count, "a ticket column is missing");
  return table;
}

std::size_t TicketColumns::bytes() const {
  std::size_t total = bytes_of(working_days_used_) + bytes_of(organisation_) + bytes_of(policy_);
  for (const auto& dates : dates_) total += bytes_of(dates);
  for (const auto* codes : {&kind_, &subtype_, &closed_, &channel_, &product_type_}) total += bytes_of(*codes);
  return total;
}

}  // namespace shouyue::kpi
