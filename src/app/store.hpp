#pragma once

#include <functional>
#include <memory>
#include <set>
#include <span>

#include "app/rows.hpp"
#include "insurer/fact_text.hpp"
#include "vault/key.hpp"

// What the use cases need of a database. Errors of every function: store.locked, store.full, store.readonly,
// store.not_permitted, store.not_a_database, store.corrupt, store.unreachable, store.gone, store.failed,
// store.key_missing, store.key_rotated, store.sealed_text_changed, all Errc::environment.
namespace shouyue::app {

// 0 … 1023: the first column of every key that belongs to a policy.
constexpr std::int64_t bucket_count = 1024;
std::int64_t bucket_of(std::string_view policy_no);

struct FactKey {
  insurer::FactKind kind = insurer::FactKind::policy;
  std::string policy_no;
  std::string key;
};

struct NewFact {
  FactKey key;
  Instant at;
  insurer::CanonicalText text;
};

enum class ReferenceKind : std::uint8_t { organisation = 1, agent, product };

struct Reference {
  std::int64_t seq = 0;
  std::string key;
  std::string body, personal;
};

// Holders of one phone are counted up to this number.
constexpr int holders_counted_max = 100;

// One policyholder reachable by one phone.
struct PhoneHolder {
  std::int64_t phone = 0;
  std::int64_t holder = 0;
  std::string policy_no;
  bool operator==(const PhoneHolder&) const = default;
};

// Whether a database that is not there yet is made.
enum class Access : std::uint8_t { existing, create };

// A table after it was copied to another database: what both hold.
struct CopiedTable {
  std::string name;
  std::int64_t rows = 0;
  std::string sha256;  // over all values, in the order of the key
  bool operator==(const CopiedTable&) const = default;
};

// How far reference data and settlements have come: rules in memory that have come as far are up to date.
struct RulesMark {
  std::int64_t references = 0, settlements = 0;
  bool operator==(const RulesMark&) const = default;
};

// Calls to one person: attempts made on a day, and leases that run on cases of the person.
struct Contacts {
  int made = 0, taken = 0;
  int all() const { return made + taken; }
};

class AccountStore;
class CallStore;
class ImportStore;
class CommissionStore;
class ExceptionStore;
class PortStore;
class AttachmentStore;
class CaseStore;
struct AuditQuery;

template <class Row>
using Sink = std::function<Result<void>(Row&)>;

class Store {
 public:
  virtual ~Store() = default;

  // A second connection to the same database, for another thread.
  virtual Result<std::unique_ptr<Store>> connect_again() = 0;

  // Creates the tables or brings them to this version; gives false when there was nothing to do.
  // Errors: store.newer_schema.
  virtual Result<bool> migrate() = 0;
  // Errors: store.not_initialised, store.newer_schema.
  virtual Result<void> require_schema() = 0;

  // Gives the key from outside to a database that keeps what is personal sealed; to be called before anything else than
  // `migrate`. One whose tables `migrate` will make is sealed when there is a key, and stays so.
  // Errors: store.key_missing, store.wrong_key, store.not_sealed.
  virtual Result<void> unlock(const std::optional<vault::Key>& key) = 0;
  virtual bool is_sealed() const = 0;
  // Within a transaction: from its end on, `key` is the key from outside. `rewrap` leaves what is sealed as it is.
  // `reseal` makes a new data key and seals everything with it, also in a database that was not sealed; gives the
  // number of texts. This store is of no use then.
  virtual Result<void> rewrap(const vault::Key& key) = 0;
  virtual Result<std::int64_t> reseal(const vault::Key& key) = 0;

  // A writing transaction. There is one at a time, over all programs; transactions that only claim and release do not
  // wait for it where the database allows that.
  virtual Result<void> begin() = 0;
  virtual Result<void> begin_claims() = 0;
  virtual bool claims_wait_for_writers() const = 0;
  virtual Result<void> commit() = 0;
  virtual void rollback() = 0;
  // For a thread that has nothing else to do, now and then: what commits have left for later.
  virtual Result<void> tidy() = 0;

