#include "regime/rows.hpp"

#include <algorithm>

#include "base/id_number.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::regime {
namespace {

static_assert(attempt_variable::count <= expr::Row::size_max);

constexpr expr::Value missing{0, true};

expr::Value of(std::int64_t amount) { return {amount, false}; }
expr::Value of(Date day) { return of(std::int64_t{day.days()}); }
expr::Value of(bool value) { return of(std::int64_t{value}); }
template <class Enum>
  requires std::is_enum_v<Enum>
expr::Value of(Enum value) {
  return of(static_cast<std::int64_t>(value));
}
template <class T>
expr::Value of(const std::optional<T>& value) {
  return value ? of(*value) : missing;
}
expr::Value of_set(std::uint64_t bits) { return bits == 0 ? missing : of(static_cast<std::int64_t>(bits)); }

std::optional<Date> birth_date_of(const insurer::Policy& policy) {
  if (policy.holder_birth_date) return policy.holder_birth_date;
  if (policy.holder_id_type != "id_card") return std::nullopt;
  const auto id = read_id_number(policy.holder_id_no);
  if (!id) return std::nullopt;
  return id->birth;
}

void set_word(expr::Row& row, const expr::Schema& schema, std::size_t position, std::string_view word) {
  const auto& words = schema.at(position).words;
  const auto found = std::ranges::find(words, word);
  ensure(found != words.end(), "a word that the schema lacks");
  row[position] = of(std::int64_t{found - words.begin()});
}

}  // namespace

expr::Row policy_row(const insurer::Policy& policy, const insurer::Surroundings& surroundings) {
  using namespace policy_variable;
  expr::Row row(count, missing);
  row[channel] = of(policy.channel);
  if (surroundings.product_known) row[product_type] = of(surroundings.product_type);
  row[pay_mode] = of(policy.pay_mode);
  if (policy.pay_years) row[pay_years] = of(std::int64_t{*policy.pay_years});
  if (policy.term_months) row[term_months] = of(std::int64_t{*policy.term_months});
  if (policy.premium) row[premium] = of(policy.premium->in_fen());
  if (const auto birth = birth_date_of(policy)) row[holder_age] = of(std::int64_t{age_on(*birth, policy.issued_on)});
  if (policy.holder_gender == "M" || policy.holder_gender == "F")
    row[holder_gender] = of(std::int64_t{policy.holder_gender == "F"});
  if (surroundings.region) {
    row[province] = of(std::int64_t{*surroundings.region / 10'000});
    row[region] = of(std::int64_t{*surroundings.region});
  }
  row[issued_on] = of(policy.issued_on);
  row[effective_on] = of(policy.effective_on);
  row[printed_on] = of(policy.printed_on);
  row[special_request] = of(policy.special_request);
  if (!policy.insured_name.empty()) row[holder_is_insured] = of(policy.insured_name == policy.holder_name);
  return row;
}

expr::Row attempt_row(const expr::Row& policy, const insurer::Attempt& attempt, const Outcome& outcome) {
  using namespace attempt_variable;
  expr::Row row = row_without_attempt(policy);
  row[leg] = of(attempt.leg);
  row[connection] = of(attempt.connection);
  const std::size_t group = outcome.group_of(attempt.connection);
  if (group < outcome.groups.size()) row[reason_group] = of(static_cast<std::int64_t>(group));
  row[party] = of(attempt.party);
  row[identity] = of(attempt.identity);
  row[interview] = of(attempt.interview);
  row[corrected] = of_set(attempt.corrected & ~outcome.neutral_findings);
  row[open] = of_set(attempt.open & ~outcome.neutral_findings);
  row[signed_receipt] = of(attempt.signed_receipt);
  row[receipt_has_phone] = of(!attempt.receipt_phone.empty());
  return row;
}

expr::Row row_without_attempt(const expr::Row& policy) {
  expr::Row row = policy;
  row.resize(attempt_variable::count, missing);
  return row;
}

void set_background(expr::Row& row, const Background& background) {
  using namespace attempt_variable;
  row[visitor_is_agent] = of(background.visitor_is_agent);
  row[reality_checked] = of(background.reality_checked);
  row[days_since_first_attempt] = missing;
  if (background.days_since_first_attempt)
    row[days_since_first_attempt] = of(std::int64_t{*background.days_since_first_attempt});
  row[same_connection_attempts] = of(std::int64_t{background.same_connection_attempts});
  row[phone_updated] = of(background.phone_updated);
  row[fed_back] = of_set(background.fed_back);
  row[defects] = of_set(background.defects);
  for (std::size_t i = 0; i < insurer::leg_count; ++i) {
    row[attempts_of_first_leg + i] = of(std::int64_t{background.attempts[i]});
    row[bands_of_first_leg + i] = of(std::int64_t{background.bands[i]});
  }
}

void set_ended_by(expr::Row& attempt_row, const expr::Schema& schema, std::string_view word) {
  set_word(attempt_row, schema, attempt_variable::ended_by, word);
}

void set_subtype(expr::Row& attempt_row, const expr::Schema& schema, std::string_view word) {
  set_word(attempt_row, schema, attempt_variable::subtype, word);
}

}  // namespace shouyue::regime
