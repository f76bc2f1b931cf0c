// docs/reference/rule-books.md against the loader: its examples load, its list of refusals is complete.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "book_text.hpp"
#include "regime/load.hpp"

using namespace shouyue;
using namespace shouyue::regime;
using namespace shouyue::regime::fixture;

namespace {

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const std::filesystem::path root = SHOUYUE_SOURCE_DIR;

std::string page() { return contents_of(root / "docs/reference/rule-books.md"); }

// The TOML examples of the page as one book. What only an overlay may say is left out, and the second kind of score
// becomes an indicator of its own.
std::string examples() {
  const std::string text = page(), fence = "```toml\n";
  std::string book;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    std::string block = text.substr(at, text.find("```", at) - at);
    if (block.find("remove = true") != std::string::npos) continue;
    if (block.find("extends = ") != std::string::npos) block = with(block, "extends = \"national\"\n", "");
    if (block.find("\"piecewise\"") != std::string::npos)
      block = "[[kpi.indicator]]\nid = \"second\"\n" + clause + "table = \"external\"\n" + block;
    book += block;
  }
  return book;
}

// What the examples refer to.
std::string referred_to() {
  std::string text = "[followup.leg.second_call]\n" + clause + "order = 2\nperformer = \"branch\"\n" +
                     term("followup.leg.second_call.start", "0", "previous_leg_end");
  for (const std::string kind : {"verification", "intake_problem"})
    text += "[ticket." + kind + "]\n" + clause + "handler = \"branch\"\n" +
            term("ticket." + kind + ".due", "5", "ticket_opened") + count("ticket." + kind + ".warning_days", "2");
  return text + "[outcome.group.number]\n" + clause + "members = [\"wrong_number\"]\n";
}

}  // namespace

TEST_CASE("the examples of the reference page load") {
  const Loaded loaded = load({{{.path = "page", .text = examples()}, {.path = "referred to", .text = referred_to()}}});
  for (const Issue& issue : loaded.issues) FAIL_CHECK(text_of(issue));
  CHECK(loaded.regime != nullptr);
}

TEST_CASE("every refusal of the loader is on the reference page") {
  const std::string text = page();
  std::set<std::string> rules;
  for (const auto& file : std::filesystem::directory_iterator(root / "src/regime")) {
    const std::string source = contents_of(file.path());
    for (std::size_t at = source.find("\"regime."); at != std::string::npos; at = source.find("\"regime.", at + 1))
      rules.insert(source.substr(at + 1, source.find('"', at + 1) - at - 1));
  }
  rules.erase("regime.condition.");  // the page lists them with their endings
  CHECK(rules.size() > 20);
  for (const std::string& rule : rules) CHECK_MESSAGE(text.find("`" + rule + "`") != std::string::npos, rule);
}
