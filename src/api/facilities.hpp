#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "api/jobs.hpp"
#include "api/live.hpp"
#include "api/workplace.hpp"

namespace shouyue::api {

class Metrics;

class Pages;

// What the requests of a server share.
struct Facilities {
  std::function<Instant()> clock;        // business time
  std::function<void(std::string)> log;  // one line of JSON, without personal data
  std::filesystem::path files;           // folder for what is uploaded and kept
  Workplaces& workplaces;
  Jobs& jobs;
  Live& live;
  Metrics& metrics;
  const Pages* pages = nullptr;  // null: there are none
};

}  // namespace shouyue::api
