#pragma once

#include <string>

#include "api/route.hpp"
#include "app/account_store.hpp"
#include "base/text.hpp"

namespace shouyue::api {

// Names to codes as they are today; empty where the code is not known.
class Names {
 public:
  explicit Names(const Call& call)
      : store_(call.session.store), directory_(call.deriver.directory()), today_(call.session.now.date()) {}

  std::string organisation(const std::string& code) const {
    const insurer::Organisation* found = directory_.organisation(code, today_);
    return found ? found->name : "";
  }
  std::string agent(const std::string& code) const {
    const insurer::Agent* found = directory_.agent(code);
    return found ? found->name : "";
  }
  // Of who signs in so; a sales agent's masked, as everywhere.
  Result<std::string> person(const std::string& account) const {
    const auto found = SHOUYUE_TRY(store_.accounts().account(account));
    if (!found) return std::string();
    return found->role == access::Role::sales_agent ? mask_name(found->display_name) : found->display_name;
  }

 private:
  app::Store& store_;
  const app::Directory& directory_;
  Date today_;
};

}  // namespace shouyue::api
