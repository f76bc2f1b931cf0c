#include "app/import_file.hpp"

#include <condition_variable>
#include <cstdio>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "app/import_writer.hpp"
#include "base/digest.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t batch_rows = 20'000;
constexpr std::size_t batches_waiting_max = 2;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

std::unexpected<Error> cannot_read(const std::filesystem::path& path) {
  return refuse(Errc::environment, "file.cannot_read", "the file " + path.string() + " cannot be read; check the path",
                "文件 " + path.string() + " 无法读取，请检查路径");
}

Result<File> open_file(const std::filesystem::path& path) {
  if (!std::filesystem::is_regular_file(path)) return cannot_read(path);
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) return cannot_read(path);
  return file;
}

ByteSource bytes_of_file(std::FILE* file, const std::filesystem::path& path) {
  return [file, path](std::span<char> room) -> Result<std::size_t> {
    const std::size_t size = std::fread(room.data(), 1, room.size(), file);
    if (size == 0 && std::ferror(file)) return cannot_read(path);
    return size;
  };
}

Result<std::string> digest_of_file(const std::filesystem::path& path) {
  const File file = SHOUYUE_TRY(open_file(path));
  Sha256 sha;
  std::vector<char> room(1 << 20);
  const ByteSource source = bytes_of_file(file.get(), path);
  for (;;) {
    const std::size_t size = SHOUYUE_TRY(source(room));
    if (size == 0) return sha.hex();
    sha.add(std::string_view(room.data(), size));
  }
}

using Batch = std::vector<PreparedRow>;

// Batches from the thread that reads to the thread that writes, a few at most, so that memory stays flat.
class BatchQueue {
 public:
  // False when nobody takes batches any more.
  bool push(Batch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return batches_.size() < batches_waiting_max || is_closed_; });
    if (is_closed_) return false;
    batches_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
  }
  void end() {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
    changed_.notify_all();
  }
  // Empty at the end.
  std::optional<Batch> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !batches_.empty() || is_ended_; });
    if (batches_.empty()) return std::nullopt;
    Batch batch = std::move(batches_.front());
    batches_.pop_front();
    changed_.notify_all();
    return batch;
  }
  void close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> batches_;
  bool is_ended_ = false;   // nothing more comes
  bool is_closed_ = false;  // nothing more is wanted
};

bool costs_one_row(const Error& error) {
  return error.rule == "csv.row_too_long" || error.rule == "csv.unterminated_quote" ||
         error.rule == "csv.text_after_quote" || error.rule == "encoding.broken";
}

// Reads all rows into batches. Errors: those that end a CsvReader.
Result<void> read_batches(CsvReader& csv, const RowReader& rows, BatchQueue& queue) {
  Batch batch;
  for (;;) {
    auto row = csv.next();
    if (!row && !costs_one_row(row.error())) return std::unexpected(std::move(row.error()));
    if (row && !*row) break;
    if (row) {
      batch.push_back(rows.prepare(**row));
    } else {
      PreparedRow& broken = batch.emplace_back();
      broken.line = csv.line();
      broken.problems.push_back({.column = "", .value = "", .error = std::move(row.error()), .is_warning = false});
    }
    if (batch.size() < batch_rows) continue;
    if (!queue.push(std::move(batch))) return {};
    batch = {};
  }
  queue.push(std::move(batch));
  return {};
}

Result<insurer::Header> read_header(CsvReader& csv, insurer::FileKind kind) {
  const auto first = SHOUYUE_TRY(csv.next());
  if (!first)
    return refuse(Errc::invalid_input, "import.empty_file", "the file is empty; the first row must name the columns",
                  "文件为空，首行应为列名");
  return insurer::match_header(kind, first->fields);
}

}  // namespace

Result<ImportReport> import_file(Session& session, const ImportRequest& request) {
  ImportReport report;
  const std::string digest = SHOUYUE_TRY(digest_of_file(request.path));
  const File file = SHOUYUE_TRY(open_file(request.path));
  CsvReader csv(bytes_of_file(file.get(), request.path), {.encoding = request.encoding});
  insurer::Header header = SHOUYUE_TRY(read_header(csv, request.kind));
  report.unknown_columns = header.unknown;
  const RowReader rows(request.kind, std::move(header));
  ImportWriter writer(session, request, digest, report);
  SHOUYUE_CHECK(writer.open());

  BatchQueue queue;
  Result<void> reading;
  std::thread reader([&] {
    reading = read_batches(csv, rows, queue);
    queue.end();
  });
  Result<void> writing;
  while (writing) {
    auto batch = queue.pop();
    if (!batch) break;
    writing = writer.write(*batch);
  }
  queue.close();
  reader.join();
  SHOUYUE_CHECK(writing);
  SHOUYUE_CHECK(reading);
  SHOUYUE_CHECK(writer.close());
  return report;
}

}  // namespace shouyue::app
