#include "intake/defects.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/phone.hpp"
#include "regime/rows.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::intake {
namespace {

struct Field {
  std::string_view name;
  std::expected<Phone, PhoneDefect> phone;

  bool is_blank() const { return !phone && phone.error() == PhoneDefect::none_given; }
};

std::array<Field, 3> phone_fields(const insurer::Policy& policy) {
  return {{{"mobile_phone", read_phone(policy.mobile_phone)},
           {"home_phone", read_phone(policy.home_phone)},
           {"work_phone", read_phone(policy.work_phone)}}};
}

const regime::IntakeDefect* rule_for(const regime::Intake* book, std::string_view id, Date issued_on) {
  if (!book) return nullptr;
  for (const regime::IntakeDefect& rule : book->defects)
    if (rule.id == id && (!rule.from || *rule.from <= issued_on)) return &rule;
  return nullptr;
}

bool is_own_policy(const insurer::Policy& policy, const insurer::Surroundings& surroundings) {
  return !surroundings.agent_name.empty() && policy.holder_name == surroundings.agent_name;
}

}  // namespace

std::vector<std::string> dialable_phones(const insurer::Policy& policy) {
  std::vector<std::string> numbers;
  for (const Field& field : phone_fields(policy))
    if (field.phone && std::ranges::find(numbers, field.phone->number) == numbers.end())
      numbers.push_back(field.phone->number);
  return numbers;
}

bool has_dialable_phone(const insurer::Policy& policy) {
  return read_phone(policy.mobile_phone) || read_phone(policy.home_phone) || read_phone(policy.work_phone);
}

Result<std::vector<Defect>> defects_of(const insurer::Policy& policy, const insurer::Surroundings& surroundings,
                                       const regime::Intake* book) {
  std::vector<Defect> defects;
  const expr::Row row = regime::policy_row(policy, surroundings);
  const auto found = [&](std::string id, std::string_view field) {
    const regime::IntakeDefect* rule = rule_for(book, id, policy.issued_on);
    if (!rule || rule->when.holds(row)) defects.push_back({std::move(id), std::string(field), rule});
  };
  const auto fields = phone_fields(policy);
  if (std::ranges::all_of(fields, &Field::is_blank)) found("no_phone", "");
  for (const Field& field : fields)
    if (!field.phone && !field.is_blank()) found("wrong_digits", field.name);
  const auto agent = read_phone(surroundings.agent_phone);
  for (const Field& field : fields)
    if (field.phone && agent && field.phone->number == agent->number && !is_own_policy(policy, surroundings))
      found("agent_phone", field.name);
  if (book && book->shared_phone_holders) {
    const auto limit = SHOUYUE_TRY(book->shared_phone_holders->on(policy.issued_on, row));
    if (surroundings.holders_sharing_phone >= limit.value) found("shared_phone", "");
  }
  return defects;
}

std::uint64_t bits_of(const std::vector<Defect>& defects) {
  std::uint64_t bits = 0;
  const auto words = regime::intake_defects();
  for (const Defect& defect : defects)
    bits |= std::uint64_t{1} << (std::ranges::find(words, defect.id) - words.begin());
  return bits;
}

}  // namespace shouyue::intake
