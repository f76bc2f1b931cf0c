#include <boost/json.hpp>

#include "app/questions.hpp"
#include "cli/clause_text.hpp"
#include "cli/commands.hpp"
#include "regime/placeholders.hpp"

namespace shouyue::cli {
namespace {

std::string spoken(const std::string& text, const std::string& holder) {
  return regime::filled(text, {{"holder_name", holder}});
}

boost::json::object json_of(const regime::Question& question, const std::string& holder) {
  return {{"id", question.id},
          {"text", spoken(question.text, holder)},
          {"text_en", spoken(question.text_en, holder)},
          {"explain", question.explain},
          {"explain_en", question.explain_en},
          {"statutory", question.statutory},
          {"finding", question.finding ? code_of(*question.finding) : ""},
          {"finding_unclear", question.finding_unclear ? code_of(*question.finding_unclear) : ""},
          {"clause", json_of_clause(question.clause)}};
}

std::string text_of(const regime::Question& question, int number, const std::string& holder) {
  const std::string explanation =
      question.explain.empty() ? "" : "\n   » " + question.explain + "\n   » " + question.explain_en;
  const std::string statutory = question.statutory ? " （法定 / statutory）" : "";
  return std::to_string(number) + ". " + spoken(question.text, holder) + statutory + "\n   " +
         spoken(question.text_en, holder) + explanation + "\n   * " + clause_line(question.clause) + "\n";
}

}  // namespace

Result<Exit> questions_command(app::Session& session, const Common& common, const PolicyArguments& arguments) {
  app::PolicyDeriver deriver = SHOUYUE_TRY(app::PolicyDeriver::load(session));
  const app::Questions questions = SHOUYUE_TRY(app::questions(session, deriver, arguments.policy_no, {}));
  boost::json::array list;
  std::string text;
  for (const regime::Question* question : questions.interview.asked) {
    list.push_back(json_of(*question, questions.holder_masked));
    text += text_of(*question, static_cast<int>(list.size()), questions.holder_masked);
  }
  if (common.json)
    text = boost::json::serialize(
               boost::json::object{{"version", questions.questionnaire->version}, {"questions", std::move(list)}}) +
           "\n";
  SHOUYUE_CHECK(print(text));
  return exit_done;
}

}  // namespace shouyue::cli
