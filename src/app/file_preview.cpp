#include "app/file_preview.hpp"

#include <algorithm>

#include "app/import_source.hpp"

namespace shouyue::app {
namespace {

KindFit fit(insurer::FileKind kind, std::span<const std::string_view> headings) {
  KindFit fit{.kind = kind, .matched = 0, .unknown = {}, .fault = {}};
  for (const std::string_view heading : headings) {
    if (insurer::find_field(kind, heading))
      ++fit.matched;
    else
      fit.unknown.emplace_back(heading);
  }
  if (auto header = insurer::match_header(kind, headings); !header) fit.fault = std::move(header.error());
  return fit;
}

}  // namespace

std::optional<insurer::FileKind> FilePreview::guess() const {
  return kinds.empty() || kinds.front().fault ? std::nullopt : std::optional(kinds.front().kind);
}

Result<FilePreview> preview_file(const std::filesystem::path& path) {
  ImportSource source = SHOUYUE_TRY(ImportSource::open(path, {}));
  const auto first = SHOUYUE_TRY(source.next());
  if (!first)
    return refuse(Errc::invalid_input, "import.empty_file", "the file is empty; the first row must name the columns",
                  "文件为空，首行应为列名");
  FilePreview preview{.digest = source.digest(), .lines = source.lines(), .headings = {}, .kinds = {}};
  preview.headings.assign(first->fields.begin(), first->fields.end());
  for (std::size_t i = 0; i < insurer::words<insurer::FileKind>().size(); ++i)
    preview.kinds.push_back(fit(static_cast<insurer::FileKind>(i), first->fields));
  std::ranges::stable_sort(preview.kinds, [](const KindFit& a, const KindFit& b) {
    if (a.fault.has_value() != b.fault.has_value()) return !a.fault;
    return a.matched > b.matched;
  });
  return preview;
}

}  // namespace shouyue::app
