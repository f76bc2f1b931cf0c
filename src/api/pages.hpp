#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "http/message.hpp"

namespace shouyue::api {

// The built web pages: few, small, read once. A name that is not among them leads to no file, whatever it says.
class Pages {
 public:
  // A folder as `vite build` leaves it: index.html, assets/ named by their content, `X.gz` beside X. Errors:
  // pages.missing.
  static Result<Pages> load(const std::filesystem::path& folder);

  // For GET and HEAD: a file of the folder, index.html for the address of a page, else nothing.
  std::optional<http::Response> answer(const http::Request& request) const;

 private:
  struct File {
    std::string content_type, caching;
    std::string tag;                                      // of its content
    std::shared_ptr<const std::string> text, compressed;  // the latter may be missing
  };
  std::map<std::string, File> files_;  // by `/assets/index-1a2b.js`
};

}  // namespace shouyue::api
