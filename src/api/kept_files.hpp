#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/temporary_folder.hpp"
#include "base/instant.hpp"

namespace shouyue::api {

// A file that somebody sent to be imported, or that was made for him to look into.
struct KeptFile {
  std::string account, name;
  Instant at;
  std::shared_ptr<const app::TemporaryFolder> folder;  // the file goes with it
  std::filesystem::path path;
};

// Such files lie on this server's disk for half a day, at most eight of one account.
class KeptFiles {
 public:
  // Moves the file at `path` here; gives its number. Errors: file.cannot_write.
  Result<std::string> keep(const std::string& account, std::string name, const std::filesystem::path& path,
                           Instant now);
  // Errors: file.not_found (also for one of another account).
  Result<KeptFile> find(const std::string& id, const std::string& account);
  void forget(const std::string& id);

 private:
  void make_room(const std::string& account, Instant now);

  std::mutex mutex_;
  std::map<std::string, KeptFile> files_;
};

}  // namespace shouyue::api
