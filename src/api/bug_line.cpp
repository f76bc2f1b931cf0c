#include "api/bug_line.hpp"

#include "json/writer.hpp"

namespace shouyue::api {

std::string bug_line(Instant at, std::string_view what) {
  json::Writer line;
  line.begin_object();
  line.key("at");
  line.value(at.text());
  line.key("bug");
  line.value(what);
  line.end_object();
  return line.take();
}

}  // namespace shouyue::api
