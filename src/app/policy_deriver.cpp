#include "app/policy_deriver.hpp"

#include <algorithm>
#include <limits>

#include "app/files.hpp"
#include "app/flatten.hpp"
#include "app/import_rows.hpp"
#include "base/digest.hpp"

namespace shouyue::app {
namespace {

Result<LoadedPolicy> versions_of(const std::string& policy_no, const std::vector<insurer::FactText>& facts) {
  LoadedPolicy policy;
  policy.policy_no = policy_no;
  for (const insurer::FactText& text : facts) SHOUYUE_CHECK(insurer::add_fact(policy.versions, policy_no, text));
  if (policy.versions.policies.empty()) return policy_not_found(policy_no);
  return policy;
}

// The grants and revocations of other books, in the order in which they became known.
std::vector<insurer::GrantedException> moves_of(const insurer::FactVersions& versions) {
  std::vector<insurer::GrantedException> moves;
  for (const insurer::GrantedException& exception : versions.exceptions)
    if (exception.kind == insurer::ExceptionKind::rule_book || exception.kind == insurer::ExceptionKind::revocation)
      moves.push_back(exception);
  std::ranges::sort(moves, {}, &insurer::GrantedException::seq);
  return moves;
}

// The id of the book that the first `count` moves put the policy under; empty: none does.
std::string book_after(const std::vector<insurer::GrantedException>& moves, std::size_t count) {
  for (std::size_t i = count; i-- > 0;) {
    if (moves[i].kind != insurer::ExceptionKind::rule_book) continue;
    const bool is_revoked =
        std::any_of(moves.begin() + static_cast<std::ptrdiff_t>(i), moves.begin() + static_cast<std::ptrdiff_t>(count),
                    [&](const auto& later) { return insurer::revokes(later, moves[i]); });
    if (!is_revoked) return moves[i].value;
  }
  return {};
}

PolicyInput input_of(const LoadedPolicy& policy) {
  return {.versions = policy.versions,
          .surroundings = policy.surroundings,
          .books = *policy.books,
          .calendar = *policy.calendar,
          .settlements = *policy.settlements};
}

}  // namespace

std::unexpected<Error> policy_not_found(const std::string& policy_no) {
  return refuse(Errc::not_found, "policy.not_found", "no policy has the number " + policy_no,
                "保单 " + policy_no + " 不存在");
}

const insurer::Policy& LoadedPolicy::policy() const {
  return *std::ranges::max_element(versions.policies, {}, &insurer::Policy::seq);
}

std::int64_t LoadedPolicy::newest_seq() const {
  std::int64_t newest = 0;
  const auto look = [&newest](const auto& facts) {
    for (const auto& fact : facts) newest = std::max(newest, fact.seq);
  };
  look(versions.policies);
  look(versions.receipts);
  look(versions.attempts);
  look(versions.ticket_steps);
  look(versions.changes);
  look(versions.exceptions);
  return newest;
}

Result<PolicyDeriver> PolicyDeriver::load(Session& session) {
  PolicyDeriver deriver(session);
  auto calendar = SHOUYUE_TRY(load_calendar(session.home));
  const std::string text = SHOUYUE_TRY(read_file(session.profile_path));
  Profile profile = SHOUYUE_TRY(read_profile(text, session.profile_path.string()));
  auto books = SHOUYUE_TRY(AssignedBooks::load(profile, session.home));
  auto without_make_up_days = calendar.without_make_up_days();
  deriver.rules_ =
      std::make_shared<const Rules>(Rules{std::move(profile), std::make_unique<AssignedBooks>(std::move(books)),
                                          std::move(calendar), std::move(without_make_up_days)});
  SHOUYUE_CHECK(deriver.reload_directory());
  SHOUYUE_CHECK(deriver.reload_settlements());
  return deriver;
}

PolicyDeriver PolicyDeriver::for_session(Session& session) const {
  PolicyDeriver deriver(*this);
  deriver.session_ = &session;
  return deriver;
}

Result<void> PolicyDeriver::reload_directory() {
  directory_ = std::make_shared<const Directory>(SHOUYUE_TRY(Directory::load(session_->store)));
  return {};
}

Result<void> PolicyDeriver::reload_settlements() {
  Settlements settlements;
  for (const SettlementRow& row : SHOUYUE_TRY(session_->store.settlements()))
    settlements.by_book[row.regime].push_back(
        {.year = row.year, .month = row.month, .cut_off = row.cut_off, .known_to = row.known_to});
  for (auto& [regime, list] : settlements.by_book) std::ranges::sort(list, {}, &commission::Settlement::cut_off);
  settlements_ = std::make_shared<const Settlements>(std::move(settlements));
  return {};
}

std::string PolicyDeriver::rules_version() const {
  std::string text = books().version();
  const auto add = [&text](const std::string& part) { text += '\x1f' + part; };
  for (const Assignment& assignment : profile().assign) {
    add(assignment.regime);
    add(assignment.channel ? std::string(code_of(*assignment.channel)) : "");
    add(assignment.region ? std::to_string(*assignment.region) : "");
    add(assignment.product_type ? std::string(code_of(*assignment.product_type)) : "");
    add(assignment.issued_from ? assignment.issued_from->text() : "");
    add(assignment.issued_to ? assignment.issued_to->text() : "");
  }
  for (const OfficeCalendar& office : profile().calendars) {
    add(office.make_up_days ? "1" : "0");
    for (const std::string& org : office.orgs) add(org);
  }
  return sha256_hex(text);
}

const calendar::WorkingCalendar& PolicyDeriver::calendar_of(const insurer::Surroundings& surroundings) const {
  // The nearest organisation above the policy that the profile gives a calendar decides.
  for (const std::string& code : surroundings.org_path)
    for (const OfficeCalendar& office : profile().calendars)
      if (office.orgs.contains(code)) return office.make_up_days ? rules_->calendar : rules_->without_make_up_days;
  return rules_->calendar;
}

Result<LoadedPolicy> PolicyDeriver::read(const std::string& policy_no, Instant at) {
  auto loaded = SHOUYUE_TRY(read_each(std::span(&policy_no, 1), at));
  return std::move(loaded.front());
}

Result<std::vector<Result<LoadedPolicy>>> PolicyDeriver::read_each(Store& store, std::span<const std::string> policies,
                                                                   Instant at) {
  const auto facts = SHOUYUE_TRY(store.facts_of_each(policies));
  std::vector<Result<LoadedPolicy>> loaded;
  std::vector<std::int64_t> phones;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    loaded.push_back(versions_of(policies[i], facts[i]));
    phones.push_back(loaded[i] ? phone_key(loaded[i]->policy()) : 0);
  }
  const auto sharing = SHOUYUE_TRY(store.count_holders_of_each(phones, holders_counted_max));
  for (std::size_t i = 0; i < policies.size(); ++i)
    if (loaded[i]) loaded[i] = complete(std::move(*loaded[i]), phones[i] == 0 ? 1 : sharing[i], at);
  return loaded;
}

