#include "app/sealed_file.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "app/files.hpp"
#include "app/temporary_folder.hpp"
#include "vault/chunk.hpp"

using namespace shouyue;

namespace {

std::string noise(std::size_t count) {
  std::string bytes(count, '\0');
  std::uint32_t state = 1;
  for (char& byte : bytes) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return bytes;
}

}  // namespace

TEST_CASE("a sealed file gives every part of what it was made of, and nothing of it to who has no key") {
  const auto folder = *app::TemporaryFolder::make();
  const auto plain = folder->path() / "plain", sealed = folder->path() / "sealed";
  const std::size_t chunk = vault::chunk_bytes;
  for (const std::size_t size : {std::size_t{1}, chunk - 1, chunk, chunk + 1, 3 * chunk}) {
    CAPTURE(size);
    const std::string bytes = noise(size);
    const vault::Key key = vault::Key::make();
    REQUIRE(app::write_file(plain, bytes).has_value());
    std::filesystem::remove(sealed);
    REQUIRE(app::seal_file(plain, sealed, key).has_value());
    CHECK((std::filesystem::status(sealed).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(app::read_sealed(sealed, key, size, 0, size - 1) == bytes);
    for (const std::size_t first : {std::size_t{0}, size / 2, size - 1})
      for (const std::size_t last : {first, size - 1})
        CHECK(app::read_sealed(sealed, key, size, first, last) == bytes.substr(first, last - first + 1));
    CHECK(app::read_sealed(sealed, vault::Key::make(), size, 0, 0).error().rule == "file.changed");
    if (size > 16) CHECK(app::read_file(sealed)->find(bytes.substr(0, 16)) == std::string::npos);
    CHECK(app::seal_file(plain, sealed, key).error().rule == "file.cannot_write");
    std::filesystem::resize_file(sealed, std::filesystem::file_size(sealed) - 1);
    CHECK(app::read_sealed(sealed, key, size, 0, size - 1).error().rule == "file.changed");
  }
  CHECK(app::read_sealed(folder->path() / "none", vault::Key::make(), 1, 0, 0).error().rule == "file.cannot_read");
  CHECK(app::seal_file(folder->path() / "none", sealed, vault::Key::make()).error().rule == "file.cannot_read");
}
