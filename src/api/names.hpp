#pragma once

#include <string>

#include "api/route.hpp"

namespace shouyue::api {

// Names to codes as they are today; empty where the code is not known.
class Names {
 public:
  explicit Names(const Call& call) : directory_(call.deriver.directory()), today_(call.session.now.date()) {}

  std::string organisation(const std::string& code) const {
    const insurer::Organisation* found = directory_.organisation(code, today_);
    return found ? found->name : "";
  }
  std::string agent(const std::string& code) const {
    const insurer::Agent* found = directory_.agent(code);
    return found ? found->name : "";
  }

 private:
  const app::Directory& directory_;
  Date today_;
};

}  // namespace shouyue::api
