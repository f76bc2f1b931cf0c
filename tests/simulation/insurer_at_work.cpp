#include "simulation/insurer_at_work.hpp"

#include <map>

#include "app/files.hpp"

namespace simulation {

using namespace shouyue;

void require(bool holds, const std::string& what) {
  if (!holds) throw Broken(what);
}

Result<void> Office::open() {
  store_ = SHOUYUE_TRY(open_store_());
  SHOUYUE_TRY(store_->migrate());
  return {};
}

void Office::close() {
  deriver_.reset();
  asked_.reset();
  store_.reset();
}

app::PolicyDeriver& Office::deriver() {
  if (!deriver_) {
    asked_ = std::make_unique<app::Session>(session({}));
    auto loaded = app::PolicyDeriver::load(*asked_);
    require(loaded.has_value(), "books can be loaded: " + (loaded ? "" : loaded.error().en));
    deriver_.emplace(*std::move(loaded));
  }
  return *deriver_;
}

app::Session Office::session(Instant now) {
  return {.store = *store_, .now = now, .who = "simulation", .home = home_, .profile_path = folder_ / "insurer.toml"};
}

Result<void> Office::take_in(Instant now, const File& file) {
  const auto path = folder_ / (std::string(code_of(file.kind)) + ".csv");
  SHOUYUE_CHECK(app::write_file(path, file.text));
  app::Session at = session(now);
  const auto report = SHOUYUE_TRY(app::import_file(at, {.kind = file.kind, .path = path, .encoding = {}}));
  require(report.accepted + report.unchanged + report.rejected == report.read,
          "rows add up: a row is neither taken in nor rejected");
  return {};
}

Result<app::RunReport> Office::run(Instant now) {
  app::Session at = session(now);
  return app::run(at);
}

std::vector<std::string> facts_of(app::Store& store) {
  std::map<std::int64_t, std::string> by_position;
  const auto read = store.each_policy([&](std::string& policy_no) -> Result<void> {
    for (const insurer::FactText& fact : SHOUYUE_TRY(store.facts_of(policy_no)))
      by_position[fact.seq] =
          std::to_string(static_cast<int>(fact.kind)) + " " + policy_no + " " + fact.body + " " + fact.personal;
    return {};
  });
  require(read.has_value(), "facts can be read: " + (read ? "" : read.error().en));
  std::vector<std::string> facts;
  for (auto& [position, text] : by_position) facts.push_back(std::to_string(position) + " " + text);
  return facts;
}

std::string exports_of(Office& office, Instant now) {
  std::string text;
  app::Session at = office.session(now);
  using app::ExportKind;
  for (const ExportKind kind : {ExportKind::cases, ExportKind::attempts, ExportKind::tickets, ExportKind::commission,
                                ExportKind::commission_entries}) {
    const auto done = app::export_rows(at, {.kind = kind}, [&](const std::vector<std::string>& cells) -> Result<void> {
      for (const std::string& cell : cells) text += cell + "|";
      text += '\n';
      return {};
    });
    require(done.has_value(), "exports can be made: " + (done ? "" : done.error().en));
    text += "--\n";
  }
  return text;
}

}  // namespace simulation
