#include "simulation/simulation.hpp"

#include <algorithm>
#include <optional>

#include <sqlite3.h>

#include "app/files.hpp"
#include "app/rule_book_files.hpp"
#include "simulation/faulty_disk.hpp"
#include "simulation/invariants.hpp"
#include "simulation/postgres_server.hpp"
#include "simulation/rule_book.hpp"
#include "store/open.hpp"

namespace simulation {

using namespace shouyue;

namespace {

constexpr const char* database = "simulated.db";
constexpr int hour = 3600;
constexpr std::uint64_t seeds_a_server = 20;  // of which one is played on both databases

OpenStore sqlite() {
  return []() -> Result<std::unique_ptr<app::Store>> {
    return store::open(std::string("sqlite:") + database, app::Access::create);
  };
}

// What was done, to do it again without disturbance.
struct Step {
  Instant now;
  std::optional<File> file;  // none: a run
  bool settled = false;
};

class Play {
 public:
  Play(std::uint64_t seed, const Settings& settings, Tally& tally)
      : seed_(seed),
        random_(seed),
        settings_(settings),
        tally_(tally),
        disk_(SeededRandom(~seed)),
        is_disturbed_(seed % 2 == 1) {
    home_ = {.shipped = settings.home.shipped, .own = settings.folder, .loaded = std::make_shared<app::LoadedBooks>()};
    calendar_.emplace(app::read_file(home_.shipped / "data/holiday/notices.csv").value());
    make_rules();
  }

  void run() {
    office_.emplace(sqlite(), settings_.folder, home_);
    if (settings_.plant == Plant::forgotten_sync) disk_->forget_syncs();
    open();
    Life life(random_, first_day_);
    last_ = Instant::start_of(first_day_);
    for (const File& file : life.opening()) take_in(file);
    for (Date day = first_day_ + random_.below(8); day < first_day_ + 80; day = day + random_.between(1, 16))
      play_day(life, day);
    move_to(last_.plus_seconds(20 * 24 * hour));
    plant_edits();
    check_money(office_->store(), ledgers_);
    check_derived(*office_, last_);
    const std::string exports = exports_of(*office_, last_);
    const auto facts = facts_of(office_->store());
    tally_["policies"] += static_cast<std::int64_t>(std::ranges::count(exports.substr(0, exports.find("--")), '\n'));
    tally_["facts"] += static_cast<std::int64_t>(facts.size());
    office_.reset();
    disk_.reset();
    compare_with_calm(exports, facts);
    if (seed_ % seeds_a_server == 1) compare_with_server(exports, facts);
  }

 private:
  void make_rules() {
    const std::string id =
        settings_.books[static_cast<std::size_t>(random_.below(static_cast<int>(settings_.books.size())))];
    const auto folder = settings_.folder / "regimes" / "changed";
    std::filesystem::create_directories(folder);
    const ChangedBook book = changed_book(settings_.home, id, random_);
    write(folder / "regime.toml", book.text);
    write(settings_.folder / "insurer.toml", "insurer = \"simulated\"\nassign = [ { regime = \"changed\" } ]\n");
    const Date last = Date::parse("2025-06-30").value();
    first_day_ = book.binds_from + (random_.below(20) == 0 ? -30 : random_.below(std::max(last - book.binds_from, 1)));
    ++tally_["book " + id];
  }
  static void write(const std::filesystem::path& path, const std::string& text) {
    require(app::write_file(path, text).has_value(), "files can be written");
  }

  void play_day(Life& life, Date day) {
    Instant now = std::max(last_, Instant::at(day, random_.between(8 * 60, 21 * 60) * 60));
    Seen seen;
    for (int looks = random_.below(3); looks > 0; --looks) {
      seen.worklist = look(now);
      for (const File& file : life.calls_at(now, seen)) take_in(file);
      now = now.plus_seconds(random_.between(1, 40) * 60);
      last_ = now;
    }
    seen.open_tickets = open_tickets();
    last_ = Instant::at(day, 22 * hour);
    for (const File& file : life.news_by(last_, seen)) take_in(file);
    move_to(Instant::at(day, 23 * hour));
    check_money(office_->store(), ledgers_);
  }

