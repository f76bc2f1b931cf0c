#include "app/attachments.hpp"

#include "engines.hpp"

using namespace shouyue;

namespace {

class Folder {
 public:
  Folder() {
    char pattern[] = "/tmp/shouyue-attachments-XXXXXX";
    path_ = ::mkdtemp(pattern);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::filesystem::path file(const std::string& content) const {
    std::ofstream(path_ / "given", std::ios::binary) << content;
    return path_ / "given";
  }

 private:
  std::filesystem::path path_;
};

// Longer than one part, with every byte.
std::string recording() {
  std::string bytes = "OggS";
  for (int n = 0; n < 200'000; ++n) bytes += static_cast<char>(n % 256);
  return bytes;
}

template <class Engine>
struct Desk {
  Fixture<Engine> fixture;
  Folder folder;
  app::Session session{fixture.store(), Instant::from_milliseconds(7), "clerk", {}, {}};
  Result<void> check = {};  // whether the person may, as it is in the transaction

  Result<app::Attachment> attach(const std::string& subject, const std::string& name, const std::string& content) {
    return app::attach(session, {.policy_no = "P1", .subject = subject, .name = name, .content = folder.file(content)},
                       [this] { return check; });
  }
  std::string rule_of(const std::string& name, const std::string& content) {
    const auto refused = attach("P1-problem-1", name, content);
    return refused ? "" : refused.error().rule;
  }
};

}  // namespace

TEST_CASE_TEMPLATE("a file that was handed in comes back byte for byte, once however often it is given", Engine, Sqlite,
                   Postgresql) {
  Desk<Engine> desk;
  const auto first = desk.attach("P1-problem-1", "补签名录音.ogg", recording());
  REQUIRE(first.has_value());
  CHECK(first->media_type == "audio/ogg");
  CHECK(first->bytes == 200'004);
  desk.session.now = Instant::from_milliseconds(8);
  CHECK(desk.attach("P1-problem-1", "again.ogg", recording())->name == "补签名录音.ogg");
  CHECK(desk.attach("P1-problem-2", "other.ogg", recording())->attachment_id != first->attachment_id);
  const auto known = *app::attachments_of(desk.session, "P1", "P1-problem-1");
  REQUIRE(known.size() == 1);
  CHECK(known[0].who == "clerk");
  const auto read = app::read_attachment(desk.session, "P1", first->attachment_id);
  REQUIRE(read.has_value());
  CHECK((read->content == recording()));
  CHECK(app::read_attachment(desk.session, "P2", first->attachment_id).error().rule == "attachments.not_found");
  std::string actions;
  REQUIRE(desk.session.store
              .each_audit([&](app::AuditRow& row) -> Result<void> {
                actions += row.action + " ";
                return {};
              })
              .has_value());
  CHECK(actions == "attached attached read_attachment ");
}

TEST_CASE_TEMPLATE("who may not hand it in when it is written has handed in nothing", Engine, Sqlite, Postgresql) {
  Desk<Engine> desk;
  desk.check = refuse(Errc::not_found, "tickets.not_found", "no such ticket", "没有该工单");
  CHECK(desk.rule_of("a.pdf", "%PDF-1.7 signed") == "tickets.not_found");
  CHECK(app::attachments_of(desk.session, "P1", "P1-problem-1")->empty());
}

TEST_CASE_TEMPLATE("content that was changed in the database is not given out", Engine, Sqlite, Postgresql) {
  Desk<Engine> desk;
  const auto given = *desk.attach("P1-problem-1", "a.pdf", "%PDF-1.7 signed");
  desk.fixture.commit([&](app::Store& store) { return store.attachments().add_part(given, 9, "more"); });
  CHECK(app::read_attachment(desk.session, "P1", given.attachment_id).error().rule == "attachments.damaged");
}

TEST_CASE("what is handed in is judged by its bytes and needs a plain name") {
  Desk<Sqlite> desk;
  CHECK(desk.rule_of("a.pdf", "") == "attachments.empty");
  CHECK(desk.rule_of("a.pdf", "<html><script>") == "attachments.unknown_type");
  CHECK(desk.rule_of("a.pdf", "RIFF1234AVI ") == "attachments.unknown_type");
  CHECK(desk.rule_of("../a.pdf", "%PDF-1.7") == "attachments.name_form");
  CHECK(desk.rule_of("a\n.pdf", "%PDF-1.7") == "attachments.name_form");
  CHECK(desk.rule_of("", "%PDF-1.7") == "attachments.name_form");
  CHECK(desk.rule_of("\xff.pdf", "%PDF-1.7") == "encoding.broken");
  CHECK(app::media_type_of("RIFF1234WAVEfmt ") == "audio/wav");
}
