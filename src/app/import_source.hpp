#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/csv.hpp"
#include "base/xlsx.hpp"

namespace shouyue::app {

// The rows of a file that comes in: CSV, or the first sheet of an XLSX workbook. What it is shows in its first bytes.
class ImportSource {
 public:
  // Errors: file.cannot_read, xlsx.old_format (.xls), xlsx.too_large, those of XlsxReader::open.
  static Result<ImportSource> open(const std::filesystem::path& path, std::optional<Encoding> encoding);
  // The next row; empty at the end. Errors: those of CsvReader and XlsxReader.
  Result<std::optional<CsvRow>> next();
  // True for an error of `next` after which reading goes on with the next row.
  static bool costs_one_row(const Error& error);
  std::int64_t line() const { return csv_ ? csv_->line() : 0; }  // of the row that `next` gave or refused last
  const std::string& digest() const { return digest_; }          // SHA-256 of the file
  std::int64_t bytes() const { return bytes_; }
  // Of a CSV file how many lines it has, those within quotes too; 0: not known.
  std::int64_t lines() const { return csv_ ? lines_ : 0; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, Close>;
  static Result<File> open_file(const std::filesystem::path& path);
  static ByteSource bytes_of_file(std::FILE* file, const std::filesystem::path& path);

  std::string digest_;
  std::int64_t bytes_ = 0, lines_ = 0;
  File file_;
  std::unique_ptr<std::string> workbook_;  // the reader points into it
  std::optional<CsvReader> csv_;
  std::optional<XlsxReader> xlsx_;
};

}  // namespace shouyue::app
