#pragma once

#include <memory>

#include "app/store.hpp"
#include "store/connection.hpp"
#include "store/schema.hpp"
#include "store/sql_accounts.hpp"
#include "store/sql_attachments.hpp"
#include "store/sql_calls.hpp"
#include "store/sql_cases.hpp"
#include "store/sql_commission.hpp"
#include "store/sql_exceptions.hpp"
#include "store/sql_imports.hpp"
#include "store/sql_ports.hpp"
#include "store/sql_sealing.hpp"
#include "store/tables.hpp"

namespace shouyue::store {

// Bucket and number of each policy.
Rows policy_keys(std::span<const std::string> policies);

// Statements that leave answers out, or read them alone, name them by number.
static_assert(static_cast<int>(insurer::FactKind::answer) == 6);

// Opens one more connection to the same database.
using Connect = std::function<Result<std::unique_ptr<Connection>>()>;

// The store in any database that speaks SQL. Not for two threads at once.
class SqlStore final : public app::Store {
 public:
  SqlStore(std::unique_ptr<Connection> connection, Dialect dialect, Connect connect)
      : connection_(std::move(connection)), dialect_(dialect), connect_(std::move(connect)), sealing_(*connection_) {}
  // One more connection to the database of `other`, unlocked as that one is.
  SqlStore(std::unique_ptr<Connection> connection, const SqlStore& other)
      : connection_(std::move(connection)),
        dialect_(other.dialect_),
        connect_(other.connect_),
        sealing_(*connection_, other.sealing_) {}

  Result<std::unique_ptr<app::Store>> connect_again() override;
  Result<bool> migrate() override;
  Result<void> require_schema() override;
  Result<void> unlock(const std::optional<vault::Key>& key) override { return sealing_.unlock(key); }
  bool is_sealed() const override { return sealing_.is_sealed(); }
  Result<void> rewrap(const vault::Key& key) override { return sealing_.rewrap(key); }
  Result<std::int64_t> reseal(const vault::Key& key) override;
  Result<void> begin() override;
  Result<void> begin_claims() override;
  bool claims_wait_for_writers() const override { return dialect_ == Dialect::sqlite; }
  Result<void> commit() override;
  void rollback() override;
  Result<void> tidy() override { return connection_->tidy(); }

  Result<std::vector<std::optional<insurer::FactText>>> newest(std::span<const app::FactKey> keys) override;
  Result<std::vector<std::optional<Instant>>> issued(std::span<const std::string> policies) override;
  Result<bool> has_version(const app::FactKey& key, const insurer::CanonicalText& text) override;
  Result<void> append(std::span<const app::NewFact> facts) override;
  Result<std::int64_t> newest_seq() override;
  Result<std::int64_t> newest_seq_of(const std::string& policy_no) override;
  Result<std::int64_t> newest_reference_seq() override;
  Result<app::RulesMark> rules_mark() override;
  Result<std::vector<insurer::FactText>> facts_of(const std::string& policy_no) override;
  Result<std::vector<std::vector<insurer::FactText>>> facts_of_each(std::span<const std::string> policies) override;
  Result<std::vector<insurer::FactText>> answers_of(const std::string& policy_no) override;
  Result<std::vector<std::string>> issued_in(std::int64_t bucket, Date from, Date to) override;
  Result<void> each_policy(const app::Sink<std::string>& sink) override;
  Result<void> each_policy_by_number(const app::Sink<std::string>& sink) override;
  Result<std::vector<std::string>> policies_of_agent(const std::string& agent_code) override;
  Result<std::vector<app::Reference>> references(app::ReferenceKind kind) override;
  Result<void> append_references(app::ReferenceKind kind, std::span<const app::Reference> references) override;
  Result<std::vector<app::PhoneHolder>> holders(std::int64_t phone, int max) override;
  Result<int> count_holders(std::int64_t phone, int max) override;
  Result<std::vector<int>> count_holders_of_each(std::span<const std::int64_t> phones, int max) override;
  Result<void> put_holders(std::span<const app::PhoneHolder> holders) override;
  Result<void> remove_holders(std::span<const app::PhoneHolder> holders) override;

  Result<std::vector<std::string>> due(std::int64_t derived_to, Instant now) override;
  Result<void> mark(std::span<const std::string> policies) override;
  Result<void> unmark(std::span<const std::string> policies) override;
  Result<void> mark_with(app::ReferenceKind kind, const std::set<std::string>& codes) override;
  Result<void> mark_unsettled() override;

