#pragma once

#include <string>

#include "base/date.hpp"
#include "demo/tables.hpp"

namespace shouyue::demo {

struct Person {
  std::string surname;
  std::string name;    // surname first
  std::string gender;  // M, F
  Date birth_date;
  std::string id_no;       // 18 characters
  std::string mobile;      // 11 digits
  std::string home_phone;  // with its area code; often empty
};

// Somebody who lives in `city` and is of age on `on`.
Person make_person(Random& random, const Tables& tables, const City& city, Date on);
// A child or spouse of the same household: a name only.
std::string relative_name(Random& random, const Tables& tables, const Person& holder);

// The 18 characters of a citizen's number: division, birth date, sequence (odd: a man), check character.
// Source: GB 11643-1999, ISO 7064 MOD 11-2.
std::string id_number(int division, Date birth_date, int sequence);
// A number within the public mobile ranges 13x … 19x.
std::string mobile_number(Random& random);
std::string fixed_line_number(Random& random, const City& city);

}  // namespace shouyue::demo
