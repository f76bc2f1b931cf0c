#include <algorithm>

#include "app/attachment_store.hpp"
#include "app/import_store.hpp"
#include "base/base64.hpp"
#include "engines.hpp"
#include "store/connection.hpp"
#include "store/schema.hpp"

using namespace shouyue;
using app::FactKey;
using app::NewFact;
using insurer::FactKind;

// What lies in a sealed database, and who can read it; the same cases for every engine.
namespace {

NewFact fact(const char* policy_no, FactKind kind, const char* key, const char* body, const char* personal = "") {
  return {.key = {.kind = kind, .policy_no = policy_no, .key = key}, .at = {}, .text = {body, personal}};
}

template <class Done>
std::string rule_of(const Done& done) {
  return done ? "" : done.error().rule;
}

template <class Engine>
class SealedDatabase {
 public:
  explicit SealedDatabase(std::optional<vault::Key> key) : key_(std::move(key)) {
    auto store = unopened();
    REQUIRE(store->unlock(key_).has_value());
    REQUIRE(*store->migrate());
  }
  std::unique_ptr<app::Store> unopened() const { return std::move(*store::open(engine_.url(), app::Access::create)); }
  std::unique_ptr<app::Store> open() const {
    auto store = unopened();
    REQUIRE(store->unlock(key_).has_value());
    return store;
  }
  std::unique_ptr<store::Connection> connection() const {
    return std::move(*store::connect(engine_.url(), app::Access::existing));
  }
  void set_key(const vault::Key& key) { key_ = key; }

  template <class Do>
  void commit(Do change) const {
    const auto store = open();
    auto transaction = app::Transaction::begin(*store);
    REQUIRE(transaction.has_value());
    REQUIRE(change(*store).has_value());
    REQUIRE(transaction->commit().has_value());
  }

  // Every value of every table, as text.
  std::string everything() const {
    std::string all;
    const auto raw = connection();
    for (const store::TableKey& table : store::all_tables())
      REQUIRE(raw->scan("SELECT * FROM " + std::string(table.name), {},
                        [&all](const store::AnswerRow& row) {
                          for (int n = 0; n < row.columns(); ++n) {
                            const store::Value value = row.value(n);
                            all += value.kind() == store::Value::Kind::text ? std::string(value.text())
                                                                            : std::to_string(value.integer());
                            all += '\n';
                          }
                          return Result<void>();
                        })
                  .has_value());
    return all;
  }

 private:
  Engine engine_;
  std::optional<vault::Key> key_;
};

const std::vector<NewFact> facts{
    fact("P1", FactKind::policy, "", "one", "张三"), fact("P1", FactKind::attempt, "T1", "a", "13812341234"),
    fact("P2", FactKind::policy, "", "two", "李四"), fact("P1", FactKind::policy, "", "three")};
constexpr std::int64_t phone = 1'381'234'1234, person = 77'000'000'077;

const app::Attachment evidence{.policy_no = "P2",
                               .attachment_id = "E1",
                               .subject = "P2-problem-1",
                               .name = "赵六的回函.png",
                               .media_type = "image/png",
                               .sha256 = {},
                               .at = {},
                               .who = "branch"};
const std::vector<app::RejectRow> rejected{
    {.n = 1, .line = 2, .column = "mobile_phone", .value = "1390000 钱七", .rule = "r", .en = "e", .zh = "z"}};

Result<void> fill(app::Store& store) {
  SHOUYUE_CHECK(store.attachments().add_attachment(evidence));
  SHOUYUE_CHECK(store.attachments().add_part(evidence, 1, "孙八写的第一页"));
  SHOUYUE_CHECK(store.attachments().add_part(evidence, 2, "第二页"));
  SHOUYUE_CHECK(store.imports().add_rejects(7, rejected));
  SHOUYUE_CHECK(store.append(facts));
  const std::vector<app::Reference> agents{{.seq = 0, .key = "A1", .body = "agency", .personal = "王五"}};
  SHOUYUE_CHECK(store.append_references(app::ReferenceKind::agent, agents));
  const std::vector<app::PhoneHolder> holders{{.phone = phone, .holder = person, .policy_no = "P1"},
                                              {.phone = phone, .holder = person + 1, .policy_no = "P2"}};
  SHOUYUE_CHECK(store.put_holders(holders));
  app::DerivedPolicy derived{.policy_no = "P1", .rows = {}};
  derived.rows.kase.emplace().policy_no = "P1";
  derived.rows.kase->person = person;
  derived.rows.kase->attempts_day = Date::from_days(1);
  derived.rows.kase->attempts_that_day = 2;
  return store.put(std::span(&derived, 1));
}

void check_readable(app::Store& store) {
  const auto of_p1 = *store.facts_of("P1");
  REQUIRE(of_p1.size() == 3);
  CHECK(of_p1[0].personal == "张三");
  CHECK(of_p1[1].personal.empty());
  CHECK(of_p1[2].personal == "13812341234");
  CHECK(store.newest(std::vector{facts[2].key})->front()->personal == "李四");
  CHECK(*store.has_version(facts[0].key, facts[0].text));
  CHECK_FALSE(*store.has_version(facts[0].key, {"one", "李四"}));
  CHECK(store.references(app::ReferenceKind::agent)->front().personal == "王五");
  CHECK(store.attachments().attachments_of("P2")->front().name == evidence.name);
  CHECK(*store.attachments().content_of(evidence) == "孙八写的第一页第二页");
  CHECK(store.imports().rejects(7, 0, 10)->front().value == rejected[0].value);
  CHECK(*store.count_holders(phone, 10) == 2);
  CHECK(store.holders(phone, 10)->size() == 2);
  CHECK(store.derived("P1")->kase->person == person);
  CHECK(store.contacts_of(person, Date::from_days(1), {}, {})->made == 2);
  CHECK(store
            .each_person_on(Date::from_days(1),
                            [](std::int64_t found, int attempts) { CHECK((found == person && attempts == 2)); })
            .has_value());
}

const std::vector<std::string> secrets{
    "张三", "李四", "王五", "13812341234", std::to_string(phone), std::to_string(person)};

bool shows_any(const std::string& text) {
  return std::ranges::any_of(secrets, [&](const std::string& secret) { return text.contains(secret); });
}

}  // namespace

