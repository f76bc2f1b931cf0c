#include "app/import_source.hpp"

#include <algorithm>

#include "app/files.hpp"
#include "base/digest.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t piece_bytes = 1 << 20;
constexpr std::int64_t workbook_bytes_max = 200 << 20;  // it is held in memory

std::unexpected<Error> cannot_read(const std::filesystem::path& path) {
  return refuse(Errc::environment, "file.cannot_read", "the file " + path.string() + " cannot be read; check the path",
                "文件 " + path.string() + " 无法读取，请检查路径");
}

// What the file is, and the digest of all its bytes.
struct FirstLook {
  std::string digest;
  std::string first_bytes;
  std::int64_t bytes = 0, lines = 0;
};

Result<FirstLook> look_through(const ByteSource& source) {
  FirstLook look;
  Sha256 sha;
  std::vector<char> room(piece_bytes);
  for (;;) {
    const std::size_t size = SHOUYUE_TRY(source(room));
    if (size == 0) break;
    if (look.first_bytes.empty()) look.first_bytes.assign(room.data(), std::min<std::size_t>(size, 8));
    sha.add({room.data(), size});
    look.bytes += static_cast<std::int64_t>(size);
    look.lines += std::count(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(size), '\n');
  }
  look.digest = sha.hex();
  return look;
}

}  // namespace

Result<ImportSource::File> ImportSource::open_file(const std::filesystem::path& path) {
  if (!std::filesystem::is_regular_file(path)) return cannot_read(path);
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) return cannot_read(path);
  return file;
}

ByteSource ImportSource::bytes_of_file(std::FILE* file, const std::filesystem::path& path) {
  return [file, path](std::span<char> room) -> Result<std::size_t> {
    const std::size_t size = std::fread(room.data(), 1, room.size(), file);
    if (size == 0 && std::ferror(file)) return cannot_read(path);
    return size;
  };
}

Result<ImportSource> ImportSource::open(const std::filesystem::path& path, std::optional<Encoding> encoding) {
  ImportSource source;
  source.file_ = SHOUYUE_TRY(open_file(path));
  FirstLook look = SHOUYUE_TRY(look_through(bytes_of_file(source.file_.get(), path)));
  source.digest_ = std::move(look.digest);
  source.bytes_ = look.bytes;
  source.lines_ = look.lines;
  if (look.first_bytes.starts_with("\xd0\xcf\x11\xe0"))
    return refuse(Errc::invalid_input, "xlsx.old_format",
                  "the file is an old .xls workbook or has a password; save it as XLSX or CSV",
                  "该文件是旧版 .xls 工作簿或设有密码，请另存为 XLSX 或 CSV");
  if (looks_like_xlsx(look.first_bytes)) {
    if (look.bytes > workbook_bytes_max)
      return refuse(Errc::invalid_input, "xlsx.too_large",
                    "the workbook has more than 200 MB; save it as CSV, which may be of any size",
                    "工作簿超过 200 MB，请另存为 CSV（大小不限）");
    source.workbook_ = std::make_unique<std::string>(SHOUYUE_TRY(read_file(path)));
    source.xlsx_.emplace(SHOUYUE_TRY(XlsxReader::open(*source.workbook_)));
    return source;
  }
  std::rewind(source.file_.get());
  source.csv_.emplace(bytes_of_file(source.file_.get(), path), CsvOptions{.encoding = encoding});
  return source;
}

Result<std::optional<CsvRow>> ImportSource::next() { return csv_ ? csv_->next() : xlsx_->next(); }

bool ImportSource::costs_one_row(const Error& error) {
  return error.rule == "csv.row_too_long" || error.rule == "csv.unterminated_quote" ||
         error.rule == "csv.text_after_quote" || error.rule == "encoding.broken";
}

}  // namespace shouyue::app
