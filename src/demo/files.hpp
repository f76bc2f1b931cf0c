#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/csv.hpp"
#include "insurer/formats.hpp"

namespace shouyue::demo {

// A file as it comes in: what kind of rows, and the CSV text with its header.
struct DemoFile {
  insurer::FileKind kind;
  std::string text;
};

// The CSV of records, with the English headings of the file format.
template <class Record>
std::string csv_of(std::span<const Record> records) {
  const auto fields = insurer::fields<Record>();
  std::string text;
  std::vector<std::string> cells(fields.size());
  std::vector<std::string_view> row;
  for (const auto& field : fields) row.push_back(field.text.name);
  csv_write_row(text, row);
  for (const Record& record : records) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      cells[i].clear();
      fields[i].append(record, cells[i]);
      row[i] = cells[i];
    }
    csv_write_row(text, row);
  }
  return text;
}

// Adds the file of these records unless there are none.
template <class Record>
void add_file(std::vector<DemoFile>& files, insurer::FileKind kind, const std::vector<Record>& records) {
  if (!records.empty()) files.push_back({kind, csv_of(std::span<const Record>(records))});
}

}  // namespace shouyue::demo
