#include "app/rule_book_changes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <string_view>
#include <variant>

#include <toml++/toml.h>

#include "app/case_facts.hpp"
#include "app/changed_text.hpp"
#include "base/date.hpp"

namespace shouyue::app {
namespace {

using Step = std::variant<std::string, std::size_t>;
struct Removed {};
using NewValue = std::variant<Removed, bool, std::int64_t, toml::date, std::string>;

// What says nothing that a case could notice: wording, sources, what only puts things in order or is checked when the
// book is loaded, and the critical value, which is shown beside a score.
bool decides_nothing(std::string_view key) {
  static constexpr std::array keys{"id",         "title",    "title_en", "cite",       "status",
                                   "note",       "text",     "text_en",  "version",    "statutory",
                                   "order",      "priority", "critical", "known_from", "explain",
                                   "explain_en", "opening",  "closing",  "desk",       "desk_en"};
  return std::ranges::find(keys, key) != keys.end();
}

// Flags and numbers are changed instead; left out, most would only fall back to what they say.
bool may_be_left_out(std::string_view key, const toml::node& node) {
  return key != "floor" && (node.is_table() || node.is_string() || (node.is_array() && !node.is_array_of_tables()));
}

// Of nothing it does not matter in what and from where it is counted.
bool counts_nothing(const toml::table& term) {
  const auto* values = term["values"].as_array();
  return values && std::ranges::all_of(*values, [](const toml::node& entry) {
           return entry.is_table() && (*entry.as_table())["value"].value_or(std::int64_t{1}) == 0;
         });
}

void put(toml::node* parent, const Step& last, const NewValue& value) {
  if (auto* table = parent->as_table()) {
    const auto& key = std::get<std::string>(last);
    std::visit(
        [&]<class T>(const T& given) {
          if constexpr (std::is_same_v<T, Removed>)
            table->erase(key);
          else
            table->insert_or_assign(key, given);
        },
        value);
  } else {
    auto& list = *parent->as_array();
    const auto at = list.begin() + static_cast<std::ptrdiff_t>(std::get<std::size_t>(last));
    std::visit(
        [&]<class T>(const T& given) {
          if constexpr (std::is_same_v<T, Removed>)
            list.erase(at);
          else
            list.replace(at, given);
        },
        value);
  }
}

std::string text_with(toml::table file, const std::vector<Step>& path, const NewValue& value) {
  toml::node* node = &file;
  for (std::size_t i = 0; i + 1 < path.size(); ++i)
    node = std::holds_alternative<std::string>(path[i]) ? node->as_table()->get(std::get<std::string>(path[i]))
                                                        : node->as_array()->get(std::get<std::size_t>(path[i]));
  put(node, path.back(), value);
  std::ostringstream text;
  text << toml::toml_formatter{file};
  return text.str();
}

class Walk {
 public:
  Walk(const std::vector<regime::Source>& files, std::size_t file, const toml::table& contents,
       const std::set<std::string>& clauses, const std::function<void(const BookChange&)>& visit)
      : files_(files), file_(file), contents_(contents), clauses_(clauses), visit_(visit) {
    book_ = clauses_.empty() ? "" : clauses_.begin()->substr(0, clauses_.begin()->find('/') + 1);
  }

  void table(const toml::table& table, const std::string& path, const std::string& above) {
    const std::string clause = clause_at(path, above);
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (decides_nothing(name) || (path.empty() && name == "regime")) continue;
      if ((name == "unit" || name == "count_from") && counts_nothing(table)) continue;
      const std::string inner = path_of(path, name);
      steps_.emplace_back(name);
      if (may_be_left_out(name, node)) change(node, clause_at(inner, clause), Removed{}, "removed");
      visit_node(node, name, inner, clause);
      steps_.pop_back();
    }
  }

 private:
  static std::string path_of(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
  }
  std::string clause_at(const std::string& path, const std::string& otherwise) const {
    return clauses_.contains(book_ + path) ? book_ + path : otherwise;
  }

  void visit_node(const toml::node& node, const std::string& key, const std::string& path, const std::string& clause) {
    if (const auto* inner = node.as_table()) return table(*inner, path, clause);
    if (const auto* list = node.as_array()) return array(*list, key, path, clause);
    value(node, key, clause);
  }

  void array(const toml::array& list, const std::string& key, const std::string& path, const std::string& clause) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      steps_.emplace_back(i);
      if (const auto* entry = list[i].as_table()) {
        const std::string id = (*entry)["id"].value_or(std::string());
        const std::string inner = id.empty() ? path + "." + std::to_string(i) : path + "." + id;
        change(*entry, clause_at(inner, clause), Removed{}, "removed");
        table(*entry, inner, clause);
      } else {
        if (list.size() > 1) change(list[i], clause, Removed{}, "'" + text_of_node(list[i]) + "' removed");
        value(list[i], key, clause);
      }
      steps_.pop_back();
    }
  }

  void value(const toml::node& node, const std::string& key, const std::string& clause) {
    const std::string now = text_of_node(node);
    if (const auto* number = node.as_integer()) {
      for (const std::int64_t step : {-1, 1})
        change(node, clause, number->get() + step, now + " -> " + std::to_string(number->get() + step));
    } else if (const auto* flag = node.as_boolean()) {
      change(node, clause, !flag->get(), "turned");
    } else if (node.is_date()) {
      if (is_start_of_first_value()) return;
      for (const std::string& other : changed_days(now))
        if (const auto day = Date::parse(other))
          change(node, clause, toml::date{day->year(), day->month(), day->day()}, now + " -> " + other);
    } else if (node.is_string()) {
      for (const std::string& other : changed_texts(key, now)) change(node, clause, other, now + " -> " + other);
    }
  }

  // Before its first values a book refuses everything, and the first value binds no later than the book.
  bool is_start_of_first_value() const {
    const std::size_t n = steps_.size();
    return n >= 3 && steps_[n - 3] == Step("values") && steps_[n - 2] == Step(std::size_t{0});
  }

  void change(const toml::node& node, const std::string& clause, const NewValue& value, const std::string& how) {
    if (clause.empty()) return;
    std::string where;
    for (const Step& step : steps_) {
      where += where.empty() ? "" : ".";
      where += std::holds_alternative<std::string>(step) ? std::get<std::string>(step)
                                                         : std::to_string(std::get<std::size_t>(step));
    }
    BookChange change{.clause = clause,
                      .file = files_[file_].path,
                      .line = static_cast<int>(node.source().begin.line),
                      .what = where + ": " + how,
                      .files = files_};
    change.files[file_].text = text_with(contents_, steps_, value);
    visit_(change);
  }

  const std::vector<regime::Source>& files_;
  std::size_t file_;
  const toml::table& contents_;
  const std::set<std::string>& clauses_;
  const std::function<void(const BookChange&)>& visit_;
  std::string book_;
  std::vector<Step> steps_;
};

}  // namespace

void each_change(const std::vector<regime::Source>& files, const std::set<std::string>& clauses,
                 const std::function<void(const BookChange&)>& visit) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    const toml::table contents = toml::parse(files[i].text);
    Walk(files, i, contents, clauses, visit).table(contents, "", "");
  }
}

}  // namespace shouyue::app
