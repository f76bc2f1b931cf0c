#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace shouyue {

// One file of an archive, unpacked piece by piece.
class ZipEntryReader {
 public:
  // Fills the room from the front; 0 is the end. Errors: zip.broken.
  Result<std::size_t> read(std::span<char> room);

 private:
  friend class ZipArchive;
  struct Inflater;
  struct Free {
    void operator()(Inflater* inflater) const;
  };
  std::string_view stored_;  // what is left of a file that is not compressed
  std::unique_ptr<Inflater, Free> inflater_;
};

// A ZIP archive in memory, which must outlive it. Stored and deflated files; no encryption, no ZIP64.
// Source: PKWARE APPNOTE 6.3.
class ZipArchive {
 public:
  // Errors: zip.broken.
  static Result<ZipArchive> open(std::string_view bytes);
  bool has(std::string_view name) const { return find(name) != nullptr; }
  // Errors: zip.no_such_file, zip.broken, zip.not_supported.
  Result<ZipEntryReader> read(std::string_view name) const;
  // The whole text of one file. Errors: those of `read`; zip.too_large.
  Result<std::string> text(std::string_view name, std::size_t bytes_max) const;

 private:
  struct Entry {
    std::string name;
    std::uint32_t offset = 0, packed_size = 0;
    std::uint16_t method = 0, flags = 0;
  };
  const Entry* find(std::string_view name) const;

  std::string_view bytes_;
  std::vector<Entry> entries_;
};

}  // namespace shouyue
