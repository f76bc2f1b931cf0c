#include <boost/json.hpp>

#include "app/rule_book_cases.hpp"
#include "app/rule_book_check.hpp"
#include "cli/commands.hpp"
#include "regime/show.hpp"

namespace shouyue::cli {
namespace {

Result<std::vector<std::string>> ids_or_all(const app::Home& home, const RegimeArguments& arguments) {
  if (!arguments.ids.empty()) return arguments.ids;
  return app::rule_book_ids(home);
}

boost::json::object json_of(const regime::Issue& issue) {
  return {{"rule", issue.rule},     {"file", issue.file}, {"line", issue.line},
          {"column", issue.column}, {"en", issue.en},     {"zh", issue.zh}};
}

}  // namespace

Result<Exit> regime_list_command(const app::Home& home, const Common& common) {
  boost::json::array list;
  std::string text;
  for (const std::string& id : SHOUYUE_TRY(app::rule_book_ids(home))) {
    const auto book = SHOUYUE_TRY(app::load_rule_book(home, id));
    list.push_back(boost::json::object{{"id", id},
                                       {"title", book->title},
                                       {"title_en", book->title_en},
                                       {"extends", book->extends},
                                       {"binds_from", book->binds_from.text()},
                                       {"source", book->source},
                                       {"version", book->version}});
    text +=
        id + "  " + book->title + " / " + book->title_en + (book->extends.empty() ? "" : " < " + book->extends) + "\n";
  }
  SHOUYUE_CHECK(print(common.json ? boost::json::serialize(list) + "\n" : text));
  return exit_done;
}

Result<Exit> regime_show_command(const app::Home& home, const Common& common, const RegimeArguments& arguments) {
  const auto book = SHOUYUE_TRY(app::load_rule_book(home, arguments.ids.front()));
  if (!common.json) {
    SHOUYUE_CHECK(print(regime::show(*book, arguments.english ? regime::Language::en : regime::Language::zh)));
    return exit_done;
  }
  boost::json::array clauses;
  for (const regime::Clause* clause : book->clauses)
    clauses.push_back(boost::json::object{{"id", clause->id},
                                          {"title", clause->title},
                                          {"title_en", clause->title_en},
                                          {"cite", clause->cite},
                                          {"assumed", clause->assumed},
                                          {"note", clause->note},
                                          {"file", clause->file},
                                          {"line", clause->line}});
  SHOUYUE_CHECK(print(boost::json::serialize(boost::json::object{
                          {"id", book->id}, {"version", book->version}, {"clauses", std::move(clauses)}}) +
                      "\n"));
  return exit_done;
}

Result<Exit> regime_check_command(const app::Home& home, const Common& common, const RegimeArguments& arguments) {
  boost::json::array issues;
  std::string text;
  for (const std::string& id : SHOUYUE_TRY(ids_or_all(home, arguments))) {
    const regime::Loaded loaded = SHOUYUE_TRY(app::check_rule_book(home, id));
    text += id + ": " + (loaded.issues.empty() ? "ok" : std::to_string(loaded.issues.size()) + " issues") + "\n";
    for (const regime::Issue& issue : loaded.issues) {
      issues.push_back(json_of(issue));
      text += "  " + text_of(issue) + "\n";
    }
  }
  SHOUYUE_CHECK(print(common.json ? boost::json::serialize(issues) + "\n" : text));
  return issues.empty() ? exit_done : exit_refused;
}

Result<Exit> regime_test_command(const app::Home& home, const Common& common, const RegimeArguments& arguments) {
  boost::json::array books;
  std::string text;
  std::size_t failed = 0;
  for (const std::string& id : SHOUYUE_TRY(ids_or_all(home, arguments))) {
    const auto report =
        app::run_rule_book_cases(home, id, arguments.strict ? app::Probe::each_value : app::Probe::each_clause);
    // Among all books those without cases are passed over; a book that is named must have some.
    if (!report && report.error().rule == "cases.none" && arguments.ids.empty()) continue;
    if (!report) return std::unexpected(report.error());
    failed += report->failed() + (arguments.strict ? report->untouched.size() + report->unnoticed.size() : 0);
    text +=
        id + ": " + std::to_string(report->cases.size()) + " cases, " + std::to_string(report->failed()) + " failed";
    if (report->failed() == 0) text += ", " + std::to_string(report->untouched.size()) + " clauses untouched";
    text += "\n";
    boost::json::array cases;
    for (const app::CaseOutcome& outcome : report->cases) {
      cases.push_back(
          boost::json::object{{"file", outcome.file},
                              {"line", outcome.line},
                              {"name", outcome.name},
                              {"problems", boost::json::array(outcome.problems.begin(), outcome.problems.end())}});
      for (const std::string& problem : outcome.problems)
        text += "  " + outcome.file + ":" + std::to_string(outcome.line) + ": " + outcome.name + ": " + problem + "\n";
    }
    if (!arguments.ids.empty() || arguments.strict)
      for (const std::string& clause : report->untouched) text += "  untouched " + clause + "\n";
    for (const std::string& change : report->unnoticed) text += "  unnoticed " + change + "\n";
    books.push_back(
        boost::json::object{{"id", id},
                            {"cases", std::move(cases)},
                            {"untouched", boost::json::array(report->untouched.begin(), report->untouched.end())},
                            {"unnoticed", boost::json::array(report->unnoticed.begin(), report->unnoticed.end())}});
  }
  SHOUYUE_CHECK(print(common.json ? boost::json::serialize(books) + "\n" : text));
  return failed == 0 ? exit_done : exit_refused;
}

Result<Exit> regime_diff_command(const app::Home& home, const Common& common, const RegimeArguments& arguments) {
  const auto before = SHOUYUE_TRY(app::load_rule_book(home, arguments.ids[0]));
  const auto after = SHOUYUE_TRY(app::load_rule_book(home, arguments.ids[1]));
  const std::string text = regime::diff(*before, *after);
  SHOUYUE_CHECK(print(common.json ? "{\"diff\":" + json_text(text) + "}\n" : text));
  return exit_done;
}

}  // namespace shouyue::cli
