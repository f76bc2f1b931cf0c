#include "app/call_answers.hpp"

#include <algorithm>

namespace shouyue::app {
namespace {

const regime::Question* find(const regime::Questionnaire& questionnaire, const std::string& id) {
  const auto found = std::ranges::find(questionnaire.questions, id, &regime::Question::id);
  return found == questionnaire.questions.end() ? nullptr : &*found;
}

// What is known of an attempt that is told again, perhaps put right.
Result<followup::Answers> known_answers(Store& store, const std::string& policy_no, const std::string& attempt_id) {
  followup::Answers known;
  for (const insurer::FactText& text : SHOUYUE_TRY(store.answers_of(policy_no))) {
    insurer::AnswerRow row;
    SHOUYUE_CHECK(insurer::decode(text.body, text.personal, row));
    if (row.attempt_id == attempt_id) known.insert_or_assign(row.question, row.option);
  }
  return known;
}

Result<void> check_complete(const followup::Interview& interview, const followup::Answers& answers) {
  if (const regime::Question* last = interview.ended_by)
    return refuse(Errc::rule_broken, "answers.incomplete",
                  "the interview is not complete: the answer to '" + last->clause.title_en + "' ended it",
                  "问卷未完成：“" + last->clause.title + "”的回答已终止问卷");
  for (const regime::Question* question : interview.asked)
    if (!answers.contains(question->id))
      return refuse(Errc::rule_broken, "answers.incomplete",
                    "the interview is not complete: '" + question->clause.title_en +
                        "' was not answered; ask it, or say that the interview is partial",
                    "问卷未完成：“" + question->clause.title + "”尚未回答，请补问，或登记为部分完成");
  return {};
}

Result<void> check_doubts(const followup::Interview& interview, const followup::Answers& answers,
                          std::uint64_t findings) {
  for (const regime::Question* question : interview.asked) {
    const auto answer = answers.find(question->id);
    if (answer == answers.end()) continue;
    const auto doubt = question->finding_of(answer->second);
    if (!doubt || (findings & insurer::bit(*doubt)) != 0) continue;
    return refuse(Errc::rule_broken, "answers.finding_missing",
                  "the answer to '" + question->clause.title_en + "' leaves the doubt '" +
                      std::string(code_of(*doubt)) + "': say whether it was corrected or stays open",
                  "“" + question->clause.title + "”的回答留有疑问“" + std::string(zh_of(*doubt)) +
                      "”，请注明已当场更正还是未解决");
  }
  return {};
}

Entry entry_of(const std::string& policy_no, const std::string& attempt_id, const GivenAnswer& given,
               const regime::Question& question, const std::string& version, bool is_asked) {
  Entry entry{.kind = insurer::FileKind::answers,
              .fields = {{"policy_no", policy_no},
                         {"attempt_id", attempt_id},
                         {"question", given.question},
                         {"option", std::string(code_of(given.option))},
                         {"at", given.at.text()},
                         {"version", version},
                         {"wording", question.text}}};
  if (given.recording_offset) entry.fields.emplace_back("recording_offset", std::to_string(*given.recording_offset));
  if (!is_asked) entry.fields.emplace_back("not_applicable", "1");
  return entry;
}

}  // namespace

Result<std::vector<Entry>> answer_entries(Store& store, const LoadedPolicy& policy, const std::string& attempt_id,
                                          const std::vector<GivenAnswer>& given, const InterviewClaim& claim) {
  std::vector<Entry> entries;
  const bool is_complete = claim.interview == insurer::Interview::complete && policy.books->questionnaire;
  if (given.empty() && !is_complete) return entries;
  followup::Answers answers = SHOUYUE_TRY(known_answers(store, policy.policy_no, attempt_id));
  for (const GivenAnswer& answer : given) answers.insert_or_assign(answer.question, answer.option);
  const Questions questions = SHOUYUE_TRY(app::questions(policy, answers));
  SHOUYUE_CHECK(check_doubts(questions.interview, answers, claim.findings));
  if (is_complete) SHOUYUE_CHECK(check_complete(questions.interview, answers));
  for (const GivenAnswer& answer : given) {
    const regime::Question* question = find(*questions.questionnaire, answer.question);
    if (!question)
      return refuse(Errc::invalid_input, "answers.unknown_question",
                    "the questionnaire has no question '" + answer.question + "'",
                    "问卷中没有问题“" + answer.question + "”");
    const bool is_asked = std::ranges::find(questions.interview.asked, question) != questions.interview.asked.end();
    entries.push_back(
        entry_of(policy.policy_no, attempt_id, answer, *question, questions.questionnaire->version, is_asked));
  }
  return entries;
}

}  // namespace shouyue::app
