#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "insurer/facts.hpp"
#include "insurer/field.hpp"
#include "insurer/reference.hpp"

// The files that come in. One table of columns per kind is the single source for reading a file, for the canonical text
// that the store keeps, for checks and for docs/formats.md.
namespace shouyue::insurer {

enum class FileKind : std::uint8_t {
  organisations,
  agents,
  products,
  policies,
  receipts,
  attempts,
  ticket_steps,
  policy_changes,
  answers,
};
template <>
std::span<const Word> words<FileKind>();

// A row of a file about a fact that belongs to a policy.
template <class Fact>
struct OfPolicy : Fact {
  std::string policy_no;
};
using ReceiptRow = OfPolicy<Receipt>;
using AttemptRow = OfPolicy<Attempt>;
using TicketStepRow = OfPolicy<TicketStep>;  // policy_no is taken from the ticket_id when the row has only that
using PolicyChangeRow = OfPolicy<PolicyChange>;
using AnswerRow = OfPolicy<Answer>;
using ExceptionRow = OfPolicy<GrantedException>;  // never of a file: two persons grant it in the program

// The columns of a kind, in the order of the canonical text: new ones are added at the end only.
template <class Record>
std::span<const Field<Record>> fields();
template <>
std::span<const Field<Organisation>> fields<Organisation>();
template <>
std::span<const Field<Agent>> fields<Agent>();
template <>
std::span<const Field<Product>> fields<Product>();
template <>
std::span<const Field<Policy>> fields<Policy>();
template <>
std::span<const Field<ReceiptRow>> fields<ReceiptRow>();
template <>
std::span<const Field<AttemptRow>> fields<AttemptRow>();
template <>
std::span<const Field<TicketStepRow>> fields<TicketStepRow>();
template <>
std::span<const Field<PolicyChangeRow>> fields<PolicyChangeRow>();
template <>
std::span<const Field<AnswerRow>> fields<AnswerRow>();
template <>
std::span<const Field<ExceptionRow>> fields<ExceptionRow>();

std::vector<FieldText> field_texts(FileKind kind);

// The field that a heading names, in any of its spellings, or that has that name.
std::optional<FieldText> find_field(FileKind kind, std::string_view heading);

// Which column of a file holds which field.
struct Header {
  std::vector<int> field_of_column;   // index in the kind's table, -1: unknown
  std::vector<std::string> headings;  // as the file has them
  std::vector<std::string> unknown;   // headings that no field has
};

// Headings in any order, English, Chinese or customary, however spaced and with brackets of either width.
// Errors: import.missing_column, import.duplicate_column.
Result<Header> match_header(FileKind kind, std::span<const std::string_view> headings);

// What is wrong with one value of a row. A warning does not keep the row out.
struct RowProblem {
  std::string column;
  std::string value;
  Error error;
  bool is_warning = false;
};

// Reads the cells of one row and checks what the row alone can show. A row without an error (warnings apart) may be
// taken in. Rules: import.required, import.too_many_cells, import.control_character, those of `read_value`, and those
// of checks.hpp.
template <class Record>
void read_row(const Header& header, std::span<const std::string_view> cells, Record& record,
              std::vector<RowProblem>& problems);

bool has_error(const std::vector<RowProblem>& problems);

// The canonical text of a record: its fields in table order, joined by the unit separator (0x1F), personal and
// confidential ones apart. Key fields stand in neither.
struct CanonicalText {
  std::string body;
  std::string personal;
};
template <class Record>
void encode(const Record& record, CanonicalText& text);

// The same of a text that was made when confidential fields still stood among the plain ones.
template <class Record>
CanonicalText with_confidential_apart(std::string_view body, std::string_view personal);

// Reads canonical text back; shorter text, of a table that had fewer fields, leaves the rest unknown.
// Errors: store.corrupt_fact.
template <class Record>
Result<void> decode(std::string_view body, std::string_view personal, Record& record);

}  // namespace shouyue::insurer
