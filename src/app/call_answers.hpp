#pragma once

#include <string>
#include <vector>

#include "app/questions.hpp"
#include "app/record.hpp"

namespace shouyue::app {

// One answer as the seat wrote it down.
struct GivenAnswer {
  std::string question;  // its id
  insurer::AnswerOption option = insurer::AnswerOption::yes;
  Instant at;
  std::optional<int> recording_offset;  // seconds into the recording
};

// What the attempt says of the same interview.
struct InterviewClaim {
  insurer::Interview interview = insurer::Interview::none;
  std::uint64_t findings = 0;  // bits of insurer::Finding, corrected or open
};

// The answers as facts of the attempt, each with the version and the wording of the questionnaire; an answer to a
// question that the others leave no room for is marked as not applicable. What the claim says must follow from them and
// from those that are known of the attempt; a rule book without a questionnaire has nothing that a claim could be held
// against. Errors: answers.incomplete (the claim says complete, but a question was not answered or an answer ended the
// interview), answers.finding_missing (the doubt of a `no` or of an `unclear` is neither corrected nor open),
// answers.unknown_question, questionnaire.none, those of the store.
Result<std::vector<Entry>> answer_entries(Store& store, const LoadedPolicy& policy, const std::string& attempt_id,
                                          const std::vector<GivenAnswer>& given, const InterviewClaim& claim);

}  // namespace shouyue::app