TEST_CASE_TEMPLATE("a database that was made with a key shows nothing personal, and says all of it to who has the key",
                   Engine, Sqlite, Postgresql) {
  const SealedDatabase<Engine> sealed(vault::Key::make()), clear(std::nullopt);
  sealed.commit(fill);
  clear.commit(fill);
  CHECK_FALSE(shows_any(sealed.everything()));
  for (const std::string& secret : secrets) CHECK(clear.everything().contains(secret));
  check_readable(*sealed.open());
  check_readable(*clear.open());
  check_readable(*std::move(*sealed.open()->connect_again()));
}

TEST_CASE_TEMPLATE("without its key, with another, or with one where none was: refused", Engine, Sqlite, Postgresql) {
  const SealedDatabase<Engine> sealed(vault::Key::make()), clear(std::nullopt);
  sealed.commit(fill);
  CHECK(rule_of(sealed.unopened()->unlock(std::nullopt)) == "store.key_missing");
  CHECK(rule_of(sealed.unopened()->unlock(vault::Key::make())) == "store.wrong_key");
  CHECK(rule_of(clear.unopened()->unlock(vault::Key::make())) == "store.not_sealed");
  // Whoever forgets to unlock reads and writes nothing.
  const auto locked = sealed.unopened();
  CHECK(rule_of(locked->facts_of("P1")) == "store.key_missing");
  CHECK(rule_of(app::Transaction::begin(*locked)) == "store.key_missing");
}

TEST_CASE_TEMPLATE("a text that was moved or changed in the database is refused", Engine, Sqlite, Postgresql) {
  for (const char* change :
       {"UPDATE personal SET body = (SELECT body FROM personal WHERE seq = 3) WHERE seq = 1",
        "UPDATE personal SET body = '张三' WHERE seq = 1", "UPDATE fact SET key = 'T2' WHERE seq = 2",
        "UPDATE subject_key SET salt = 'AAAA' WHERE policy_no = 'P1'"}) {
    const SealedDatabase<Engine> sealed(vault::Key::make());
    sealed.commit(fill);
    REQUIRE(sealed.connection()->run(change, {}).has_value());
    CHECK_MESSAGE(rule_of(sealed.open()->facts_of("P1")) == "store.sealed_text_changed", change);
  }
  const SealedDatabase<Engine> sealed(vault::Key::make());
  sealed.commit(fill);
  REQUIRE(sealed.connection()->run("UPDATE reference SET key = 'A2'", {}).has_value());
  CHECK(rule_of(sealed.open()->references(app::ReferenceKind::agent)) == "store.sealed_text_changed");
}

