#pragma once

#include <memory>

#include "app/policy_deriver.hpp"

namespace shouyue::app {

struct Questions {
  std::shared_ptr<PolicyDeriver> deriver;  // holds the book
  std::string version;
  std::string holder_masked;  // stands for {holder_name} in the texts
  std::vector<const regime::Question*> asked;
};

// What the caller asks this policyholder, by the books that govern the policy.
// Errors: policy.not_found, questionnaire.none, those of PolicyDeriver.
Result<Questions> questions(Session& session, const std::string& policy_no);

}  // namespace shouyue::app
