#include "cli/key_file.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shouyue::cli {
namespace {

constexpr mode_t owner_only = 0600;
constexpr mode_t of_others = 0077;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

std::unexpected<Error> cannot_read(const std::string& path) {
  return refuse(Errc::environment, "key.cannot_read", "the key file " + path + " cannot be read",
                "无法读取密钥文件 " + path);
}

}  // namespace

Result<vault::Key> read_key(const std::string& text, const std::string& where) {
  if (const auto key = vault::Key::read(text)) return *key;
  return refuse(Errc::environment, "key.form", where + " holds no key; `shouyue key new --out FILE` makes one",
                where + " 中不是密钥；可用 shouyue key new --out FILE 生成");
}

Result<vault::Key> read_key_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) return cannot_read(path);
  if ((status.st_mode & of_others) != 0)
    return refuse(Errc::environment, "key.readable_by_others",
                  "the key file " + path + " may be read by others; `chmod 600` it, and rotate the key if they did",
                  "密钥文件 " + path + " 可被他人读取；请 chmod 600，如已泄露请更换密钥");
  std::array<char, 256> text{};
  const ssize_t size = ::read(file.number(), text.data(), text.size());
  if (size < 0) return cannot_read(path);
  return read_key(std::string(text.data(), static_cast<std::size_t>(size)), path);
}

Result<void> write_key_file(const std::string& path, const vault::Key& key) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only));
  if (file.number() < 0 && errno == EEXIST)
    return refuse(Errc::conflict, "key.file_exists",
                  "the file " + path + " is there already; a key is never overwritten",
                  "文件 " + path + " 已存在；密钥不会被覆盖");
  const std::string text = key.text() + "\n";
  if (file.number() >= 0 && ::write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file.number()) == 0)
    return {};
  return refuse(Errc::environment, "file.cannot_write", "the key file " + path + " cannot be written",
                "无法写入密钥文件 " + path);
}

}  // namespace shouyue::cli
