#include "app/rule_book_files.hpp"

#include <algorithm>

#include "app/files.hpp"
#include "app/rule_book_check.hpp"

namespace shouyue::app {
namespace {

namespace fs = std::filesystem;

bool is_book_id(const std::string& id) {
  constexpr std::size_t characters_max = 64;
  return !id.empty() && id.size() <= characters_max &&
         std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

// The folders that hold rule books: the shipped ones and, where they are others, the insurer's own.
std::vector<fs::path> shelves(const Home& home) {
  std::error_code ignored;
  std::vector<fs::path> found{home.shipped / "regimes"};
  const fs::path own = home.own / "regimes";
  if (fs::is_directory(own, ignored) && !fs::equivalent(own, found.front(), ignored)) found.push_back(own);
  return found;
}

Result<std::vector<regime::Source>> book_files(const Home& home, const std::string& id) {
  const fs::path folder = SHOUYUE_TRY(rule_book_folder(home, id));
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".toml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<regime::Source> sources;
  for (const fs::path& path : paths)
    sources.push_back(
        {.path = (fs::path("regimes") / id / path.filename()).string(), .text = SHOUYUE_TRY(read_file(path))});
  return sources;
}

}  // namespace

Result<fs::path> rule_book_folder(const Home& home, const std::string& id) {
  std::vector<fs::path> found;
  for (const fs::path& shelf : shelves(home))
    if (is_book_id(id) && fs::is_regular_file(shelf / id / "regime.toml")) found.push_back(shelf / id);
  const std::string file = "regimes/" + id + "/regime.toml";
  if (found.empty())
    return refuse(Errc::not_found, "regime.not_found",
                  "there is no rule book '" + id + "' (" + file + "); see `shouyue regime list`",
                  "没有制度“" + id + "”（" + file + "），可用 shouyue regime list 查看");
  if (found.size() > 1)
    return refuse(Errc::conflict, "regime.twice",
                  "the rule book '" + id + "' is both shipped and your own (" + file + "); rename your own",
                  "制度“" + id + "”随程序提供，又有自有的同名制度（" + file + "），请更改自有制度的名称");
  return found.front();
}

Result<std::vector<std::string>> rule_book_ids(const Home& home) {
  std::vector<std::string> ids;
  for (const fs::path& shelf : shelves(home)) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(shelf, error))
      if (entry.is_directory() && fs::is_regular_file(entry.path() / "regime.toml"))
        ids.push_back(entry.path().filename());
    if (error)
      return refuse(Errc::environment, "regime.no_folder",
                    "the folder of rule books " + shelf.string() + " cannot be read; set SHOUYUE_HOME",
                    "制度目录 " + shelf.string() + " 无法读取，请设置 SHOUYUE_HOME");
  }
  std::ranges::sort(ids);
  return ids;
}

Result<std::vector<std::vector<regime::Source>>> rule_book_layers(const Home& home, const std::string& id) {
  std::vector<std::vector<regime::Source>> layers;
  std::vector<std::string> seen;
  std::string next = id;
  do {
    if (std::ranges::find(seen, next) != seen.end())
      return refuse(Errc::invalid_input, "regime.extends_itself",
                    "the rule book '" + next + "' extends itself in the end", "制度“" + next + "”最终以自身为基础");
    seen.push_back(next);
    layers.push_back(SHOUYUE_TRY(book_files(home, next)));
    next = SHOUYUE_TRY(regime::heading_of(layers.back())).extends;
  } while (!next.empty());
  std::ranges::reverse(layers);
  return layers;
}

Result<std::shared_ptr<const regime::Regime>> load_rule_book(const Home& home, const std::string& id) {
  if (home.loaded)
    if (const auto known = home.loaded->find(id); known != home.loaded->end()) return known->second;
  const regime::Loaded loaded = SHOUYUE_TRY(check_rule_book(home, id));
  if (loaded.regime && home.loaded) home.loaded->emplace(id, loaded.regime);
  if (loaded.regime) return loaded.regime;
  const std::string first = loaded.issues.empty() ? "" : text_of(loaded.issues.front());
  const std::string count = std::to_string(loaded.issues.size());
  return refuse(
      Errc::invalid_input, "regime.broken",
      "the rule book '" + id + "' has " + count + " issues, see `shouyue regime check " + id + "`; the first: " + first,
      "制度“" + id + "”有 " + count + " 处问题，可用 shouyue regime check " + id + " 查看；第一处：" + first);
}

Result<calendar::WorkingCalendar> load_calendar(const Home& home) {
  const std::string notices = SHOUYUE_TRY(read_file(home.shipped / "data" / "holiday" / "notices.csv"));
  const std::string sources = SHOUYUE_TRY(read_file(home.shipped / "data" / "holiday" / "sources.csv"));
  return calendar::WorkingCalendar::read(notices, sources);
}

}  // namespace shouyue::app
