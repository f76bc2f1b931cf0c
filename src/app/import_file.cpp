#include "app/import_file.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/guarded.hpp"
#include "app/import_source.hpp"
#include "app/import_writer.hpp"
#include "app/scope.hpp"

namespace shouyue::app {
namespace {

// Every batch writes nearly every page of an index, so that large ones cost less a row.
constexpr std::size_t batch_rows = 30'000;

// One batch from the thread that reads to the thread that writes. The next one is begun when this is taken, so that
// there are never more than two.
class Handover {
 public:
  // Waits until the batch is taken. False when nobody takes batches any more.
  bool give(PreparedBatch batch) {
    std::unique_lock lock(mutex_);
    batch_ = std::move(batch);
    changed_.notify_all();
    changed_.wait(lock, [this] { return !batch_ || is_closed_; });
    return !is_closed_;
  }
  void end() {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
    changed_.notify_all();
  }
  // Empty at the end.
  std::optional<PreparedBatch> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return batch_ || is_ended_; });
    changed_.notify_all();
    return std::exchange(batch_, std::nullopt);
  }
  void close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<PreparedBatch> batch_;
  bool is_ended_ = false;   // nothing more comes
  bool is_closed_ = false;  // nothing more is wanted
};

// Reads all rows into batches. Errors: those that end the source.
Result<void> read_batches(ImportSource& source, const RowReader& rows, Handover& handover) {
  PreparedBatch batch;
  const auto hand_over = [&] {
    order_as_stored(batch);
    return handover.give(std::exchange(batch, {}));
  };
  for (;;) {
    auto row = source.next();
    if (!row && !ImportSource::costs_one_row(row.error())) return std::unexpected(std::move(row.error()));
    if (row && !*row) break;
    if (row && rows.is_header_again(**row)) continue;
    if (row) {
      batch.rows.push_back(rows.prepare(**row));
    } else {
      PreparedRow& broken = batch.rows.emplace_back();
      broken.line = source.line();
      broken.problems.push_back({.column = "", .value = "", .error = std::move(row.error()), .is_warning = false});
    }
    if (batch.rows.size() == batch_rows && !hand_over()) return {};
  }
  hand_over();
  return {};
}

Result<insurer::Header> read_header(ImportSource& source, insurer::FileKind kind) {
  const auto first = SHOUYUE_TRY(source.next());
  if (!first)
    return refuse(Errc::invalid_input, "import.empty_file", "the file is empty; the first row must name the columns",
                  "文件为空，首行应为列名");
  return insurer::match_header(kind, first->fields);
}

// Nobody changes what lies outside of what he may see; what concerns all offices is head office's.
Result<ImportScope> scope_of(const ImportRequest& request, const Directory& directory, Date today) {
  if (!request.by) return ImportScope();
  const access::Account& account = *request.by;
  const auto is_head_office = require_whole_company(account, directory, today);
  if (is_head_office) return ImportScope();
  if (is_reference(request.kind)) return std::unexpected(is_head_office.error());
  return organisations_held(account, directory, today);
}

Result<void> write_batches(Handover& handover, ImportWriter& writer) {
  while (!writer.is_stopped()) {
    auto batch = handover.take();
    if (!batch) break;
    SHOUYUE_CHECK(writer.write(*batch));
  }
  return {};
}

// One thread reads and checks, this one writes.
Result<void> carry_over(ImportSource& source, const RowReader& rows, ImportWriter& writer) {
  Handover handover;
  Result<void> reading;
  std::thread reader([&] {
    reading = guarded([&] { return read_batches(source, rows, handover); });
    handover.end();
  });
  const auto writing = guarded([&] { return write_batches(handover, writer); });
  handover.close();
  reader.join();
  SHOUYUE_CHECK(writing);
  SHOUYUE_CHECK(reading);
  return guarded([&] { return writer.close(); });
}

}  // namespace

Result<ImportReport> import_file(Session& session, const ImportRequest& request) {
  ImportReport report;
  ImportSource source = SHOUYUE_TRY(ImportSource::open(request.path, request.encoding));
  insurer::Header header = SHOUYUE_TRY(read_header(source, request.kind));
  report.unknown_columns = header.unknown;
  const Directory directory = SHOUYUE_TRY(Directory::load(session.store));
  const ImportScope scope = SHOUYUE_TRY(scope_of(request, directory, session.now.date()));
  const RowReader rows(request.kind, std::move(header), directory, scope);
  ImportWriter writer(session, request, source, scope, report);
  SHOUYUE_CHECK(writer.open());
  const auto carried = carry_over(source, rows, writer);
  if (!carried) writer.note_failure(carried.error());
  SHOUYUE_CHECK(carried);
  return report;
}

}  // namespace shouyue::app