  Result<void> put(std::span<const app::DerivedPolicy> policies) override;
  Result<app::DerivedRows> derived(const std::string& policy_no) override;
  Result<std::vector<app::DerivedRows>> derived_of_each(std::span<const std::string> policies) override;
  Result<void> each_case(const app::Sink<app::CaseRow>& sink) override;
  Result<void> each_ticket(const app::Sink<app::TicketRow>& sink) override;
  Result<void> each_commission(const app::Sink<app::CommissionRow>& sink) override;
  Result<void> each_entry(const app::Sink<app::EntryRow>& sink) override;
  Result<void> each_receipt(const app::Sink<app::ReceiptRow>& sink) override;
  Result<void> each_refused(const app::Sink<app::RefusedRow>& sink) override;
  Result<void> each_callable(Instant now, const app::Sink<app::CaseRow>& sink) override;
  Result<std::int64_t> newest_change() override;
  Result<void> each_open(const app::Sink<app::OpenCase>& sink) override;
  Result<void> each_changed(std::int64_t after, const app::Sink<app::OpenCase>& sink) override;
  Result<void> each_called_on(Date day, std::int64_t after, const app::Sink<app::CalledCase>& sink) override;
  Result<std::vector<std::int64_t>> known_to_of_each(std::span<const std::string> policies) override;
  Result<void> each_person_on(Date day, const std::function<void(std::int64_t, int)>& sink) override;

  Result<std::vector<app::SettlementRow>> settlements() override;
  Result<void> add_settlement(const app::SettlementRow& row) override;
  Result<std::optional<std::string>> meta(const std::string& name) override;
  Result<void> set_meta(const std::string& name, const std::string& value) override;
  Result<std::int64_t> imported_to(const std::string& kind, const std::string& digest) override;
  Result<void> set_imported_to(const std::string& kind, const std::string& digest, std::int64_t line) override;
  app::AccountStore& accounts() override { return accounts_; }
  app::CallStore& calls() override { return calls_; }
  app::ImportStore& imports() override { return imports_; }
  app::CommissionStore& commission() override { return commission_; }
  app::ExceptionStore& exceptions() override { return exceptions_; }
  app::PortStore& ports() override { return ports_; }
  app::AttachmentStore& attachments() override { return attachments_; }
  app::CaseStore& cases() override { return cases_; }
  Result<void> append_audit(app::AuditRow row) override;
  Result<void> each_audit(const app::Sink<app::AuditRow>& sink) override;
  Result<std::vector<app::AuditRow>> newest_audit(const app::AuditQuery& query) override;
  Result<std::optional<app::ClaimRow>> claim(const std::string& policy_no, const std::string& seat, Instant now,
                                             Instant lease_until) override;
  Result<std::vector<std::optional<app::ClaimRow>>> claim_each(std::span<const std::string> policies,
                                                               const std::string& seat, Instant now,
                                                               Instant lease_until) override;
  Result<app::Contacts> contacts_of(std::int64_t person, Date day, Instant now,
                                    std::span<const std::string> except) override;
  Result<std::optional<app::ClaimRow>> claim_of(const std::string& policy_no) override;
  Result<bool> renew(const std::string& policy_no, std::int64_t fence, Instant now, Instant lease_until) override;
  Result<std::vector<std::optional<app::ClaimRow>>> claims_of_each(std::span<const std::string> policies) override;
  Result<void> release(const std::string& policy_no, std::int64_t fence) override;
  Result<void> put_held(const app::HeldCase& held) override;
  Result<void> remove_held(const std::string& seat, const std::string& policy_no, std::int64_t fence) override;
  Result<std::vector<app::HeldCase>> held_by(const std::string& seat) override;
  Result<std::vector<app::HeldCase>> all_held() override;

 private:
  Result<std::int64_t> schema_version();
  template <class Row>
  Result<void> add_to(std::string& text, const Row& row);
  Result<void> note_changes(std::span<const app::DerivedPolicy> policies);
  Result<std::int64_t> next_seq();
  Result<Coding> coding();
  Result<Rows> holder_rows(std::span<const app::PhoneHolder> holders);
  // Of an answer with the columns of `newest` and `facts_of_each`.
  Result<insurer::FactText> fact_text(const app::FactKey& key, const AnswerRow& row);
  // The personal texts of the facts as they lie in a sealed database; none where nothing is sealed.
  Result<std::vector<std::string>> sealed_texts(std::span<const app::NewFact> facts, std::int64_t first_seq);
  Result<std::int64_t> number_of_change();
  template <class Row>
  Result<void> add(Rows& rows, const std::string& policy_no, const Row& row);
  template <class Row>
  Result<Row> read(const AnswerRow& answer);
  template <class Row>
  Result<void> each(std::string_view tail, Parameters parameters, const app::Sink<Row>& sink);
  template <class Row, class Keep>
  Result<void> rows_of_each(const Rows& policies, Keep keep);

  std::unique_ptr<Connection> connection_;
  Dialect dialect_;
  Connect connect_;
  SqlSealing sealing_;
  ClauseLists clause_lists_{*connection_};
  SqlAccounts accounts_{*connection_};
  SqlCalls calls_{*connection_, sealing_};
  SqlImports imports_{*connection_, sealing_};
  SqlCommission commission_{*connection_, clause_lists_};
  SqlExceptions exceptions_{*connection_};
  SqlPorts ports_{*connection_};
  SqlAttachments attachments_{*connection_, sealing_};
  SqlCases cases_{*connection_, sealing_, clause_lists_};
  std::int64_t last_seq_ = -1;  // newest position given out in this transaction; -1: not read yet
  std::int64_t change_ = -1;    // number of this transaction's change; -1: none yet
};

}  // namespace shouyue::store