  // Facts. `newest` gives the newest version of each key, in order of the keys.
  virtual Result<std::vector<std::optional<insurer::FactText>>> newest(std::span<const FactKey> keys) = 0;
  // The issue day (its start) of each policy by its newest version; empty for a policy that is not known.
  virtual Result<std::vector<std::optional<Instant>>> issued(std::span<const std::string> policies) = 0;
  virtual Result<bool> has_version(const FactKey& key, const insurer::CanonicalText& text) = 0;
  virtual Result<void> append(std::span<const NewFact> facts) = 0;
  virtual Result<std::int64_t> newest_seq() = 0;
  virtual Result<std::int64_t> newest_seq_of(const std::string& policy_no) = 0;  // answers apart; 0: it has no fact
  virtual Result<std::int64_t> newest_reference_seq() = 0;
  virtual Result<RulesMark> rules_mark() = 0;
  virtual Result<std::vector<insurer::FactText>> facts_of(const std::string& policy_no) = 0;
  virtual Result<std::vector<std::vector<insurer::FactText>>> facts_of_each(std::span<const std::string> policies) = 0;
  // The answers of a policy, which `facts_of` leaves out: by key, the versions of each in their order.
  virtual Result<std::vector<insurer::FactText>> answers_of(const std::string& policy_no) = 0;
  // The policies of a bucket of which any version says that they were issued from `from` to `to`, by number.
  virtual Result<std::vector<std::string>> issued_in(std::int64_t bucket, Date from, Date to) = 0;
  virtual Result<void> each_policy(const Sink<std::string>& sink) = 0;  // by bucket, then number
  virtual Result<void> each_policy_by_number(const Sink<std::string>& sink) = 0;
  // Those of which the derived row says that the agent sold them, by number.
  virtual Result<std::vector<std::string>> policies_of_agent(const std::string& agent_code) = 0;

  virtual Result<std::vector<Reference>> references(ReferenceKind kind) = 0;  // the newest of each key
  virtual Result<void> append_references(ReferenceKind kind, std::span<const Reference> references) = 0;

  // Phones. `holders` gives at most `max` entries of one phone, `count_holders` how many different holders it has,
  // counted up to `max`.
  virtual Result<std::vector<PhoneHolder>> holders(std::int64_t phone, int max) = 0;
  virtual Result<int> count_holders(std::int64_t phone, int max) = 0;
  virtual Result<std::vector<int>> count_holders_of_each(std::span<const std::int64_t> phones, int max) = 0;
  virtual Result<void> put_holders(std::span<const PhoneHolder> holders) = 0;
  virtual Result<void> remove_holders(std::span<const PhoneHolder> holders) = 0;

  // Work. A policy is due when it has facts newer than `derived_to` that its case was not derived from, when its
  // `wake_at` has come, when it was marked, or when its last derivation was refused. In order of bucket and number.
  virtual Result<std::vector<std::string>> due(std::int64_t derived_to, Instant now) = 0;
  virtual Result<void> mark(std::span<const std::string> policies) = 0;
  virtual Result<void> unmark(std::span<const std::string> policies) = 0;
  virtual Result<void> mark_with(ReferenceKind kind,
                                 const std::set<std::string>& codes) = 0;  // cases with one of these
  virtual Result<void> mark_unsettled() = 0;                               // commission pending or held

  // Derived rows.
  // Replaces; no policy comes twice. A policy of which something changed gets the next place in the order of changes.
  virtual Result<void> put(std::span<const DerivedPolicy> policies) = 0;
  virtual Result<DerivedRows> derived(const std::string& policy_no) = 0;
  virtual Result<std::vector<DerivedRows>> derived_of_each(std::span<const std::string> policies) = 0;
  virtual Result<void> each_case(const Sink<CaseRow>& sink) = 0;  // these are in order of policy_no
  virtual Result<void> each_ticket(const Sink<TicketRow>& sink) = 0;
  virtual Result<void> each_commission(const Sink<CommissionRow>& sink) = 0;
  virtual Result<void> each_entry(const Sink<EntryRow>& sink) = 0;
  virtual Result<void> each_receipt(const Sink<ReceiptRow>& sink) = 0;
  virtual Result<void> each_refused(const Sink<RefusedRow>& sink) = 0;
  // Cases whose next attempt may be made at `now`, by deadline.
  virtual Result<void> each_callable(Instant now, const Sink<CaseRow>& sink) = 0;
  // Of these a case says from which newest fact it was derived; 0 where there is none.
  virtual Result<std::vector<std::int64_t>> known_to_of_each(std::span<const std::string> policies) = 0;
  // The cases on which attempts may be made, now or later, in no order; and those that were put after the change with
  // that number, also those on which none may be made any more. `put` numbers its transactions without a gap.
  virtual Result<std::int64_t> newest_change() = 0;
  virtual Result<void> each_open(const Sink<OpenCase>& sink) = 0;
  virtual Result<void> each_changed(std::int64_t after, const Sink<OpenCase>& sink) = 0;
  // The cases whose latest attempt was on `day`, of those put after the change with that number.
  virtual Result<void> each_called_on(Date day, std::int64_t after, const Sink<CalledCase>& sink) = 0;
  // How many attempts each person had on `day`, over all policies.
  virtual Result<void> each_person_on(Date day, const std::function<void(std::int64_t person, int calls)>& sink) = 0;

