#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "calendar/working_calendar.hpp"

inline std::string file_text(const std::string& path) {
  std::ifstream file(std::string(SHOUYUE_SOURCE_DIR) + "/" + path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline const shouyue::calendar::WorkingCalendar& shipped_calendar() {
  static const auto calendar = shouyue::calendar::WorkingCalendar::read(file_text("data/holiday/notices.csv"),
                                                                        file_text("data/holiday/sources.csv"))
                                   .value();
  return calendar;
}