  std::vector<std::pair<std::string, insurer::Leg>> look(Instant now) {
    app::Session session = office_->session(now);
    const auto rows = app::worklist(session, {.leg = {}, .seat = {}, .limit = 1000});
    require(rows.has_value(), "worklist can be asked: " + (rows ? "" : rows.error().en));
    const Instant checked_at = settings_.plant == Plant::late_call ? Instant::at(now.date(), 23 * hour + 1800) : now;
    check_worklist(*office_, checked_at, *rows, *calendar_);
    std::vector<std::pair<std::string, insurer::Leg>> seen;
    for (const app::WorklistRow& row : *rows) seen.emplace_back(row.policy_no, row.leg);
    tally_["worklist rows"] += static_cast<std::int64_t>(rows->size());
    ++tally_["worklists"];
    return seen;
  }

  std::vector<std::string> open_tickets() {
    std::vector<std::string> open;
    const auto read = office_->store().each_ticket([&](app::TicketRow& row) -> Result<void> {
      if (!row.closed_at) open.push_back(row.ticket_id);
      return {};
    });
    require(read.has_value(), "tickets can be read");
    return open;
  }

  void take_in(const File& file) {
    perform([&] { return office_->take_in(last_, file); });
    steps_.push_back({last_, file});
    acknowledged_ = facts_of(office_->store());
    ++tally_["files"];
  }

  void move_to(Instant now) {
    const std::size_t before = settlements();
    perform([&]() -> Result<void> {
      SHOUYUE_TRY(office_->run(now));
      return {};
    });
    last_ = now;
    steps_.push_back({.now = now, .file = {}, .settled = settlements() > before});
    tally_["settlements"] += static_cast<std::int64_t>(settlements() - before);
    if (random_.below(8) == 0) reopen();
  }
  std::size_t settlements() {
    const auto rows = office_->store().settlements();
    require(rows.has_value(), "settlements can be read");
    return rows->size();
  }

  // Until it is done: what a fault ends is done again.
  template <class Action>
  void perform(Action action) {
    for (int tried = 0; tried < 50; ++tried) {
      if (tried < 5) maybe_arm();
      const Result<void> done = action();
      const bool struck = disk_->has_struck();
      require(done || struck, "undisturbed steps succeed: " + (done ? "" : done.error().rule + " " + done.error().en));
      require(done || (done.error().code == Errc::environment && done.error().rule.starts_with("store.")),
              "faults of the disk are told: " + (done ? "" : done.error().rule));
      if (struck) get_well();
      disk_->recover();
      if (done && !struck) return;
    }
    throw Broken("work goes on after faults");
  }

  void maybe_arm() {
    if (!is_disturbed_ || random_.below(4) != 0) return;
    fault_ = settings_.plant == Plant::forgotten_sync ? Fault::power_lost : static_cast<Fault>(random_.below(5));
    disk_->arm(fault_, random_.between(1, 1 << random_.between(1, 7)), random_.between(1, 4));
  }

  // The process starts again, as it must after a kill; after other faults it may also go on.
  void get_well() {
    ++tally_["fault " + std::to_string(static_cast<int>(fault_))];
    const bool has_ended = fault_ == Fault::killed || fault_ == Fault::power_lost;
    if (has_ended || random_.below(2) == 0) office_->close();
    disk_->recover();
    if (!office_->is_open()) open();
    check_facts();
  }
  void reopen() {
    maybe_arm();
    office_->close();
    disk_->recover();
    open();
    check_facts();
  }
  void open() {
    const auto opened = office_->open();
    require(opened.has_value(),
            "database can be opened: " + (opened ? "" : opened.error().rule + " " + opened.error().en));
  }
  void check_facts() {
    const auto facts = facts_of(office_->store());
    require(
        facts.size() >= acknowledged_.size() && std::equal(acknowledged_.begin(), acknowledged_.end(), facts.begin()),
        "no fact is lost: of " + std::to_string(acknowledged_.size()) + " acknowledged facts not all are there");
  }

