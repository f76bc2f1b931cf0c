#include "api/rule_book_routes.hpp"

#include <algorithm>

#include "api/answer.hpp"
#include "api/download.hpp"
#include "api/noted_export.hpp"
#include "app/rule_book_cases.hpp"
#include "app/rule_book_check.hpp"
#include "app/table_file.hpp"
#include "regime/condition_words.hpp"
#include "regime/show.hpp"

namespace shouyue::api {
namespace {

// For which policies a book is chosen; what is left out does not matter.
struct Assigned {
  std::optional<std::string> channel, product_type;
  std::optional<int> region;
  std::optional<Date> issued_from, issued_to;
};
BOOST_DESCRIBE_STRUCT(Assigned, (), (channel, product_type, region, issued_from, issued_to))

struct Book {
  std::string id, title, title_en, source, extends, version;
  std::optional<Date> binds_from;
  std::vector<std::string> sections;
  int clauses = 0, open_points = 0;
  std::vector<Assigned> assigned;
  std::vector<std::string> issues;
};
BOOST_DESCRIBE_STRUCT(Book, (),
                      (id, title, title_en, source, extends, version, binds_from, sections, clauses, open_points,
                       assigned, issues))

struct Books {
  std::vector<Book> rows;
};
BOOST_DESCRIBE_STRUCT(Books, (), (rows))

struct Value {
  std::string value;
  std::optional<std::string> from, known_from, when, in_words, in_words_en, priority, cite;
};
BOOST_DESCRIBE_STRUCT(Value, (), (value, from, known_from, when, in_words, in_words_en, priority, cite))

struct KeyValue {
  std::string key, value;
  std::optional<std::string> in_words, in_words_en;
};
BOOST_DESCRIBE_STRUCT(KeyValue, (), (key, value, in_words, in_words_en))

struct Statement {
  std::string path, id, title, title_en, cite;
  bool assumed = false;
  std::string note, place;
  std::vector<Value> values;
  std::vector<KeyValue> settings;
};
BOOST_DESCRIBE_STRUCT(Statement, (), (path, id, title, title_en, cite, assumed, note, place, values, settings))

struct BookText {
  Book book;
  std::vector<Statement> statements;
};
BOOST_DESCRIBE_STRUCT(BookText, (), (book, statements))

struct Difference {
  std::string path, title, title_en;
  std::optional<Statement> before, after;
};
BOOST_DESCRIBE_STRUCT(Difference, (), (path, title, title_en, before, after))

struct Differences {
  Book before, after;
  std::vector<Difference> rows;
};
BOOST_DESCRIBE_STRUCT(Differences, (), (before, after, rows))

struct Case {
  std::string file;
  int line = 0;
  std::string name;
  std::vector<std::string> problems;
};
BOOST_DESCRIBE_STRUCT(Case, (), (file, line, name, problems))

struct Cases {
  std::vector<Case> cases;
  int failed = 0;
  std::vector<Statement> untouched;
};
BOOST_DESCRIBE_STRUCT(Cases, (), (cases, failed, untouched))

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// Writes the statements of one book, its conditions as they are written and in words.
class StatementWriter {
 public:
  explicit StatementWriter(const regime::Regime& book) : conditions_(book) {}

  Statement json_of(const regime::Statement& statement) const {
    const regime::Clause& clause = statement.clause;
    Statement json{.path = statement.path,
                   .id = clause.id,
                   .title = clause.title,
                   .title_en = clause.title_en,
                   .cite = clause.cite,
                   .assumed = clause.assumed,
                   .note = clause.note,
                   .place = clause.file + ":" + std::to_string(clause.line)};
    for (const regime::StatedValue& value : statement.values) json.values.push_back(json_of(value));
    for (const auto& [key, value] : statement.settings) json.settings.push_back(json_of(key, value));
    return json;
  }

 private:
  Value json_of(const regime::StatedValue& stated) const {
    Value json{.value = stated.value,
               .from = unless_empty(stated.from),
               .known_from = unless_empty(stated.known_from),
               .when = unless_empty(stated.when),
               .in_words = {},
               .in_words_en = {},
               .priority = unless_empty(stated.priority),
               .cite = unless_empty(stated.cite)};
    if (!stated.when.empty()) say(stated.when, json);
    return json;
  }

  KeyValue json_of(const std::string& key, const std::string& value) const {
    KeyValue json{.key = key, .value = value, .in_words = {}, .in_words_en = {}};
    if (regime::BookConditions::is_condition(key)) say(value, json);
    return json;
  }

  template <class Json>
  void say(const std::string& condition, Json& json) const {
    const regime::Wording words = conditions_.in_words(condition);
    json.in_words = words.zh;
    json.in_words_en = words.en;
  }

