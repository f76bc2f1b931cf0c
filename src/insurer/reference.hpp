#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/date.hpp"
#include "insurer/codes.hpp"

// Who sells and serves, and what is sold. Few records, corrected by a later record with the same key.
namespace shouyue::insurer {

struct Organisation {
  std::int64_t seq = 0;
  std::string code;
  std::string name;
  Level level = Level::branch;
  std::string parent_code;
  std::optional<int> region_code;  // six digits, GB/T 2260
  std::optional<Date> valid_from;  // a record with another `valid_from` is another period of the same organisation
  std::optional<Date> valid_to;    // the last day
};

struct Agent {
  std::int64_t seq = 0;
  std::string code;
  std::string name;
  std::string org_code;
  std::optional<Channel> channel;
  std::string phone;
  std::optional<Date> joined_on;
  std::optional<Date> left_on;
};

struct Product {
  std::int64_t seq = 0;
  std::string code;
  std::string name;
  std::optional<ProductType> type;
  std::optional<int> cooling_off_days;
};

}  // namespace shouyue::insurer