  virtual Result<std::vector<SettlementRow>> settlements() = 0;
  virtual Result<void> add_settlement(const SettlementRow& row) = 0;

  // Named values, see session.hpp.
  virtual Result<std::optional<std::string>> meta(const std::string& name) = 0;
  virtual Result<void> set_meta(const std::string& name, const std::string& value) = 0;

  // How far a file with this digest was imported: the last line whose row was dealt with, 0 for a file never seen.
  virtual Result<std::int64_t> imported_to(const std::string& kind, const std::string& digest) = 0;
  virtual Result<void> set_imported_to(const std::string& kind, const std::string& digest, std::int64_t line) = 0;

  virtual Result<void> append_audit(AuditRow row) = 0;  // n and the hashes are set here
  virtual Result<void> each_audit(const Sink<AuditRow>& sink) = 0;
  virtual Result<std::vector<AuditRow>> newest_audit(const AuditQuery& query) = 0;  // the newest first

  // Who may sign in, of the same connection and transaction.
  virtual AccountStore& accounts() = 0;
  // What calls leave behind beside the facts, of the same connection and transaction.
  virtual CallStore& calls() = 0;
  // The files that were brought.
  virtual ImportStore& imports() = 0;
  // Standings and lines of commission with whose they are, of the same connection and transaction.
  virtual CommissionStore& commission() = 0;
  // What was asked of a second person, and closed months, of the same connection and transaction.
  virtual ExceptionStore& exceptions() = 0;
  // What passes between this store, other systems and policyholders, likewise.
  virtual PortStore& ports() = 0;
  // Files that were handed in, likewise.
  virtual AttachmentStore& attachments() = 0;
  // Finding cases, likewise.
  virtual CaseStore& cases() = 0;

  // One seat at a time: gives the claim when nobody else's lease runs at `now`.
  virtual Result<std::optional<ClaimRow>> claim(const std::string& policy_no, const std::string& seat, Instant now,
                                                Instant lease_until) = 0;
  // The same for each of several policies; none comes twice. They are taken in one order whatever the order of
  // `policies`, so that two programs never wait for each other.
  virtual Result<std::vector<std::optional<ClaimRow>>> claim_each(std::span<const std::string> policies,
                                                                  const std::string& seat, Instant now,
                                                                  Instant lease_until) = 0;
  // The calls to one person that count against a day. Until the transaction ends nobody else is told about this person.
  virtual Result<Contacts> contacts_of(std::int64_t person, Date day, Instant now,
                                       std::span<const std::string> except) = 0;
  virtual Result<std::optional<ClaimRow>> claim_of(const std::string& policy_no) = 0;
  // Gives false when the lease with this fence does not run any more at `now`.
  virtual Result<bool> renew(const std::string& policy_no, std::int64_t fence, Instant now, Instant lease_until) = 0;
  virtual Result<std::vector<std::optional<ClaimRow>>> claims_of_each(std::span<const std::string> policies) = 0;
  virtual Result<void> release(const std::string& policy_no, std::int64_t fence) = 0;

  // What lies on the desks of the seats, the longest held first; in the transactions that claim and release.
  virtual Result<void> put_held(const HeldCase& held) = 0;
  virtual Result<void> remove_held(const std::string& seat, const std::string& policy_no, std::int64_t fence) = 0;
  virtual Result<std::vector<HeldCase>> held_by(const std::string& seat) = 0;
  virtual Result<std::vector<HeldCase>> all_held() = 0;
};

// A writing transaction: rolled back unless committed.
class Transaction {
 public:
  static Result<Transaction> begin(Store& store);
  static Result<Transaction> begin_claims(Store& store);
  Transaction(Transaction&& other) noexcept : store_(std::exchange(other.store_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction() {
    if (store_) store_->rollback();
  }
  Result<void> commit();

 private:
  explicit Transaction(Store& store) : store_(&store) {}
  Store* store_;
};

// The hash of an audit entry over its fields and the hash before it.
std::string audit_hash(const AuditRow& row);

}  // namespace shouyue::app
