#include "app/visit_token.hpp"

#include <doctest/doctest.h>

#include "app/outward_id.hpp"
#include "app/store.hpp"

using namespace shouyue;

namespace {

const std::string key = "a key of this server alone", other_key = "a key of another server";
const app::VisitToken sent{
    .bucket = 1023, .link_id = "00112233445566778899aabb", .expires_at = Instant::parse("2021-10-25T00:00:00").value()};

}  // namespace

TEST_CASE("a token says where the link is and until when, in 46 characters") {
  const std::string text = app::visit_token(key, sent);
  CHECK(text.size() == 46);
  const auto read = app::read_visit_token(key, text);
  REQUIRE(read);
  CHECK(read->bucket == sent.bucket);
  CHECK(read->link_id == sent.link_id);
  CHECK(read->expires_at == sent.expires_at);
}

TEST_CASE("a token with any character changed, of another key, or of another kind is none") {
  const std::string text = app::visit_token(key, sent);
  for (std::size_t n = 0; n < text.size(); ++n) {
    std::string changed = text;
    changed[n] = changed[n] == 'A' ? 'B' : 'A';
    CAPTURE(n);
    const auto read = app::read_visit_token(key, changed);
    CHECK_FALSE(read);
    CHECK(read.error().rule == "visit.unknown_link");
  }
  CHECK_FALSE(app::read_visit_token(other_key, text));
  CHECK_FALSE(app::read_visit_token(key, ""));
  CHECK_FALSE(app::read_visit_token(key, app::visit_pass(key, sent.link_id, sent.expires_at)));
}

TEST_CASE("a pass belongs to one link and carries its moment") {
  const Instant proven = Instant::parse("2021-10-20T10:00:00").value();
  const std::string pass = app::visit_pass(key, sent.link_id, proven);
  CHECK(app::read_visit_pass(key, sent.link_id, pass) == proven);
  CHECK_FALSE(app::read_visit_pass(key, "ffffffffffffffffffffffff", pass));
  CHECK_FALSE(app::read_visit_pass(other_key, sent.link_id, pass));
  CHECK_FALSE(app::read_visit_pass(key, sent.link_id, app::visit_token(key, sent)));
  CHECK_FALSE(app::read_visit_pass(key, sent.link_id, ""));
}

TEST_CASE("outward ids lead back to the bucket of their policy") {
  for (const std::string policy_no : {"P1", "8844202100000894", ""}) {
    const auto read = app::read_outward_id(app::outward_id(policy_no, sent.link_id));
    REQUIRE(read);
    CHECK(read->bucket == app::bucket_of(policy_no));
    CHECK(read->id == sent.link_id);
  }
  for (const char* strange : {"", "zz", "00000000000000000000000000", "00000000000000000000000000G"})
    CHECK_FALSE(app::read_outward_id(strange));
}
