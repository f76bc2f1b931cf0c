#pragma once

#include <memory>

#include "app/store.hpp"
#include "store/sqlite_connection.hpp"
#include "store/tables.hpp"

namespace shouyue::store {

// The store in one SQLite file. One writing transaction at a time; not for two threads at once.
class SqliteStore : public app::Store {
 public:
  // Errors: store.cannot_open, store.not_a_database, store.locked, store.readonly.
  static Result<std::unique_ptr<SqliteStore>> open(const std::string& path);

  Result<std::unique_ptr<app::Store>> connect_again() override;
  Result<bool> migrate() override;
  Result<void> require_schema() override;
  Result<void> begin() override;
  Result<void> commit() override;
  void rollback() override;

  Result<std::vector<std::optional<insurer::FactText>>> newest(std::span<const app::FactKey> keys) override;
  Result<std::vector<std::optional<Instant>>> issued(std::span<const std::string> policies) override;
  Result<bool> has_version(const app::FactKey& key, const insurer::CanonicalText& text) override;
  Result<void> append(std::span<const app::NewFact> facts) override;
  Result<std::int64_t> newest_seq() override;
  Result<std::vector<insurer::FactText>> facts_of(const std::string& policy_no) override;
  Result<std::vector<std::string>> issued_in(std::int64_t bucket, Date from, Date to) override;
  Result<void> each_policy(const app::Sink<std::string>& sink) override;
  Result<void> each_policy_by_number(const app::Sink<std::string>& sink) override;
  Result<std::vector<app::Reference>> references(app::ReferenceKind kind) override;
  Result<void> append_references(app::ReferenceKind kind, std::span<const app::Reference> references) override;
  Result<std::vector<app::PhoneHolder>> holders(std::int64_t phone, int max) override;
  Result<int> count_holders(std::int64_t phone, int max) override;
  Result<void> put_holder(const app::PhoneHolder& holder) override;
  Result<void> remove_holder(const app::PhoneHolder& holder) override;

  Result<std::vector<std::string>> due(std::int64_t derived_to, Instant now) override;
  Result<void> mark(const std::string& policy_no) override;
  Result<void> mark_with(app::ReferenceKind kind, const std::set<std::string>& codes) override;
  Result<void> mark_unsettled() override;

  Result<void> put(const std::string& policy_no, const app::DerivedRows& rows) override;
  Result<app::DerivedRows> derived(const std::string& policy_no) override;
  Result<void> each_case(const app::Sink<app::CaseRow>& sink) override;
  Result<void> each_ticket(const app::Sink<app::TicketRow>& sink) override;
  Result<void> each_commission(const app::Sink<app::CommissionRow>& sink) override;
  Result<void> each_entry(const app::Sink<app::EntryRow>& sink) override;
  Result<void> each_refused(const app::Sink<app::RefusedRow>& sink) override;
  Result<void> each_callable(Instant now, const app::Sink<app::CaseRow>& sink) override;
  Result<void> each_person_on(Date day, const std::function<void(std::int64_t, int)>& sink) override;

  Result<std::vector<app::SettlementRow>> settlements() override;
  Result<void> add_settlement(const app::SettlementRow& row) override;
  Result<std::optional<std::string>> meta(const std::string& name) override;
  Result<void> set_meta(const std::string& name, const std::string& value) override;
  Result<std::int64_t> imported_to(const std::string& kind, const std::string& digest) override;
  Result<void> set_imported_to(const std::string& kind, const std::string& digest, std::int64_t line) override;
  Result<void> append_audit(app::AuditRow row) override;
  Result<void> each_audit(const app::Sink<app::AuditRow>& sink) override;
  Result<std::optional<app::ClaimRow>> claim(const std::string& policy_no, const std::string& seat, Instant now,
                                             Instant lease_until) override;
  Result<std::optional<app::ClaimRow>> claim_of(const std::string& policy_no) override;
  Result<void> release(const std::string& policy_no, std::int64_t fence) override;

 private:
  SqliteStore(std::string path, std::unique_ptr<SqliteConnection> connection)
      : path_(std::move(path)), connection_(std::move(connection)), clause_lists_(*connection_) {}

  Result<Statement*> statement(const std::string& sql) { return connection_->statement(sql); }
  Result<std::int64_t> schema_version();
  Result<std::int64_t> next_seq();
  template <class Row>
  Result<void> insert(std::string_view policy_no, const std::string& sql, const Row& row);
  template <class Row>
  Result<void> remove(const std::string& policy_no);
  template <class Row>
  Result<void> each(Statement& statement, const app::Sink<Row>& sink);
  template <class Row>
  Result<std::vector<Row>> rows_of(const std::string& policy_no, std::string_view order);

  std::string path_;
  std::unique_ptr<SqliteConnection> connection_;
  ClauseLists clause_lists_;
  std::int64_t last_seq_ = -1;  // newest position given out in this transaction; -1: not read yet
};

}  // namespace shouyue::store