  void plant_edits() {
    if (settings_.plant == Plant::edited_audit) {
      office_->close();
      sqlite3* handle = nullptr;
      sqlite3_open(database, &handle);
      sqlite3_exec(handle, "UPDATE audit SET who = 'nobody' WHERE n = 2", nullptr, nullptr, nullptr);
      sqlite3_close(handle);
      open();
    }
    std::vector<std::string> policies;
    (void)office_->store().each_policy([&](std::string& policy_no) -> Result<void> {
      policies.push_back(policy_no);
      return {};
    });
    for (const std::string& policy_no : policies) edit(policy_no);
  }
  void edit(const std::string& policy_no) {
    app::DerivedRows rows = office_->store().derived(policy_no).value();
    const app::DerivedRows before = rows;
    if (settings_.plant == Plant::edited_case && rows.kase) ++rows.kase->attempts;
    if (settings_.plant == Plant::edited_ledger && !rows.entries.empty()) rows.entries[0].reasons += "x";
    if (settings_.plant == Plant::paid_twice && !rows.entries.empty()) {
      rows.entries.push_back(rows.entries.back());
      ++rows.entries.back().n;
    }
    if (settings_.plant == Plant::paid_to_another && rows.commission && !rows.entries.empty() &&
        rows.commission->status == insurer::CommissionStatus::released)
      rows.entries.back().agent_code += "x";
    if (rows == before) return;
    app::Transaction transaction = app::Transaction::begin(office_->store()).value();
    const std::vector<app::DerivedPolicy> edited = {{policy_no, rows}};
    require(office_->store().put(edited) && transaction.commit(), "rows can be edited");
  }

  // The same files on a disk without faults, and the work done as seldom as it may be: when a settlement is due.
  void compare_with_calm(const std::string& exports, const std::vector<std::string>& facts) {
    disk_.emplace(random_);
    office_.emplace(sqlite(), settings_.folder, home_);
    open();
    int left_out = settings_.plant == Plant::lost_fact ? random_.between(5, 8) : -1;
    for (const Step& step : steps_) {
      const bool needs_run = !step.file && (step.settled || &step == &steps_.back());
      if (!step.file && (!needs_run || (settings_.plant == Plant::missed_cut_off && &step != &steps_.back()))) continue;
      if (step.file && left_out-- == 0) continue;
      require(do_again(step).has_value(), "undisturbed steps succeed");
    }
    require(facts_of(office_->store()) == facts, "facts are those of the files, each once and in their order");
    require(exports_of(*office_, last_) == exports, "day by day equals once: the exports differ");
    office_.reset();
  }

  // The same steps on the other database.
  void compare_with_server(const std::string& exports, const std::vector<std::string>& facts) {
    office_.emplace(settings_.server.empty_database(), settings_.folder, home_);
    open();
    int left_out = settings_.plant == Plant::lost_on_server ? random_.between(5, 8) : -1;
    for (const Step& step : steps_) {
      if (step.file && left_out-- == 0) continue;
      const Result<void> done = do_again(step);
      require(done.has_value(), "both databases equal: a step is refused: " + (done ? "" : done.error().en));
    }
    require(facts_of(office_->store()) == facts, "both databases equal: the facts differ");
    require(exports_of(*office_, last_) == exports, "both databases equal: the exports differ");
    check_derived(*office_, last_);
    office_.reset();
    ++tally_["on both databases"];
  }

  Result<void> do_again(const Step& step) {
    if (step.file) return office_->take_in(step.now, *step.file);
    SHOUYUE_TRY(office_->run(step.now));
    return {};
  }

  std::uint64_t seed_;
  SeededRandom random_;
  const Settings& settings_;
  Tally& tally_;
  std::optional<FaultyDisk> disk_;
  std::optional<Office> office_;
  app::Home home_;
  std::optional<PlainCalendar> calendar_;
  Date first_day_;
  Instant last_;
  std::vector<Step> steps_;
  std::vector<std::string> acknowledged_;
  Ledgers ledgers_;
  bool is_disturbed_;
  Fault fault_ = Fault::full;
};

}  // namespace

void play(std::uint64_t seed, const Settings& settings, Tally& tally) {
  Play(seed, settings, tally).run();
  ++tally["seeds"];
}

}  // namespace simulation
