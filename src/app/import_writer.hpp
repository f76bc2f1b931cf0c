#pragma once

#include "app/import_file.hpp"
#include "app/import_rows.hpp"
#include "app/import_source.hpp"
#include "app/import_store.hpp"
#include "app/rejects.hpp"

namespace shouyue::app {

bool is_reference(insurer::FileKind kind);

// Brings prepared rows of one file into the store, one transaction a batch.
class ImportWriter {
 public:
  ImportWriter(Session& session, const ImportRequest& request, const ImportSource& source, const ImportScope& scope,
               ImportReport& report)
      : session_(session),
        request_(request),
        source_(source),
        scope_(scope),
        kind_(request.kind),
        digest_(source.digest()),
        report_(report),
        rejects_(request.path) {}

  // Before the first batch: what is known already, and a line in the history.
  Result<void> open();
  // Batches in the order of the file.
  Result<void> write(PreparedBatch& batch);
  // After the last batch.
  Result<void> close();
  // In the history and the journal, as far as the store can still be written.
  void note_failure(const Error& error);
  bool is_stopped() const { return report_.is_stopped; }

 private:
  ImportRun run_in(ImportState state) const;
  Result<void> append_audit(const std::string& outcome);
  Result<void> take_totals(const PreparedBatch& batch);
  void count_warnings(const PreparedRow& row);
  void count_warning(std::int64_t line, const Error& warning);
  Result<void> write_facts(std::vector<PreparedRow*> rows);
  Result<void> write_references(std::span<PreparedRow> rows);
  Result<bool> is_known(const PreparedRow& row, const std::optional<insurer::FactText>& newest, const NewFact* earlier);
  // Who is reached by the phone of one policy, before a batch and after it.
  struct PhoneChange {
    std::optional<PhoneHolder> before;
    PhoneHolder after;
  };
  static Result<void> note_phone(const PreparedRow& row, const std::optional<insurer::FactText>& before,
                                 std::vector<PhoneChange>& changes);
  Result<void> keep_phones(const std::vector<PhoneChange>& changes);
  Result<void> mark_sharers(const std::vector<std::int64_t>& phones, const std::vector<int>& before);
  Result<void> keep_first_issue(const PreparedRow& row);

  Session& session_;
  const ImportRequest& request_;
  const ImportSource& source_;
  const ImportScope& scope_;
  insurer::FileKind kind_;
  std::string digest_;
  ImportReport& report_;
  ImportReport stored_;  // as of the last batch that was committed
  Rejects rejects_;
  std::int64_t imported_to_ = 0;
  std::int64_t rejects_kept_ = 0;  // in the store
  std::optional<Date> first_issued_on_;
};

}  // namespace shouyue::app
