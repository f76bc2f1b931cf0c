#pragma once

#include <string>
#include <unordered_map>

#include "app/directory.hpp"

namespace shouyue::app {

// An organisation with everything below it, as they stand on a day; remembers what it was asked.
class OrganisationPart {
 public:
  // `top` empty: the whole company.
  OrganisationPart(const Directory& directory, std::string top, Date day)
      : directory_(&directory), top_(std::move(top)), day_(day) {}

  // An organisation that is not known (or not said) lies in the whole company only.
  bool holds(const std::string& code);

 private:
  const Directory* directory_;
  std::string top_;
  Date day_;
  std::unordered_map<std::string, bool> known_;
};

}  // namespace shouyue::app
