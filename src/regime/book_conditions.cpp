#include <algorithm>
#include <array>
#include <optional>
#include <ranges>

#include "regime/condition_words.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::regime {
namespace {

constexpr std::array<std::string_view, 3> said_names{"said_yes", "said_no", "said_unclear"};

// What stands in the path of a statement behind the name of its list: the id of the entry, which may have dots.
std::optional<std::string> id_in(const std::string& path, std::string_view section, std::string_view list) {
  const std::size_t at = path.find(list);
  if (!path.starts_with(section) || at == std::string::npos) return std::nullopt;
  return path.substr(at + list.size());
}

// What the book calls its reason groups, ticket subtypes, ticket results and questions.
OwnWords own_words_of(const Regime& book) {
  OwnWords words;
  for (const Statement& statement : book.statements) {
    const Wording title{.zh = statement.clause.title, .en = statement.clause.title_en};
    const auto add = [&](std::string_view name, const std::optional<std::string>& id) {
      if (id) words[std::string(name)].emplace(*id, title);
    };
    add("reason_group", id_in(statement.path, "outcome.", ".group."));
    add("subtype", id_in(statement.path, "ticket.", ".subtype."));
    add("ticket_results", id_in(statement.path, "analysis.", ".ticket_result."));
    for (const std::string_view name : said_names) add(name, id_in(statement.path, "questionnaire.", ".question."));
  }
  return words;
}

// The questions that a condition can name: a set has 64 words.
std::vector<std::string> questions_of(const Regime& book) {
  std::vector<std::string> ids;
  if (book.questionnaire)
    for (const Question& question : book.questionnaire->questions | std::views::take(64)) ids.push_back(question.id);
  return ids;
}

std::vector<std::string> ticket_results_of(const OwnWords& own) {
  std::vector<std::string> ids;
  if (const auto found = own.find("ticket_results"); found != own.end())
    for (const auto& [id, title] : found->second) ids.push_back(id);
  return ids;
}

}  // namespace

BookConditions::BookConditions(const Regime& book) : own_(own_words_of(book)) {
  const auto add = [&](const expr::Schema& section) {
    for (const expr::Variable& variable : section)
      if (std::ranges::find(schema_, variable.name, &expr::Variable::name) == schema_.end())
        schema_.push_back(variable);
  };
  add(book.attempt_schema);
  add(question_schema(questions_of(book)));
  add(book.ticket_schema);
  add(commission_schema());
  add(policy_column_schema());
  add(ticket_column_schema({}));
  add(analysis_schema(ticket_results_of(own_)));
}

Wording BookConditions::in_words(const std::string& condition) const {
  const auto parsed = expr::Expression::parse(condition, schema_);
  ensure(parsed.has_value(), "a loaded book states valid conditions");
  return regime::in_words(*parsed, schema_, own_);
}

bool BookConditions::is_condition(std::string_view key) {
  return key == "when" || key == "population" || key == "numerator";
}

}  // namespace shouyue::regime
