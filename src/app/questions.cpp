#include "app/questions.hpp"

#include "base/text.hpp"
#include "regime/rows.hpp"

namespace shouyue::app {

Result<Questions> questions(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                            const followup::Answers& answers) {
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  return questions(policy, answers);
}

Result<Questions> questions(const LoadedPolicy& policy, const followup::Answers& answers) {
  const regime::Questionnaire* book = policy.books->questionnaire;
  if (!book)
    return refuse(Errc::not_found, "questionnaire.none", "no rule book of this policy has a questionnaire",
                  "该保单适用的制度没有回访问卷");
  const insurer::Policy& facts = policy.policy();
  return Questions{.questionnaire = book,
                   .holder_masked = mask_name(facts.holder_name),
                   .interview = followup::interview(*book, regime::policy_row(facts, policy.surroundings), answers)};
}

}  // namespace shouyue::app
