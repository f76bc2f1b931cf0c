#include "app/questions.hpp"

#include "base/text.hpp"
#include "followup/questions.hpp"
#include "regime/rows.hpp"

namespace shouyue::app {

Result<Questions> questions(Session& session, const std::string& policy_no) {
  Questions result;
  result.deriver = std::make_shared<PolicyDeriver>(SHOUYUE_TRY(PolicyDeriver::load(session)));
  const LoadedPolicy policy = SHOUYUE_TRY(result.deriver->read(policy_no, session.now));
  const regime::Questionnaire* book = policy.books->questionnaire;
  if (!book)
    return refuse(Errc::not_found, "questionnaire.none", "no rule book of this policy has a questionnaire",
                  "该保单适用的制度没有回访问卷");
  const insurer::Policy& facts = policy.versions.policies.back();
  result.version = book->version;
  result.holder_masked = mask_name(facts.holder_name);
  result.asked = followup::questions_for(*book, regime::policy_row(facts, policy.surroundings));
  return result;
}

}  // namespace shouyue::app
