#include "app/import_file.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "app/import_source.hpp"
#include "app/import_writer.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t batch_rows = 20'000;
constexpr std::size_t batches_waiting_max = 2;

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

// Reads all rows into batches. Errors: those that end the source.
Result<void> read_batches(ImportSource& source, const RowReader& rows, BatchQueue& queue) {
  Batch batch;
  for (;;) {
    auto row = source.next();
    if (!row && !ImportSource::costs_one_row(row.error())) return std::unexpected(std::move(row.error()));
    if (row && !*row) break;
    if (row && rows.is_header_again(**row)) continue;
    if (row) {
      batch.push_back(rows.prepare(**row));
    } else {
      PreparedRow& broken = batch.emplace_back();
      broken.line = source.line();
      broken.problems.push_back({.column = "", .value = "", .error = std::move(row.error()), .is_warning = false});
    }
    if (batch.size() < batch_rows) continue;
    if (!queue.push(std::move(batch))) return {};
    batch = {};
  }
  queue.push(std::move(batch));
  return {};
}

Result<insurer::Header> read_header(ImportSource& source, insurer::FileKind kind) {
  const auto first = SHOUYUE_TRY(source.next());
  if (!first)
    return refuse(Errc::invalid_input, "import.empty_file", "the file is empty; the first row must name the columns",
                  "文件为空，首行应为列名");
  return insurer::match_header(kind, first->fields);
}

}  // namespace

Result<ImportReport> import_file(Session& session, const ImportRequest& request) {
  ImportReport report;
  ImportSource source = SHOUYUE_TRY(ImportSource::open(request.path, request.encoding));
  insurer::Header header = SHOUYUE_TRY(read_header(source, request.kind));
  report.unknown_columns = header.unknown;
  const RowReader rows(request.kind, std::move(header));
  ImportWriter writer(session, request, source.digest(), report);
  SHOUYUE_CHECK(writer.open());

  BatchQueue queue;
  Result<void> reading;
  std::thread reader([&] {
    reading = read_batches(source, rows, queue);
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
