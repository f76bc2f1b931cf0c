#include "app/call_store.hpp"
#include "engines.hpp"

using namespace shouyue;

namespace {

Instant at(std::int64_t ms) { return Instant::from_milliseconds(ms); }

}  // namespace

TEST_CASE_TEMPLATE("recordings are kept by policy and number, the earliest first", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  const app::RecordingRow first{.policy_no = "P1",
                                .recording_id = "b",
                                .attempt_id = "T1",
                                .sha256 = "00",
                                .media_type = "audio/wav",
                                .bytes = 9,
                                .file_key = "k",
                                .at = at(1),
                                .who = "zuoxi"};
  app::RecordingRow second = first;
  second.recording_id = "a";
  second.at = at(2);
  fixture.commit([&](app::Store& store) { return store.calls().put_recording(second); });
  fixture.commit([&](app::Store& store) { return store.calls().put_recording(first); });
  fixture.commit([&](app::Store& store) { return store.calls().put_recording(first); });
  CHECK(*fixture.store().calls().recordings_of("P1") == std::vector{first, second});
  CHECK(fixture.store().calls().recording("P1", "b")->value() == first);
  CHECK_FALSE(fixture.store().calls().recording("P2", "b")->has_value());
}

TEST_CASE_TEMPLATE("identity checks are numbered and none is lost", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  const app::IdentityCheckRow failed{
      .policy_no = "P1", .at = at(1), .who = "zuoxi", .items = "birth_date:0", .passed = false};
  app::IdentityCheckRow passed = failed;
  passed.passed = true;
  for (const auto& check : {failed, passed})
    fixture.commit([&](app::Store& store) { return store.calls().append_identity_check(check); });
  const auto checks = fixture.store().calls().identity_checks_of("P1");
  REQUIRE(checks->size() == 2);
  CHECK((*checks)[0].n == 1);
  CHECK_FALSE((*checks)[0].passed);
  CHECK((*checks)[1].n == 2);
  CHECK((*checks)[1].passed);
}

TEST_CASE_TEMPLATE("answers stand apart from the facts that derivations read", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  const auto fact = [](insurer::FactKind kind, const char* key, const char* body) {
    return app::NewFact{.key = {.kind = kind, .policy_no = "P1", .key = key}, .at = at(5), .text = {body, ""}};
  };
  const std::vector<app::NewFact> facts{fact(insurer::FactKind::answer, "T1|identity", "yes"),
                                        fact(insurer::FactKind::attempt, "T1", "call"),
                                        fact(insurer::FactKind::answer, "T1|identity", "no")};
  fixture.commit([&](app::Store& store) { return store.append(facts); });
  REQUIRE(fixture.store().facts_of("P1")->size() == 1);
  CHECK(fixture.store().facts_of("P1")->front().body == "call");
  const auto answers = fixture.store().answers_of("P1");
  REQUIRE(answers->size() == 2);
  CHECK((*answers)[0].body == "yes");
  CHECK((*answers)[1].body == "no");
}
