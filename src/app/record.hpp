#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/policy_deriver.hpp"
#include "insurer/formats.hpp"

namespace shouyue::app {

// One fact from a person at work: the columns of its file kind with their texts.
struct Entry {
  insurer::FileKind kind = insurer::FileKind::attempts;
  std::vector<std::pair<std::string, std::string>> fields;
};

// Takes facts about one policy in, with every check that rows of a file undergo, derives the policy at `session.now`
// and stores what follows, in one transaction: all or nothing. What is known already changes nothing, so that the same
// request may come twice. `also`, if any, is done in the same transaction. Gives the rows as they are then.
// Errors: those of match_header, read_row and the checks of imports; policy.not_found, those of the store.
Result<DerivedRows> record(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                           const std::vector<Entry>& entries, const std::function<Result<void>()>& also = {});
// The same in a transaction of the caller's; a refusal has written nothing.
Result<DerivedRows> record_within(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                                  const std::vector<Entry>& entries);

}  // namespace shouyue::app
