#pragma once

#include <span>
#include <string>
#include <string_view>

// An archive of files that are not compressed, for tests that want to damage what is inside.
struct StoredFile {
  std::string_view name, text;
};

inline std::string stored_zip(std::span<const StoredFile> files) {
  const auto number = [](std::size_t value, int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
  };
  std::string archive, directory;
  for (const StoredFile& file : files) {
    // Flags, method, time, day, checksum (not read) and the two equal sizes; then the length of the name.
    const std::string shared = number(0, 2) + number(0, 2) + number(0, 4) + number(0, 4) + number(file.text.size(), 4) +
                               number(file.text.size(), 4) + number(file.name.size(), 2);
    directory += "PK\1\2" + number(20, 2) + number(20, 2) + shared + std::string(12, '\0') + number(archive.size(), 4);
    directory += file.name;
    archive += "PK\3\4" + number(20, 2) + shared + number(0, 2);
    archive += file.name;
    archive += file.text;
  }
  const std::size_t start = archive.size();
  return archive + directory + "PK\5\6" + number(0, 4) + number(files.size(), 2) + number(files.size(), 2) +
         number(directory.size(), 4) + number(start, 4) + number(0, 2);
}
