#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

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

}  // namespace

TEST_CASE("every shipped rule book loads") {
  const auto books = shipped_books();
  for (const auto& [name, book] : books) {
    CAPTURE(name);
    std::vector<Book> layers{book};
    for (std::size_t depth = 0; depth < 10; ++depth) {
      const auto heading = heading_of(layers.front());
      REQUIRE_MESSAGE(heading.has_value(), (heading ? "" : heading.error().en));
      if (depth == 0) CHECK(heading->id == name);
      if (heading->extends.empty()) break;
      REQUIRE_MESSAGE(books.contains(heading->extends), heading->extends);
      layers.insert(layers.begin(), books.at(heading->extends));
    }
    const Loaded loaded = load(layers);
    for (const Issue& issue : loaded.issues) FAIL_CHECK(text_of(issue));
    CHECK(loaded.regime != nullptr);
  }
}