Result<LoadedPolicy> PolicyDeriver::complete(LoadedPolicy policy, int sharing, Instant at) const {
  policy.surroundings = directory_->surroundings(policy.policy(), std::max(sharing, 1), at.date());
  SHOUYUE_CHECK(put_under_books(policy));
  policy.calendar = &calendar_of(policy.surroundings);
  return policy;
}

Result<void> PolicyDeriver::put_under_books(LoadedPolicy& policy) const {
  const regime::RuleBooks* assigned = SHOUYUE_TRY(rules_->books->of(policy.policy(), policy.surroundings));
  policy.books = assigned;
  std::string book = commission_book_id(*assigned);
  std::int64_t since = 0;  // the move by which the policy came under its book of commission; 0: it was assigned
  const auto moves = moves_of(policy.versions);
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const std::string put = book_after(moves, i + 1);
    policy.books = assigned;
    if (!put.empty()) policy.books = SHOUYUE_TRY(rules_->books->of(policy.policy(), policy.surroundings, put));
    if (commission_book_id(*policy.books) == book) continue;
    book = commission_book_id(*policy.books);
    since = moves[i].seq;
  }
  const auto found = settlements_->by_book.find(book);
  policy.settlements = found == settlements_->by_book.end() ? &settlements_->none : &found->second;
  if (since == 0) return {};
  auto own = *policy.settlements;
  std::erase_if(own, [since](const commission::Settlement& settlement) { return settlement.known_to < since; });
  policy.own_settlements = std::make_shared<const std::vector<commission::Settlement>>(std::move(own));
  policy.settlements = policy.own_settlements.get();
  return {};
}

Result<LoadedPolicy> PolicyDeriver::with(LoadedPolicy policy, insurer::GrantedException exception, Instant at) const {
  exception.seq = std::numeric_limits<std::int64_t>::max();
  exception.at = at;
  policy.versions.exceptions.push_back(std::move(exception));
  SHOUYUE_CHECK(put_under_books(policy));
  return policy;
}

Result<PolicyState> PolicyDeriver::derive(const LoadedPolicy& policy, Instant at) {
  return derive_policy(input_of(policy), at);
}

DerivedRows PolicyDeriver::derive_rows(const LoadedPolicy& policy, Instant at) {
  const auto refused = [&](const Error& error) {
    return refused_rows(policy.policy_no, error, booked_ledger(input_of(policy), at));
  };
  const auto state = derive(policy, at);
  if (!state) return refused(state.error());
  auto rows = flatten(policy, *state);
  return rows ? std::move(*rows) : refused(rows.error());
}

}  // namespace shouyue::app
