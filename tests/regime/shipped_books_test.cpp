#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "regime/condition_words.hpp"
#include "regime/load.hpp"

using namespace shouyue;
using namespace shouyue::regime;

namespace {

using Book = std::vector<Source>;

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The *.toml files of each folder in regimes/, by the folder's name.
std::map<std::string, Book> shipped_books() {
  std::map<std::string, Book> books;
  const std::filesystem::path root = std::filesystem::path(SHOUYUE_SOURCE_DIR) / "regimes";
  for (const auto& folder : std::filesystem::directory_iterator(root)) {
    if (!folder.is_directory()) continue;
    Book& book = books[folder.path().filename()];
    for (const auto& file : std::filesystem::directory_iterator(folder))
      if (file.path().extension() == ".toml")
        book.push_back({std::filesystem::relative(file.path(), SHOUYUE_SOURCE_DIR), contents_of(file.path())});
    std::sort(book.begin(), book.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  }
  return books;
}

// A book above those that it extends.
std::vector<Book> layers_of(const std::map<std::string, Book>& books, const std::string& name) {
  std::vector<Book> layers{books.at(name)};
  for (std::size_t depth = 0; depth < 10; ++depth) {
    const auto heading = heading_of(layers.front());
    REQUIRE_MESSAGE(heading.has_value(), (heading ? "" : heading.error().en));
    if (depth == 0) CHECK(heading->id == name);
    if (heading->extends.empty()) break;
    REQUIRE_MESSAGE(books.contains(heading->extends), heading->extends);
    layers.insert(layers.begin(), books.at(heading->extends));
  }
  return layers;
}

}  // namespace

TEST_CASE("every shipped rule book loads") {
  const auto books = shipped_books();
  for (const auto& [name, book] : books) {
    CAPTURE(name);
    const Loaded loaded = load(layers_of(books, name));
    for (const Issue& issue : loaded.issues) FAIL_CHECK(text_of(issue));
    CHECK(loaded.regime != nullptr);
  }
}

TEST_CASE("every condition of the shipped rule books is said in words of its own") {
  const auto books = shipped_books();
  int said = 0;
  for (const auto& [name, book] : books) {
    const Loaded loaded = load(layers_of(books, name));
    REQUIRE(loaded.regime);
    const BookConditions conditions(*loaded.regime);
    const auto check = [&](const std::string& condition) {
      CAPTURE(condition);
      const Wording words = conditions.in_words(condition);
      CHECK(words.zh.find_first_of("'=_") == std::string::npos);
      CHECK(words.en.find_first_of("'=_") == std::string::npos);
      ++said;
    };
    for (const Statement& statement : loaded.regime->statements) {
      CAPTURE(statement.clause.id);
      for (const StatedValue& value : statement.values)
        if (!value.when.empty()) check(value.when);
      for (const auto& [key, value] : statement.settings)
        if (BookConditions::is_condition(key)) check(value);
    }
  }
  CHECK(said > 200);
}
