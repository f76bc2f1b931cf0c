#include "ports/drop_folder.hpp"

#include <algorithm>

#include "app/files.hpp"
#include "app/import_file.hpp"

namespace shouyue::ports {
namespace {

namespace fs = std::filesystem;

struct DroppedFile {
  insurer::FileKind kind;
  fs::path path;
};

// The kind that a name begins with, as `policies-20211008.csv` does.
std::optional<insurer::FileKind> kind_of(const std::string& name) {
  const auto end = name.find_first_of("-.");
  return insurer::from_word<insurer::FileKind>(name.substr(0, end));
}

bool is_complete(const fs::path& path, bool needs_marker) {
  const auto extension = path.extension();
  if (extension != ".csv" && extension != ".xlsx") return false;
  return !needs_marker || fs::exists(path.string() + ".done");
}

std::vector<DroppedFile> complete_files(const app::CoreSettings& settings) {
  std::vector<DroppedFile> files;
  std::error_code unreadable;
  for (const auto& entry : fs::directory_iterator(settings.drop, unreadable)) {
    const auto kind = kind_of(entry.path().filename().string());
    if (kind && entry.is_regular_file(unreadable) && is_complete(entry.path(), settings.needs_marker))
      files.push_back({.kind = *kind, .path = entry.path()});
  }
  std::ranges::sort(files, {}, [](const DroppedFile& file) { return std::pair(file.kind, file.path); });
  return files;
}

// Beside a file of that name which is there already.
fs::path free_name(const fs::path& folder, const std::string& name) {
  fs::path path = folder / name;
  for (int n = 2; fs::exists(path); ++n) path = folder / (std::to_string(n) + "-" + name);
  return path;
}

// A file that cannot be moved would come again and again: the folder's owner must see to it.
Result<fs::path> move_to(const fs::path& file, const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  const fs::path target = free_name(folder, file.filename().string());
  fs::rename(file, target, failed);
  if (failed) return app::cannot_write(target);
  fs::remove(file.string() + ".done", failed);
  const fs::path rejects = file.string() + ".rejects.csv";
  if (fs::exists(rejects)) fs::rename(rejects, target.string() + ".rejects.csv", failed);
  return target;
}

std::string counts(const app::ImportReport& report) {
  return "read=" + std::to_string(report.read) + " accepted=" + std::to_string(report.accepted) +
         " unchanged=" + std::to_string(report.unchanged) + " rejected=" + std::to_string(report.rejected);
}

}  // namespace

Result<void> work_on_drop_folder(api::Workplace& workplace, const app::CoreSettings& settings,
                                 const std::function<void(const std::string&)>& note) {
  for (const DroppedFile& file : complete_files(settings)) {
    app::Session& session = workplace.session();
    session.who = "drop folder";
    const auto report = app::import_file(session, {.kind = file.kind, .path = file.path, .encoding = {}});
    if (!report && report.error().code == Errc::environment && report.error().rule.starts_with("store."))
      return std::unexpected(report.error());
    const fs::path moved = SHOUYUE_TRY(move_to(file.path, settings.drop / (report ? "done" : "failed")));
    if (!report)
      SHOUYUE_CHECK(app::write_file(moved.string() + ".error.txt",
                                    report.error().rule + "\n" + report.error().zh + "\n" + report.error().en + "\n"));
    note(file.path.filename().string() + " " + (report ? counts(*report) : report.error().rule));
  }
  return {};
}

}  // namespace shouyue::ports
