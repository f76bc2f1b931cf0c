// Files of the insurer: the first line names the kind, CSV follows. A row without error has canonical text that reads
// back as the same record. An input whose first line is `canonical <kind>` is such text, as the store holds it.
#include <string>
#include <vector>

#include "base/csv.hpp"
#include "fuzz/input.hpp"
#include "insurer/formats.hpp"

using namespace shouyue;
using namespace shouyue::insurer;

namespace {

template <class Record>
void check_canonical(const CanonicalText& text, bool must_be_right) {
  Record record;
  if (const auto decoded = decode(text.body, text.personal, record); !decoded) {
    ensure(!must_be_right, "a row that was taken in cannot be read back");
    return ensure_is_told(decoded.error());
  }
  CanonicalText again, once_more;
  encode(record, again);
  ensure(!must_be_right || (again.body == text.body && again.personal == text.personal),
         "a row that was taken in reads back as another record");
  Record same;
  ensure(decode(again.body, again.personal, same).has_value(), "canonical text that cannot be read");
  encode(same, once_more);
  ensure(once_more.body == again.body && once_more.personal == again.personal, "canonical text is not stable");
}

template <class Record>
void check_rows(FileKind kind, std::string_view text) {
  CsvReader reader(bytes_of(text));
  const auto headings = reader.next();
  if (!headings || !*headings) return;
  const auto header = match_header(kind, (*headings)->fields);
  if (!header) return ensure_is_told(header.error());
  for (;;) {
    const auto row = reader.next();
    if (!row) continue;
    if (!*row) return;
    Record record;
    std::vector<RowProblem> problems;
    read_row(*header, (*row)->fields, record, problems);
    for (const RowProblem& problem : problems) ensure_is_told(problem.error);
    if (has_error(problems)) continue;
    CanonicalText canonical;
    encode(record, canonical);
    check_canonical<Record>(canonical, true);
  }
}

template <class Record>
void check(FileKind kind, std::string_view text, bool is_canonical) {
  if (!is_canonical) return check_rows<Record>(kind, text);
  const std::size_t split = text.find('\n');
  check_canonical<Record>({.body = std::string(text.substr(0, split)),
                           .personal = split == std::string_view::npos ? "" : std::string(text.substr(split + 1))},
                          false);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const std::size_t line_end = text.find('\n');
  if (line_end == std::string_view::npos) return 0;
  std::string_view word = text.substr(0, line_end);
  constexpr std::string_view canonical = "canonical ";
  const bool is_canonical = word.starts_with(canonical);
  if (is_canonical) word.remove_prefix(canonical.size());
  const auto kind = from_word<FileKind>(word);
  if (!kind) return 0;
  const std::string_view rest = text.substr(line_end + 1);
  switch (*kind) {
    case FileKind::organisations: check<Organisation>(*kind, rest, is_canonical); break;
    case FileKind::agents: check<Agent>(*kind, rest, is_canonical); break;
    case FileKind::products: check<Product>(*kind, rest, is_canonical); break;
    case FileKind::policies: check<Policy>(*kind, rest, is_canonical); break;
    case FileKind::receipts: check<ReceiptRow>(*kind, rest, is_canonical); break;
    case FileKind::attempts: check<AttemptRow>(*kind, rest, is_canonical); break;
    case FileKind::ticket_steps: check<TicketStepRow>(*kind, rest, is_canonical); break;
    case FileKind::policy_changes: check<PolicyChangeRow>(*kind, rest, is_canonical); break;
    case FileKind::answers: check<AnswerRow>(*kind, rest, is_canonical); break;
  }
  return 0;
}
