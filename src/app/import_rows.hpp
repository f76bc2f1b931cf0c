#pragma once

#include <functional>

#include "app/directory.hpp"
#include "base/csv.hpp"
#include "insurer/formats.hpp"

namespace shouyue::app {

// One row of a file, read and encoded, before anything of the store is asked.
struct PreparedRow {
  std::int64_t line = 0;
  NewFact fact;                              // for reference data only key.key and text are used
  std::optional<Date> signed_on;             // of a receipt
  Date issued_on;                            // of a policy
  std::optional<Money> premium;              // of a policy, also of one that is not taken in
  std::int64_t phone = 0, holder = 0;        // of a policy
  std::vector<std::int64_t> further_phones;  // under which the policyholder is known too
  std::vector<insurer::RowProblem> problems;
};

// Some rows of a file.
struct PreparedBatch {
  std::vector<PreparedRow> rows;  // in the order of the file
  // The same rows in the order of the tables, so that what lies on one page is written at once; those of one key in the
  // order of the file.
  std::vector<PreparedRow*> as_stored;
};

void order_as_stored(PreparedBatch& batch);

// Whose policies a file may speak of: of the organisations for which it gives true; empty: of all.
using ImportScope = std::function<bool(const std::string& org_code)>;

// Reads and checks the rows of one kind, those of policies against what the directory knows.
class RowReader {
 public:
  RowReader(insurer::FileKind kind, insurer::Header header, const Directory& directory, ImportScope scope = {})
      : kind_(kind), header_(std::move(header)), directory_(&directory), scope_(std::move(scope)) {}
  PreparedRow prepare(const CsvRow& row) const;
  // The header once more, as where pages were joined to one file. Such a row is passed over.
  bool is_header_again(const CsvRow& row) const;

 private:
  insurer::FileKind kind_;
  insurer::Header header_;
  const Directory* directory_;
  ImportScope scope_;
};

// Stable hash of a number that can be dialled; 0 for any other text.
std::int64_t phone_key(std::string_view text);
// Stable hash of the first number of the policyholder that can be dialled; 0 when there is none.
std::int64_t phone_key(const insurer::Policy& policy);
// Stable hash of who the policyholder is: the identity document, else name, birth date and mobile number; 0 when not
// even the name is known.
std::int64_t holder_key(const insurer::Policy& policy);

}  // namespace shouyue::app
