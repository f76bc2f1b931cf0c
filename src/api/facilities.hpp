#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "api/jobs.hpp"
#include "api/kept_files.hpp"
#include "api/live.hpp"
#include "api/rate_limit.hpp"
#include "api/workplace.hpp"
#include "app/kpi_memory.hpp"
#include "app/server_settings.hpp"
#include "app/switchboard.hpp"

namespace shouyue::api {

class Metrics;
class Pages;

// What the requests of a server share.
struct Facilities {
  std::function<Instant()> clock;        // business time
  std::function<void(std::string)> log;  // one line of JSON, without personal data
  std::filesystem::path recordings;      // folder of the calls that were recorded
  app::Switchboard& switchboard;
  Workplaces& workplaces;
  Jobs& jobs;
  Live& live;
  Metrics& metrics;
  app::KpiMemory& kpi;
  KeptFiles& files;  // that wait to be imported or fetched
  const app::ServerSettings& settings;
  RateLimit& visits;             // by link
  RateLimit& unknown_links;      // by address
  const Pages* pages = nullptr;  // null: there are none
};

}  // namespace shouyue::api
