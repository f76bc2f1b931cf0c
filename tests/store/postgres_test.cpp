#include "engines.hpp"

using namespace shouyue;

namespace {

void end_sessions(const Postgresql& database) {
  Postgresql::run_psql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '" +
                       database.name() + "'");
}

}  // namespace

TEST_CASE("a session that the server ended refuses what was under way, and the next transaction begins anew") {
  Fixture<Postgresql> fixture;
  app::Store& store = fixture.store();
  fixture.commit([](app::Store& s) { return s.set_meta("a", "kept"); });
  {
    auto transaction = app::Transaction::begin(store);
    REQUIRE(transaction.has_value());
    REQUIRE(store.set_meta("a", "lost").has_value());
    end_sessions(fixture.engine());
    CHECK(store.set_meta("a", "lost").error().rule == "store.gone");
    CHECK(transaction->commit().error().rule == "store.gone");
  }
  CHECK(store.meta("a")->value() == "kept");
  end_sessions(fixture.engine());
  fixture.commit([](app::Store& s) { return s.set_meta("a", "new"); });
  CHECK(store.meta("a")->value() == "new");
}

TEST_CASE("a transaction in which a statement failed is not committed") {
  Fixture<Postgresql> fixture;
  const app::SettlementRow row{.regime = "r", .year = 2021, .month = 10, .cut_off = {}, .known_to = 1};
  auto transaction = app::Transaction::begin(fixture.store());
  REQUIRE(transaction.has_value());
  REQUIRE(fixture.store().set_meta("a", "b").has_value());
  REQUIRE(fixture.store().add_settlement(row).has_value());
  CHECK(fixture.store().add_settlement(row).error().rule == "store.failed");
  CHECK(transaction->commit().error().rule == "store.failed");
  CHECK_FALSE(fixture.store().meta("a")->has_value());
}

TEST_CASE("a text that is not UTF-8 is the sender's fault, in a question as in a row") {
  Fixture<Postgresql> fixture;
  CHECK(fixture.store().meta("\xff").error().code == Errc::invalid_input);
  CHECK(fixture.store().meta(std::string("a\0b", 3)).error().code == Errc::invalid_input);
}