  regime::BookConditions conditions_;
};

std::vector<Assigned> assigned_to(const app::Profile& profile, const std::string& id) {
  std::vector<Assigned> list;
  const auto code = [](const auto& word) {
    return word ? std::optional(std::string(code_of(*word))) : std::optional<std::string>();
  };
  for (const app::Assignment& assignment : profile.assign)
    if (assignment.regime == id)
      list.push_back({code(assignment.channel), code(assignment.product_type), assignment.region,
                      assignment.issued_from, assignment.issued_to});
  return list;
}

Book heading_of(const regime::Regime& book, const app::Profile& profile) {
  Book json{.id = book.id,
            .title = book.title,
            .title_en = book.title_en,
            .source = book.source,
            .extends = book.extends,
            .version = book.version,
            .binds_from = book.binds_from,
            .clauses = static_cast<int>(book.statements.size()),
            .assigned = assigned_to(profile, book.id)};
  for (const regime::Statement& statement : book.statements) {
    const std::string section = statement.path.substr(0, statement.path.find('.'));
    if (std::ranges::find(json.sections, section) == json.sections.end()) json.sections.push_back(section);
    json.open_points += statement.clause.assumed ? 1 : 0;
  }
  return json;
}

Result<Date> day_asked(const Call& call, std::string_view name) {
  return Date::parse(call.request.target.parameter(name));
}

// The statements of a book, or of those of one day when one is asked for.
Result<std::vector<regime::Statement>> statements_asked(const Call& call, const regime::Regime& book,
                                                        std::string_view day) {
  if (call.request.target.parameter(day).empty()) return book.statements;
  return regime::statements_on(book, SHOUYUE_TRY(day_asked(call, day)));
}

Result<http::Response> books_file(const Books& list, const std::string& format) {
  return download("rule-books." + format, [&](const std::filesystem::path& path) {
    app::TableFile file(path, app::CsvReading::spreadsheet);
    file.row(std::vector<std::string>{"id", "title", "title_en", "source", "binds_from", "extends", "clauses",
                                      "open_points", "assigned", "version"});
    for (const Book& book : list.rows) {
      std::string assigned;
      for (const Assigned& one : book.assigned)
        assigned += (assigned.empty() ? "" : ";") + one.channel.value_or(one.product_type.value_or("*"));
      file.row(std::vector{book.id, book.title, book.title_en, book.source,
                           book.binds_from ? book.binds_from->text() : "", book.extends, std::to_string(book.clauses),
                           std::to_string(book.open_points), assigned, book.version});
    }
    return file.close();
  });
}

}  // namespace

// A book with faults is listed with them: somebody has to see them.
Result<http::Response> list_rule_books(Call& call) {
  Books list;
  const std::string format = SHOUYUE_TRY(format_asked(call.request, {"csv", "xlsx"}));
  const app::Profile& profile = call.deriver.profile();
  for (const std::string& id : SHOUYUE_TRY(app::rule_book_ids(call.session.home))) {
    const auto loaded = app::check_rule_book(call.session.home, id);
    if (loaded && loaded->regime) {
      list.rows.push_back(heading_of(*loaded->regime, profile));
      continue;
    }
    Book& broken = list.rows.emplace_back(Book{.id = id, .title = id, .title_en = id});
    broken.assigned = assigned_to(profile, id);
    if (!loaded) broken.issues.push_back(loaded.error().zh + " / " + loaded.error().en);
    if (loaded)
      for (const regime::Issue& issue : loaded->issues) broken.issues.push_back(text_of(issue));
  }
  if (format.empty()) return answer(list);
  SHOUYUE_CHECK(note_download(call, "rule-books", format, static_cast<std::int64_t>(list.rows.size())));
  return books_file(list, format);
}

Result<http::Response> read_rule_book(Call& call) {
  const auto book = SHOUYUE_TRY(app::load_rule_book(call.session.home, call.parts.at("id")));
  BookText text{.book = heading_of(*book, call.deriver.profile()), .statements = {}};
  const StatementWriter writer(*book);
  for (const regime::Statement& statement : SHOUYUE_TRY(statements_asked(call, *book, "on")))
    text.statements.push_back(writer.json_of(statement));
  return answer(text);
}

Result<http::Response> compare_rule_books(Call& call) {
  const std::string other(call.request.target.parameter("against"));
  const auto before = SHOUYUE_TRY(app::load_rule_book(call.session.home, call.parts.at("id")));
  const auto after = SHOUYUE_TRY(app::load_rule_book(call.session.home, other.empty() ? before->id : other));
  const auto old_statements = SHOUYUE_TRY(statements_asked(call, *before, "on"));
  const auto new_statements = SHOUYUE_TRY(statements_asked(call, *after, "against_on"));
  Differences list{.before = heading_of(*before, call.deriver.profile()),
                   .after = heading_of(*after, call.deriver.profile())};
  const StatementWriter writer_before(*before), writer_after(*after);
  for (const regime::Difference& difference : regime::differences(old_statements, new_statements)) {
    const regime::Clause& clause = (difference.after ? difference.after : difference.before)->clause;
    Difference& row =
        list.rows.emplace_back(Difference{.path = difference.path, .title = clause.title, .title_en = clause.title_en});
    if (difference.before) row.before = writer_before.json_of(*difference.before);
    if (difference.after) row.after = writer_after.json_of(*difference.after);
  }
  return answer(list);
}

Result<http::Response> test_rule_book(Call& call) {
  const std::string& id = call.parts.at("id");
  const auto book = SHOUYUE_TRY(app::load_rule_book(call.session.home, id));
  const auto report = app::run_rule_book_cases(call.session.home, id, app::Probe::each_clause);
  Cases list;
  if (!report && report.error().rule != "cases.none") return std::unexpected(report.error());
  if (!report) return answer(list);
  list.failed = static_cast<int>(report->failed());
  for (const app::CaseOutcome& outcome : report->cases)
    list.cases.push_back({outcome.file, outcome.line, outcome.name, outcome.problems});
  const StatementWriter writer(*book);
  for (const regime::Statement& statement : book->statements)
    if (std::ranges::find(report->untouched, statement.clause.id) != report->untouched.end())
      list.untouched.push_back(writer.json_of(statement));
  return answer(list);
}

}  // namespace shouyue::api
