#include "app/play_demo.hpp"

#include <limits>

#include "app/files.hpp"
#include "app/import_file.hpp"
#include "app/month_report.hpp"
#include "app/rule_book_files.hpp"
#include "app/run.hpp"
#include "app/worklist.hpp"

namespace shouyue::app {
namespace {

constexpr int no_limit = std::numeric_limits<int>::max();
constexpr int hour = 3600;
constexpr int evening = 22 * hour;  // when the day's files arrive

Result<demo::Insurer> make_insurer(const Session& session, const demo::Settings& settings) {
  const Home& home = session.home;
  const std::string surnames = SHOUYUE_TRY(read_file(home.shipped / "data/names/surnames.csv"));
  const std::string given_names = SHOUYUE_TRY(read_file(home.shipped / "data/names/given_names.csv"));
  const std::string divisions = SHOUYUE_TRY(read_file(home.shipped / "data/admin/region_codes.csv"));
  const std::string cities = SHOUYUE_TRY(read_file(home.shipped / "data/demo/cities.csv"));
  const std::string dialects = SHOUYUE_TRY(read_file(home.shipped / "data/dialect/prefecture_dialect.csv"));
  const std::string call_shapes = SHOUYUE_TRY(read_file(home.shipped / "data/calls/shapes.csv"));
  const demo::DataTexts texts{.surnames = surnames,
                              .given_names = given_names,
                              .divisions = divisions,
                              .cities = cities,
                              .dialects = dialects,
                              .call_shapes = call_shapes};
  return demo::Insurer::make(settings, texts, SHOUYUE_TRY(load_calendar(home)));
}

class Play {
 public:
  Play(Session& session, const DemoRequest& request, demo::Insurer insurer)
      : session_(session), request_(request), insurer_(std::move(insurer)) {
    report_.done.days = request.settings.days;
  }

  Result<DemoReport> play(const std::function<void(const DemoProgress&)>& on_day) {
    const Date first = request_.settings.first_day;
    SHOUYUE_CHECK(move_to(Instant::start_of(first)));
    SHOUYUE_CHECK(take_in("opening", insurer_.opening_files()));
    for (int i = 0; i < request_.settings.days; ++i) {
      SHOUYUE_CHECK(play_day(first + i));
      report_.done.day = first + i;
      report_.done.days_done = i + 1;
      on_day(report_.done);
    }
    SHOUYUE_CHECK(write_reports());
    return report_;
  }

 private:
  Result<void> play_day(Date day) {
    for (const demo::Shift& shift : SHOUYUE_TRY(insurer_.shifts_of(day))) SHOUYUE_CHECK(play_shift(shift));
    session_.now = Instant::at(day, evening);
    const auto open = SHOUYUE_TRY(open_tickets());
    const auto steps = SHOUYUE_TRY(insurer_.ticket_steps_of(day, open));
    SHOUYUE_CHECK(take_in(day.text(), steps));
    SHOUYUE_CHECK(take_in(day.text(), insurer_.files_of(day)));
    SHOUYUE_CHECK(take_in(day.text() + "/corrected", insurer_.corrected_calls_of(day)));
    return move_to(Instant::at(day, evening + hour));
  }

  Result<void> play_shift(const demo::Shift& shift) {
    session_.now = shift.from;
    const auto files = insurer_.calls_of(shift, SHOUYUE_TRY(offered()));
    session_.now = shift.until;
    SHOUYUE_CHECK(
        take_in(shift.from.date().text() + "/from-" + std::to_string(shift.from.second_of_day() / hour), files));
    return move_to(shift.until);
  }

  // What may be worked now: by the seats of head office, who see the worklist, and by the branches, who have their own
  // cases before them.
  Result<std::vector<demo::WorkItem>> offered() {
    std::vector<demo::WorkItem> items;
    for (const WorklistRow& row : SHOUYUE_TRY(worklist(session_, {.leg = {}, .seat = {}, .limit = no_limit}))) {
      const DerivedRows known = SHOUYUE_TRY(session_.store.derived(row.policy_no));
      const int made = known.kase ? known.kase->attempts : 0;
      items.push_back({.policy_no = row.policy_no, .leg = row.leg, .attempt_no = made + 1, .phone = {}});
    }
    SHOUYUE_CHECK(session_.store.each_callable(session_.now, [&](CaseRow& row) -> Result<void> {
      if (row.state == insurer::CaseStatus::with_branch)
        items.push_back({.policy_no = row.policy_no, .leg = *row.leg, .attempt_no = row.attempts + 1, .phone = {}});
      return {};
    }));
    return items;
  }

  Result<std::vector<demo::OpenTicket>> open_tickets() {
    std::vector<demo::OpenTicket> open;
    SHOUYUE_CHECK(session_.store.each_ticket([&](TicketRow& row) -> Result<void> {
      if (!row.closed_at)
        open.push_back(
            {.ticket_id = row.ticket_id, .policy_no = row.policy_no, .kind = row.kind, .opened_at = row.opened_at});
      return {};
    }));
    return open;
  }

  Result<void> write_reports() {
    const Date first = request_.settings.first_day;
    const kpi::Period played{.from = first, .to = first + (request_.settings.days - 1)};
    for (const kpi::Period& part : played.months()) {
      const kpi::Period month = kpi::Period::month_of(part.from);
      report::MonthReport figures = SHOUYUE_TRY(month_report(session_, {.period = month, .org_code = {}}));
      const auto page = request_.folder / ("month-" + month.text() + ".html");
      SHOUYUE_CHECK(write_file(page, report::page(report::month_document(figures))));
      report_.months.push_back({std::move(figures), page});
    }
    return {};
  }

  // All work due up to that moment.
  Result<void> move_to(Instant moment) {
    session_.now = moment;
    report_.refused = SHOUYUE_TRY(run(session_)).refused;
    report_.ended_at = moment;
    return {};
  }

  Result<void> take_in(const std::string& folder, const std::vector<demo::DemoFile>& files) {
    for (const demo::DemoFile& file : files) {
      const std::filesystem::path path =
          request_.folder / "files" / folder / (std::string(code_of(file.kind)) + ".csv");
      std::error_code ignored;  // the write that follows says what is wrong
      std::filesystem::create_directories(path.parent_path(), ignored);
      SHOUYUE_CHECK(write_file(path, file.text));
      const ImportReport taken = SHOUYUE_TRY(import_file(session_, {.kind = file.kind, .path = path, .encoding = {}}));
      report_.rejected += taken.rejected;
      if (file.kind == insurer::FileKind::policies) report_.done.policies += taken.accepted;
      if (file.kind == insurer::FileKind::attempts) report_.done.attempts += taken.accepted;
      if (file.kind == insurer::FileKind::ticket_steps) report_.done.ticket_steps += taken.accepted;
    }
    return {};
  }

  Session& session_;
  const DemoRequest& request_;
  demo::Insurer insurer_;
  DemoReport report_;
};

}  // namespace

Result<DemoReport> play_demo(Session& session, const DemoRequest& request,
                             const std::function<void(const DemoProgress&)>& on_day) {
  return Play(session, request, SHOUYUE_TRY(make_insurer(session, request.settings))).play(on_day);
}

}  // namespace shouyue::app
