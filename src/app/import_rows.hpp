#pragma once

#include <functional>

#include "app/store.hpp"
#include "base/csv.hpp"
#include "insurer/formats.hpp"

namespace shouyue::app {

// One row of a file, read and encoded, before anything of the store is asked.
struct PreparedRow {
  std::int64_t line = 0;
  NewFact fact;                                    // for reference data only key.key and text are used
  std::optional<Date> signed_on;                   // of a receipt
  std::string org_code, agent_code, product_code;  // of a policy; org_code of an agent too
  Date issued_on;                                  // of a policy
  std::int64_t phone = 0, holder = 0;
  std::vector<insurer::RowProblem> problems;
};

// Reads and checks the rows of one kind.
class RowReader {
 public:
  RowReader(insurer::FileKind kind, insurer::Header header) : kind_(kind), header_(std::move(header)) {}
  PreparedRow prepare(const CsvRow& row) const;
  // The header once more, as where pages were joined to one file. Such a row is passed over.
  bool is_header_again(const CsvRow& row) const;

 private:
  insurer::FileKind kind_;
  insurer::Header header_;
};

// Stable hash of the first number of the policyholder that can be dialled; 0 when there is none.
std::int64_t phone_key(const insurer::Policy& policy);
// Stable hash of who the policyholder is: the identity document, else name, birth date and mobile number; 0 when not
// even the name is known.
std::int64_t holder_key(const insurer::Policy& policy);

}  // namespace shouyue::app
