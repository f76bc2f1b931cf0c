#include "demo/person.hpp"

#include <array>

namespace shouyue::demo {
namespace {

std::string digits(int value, int width) {
  std::string text = std::to_string(value);
  return std::string(static_cast<std::size_t>(width) - text.size(), '0') + text;
}

Date birth_date(Random& random, Date on) {
  static constexpr std::array<int, 6> shares{14, 29, 28, 18, 9, 2};  // from 20 years on, by decade
  const int age = 20 + 10 * static_cast<int>(random.weighted(shares)) + random.below(10);
  return Date::from_days(on.days() - age * 365 - age / 4 - random.between(1, 360));
}

const std::string& one_of(Random& random, const std::vector<std::string>& list) {
  return list[static_cast<std::size_t>(random.below(static_cast<int>(list.size())))];
}

}  // namespace

std::string id_number(int division, Date birth_date, int sequence) {
  static constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  std::string text = digits(division, 6) + digits(birth_date.year(), 4) + digits(birth_date.month(), 2) +
                     digits(birth_date.day(), 2) + digits(sequence, 3);
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (text[i] - '0');
  return text + "10X98765432"[sum % 11];
}

std::string mobile_number(Random& random) {
  static constexpr std::array prefixes{"130", "131", "132", "133", "134", "135", "136", "137", "138", "139",
                                       "147", "150", "151", "152", "153", "155", "156", "157", "158", "159",
                                       "166", "173", "175", "176", "177", "178", "180", "181", "182", "183",
                                       "184", "185", "186", "187", "188", "189", "191", "198", "199"};
  return prefixes[static_cast<std::size_t>(random.below(static_cast<int>(prefixes.size())))] +
         digits(random.below(10'000), 4) + digits(random.below(10'000), 4);
}

std::string fixed_line_number(Random& random, const City& city) {
  const int first = random.between(2, 8);
  return city.area_code + std::to_string(first) + digits(random.below(1'000'000), 6) +
         (city.line_digits == 8 ? digits(random.below(10), 1) : "");
}

Person make_person(Random& random, const Tables& tables, const City& city, Date on) {
  const bool woman = random.permille(540);
  const bool native = random.permille(720);
  const City& origin =
      native ? city : tables.cities[static_cast<std::size_t>(random.below(static_cast<int>(tables.cities.size())))];
  const County& county =
      origin.counties[static_cast<std::size_t>(random.below(static_cast<int>(origin.counties.size())))];
  const Date birth = birth_date(random, on);
  const std::string& surname = tables.surnames[random.weighted(tables.surname_weights)];
  const std::string& given = one_of(random, woman ? tables.names_of_women : tables.names_of_men);
  return {.surname = surname,
          .name = surname + given,
          .gender = woman ? "F" : "M",
          .birth_date = birth,
          .id_no = id_number(county.code, birth, random.below(499) * 2 + (woman ? 2 : 1)),
          .mobile = mobile_number(random),
          .home_phone = random.permille(150) ? fixed_line_number(random, city) : ""};
}

std::string relative_name(Random& random, const Tables& tables, const Person& holder) {
  const bool child = random.permille(700);
  const std::string& surname = child ? holder.surname : tables.surnames[random.weighted(tables.surname_weights)];
  return surname + one_of(random, random.permille(500) ? tables.names_of_men : tables.names_of_women);
}

}  // namespace shouyue::demo
