#pragma once

#include <functional>
#include <string>

#include "api/jobs.hpp"
#include "api/kept_files.hpp"
#include "api/live.hpp"
#include "api/workplace.hpp"
#include "app/kpi_memory.hpp"

namespace shouyue::api {

class Pages;

// What the requests of a server share.
struct Facilities {
  std::function<Instant()> clock;        // business time
  std::function<void(std::string)> log;  // one line of JSON, without personal data
  Workplaces& workplaces;
  Jobs& jobs;
  Live& live;
  app::KpiMemory& kpi;
  KeptFiles& files;
  const Pages* pages = nullptr;  // null: there are none
};

}  // namespace shouyue::api
