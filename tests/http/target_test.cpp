#include "http/target.hpp"

#include <doctest/doctest.h>

#include "http/message.hpp"

using namespace shouyue::http;

TEST_CASE("targets that are taken, decoded") {
  struct Row {
    const char *text, *path, *q;
  };
  for (const Row& row :
       {Row{"/", "/", ""}, Row{"/api/cases", "/api/cases", ""}, Row{"/api/cases?q=1", "/api/cases", "1"},
        Row{"/api/%E4%BF%9D", "/api/保", ""}, Row{"/a?q=%E5%B9%BF+%2B", "/a", "广 +"}, Row{"/a?", "/a", ""},
        Row{"/a?x=2&q=3&q=4", "/a", "3"}, Row{"/a?q", "/a", ""}}) {
    CAPTURE(row.text);
    const auto target = Target::parse(row.text);
    REQUIRE(target);
    CHECK(target->path() == row.path);
    CHECK(target->parameter("q") == row.q);
  }
}

TEST_CASE("targets that are refused") {
  for (const char* text : {"",     "*",     "api",    "http://host/a", "/..",         "/a/../b", "/a/./b",
                           "//",   "/a//b", "/a/",    "/%2e%2e/b",     "/a%2Fb",      "/a%5Cb",  "/a%",
                           "/a%4", "/a%zz", "/a%00b", "/%ff",          "/a?q=%0d%0a", "/a?q=%"}) {
    CAPTURE(text);
    CHECK(!Target::parse(text));
  }
}

TEST_CASE("cookies and headers of a request") {
  const Request request{.method = "GET",
                        .target = {},
                        .headers = {{"cookie", "a=1; session=abc=; b"}, {"x-one", "1"}, {"x-one", "2"}},
                        .body = {},
                        .body_file = {},
                        .peer = {}};
  CHECK(request.cookie("session") == "abc=");
  CHECK(request.cookie("a") == "1");
  CHECK(request.cookie("sess") == "");
  CHECK(request.cookie("b") == "");
  CHECK(request.header("x-one") == "1");
  CHECK(request.header("x-two") == "");
}
