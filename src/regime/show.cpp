#include "regime/show.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace shouyue::regime {
namespace {

std::string pick(Language language, std::string_view en, std::string_view zh) {
  return std::string(language == Language::en ? en : zh);
}

// `2010-09-01: 10`, `when channel == 'bancassurance', from 2014-04-01, priority 1: 15`
std::string line_of(const StatedValue& value, Language language) {
  std::string result = value.when.empty() ? value.from : pick(language, "when ", "当 ") + value.when;
  if (!value.when.empty() && !value.from.empty()) result += pick(language, ", from ", "，自 ") + value.from;
  if (!value.priority.empty()) result += pick(language, ", priority ", "，优先级 ") + value.priority;
  if (!value.known_from.empty()) result += pick(language, ", known from ", "，公布于 ") + value.known_from;
  return result + ": " + value.value;
}

std::string statement_text(const Statement& statement, Language language) {
  const Clause& clause = statement.clause;
  const std::string& title = language == Language::en ? clause.title_en : clause.title;
  std::string result = clause.id + (title.empty() ? "" : "  " + title);
  if (clause.assumed) result += pick(language, "  (assumed)", "（假定）");
  result += "\n";
  for (const StatedValue& value : statement.values)
    result += "    " + line_of(value, language) + "  [" + value.cite + "]\n";
  for (const auto& [key, value] : statement.settings) result += "    " + key + " = " + value + "\n";
  if (!clause.cite.empty()) result += "    [" + clause.cite + "]\n";
  return result;
}

std::string open_points(const Regime& regime, Language language) {
  std::string list;
  std::size_t count = 0;
  for (const Statement& statement : regime.statements) {
    if (!statement.clause.assumed) continue;
    ++count;
    list += statement.clause.id + "  " + statement.clause.file + ":" + std::to_string(statement.clause.line) +
            "\n    " + statement.clause.note + "\n";
  }
  return pick(language, "Open points (assumed): ", "未决事项（假定）：") + std::to_string(count) + "\n" + list;
}

// What a statement decides, line by line.
std::vector<std::string> decisions_of(const Statement& statement) {
  std::vector<std::string> lines;
  for (const StatedValue& value : statement.values) lines.push_back(line_of(value, Language::en));
  for (const auto& [key, value] : statement.settings) lines.push_back(key + " = " + value);
  return lines;
}

std::string lines_missing_in(const std::vector<std::string>& other, const std::vector<std::string>& lines,
                             const char* mark) {
  std::string result;
  for (const std::string& line : lines)
    if (std::find(other.begin(), other.end(), line) == other.end())
      result += std::string("    ") + mark + " " + line + "\n";
  return result;
}

std::string text_of(const Difference& difference) {
  const Statement& named = difference.after ? *difference.after : *difference.before;
  const auto before = difference.before ? decisions_of(*difference.before) : std::vector<std::string>();
  const auto after = difference.after ? decisions_of(*difference.after) : std::vector<std::string>();
  const char* mark = !difference.before ? "+" : !difference.after ? "-" : "~";
  const std::string& title = named.clause.title_en;
  return std::string(mark) + " " + difference.path + (title.empty() ? "" : "  " + title) + "\n" +
         lines_missing_in(after, before, "-") + lines_missing_in(before, after, "+");
}

}  // namespace

std::string show(const Regime& regime, Language language) {
  std::string result = regime.id + "  " + pick(language, regime.title_en, regime.title) + "\n";
  result += pick(language, "source: ", "来源：") + regime.source + "\n";
  result += pick(language, "binds from: ", "执行自：") + regime.binds_from.text() + "\n";
  if (!regime.extends.empty()) result += pick(language, "extends: ", "基础制度：") + regime.extends + "\n";
  result += pick(language, "version: ", "版本：") + regime.version + "\n\n";
  for (const Statement& statement : regime.statements) result += statement_text(statement, language);
  return result + "\n" + open_points(regime, language);
}

std::vector<Difference> differences(const std::vector<Statement>& before, const std::vector<Statement>& after) {
  std::map<std::string, Difference> paths;
  for (const Statement& statement : before) paths[statement.path].before = &statement;
  for (const Statement& statement : after) paths[statement.path].after = &statement;
  std::vector<Difference> found;
  for (auto& [path, difference] : paths) {
    difference.path = path;
    const bool is_same =
        difference.before && difference.after && decisions_of(*difference.before) == decisions_of(*difference.after);
    if (!is_same) found.push_back(difference);
  }
  return found;
}

std::vector<Statement> statements_on(const Regime& regime, Date day) {
  const std::string today = day.text();  // as the book writes its days: they compare as texts
  std::vector<Statement> statements = regime.statements;
  for (Statement& statement : statements) {
    std::erase_if(statement.values, [&](const StatedValue& value) { return value.from > today; });
    const auto binding = std::ranges::count_if(statement.values, [](const auto& value) { return value.when.empty(); });
    if (binding > 1) statement.values.erase(statement.values.begin(), statement.values.begin() + binding - 1);
  }
  return statements;
}

std::string diff(const Regime& before, const Regime& after) {
  std::string result;
  for (const Difference& difference : differences(before.statements, after.statements)) result += text_of(difference);
  return result;
}

std::string sentence(const Clause& clause, std::string_view value, std::string_view cite, Language language) {
  const bool english = language == Language::en;
  std::string result = english ? clause.title_en : clause.title;
  if (!value.empty()) result += (english ? ": " : "：") + std::string(value);
  const std::string source = cite.empty() ? clause.cite : std::string(cite);
  result += " [" + clause.id + (source.empty() ? "" : " · " + source) + "]";
  if (clause.assumed) result += english ? " (assumed: " + clause.note + ")" : "（假定：" + clause.note + "）";
  return result;
}

}  // namespace shouyue::regime
