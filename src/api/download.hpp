#pragma once

#include <functional>
#include <string>

#include "base/error.hpp"
#include "http/message.hpp"

namespace shouyue::api {

// An answer that is a file for the person to keep: `write` makes it at the path it is given, whose ending is that of
// `name`. The file goes when it was sent. Errors: file.cannot_write, those of `write`.
Result<http::Response> download(const std::string& name,
                                const std::function<Result<void>(const std::filesystem::path&)>& write);

// The same of a short table, its headings first. `name` ends with `.csv` or `.xlsx`.
Result<http::Response> download_table(const std::string& name, const std::vector<std::vector<std::string>>& rows);

// `csv`, `xlsx` or `html` as a parameter `format` says; empty: none was asked for.
// Errors: request.format (none of `allowed`).
Result<std::string> format_asked(const http::Request& request, std::initializer_list<std::string_view> allowed);

}  // namespace shouyue::api
