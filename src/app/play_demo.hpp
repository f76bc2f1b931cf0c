#pragma once

#include <filesystem>
#include <functional>

#include "app/session.hpp"
#include "demo/insurer.hpp"
#include "report/month_report.hpp"

namespace shouyue::app {

struct DemoRequest {
  demo::Settings settings;
  std::filesystem::path folder;  // receives files/<day>/*.csv, what the insurer sends, and the month reports
};

// Where the play stands, after each day.
struct DemoProgress {
  Date day;
  int days_done = 0, days = 0;
  std::int64_t policies = 0, attempts = 0, ticket_steps = 0;  // rows taken in so far
};

struct DemoReport {
  DemoProgress done;
  std::int64_t rejected = 0;  // rows that the import refused
  std::int64_t refused = 0;   // policies that could not be derived at the end
  Instant ended_at;           // the business time that the play has reached
  struct Month {
    report::MonthReport figures;
    std::filesystem::path page;
  };
  std::vector<Month> months;  // the calendar months that the play touches
};

// Plays the demo insurer day by day: the morning's run, calls to what the worklist offers, the branches' work on
// tickets, the evening's files; everything through the same import and run as any insurer's data. The business time
// starts on the first day of the settings, whatever `session.now` says. Errors: those of demo::Insurer::make,
// import_file and run.
Result<DemoReport> play_demo(Session& session, const DemoRequest& request,
                             const std::function<void(const DemoProgress&)>& on_day);

}  // namespace shouyue::app
