#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "app/profile.hpp"
#include "app/rule_book_files.hpp"
#include "insurer/facts.hpp"
#include "regime/rule_books.hpp"

namespace shouyue::app {

// The rule books of a profile, loaded, and which of them govern a policy.
class AssignedBooks {
 public:
  // Errors: those of load_rule_book; profile.sections_clash for two books that could meet on one policy.
  static Result<AssignedBooks> load(const Profile& profile, const Home& home);

  // Several threads may ask at once; what it gives lives as long as this. Errors: profile.sections_clash.
  Result<const regime::RuleBooks*> of(const insurer::Policy& policy, const insurer::Surroundings& surroundings);
  // The same for a policy that two persons put under the book `id`: it rules all that it has a section for.
  // Errors: exception.unknown_rule_book, profile.sections_clash.
  Result<const regime::RuleBooks*> of(const insurer::Policy& policy, const insurer::Surroundings& surroundings,
                                      const std::string& id);
  // Names of the books and their versions: differs when any of the rules differ.
  const std::string& version() const { return version_; }
  const std::vector<std::shared_ptr<const regime::Regime>>& books() const { return books_; }
  const regime::Clause* find_clause(std::string_view id) const;

 private:
  std::vector<Assignment> assignments_;
  std::vector<std::shared_ptr<const regime::Regime>> books_;  // of each assignment
  std::unique_ptr<std::mutex> combining_ = std::make_unique<std::mutex>();
  std::map<std::uint64_t, regime::RuleBooks> combined_;  // by the set of assignments that fit, as bits
  std::map<std::pair<std::string, const regime::RuleBooks*>, regime::RuleBooks> put_under_;  // book, assigned
  std::string version_;
};

// The book whose commission section `books` follow; empty when they have none.
std::string commission_book_id(const regime::RuleBooks& books);

}  // namespace shouyue::app
