#include "cli/console.hpp"

#include <cstdio>

#include <boost/json.hpp>

#include "base/csv.hpp"

namespace shouyue::cli {
namespace {

constexpr std::size_t flush_bytes = 1 << 16;

void print_to_stderr(std::string text) {
  text += '\n';
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

Exit exit_of(const Error& error) { return error.code == Errc::environment ? exit_environment : exit_refused; }

void print_error(const Error& error) { print_to_stderr("shouyue: " + error.rule + ": " + error.zh + " / " + error.en); }
void print_note(std::string_view zh, std::string_view en) {
  print_to_stderr(std::string(zh) + " / " + std::string(en));
}

Result<void> print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return {};
  return refuse(Errc::environment, "output.cannot_write", "standard output cannot be written", "标准输出无法写入");
}

TableOutput::TableOutput(const std::string& path) {
  if (!path.empty()) file_ = std::make_unique<app::TableFile>(path);
}

Result<void> TableOutput::row(std::span<const std::string> cells) {
  if (file_) {
    file_->row(cells);
    return {};
  }
  views_.assign(cells.begin(), cells.end());
  csv_write_row(text_, views_);
  if (text_.size() < flush_bytes) return {};
  SHOUYUE_CHECK(print(text_));
  text_.clear();
  return {};
}

Result<void> TableOutput::close() { return file_ ? file_->close() : print(text_); }

std::string json_text(std::string_view text) { return boost::json::serialize(boost::json::string(text)); }

}  // namespace shouyue::cli
