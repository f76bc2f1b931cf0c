#include "app/assigned_books.hpp"

#include <algorithm>

#include "base/digest.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t assignments_max = 64;

// True when `code` lies in `area`, a region code of two, four or six digits.
bool lies_in(int code, int area) {
  const int scale = area < 100 ? 10'000 : area < 10'000 ? 100 : 1;
  return code / scale == area || (area >= 100'000 && area % 10'000 == 0 && code / 10'000 == area / 10'000) ||
         (area >= 100'000 && area % 100 == 0 && code / 100 == area / 100);
}

bool fits(const Assignment& assignment, const insurer::Policy& policy, const insurer::Surroundings& surroundings) {
  if (assignment.channel && *assignment.channel != policy.channel) return false;
  if (assignment.region && !(surroundings.region && lies_in(*surroundings.region, *assignment.region))) return false;
  if (assignment.product_type && !(surroundings.product_known && surroundings.product_type == *assignment.product_type))
    return false;
  if (assignment.issued_from && policy.issued_on < *assignment.issued_from) return false;
  return !(assignment.issued_to && policy.issued_on > *assignment.issued_to);
}

template <class Value>
bool may_meet(const std::optional<Value>& a, const std::optional<Value>& b) {
  return !a || !b || *a == *b;
}

bool may_meet(const Assignment& a, const Assignment& b) {
  const bool regions_meet = !a.region || !b.region || lies_in(*a.region, *b.region) || lies_in(*b.region, *a.region) ||
                            *a.region == *b.region;
  const bool days_meet = !(a.issued_to && b.issued_from && *a.issued_to < *b.issued_from) &&
                         !(b.issued_to && a.issued_from && *b.issued_to < *a.issued_from);
  return may_meet(a.channel, b.channel) && may_meet(a.product_type, b.product_type) && regions_meet && days_meet;
}

Result<regime::RuleBooks> combine_once_each(std::vector<std::shared_ptr<const regime::Regime>> books) {
  std::vector<std::shared_ptr<const regime::Regime>> once;
  for (auto& book : books)
    if (std::ranges::none_of(once, [&](const auto& known) { return known->id == book->id; }))
      once.push_back(std::move(book));
  return regime::combine(std::move(once));
}

}  // namespace

Result<AssignedBooks> AssignedBooks::load(const Profile& profile, const Home& home) {
  AssignedBooks result;
  if (profile.assign.size() > assignments_max)
    return refuse(Errc::invalid_input, "profile.too_many_assignments", "at most 64 entries in `assign`",
                  "assign 最多 64 项");
  result.assignments_ = profile.assign;
  std::map<std::string, std::shared_ptr<const regime::Regime>> loaded;
  std::string versions;
  for (const Assignment& assignment : profile.assign) {
    auto& book = loaded[assignment.regime];
    if (!book) book = SHOUYUE_TRY(load_rule_book(home, assignment.regime));
    result.books_.push_back(book);
    versions += book->id + " " + book->version + "\n";
  }
  result.version_ = sha256_hex(versions);
  for (std::size_t i = 0; i < profile.assign.size(); ++i)
    for (std::size_t k = i + 1; k < profile.assign.size(); ++k)
      if (may_meet(profile.assign[i], profile.assign[k]))
        SHOUYUE_TRY(combine_once_each({result.books_[i], result.books_[k]}));
  return result;
}

Result<const regime::RuleBooks*> AssignedBooks::of(const insurer::Policy& policy,
                                                   const insurer::Surroundings& surroundings) {
  std::uint64_t fitting = 0;
  for (std::size_t i = 0; i < assignments_.size(); ++i)
    if (fits(assignments_[i], policy, surroundings)) fitting |= std::uint64_t{1} << i;
  const std::lock_guard lock(*combining_);
  if (const auto known = combined_.find(fitting); known != combined_.end()) return &known->second;
  std::vector<std::shared_ptr<const regime::Regime>> books;
  for (std::size_t i = 0; i < assignments_.size(); ++i)
    if (fitting >> i & 1) books.push_back(books_[i]);
  return &combined_.emplace(fitting, SHOUYUE_TRY(combine_once_each(std::move(books)))).first->second;
}

Result<const regime::RuleBooks*> AssignedBooks::of(const insurer::Policy& policy,
                                                   const insurer::Surroundings& surroundings, const std::string& id) {
  const regime::RuleBooks* assigned = SHOUYUE_TRY(of(policy, surroundings));
  const auto book = std::ranges::find(books_, id, [](const auto& known) { return known->id; });
  if (book == books_.end())
    return refuse(Errc::invalid_input, "exception.unknown_rule_book",
                  "the rule book '" + id + "' is not among those that the insurer profile assigns; add it to `assign`",
                  "公司档案的 assign 中没有制度“" + id + "”，请先加入");
  const std::lock_guard lock(*combining_);
  const auto key = std::pair(id, assigned);
  if (const auto known = put_under_.find(key); known != put_under_.end()) return &known->second;
  return &put_under_.emplace(key, regime::ruled_by(*book, *assigned)).first->second;
}

const regime::Clause* AssignedBooks::find_clause(std::string_view id) const {
  for (const auto& book : books_)
    for (const regime::Clause* clause : book->clauses)
      if (clause->id == id) return clause;
  return nullptr;
}

std::string commission_book_id(const regime::RuleBooks& books) {
  for (const auto& book : books.books)
    if (book->commission && &*book->commission == books.commission) return book->id;
  return {};
}

}  // namespace shouyue::app
