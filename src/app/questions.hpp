#pragma once

#include "app/policy_deriver.hpp"
#include "followup/questions.hpp"

namespace shouyue::app {

struct Questions {
  const regime::Questionnaire* questionnaire = nullptr;
  std::string holder_masked;  // stands for {holder_name} in the texts
  followup::Interview interview;
};

// What the caller asks this policyholder after these answers, by the books that govern the policy; they belong to
// `deriver`. Errors: policy.not_found, questionnaire.none, those of PolicyDeriver.
Result<Questions> questions(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                            const followup::Answers& answers);
Result<Questions> questions(const LoadedPolicy& policy, const followup::Answers& answers);

}  // namespace shouyue::app
