#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "demo/random.hpp"

namespace shouyue::demo {

// The texts of the shipped tables, read by the caller.
struct DataTexts {
  std::string_view surnames;     // data/names/surnames.csv: surname,weight
  std::string_view given_names;  // data/names/given_names.csv: given_name,gender (M, F or empty for both)
  std::string_view divisions;    // data/admin/region_codes.csv: code,name,level,first_seen,last_seen
  std::string_view cities;       // data/demo/cities.csv: city_code,area_code,line_digits
  std::string_view dialects;     // data/dialect/prefecture_dialect.csv: city_code,dialect
  std::string_view call_shapes;  // data/calls/shapes.csv: shape,key,value,…
};

struct County {
  int code = 0;
  std::string name;
};

// A city in which the demo insurer works.
struct City {
  int code = 0;  // 440100
  std::string name;
  int province_code = 0;  // 440000
  std::string province;
  std::string area_code;
  int line_digits = 8;  // of a fixed line, without the area code
  std::string dialect;  // empty: Mandarin is understood
  std::vector<County> counties;
};

// A distribution of seconds, by the value reached at a share (in thousandths); linear in between.
struct Quantiles {
  std::vector<int> shares;
  std::vector<int> seconds;
  int draw(Random& random) const;
};

struct CallShapes {
  std::vector<int> reached;  // [n-1]: of the cases still unreached before call n, thousandths reached by it
  std::vector<int> by_hour;  // [hour]: weight of calls that start in that hour
  Quantiles conversation, short_call, wait;
};

struct Tables {
  std::vector<std::string> surnames;
  std::vector<int> surname_weights;
  std::vector<std::string> names_of_men, names_of_women;
  std::vector<City> cities;  // in the order of data/demo/cities.csv
  CallShapes calls;
};

// Errors: demo.data.
Result<Tables> read_tables(const DataTexts& texts);

}  // namespace shouyue::demo
