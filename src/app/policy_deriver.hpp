#pragma once

#include <map>
#include <memory>

#include "app/assigned_books.hpp"
#include "app/derive_policy.hpp"
#include "app/directory.hpp"
#include "app/session.hpp"

namespace shouyue::app {

// One policy with all that its derivation reads.
struct LoadedPolicy {
  std::string policy_no;
  insurer::FactVersions versions;
  insurer::Surroundings surroundings;
  const regime::RuleBooks* books = nullptr;
  const calendar::WorkingCalendar* calendar = nullptr;
  const std::vector<commission::Settlement>* settlements = nullptr;
  // What `settlements` points to when the policy was put under another book of commission: those that knew of it.
  std::shared_ptr<const std::vector<commission::Settlement>> own_settlements;

  const insurer::Policy& policy() const;  // its newest version
  std::int64_t newest_seq() const;        // position of its newest fact
};

// policy.not_found
std::unexpected<Error> policy_not_found(const std::string& policy_no);

// Derives policies under the profile's rule books with what the store knows. Holds the profile, the books, the
// calendars, the organisations and the settlements in memory; copies share them, and nobody changes them.
class PolicyDeriver {
 public:
  // Errors: those of read_profile, AssignedBooks::load, load_calendar and the store.
  static Result<PolicyDeriver> load(Session& session);
  // The same rules for another session.
  PolicyDeriver for_session(Session& session) const;
  // After settlements, or organisations, agents and products were added. Errors: those of the store.
  Result<void> reload_settlements();
  Result<void> reload_directory();

  // Reads the session's store; not for two threads at once.
  // Errors: policy.not_found, profile.sections_clash, those of the store.
  Result<LoadedPolicy> read(const std::string& policy_no, Instant at);
  // The same for many at once, each with its own refusal.
  Result<std::vector<Result<LoadedPolicy>>> read_each(std::span<const std::string> policies, Instant at) {
    return read_each(session_->store, policies, at);
  }
  // By a connection of the caller's own: several threads may read at once, each by its own.
  Result<std::vector<Result<LoadedPolicy>>> read_each(Store& store, std::span<const std::string> policies, Instant at);
  // The policy as if the exception were granted now. Errors: those of `read`.
  Result<LoadedPolicy> with(LoadedPolicy policy, insurer::GrantedException exception, Instant at) const;
  // Pure; may run beside `read`. Errors: those of derive_policy.
  static Result<PolicyState> derive(const LoadedPolicy& policy, Instant at);
  // The same as rows; a refusal is a row too.
  static DerivedRows derive_rows(const LoadedPolicy& policy, Instant at);

  // Differs when the derived rows may: other books, another assignment, another calendar of an office.
  std::string rules_version() const;
  const Profile& profile() const { return rules_->profile; }
  const AssignedBooks& books() const { return *rules_->books; }
  const Directory& directory() const { return *directory_; }
  const std::shared_ptr<const Directory>& shared_directory() const { return directory_; }
  const calendar::WorkingCalendar& calendar() const { return rules_->calendar; }
  const calendar::WorkingCalendar& calendar_of(const insurer::Surroundings& surroundings) const;

 private:
  struct Rules {
    Profile profile;
    std::unique_ptr<AssignedBooks> books;
    calendar::WorkingCalendar calendar, without_make_up_days;
  };
  struct Settlements {
    std::map<std::string, std::vector<commission::Settlement>> by_book;
    std::vector<commission::Settlement> none;
  };
  explicit PolicyDeriver(Session& session) : session_(&session) {}

  // The policy with all that surrounds it; `sharing` policyholders have its phone.
  Result<LoadedPolicy> complete(LoadedPolicy policy, int sharing, Instant at) const;
  Result<void> put_under_books(LoadedPolicy& policy) const;

  Session* session_;
  std::shared_ptr<const Rules> rules_;
  std::shared_ptr<const Directory> directory_;
  std::shared_ptr<const Settlements> settlements_;
};

}  // namespace shouyue::app
