#include "api/kept_files.hpp"

#include <algorithm>

#include "app/files.hpp"
#include "vault/token.hpp"

namespace shouyue::api {
namespace {

constexpr std::int64_t kept_seconds = 12 * 3600;
constexpr int of_account_max = 8;

}  // namespace

Result<std::string> KeptFiles::keep(const std::string& account, std::string name, const std::filesystem::path& from,
                                    Instant now) {
  const auto folder = SHOUYUE_TRY(app::TemporaryFolder::make());
  const std::filesystem::path path = folder->path() / "file";
  std::error_code failed;
  std::filesystem::rename(from, path, failed);
  if (failed) return app::cannot_write(path);
  const std::lock_guard lock(mutex_);
  make_room(account, now);
  std::string id = vault::new_token();
  files_.emplace(id, KeptFile{account, std::move(name), now, folder, path});
  return id;
}

Result<KeptFile> KeptFiles::find(const std::string& id, const std::string& account) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(id);
  if (found != files_.end() && found->second.account == account) return found->second;
  return refuse(Errc::not_found, "file.not_found", "there is no such file any more; send or make it again",
                "文件已不存在，请重新上传或生成");
}

void KeptFiles::forget(const std::string& id) {
  const std::lock_guard lock(mutex_);
  files_.erase(id);
}

// What is old goes, then the oldest of the account.
void KeptFiles::make_room(const std::string& account, Instant now) {
  std::erase_if(files_, [&](const auto& entry) { return entry.second.at.plus_seconds(kept_seconds) < now; });
  const auto is_own = [&](const auto& entry) { return entry.second.account == account; };
  while (std::ranges::count_if(files_, is_own) >= of_account_max) {
    auto oldest = std::ranges::find_if(files_, is_own);
    for (auto one = oldest; one != files_.end(); ++one)
      if (is_own(*one) && one->second.at < oldest->second.at) oldest = one;
    files_.erase(oldest);
  }
}

}  // namespace shouyue::api