TEST_CASE_TEMPLATE("without the key of a policy its personal texts are gone, the others stay", Engine, Sqlite,
                   Postgresql) {
  const SealedDatabase<Engine> sealed(vault::Key::make());
  sealed.commit(fill);
  REQUIRE(sealed.connection()->run("DELETE FROM subject_key WHERE policy_no = 'P1'", {}).has_value());
  const auto of_p1 = *sealed.open()->facts_of("P1");
  REQUIRE(of_p1.size() == 3);
  for (const insurer::FactText& text : of_p1) CHECK(text.personal.empty());
  CHECK(of_p1[0].body == "one");
  CHECK(sealed.open()->facts_of("P2")->front().personal == "李四");
}

TEST_CASE_TEMPLATE("another key from outside: the old one opens nothing, what is sealed stays as it lies", Engine,
                   Sqlite, Postgresql) {
  const vault::Key before = vault::Key::make(), after = vault::Key::make();
  SealedDatabase<Engine> sealed(before);
  sealed.commit(fill);
  const auto server = sealed.open();
  const std::string personal = sealed.everything();
  sealed.commit([&](app::Store& store) { return store.rewrap(after); });
  CHECK(rule_of(sealed.unopened()->unlock(before)) == "store.wrong_key");
  sealed.set_key(after);
  check_readable(*sealed.open());
  // A program that has it open works on.
  check_readable(*server);
  CHECK(app::Transaction::begin(*server).has_value());
}

TEST_CASE_TEMPLATE("everything sealed anew, also what was not sealed; programs that know the old data key stop", Engine,
                   Sqlite, Postgresql) {
  for (const auto& before : {std::optional(vault::Key::make()), std::optional<vault::Key>()}) {
    const vault::Key after = vault::Key::make();
    SealedDatabase<Engine> database(before);
    database.commit(fill);
    const auto server = database.open();
    database.commit([&](app::Store& store) -> Result<void> {
      const std::int64_t texts = SHOUYUE_TRY(store.reseal(after));
      CHECK(texts == 8);
      return {};
    });
    CHECK(rule_of(app::Transaction::begin(*server)) == "store.key_rotated");
    CHECK(rule_of(server->contacts_of(person, Date::from_days(1), {}, {})) == "store.key_rotated");
    database.set_key(after);
    CHECK_FALSE(shows_any(database.everything()));
    check_readable(*database.open());
    database.commit(
        [&](app::Store& store) { return store.append(std::vector{fact("P3", FactKind::policy, "", "x", "周九")}); });
    CHECK(database.open()->facts_of("P3")->front().personal == "周九");
  }
}

TEST_CASE_TEMPLATE("sealing anew that is not committed changes nothing", Engine, Sqlite, Postgresql) {
  const SealedDatabase<Engine> sealed(vault::Key::make());
  sealed.commit(fill);
  const std::string before = sealed.everything();
  {
    const auto store = sealed.open();
    auto transaction = app::Transaction::begin(*store);
    REQUIRE(store->reseal(vault::Key::make()).has_value());
  }
  CHECK(sealed.everything() == before);
  check_readable(*sealed.open());
}

TEST_CASE_TEMPLATE("notes of a database of an earlier version go where they are sealed", Engine, Sqlite, Postgresql) {
  const Engine engine;
  const auto dialect = std::is_same_v<Engine, Sqlite> ? store::Dialect::sqlite : store::Dialect::postgresql;
  {
    const auto old = std::move(*store::connect(engine.url(), app::Access::create));
    constexpr int before = 4;
    for (int n = 0; n < before; ++n) REQUIRE(old->define(store::schema_step(n, dialect)).has_value());
    REQUIRE(old->run("INSERT INTO meta (name, value) VALUES ('schema_version', '4')", {}).has_value());
    // change, day, note in the body; value apart
    REQUIRE(
        old->run("INSERT INTO fact (seq, bucket, policy_no, kind, key, at, body) VALUES (1, $1, 'P1', $2, 'k', 0, $3)",
                 {app::bucket_of("P1"), FactKind::policy_change,
                  "phone_change\x1f"
                  "2021-10-08\x1f"
                  "客户来电"})
            .has_value());
    REQUIRE(old->run("INSERT INTO personal (seq, bucket, body) VALUES (1, $1, '13812341234')", {app::bucket_of("P1")})
                .has_value());
  }
  const auto store = std::move(*store::open(engine.url(), app::Access::existing));
  REQUIRE(store->unlock(std::nullopt).has_value());
  CHECK(*store->migrate());
  const auto found = *store->facts_of("P1");
  REQUIRE(found.size() == 1);
  CHECK(found[0].body ==
        "phone_change\x1f"
        "2021-10-08");
  CHECK(found[0].personal == "13812341234\x1f客户来电");
  CHECK_FALSE(*store->migrate());
}
