#include "app/files.hpp"

#include <array>
#include <fstream>
#include <sstream>

#include "base/digest.hpp"

namespace shouyue::app {
namespace {

std::unexpected<Error> cannot_read(const std::filesystem::path& path) {
  return refuse(Errc::environment, "file.cannot_read", "the file " + path.string() + " cannot be read; check the path",
                "文件 " + path.string() + " 无法读取，请检查路径");
}

}  // namespace

std::unexpected<Error> cannot_write(const std::filesystem::path& path) {
  return refuse(Errc::environment, "file.cannot_write",
                "the file " + path.string() + " cannot be written; check the folder, its permissions and the disk",
                "文件 " + path.string() + " 无法写入，请检查目录、权限和磁盘");
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !std::filesystem::is_regular_file(path)) return cannot_read(path);
  // Streaming nothing at all counts as a failure.
  if (in.peek() != std::ifstream::traits_type::eof() && !(text << in.rdbuf())) return cannot_read(path);
  return std::move(text).str();
}

Result<std::string> digest_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  Sha256 digest;
  std::array<char, 65536> room;
  while (in.read(room.data(), room.size()) || in.gcount() > 0)
    digest.add({room.data(), static_cast<std::size_t>(in.gcount())});
  if (!in.eof()) return cannot_read(path);
  return digest.hex();
}

Result<void> replace_file(const std::filesystem::path& beside, const std::filesystem::path& path) {
  std::error_code error, ignored;
  std::filesystem::rename(beside, path, error);
  if (!error) return {};
  std::filesystem::remove(beside, ignored);
  return cannot_write(path);
}

Result<void> write_file(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path beside = path.string() + ".part";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (out) return replace_file(beside, path);
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  return cannot_write(path);
}

}  // namespace shouyue::app
