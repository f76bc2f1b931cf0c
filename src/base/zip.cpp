#include "base/zip.hpp"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace shouyue {
namespace {

constexpr std::size_t end_record_size = 22, comment_size_max = 65'535;
constexpr std::size_t central_header_size = 46, local_header_size = 30;
constexpr std::uint16_t method_stored = 0, method_deflated = 8;
constexpr std::uint16_t flag_encrypted = 1;

std::unexpected<Error> broken() {
  return refuse(Errc::invalid_input, "zip.broken", "the file is damaged or cut off; save it again",
                "文件已损坏或不完整，请重新保存");
}

std::uint32_t number(std::string_view bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = size - 1; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}
std::uint16_t number16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(number(bytes, at, 2));
}
std::uint32_t number32(std::string_view bytes, std::size_t at) { return number(bytes, at, 4); }

bool has_signature(std::string_view bytes, std::size_t at, std::string_view signature) {
  return bytes.substr(std::min(at, bytes.size()), 4) == signature;
}

}  // namespace

struct ZipEntryReader::Inflater {
  z_stream stream{};
  bool at_end = false;
};

void ZipEntryReader::Free::operator()(Inflater* inflater) const {
  inflateEnd(&inflater->stream);
  delete inflater;
}

Result<std::size_t> ZipEntryReader::read(std::span<char> room) {
  if (!inflater_) {
    const std::size_t size = stored_.copy(room.data(), room.size());
    stored_.remove_prefix(size);
    return size;
  }
  if (inflater_->at_end) return 0;
  z_stream& stream = inflater_->stream;
  stream.next_out = reinterpret_cast<Bytef*>(room.data());
  stream.avail_out = static_cast<uInt>(room.size());
  while (stream.avail_out == room.size()) {
    const int code = inflate(&stream, Z_NO_FLUSH);
    inflater_->at_end = code == Z_STREAM_END;
    if (inflater_->at_end) break;
    if (code != Z_OK) return broken();
  }
  return room.size() - stream.avail_out;
}

Result<ZipArchive> ZipArchive::open(std::string_view bytes) {
  // The end record stands last, before a comment of any length.
  const std::size_t last = bytes.size() < end_record_size ? 0 : bytes.size() - end_record_size;
  std::size_t end = last;
  while (end > 0 && last - end < comment_size_max && !has_signature(bytes, end, "PK\5\6")) --end;
  if (bytes.size() < end_record_size || !has_signature(bytes, end, "PK\5\6")) return broken();
  ZipArchive archive;
  archive.bytes_ = bytes;
  std::size_t at = number32(bytes, end + 16);
  for (int left = number16(bytes, end + 10); left > 0; --left) {
    if (at + central_header_size > bytes.size() || !has_signature(bytes, at, std::string_view("PK\1\2", 4)))
      return broken();
    const std::size_t name_size = number16(bytes, at + 28);
    if (at + central_header_size + name_size > bytes.size()) return broken();
    archive.entries_.push_back({.name = std::string(bytes.substr(at + central_header_size, name_size)),
                                .offset = number32(bytes, at + 42),
                                .packed_size = number32(bytes, at + 20),
                                .method = number16(bytes, at + 10),
                                .flags = number16(bytes, at + 8)});
    at += central_header_size + name_size + number16(bytes, at + 30) + number16(bytes, at + 32);
  }
  return archive;
}

const ZipArchive::Entry* ZipArchive::find(std::string_view name) const {
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  return found == entries_.end() ? nullptr : &*found;
}

Result<ZipEntryReader> ZipArchive::read(std::string_view name) const {
  const Entry* entry = find(name);
  if (!entry)
    return refuse(Errc::invalid_input, "zip.no_such_file", "the archive lacks " + std::string(name),
                  "压缩包中没有 " + std::string(name));
  if ((entry->flags & flag_encrypted) != 0 || (entry->method != method_stored && entry->method != method_deflated))
    return refuse(Errc::invalid_input, "zip.not_supported", "the archive is encrypted or packed in an unusual way",
                  "压缩包已加密或压缩方式不受支持");
  const std::size_t header = entry->offset;
  if (header + local_header_size > bytes_.size() || !has_signature(bytes_, header, "PK\3\4")) return broken();
  const std::size_t data = header + local_header_size + number16(bytes_, header + 26) + number16(bytes_, header + 28);
  if (data + entry->packed_size > bytes_.size()) return broken();
  ZipEntryReader reader;
  const std::string_view packed = bytes_.substr(data, entry->packed_size);
  if (entry->method == method_stored) {
    reader.stored_ = packed;
    return reader;
  }
  reader.inflater_.reset(new ZipEntryReader::Inflater);
  z_stream& stream = reader.inflater_->stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  ensure(inflateInit2(&stream, -MAX_WBITS) == Z_OK, "the decompressor cannot start");
  return reader;
}

Result<std::string> ZipArchive::text(std::string_view name, std::size_t bytes_max) const {
  ZipEntryReader reader = SHOUYUE_TRY(read(name));
  std::string text;
  std::array<char, 1 << 16> room;
  for (;;) {
    const std::size_t size = SHOUYUE_TRY(reader.read(room));
    if (size == 0) return text;
    text.append(room.data(), size);
    if (text.size() > bytes_max)
      return refuse(Errc::invalid_input, "zip.too_large", std::string(name) + " is too large when unpacked",
                    std::string(name) + " 解压后过大");
  }
}

}  // namespace shouyue
