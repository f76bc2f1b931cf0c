#include "app/sealed_file.hpp"

#include <algorithm>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

#include "app/files.hpp"
#include "vault/chunk.hpp"

namespace shouyue::app {
namespace {

std::unexpected<Error> cannot_read(const std::filesystem::path& path) {
  return refuse(Errc::environment, "file.cannot_read", "the file " + path.filename().string() + " is out of reach",
                "无法读取文件 " + path.filename().string());
}

std::unexpected<Error> changed(const std::filesystem::path& path) {
  return refuse(Errc::environment, "file.changed",
                "the sealed file " + path.filename().string() + " was changed from outside; restore it from a copy",
                "加密文件 " + path.filename().string() + " 被外部改动，请从备份恢复");
}

// A new file of this user alone.
class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& path)
      : path_(path), number_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (number_ < 0) return;
    ::close(number_);
    std::error_code ignored;
    if (!is_kept_) std::filesystem::remove(path_, ignored);
  }
  Result<void> write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(number_, bytes.data(), bytes.size());
      if (written <= 0) return cannot_write(path_);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }
  Result<void> keep() {
    is_kept_ = ::fsync(number_) == 0;
    return is_kept_ ? Result<void>() : cannot_write(path_);
  }

 private:
  const std::filesystem::path& path_;
  int number_;
  bool is_kept_ = false;
};

// At most so many bytes; fewer at the end of the file only.
std::string next_bytes(std::ifstream& in, std::size_t count) {
  std::string bytes(count, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

}  // namespace

Result<void> seal_file(const std::filesystem::path& from, const std::filesystem::path& to, const vault::Key& key) {
  std::ifstream in(from, std::ios::binary);
  if (!in) return cannot_read(from);
  NewFile out(to);
  std::string bytes = next_bytes(in, vault::chunk_bytes);
  bool is_last = false;
  for (std::uint64_t n = 0; !is_last; ++n) {
    std::string next = next_bytes(in, vault::chunk_bytes);
    is_last = next.empty();
    SHOUYUE_CHECK(out.write(vault::seal_chunk(key, n, is_last, bytes)));
    bytes = std::move(next);
  }
  if (!in.eof()) return cannot_read(from);
  return out.keep();
}

Result<std::string> read_sealed(const std::filesystem::path& path, const vault::Key& key, std::uint64_t bytes,
                                std::uint64_t first, std::uint64_t last) {
  ensure(first <= last && last < bytes, "the part lies in the file");
  const std::uint64_t last_chunk = (bytes - 1) / vault::chunk_bytes;
  const std::uint64_t from = first / vault::chunk_bytes, to = last / vault::chunk_bytes;
  std::ifstream in(path, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(from * (vault::chunk_bytes + vault::chunk_growth)));
  if (!in) return cannot_read(path);
  std::string part;
  for (std::uint64_t n = from; n <= to; ++n) {
    const auto opened =
        vault::unseal_chunk(key, n, n == last_chunk, next_bytes(in, vault::chunk_bytes + vault::chunk_growth));
    if (!opened) return changed(path);
    part += *opened;
  }
  const std::uint64_t skipped = from * vault::chunk_bytes;
  if (part.size() <= last - skipped) return changed(path);
  return part.substr(first - skipped, last - first + 1);
}

}  // namespace shouyue::app
