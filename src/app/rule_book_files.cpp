#include "app/rule_book_files.hpp"

#include <algorithm>

#include "app/files.hpp"

namespace shouyue::app {
namespace {

namespace fs = std::filesystem;

bool is_book_id(const std::string& id) {
  return !id.empty() &&
         std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Result<std::vector<regime::Source>> book_files(const Home& home, const std::string& id) {
  const fs::path folder = home / "regimes" / id;
  if (!is_book_id(id) || !fs::is_regular_file(folder / "regime.toml"))
    return refuse(
        Errc::not_found, "regime.not_found",
        "there is no rule book '" + id + "' in " + (home / "regimes").string() + "; see `shouyue regime list`",
        "在 " + (home / "regimes").string() + " 中没有制度“" + id + "”，可用 shouyue regime list 查看");
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".toml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<regime::Source> sources;
  for (const fs::path& path : paths)
    sources.push_back({.path = fs::path("regimes" / path.lexically_relative(home / "regimes")).string(),
                       .text = SHOUYUE_TRY(read_file(path))});
  return sources;
}

}  // namespace

Result<std::vector<std::string>> rule_book_ids(const Home& home) {
  std::error_code error;
  std::vector<std::string> ids;
  for (const auto& entry : fs::directory_iterator(home / "regimes", error))
    if (entry.is_directory() && fs::is_regular_file(entry.path() / "regime.toml"))
      ids.push_back(entry.path().filename());
  if (error)
    return refuse(Errc::environment, "regime.no_folder",
                  "the folder of rule books " + (home / "regimes").string() + " cannot be read; set SHOUYUE_HOME",
                  "制度目录 " + (home / "regimes").string() + " 无法读取，请设置 SHOUYUE_HOME");
  std::ranges::sort(ids);
  return ids;
}

Result<std::vector<std::vector<regime::Source>>> rule_book_layers(const Home& home, const std::string& id) {
  std::vector<std::vector<regime::Source>> layers;
  std::vector<std::string> seen;
  for (std::string next = id; !next.empty();) {
    if (std::ranges::find(seen, next) != seen.end())
      return refuse(Errc::invalid_input, "regime.extends_itself",
                    "the rule book '" + next + "' extends itself in the end", "制度“" + next + "”最终以自身为基础");
    seen.push_back(next);
    layers.push_back(SHOUYUE_TRY(book_files(home, next)));
    next = SHOUYUE_TRY(regime::heading_of(layers.back())).extends;
  }
  std::ranges::reverse(layers);
  return layers;
}

Result<std::shared_ptr<const regime::Regime>> load_rule_book(const Home& home, const std::string& id) {
  regime::Loaded loaded = regime::load(SHOUYUE_TRY(rule_book_layers(home, id)));
  if (loaded.regime) return loaded.regime;
  const std::string first = loaded.issues.empty() ? "" : text_of(loaded.issues.front());
  const std::string count = std::to_string(loaded.issues.size());
  return refuse(
      Errc::invalid_input, "regime.broken",
      "the rule book '" + id + "' has " + count + " issues, see `shouyue regime check " + id + "`; the first: " + first,
      "制度“" + id + "”有 " + count + " 处问题，可用 shouyue regime check " + id + " 查看；第一处：" + first);
}

Result<calendar::WorkingCalendar> load_calendar(const Home& home) {
  const std::string notices = SHOUYUE_TRY(read_file(home / "data" / "holiday" / "notices.csv"));
  const std::string sources = SHOUYUE_TRY(read_file(home / "data" / "holiday" / "sources.csv"));
  return calendar::WorkingCalendar::read(notices, sources);
}

}  // namespace shouyue::app
