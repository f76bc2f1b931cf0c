#pragma once

#include <map>
#include <string>
#include <vector>

#include "../calendar/shipped_calendar.hpp"
#include "demo/insurer.hpp"

// The shipped tables, kept for the views of DataTexts.
inline const shouyue::demo::DataTexts& shipped_texts() {
  static const std::vector<std::string> texts{file_text("data/names/surnames.csv"),
                                              file_text("data/names/given_names.csv"),
                                              file_text("data/admin/region_codes.csv"),
                                              file_text("data/demo/cities.csv"),
                                              file_text("data/dialect/prefecture_dialect.csv"),
                                              file_text("data/calls/shapes.csv")};
  static const shouyue::demo::DataTexts views{.surnames = texts[0],
                                              .given_names = texts[1],
                                              .divisions = texts[2],
                                              .cities = texts[3],
                                              .dialects = texts[4],
                                              .call_shapes = texts[5]};
  return views;
}

inline shouyue::demo::Insurer demo_insurer(int policies, int days, std::uint64_t seed = 1) {
  const shouyue::demo::Settings settings{.policies = policies, .days = days, .seed = seed};
  return shouyue::demo::Insurer::make(settings, shipped_texts(), shipped_calendar()).value();
}

// The cells of a CSV text by heading, row by row.
inline std::vector<std::map<std::string, std::string>> csv_rows(const std::string& text) {
  shouyue::CsvReader reader(shouyue::bytes_of(text));
  std::vector<std::string> headings;
  std::vector<std::map<std::string, std::string>> rows;
  for (auto row = reader.next(); row && *row; row = reader.next()) {
    if (headings.empty()) {
      headings.assign((*row)->fields.begin(), (*row)->fields.end());
      continue;
    }
    auto& cells = rows.emplace_back();
    for (std::size_t i = 0; i < headings.size(); ++i) cells[headings[i]] = (*row)->fields[i];
  }
  return rows;
}

inline std::string text_of(const std::vector<shouyue::demo::DemoFile>& files, shouyue::insurer::FileKind kind) {
  for (const auto& file : files)
    if (file.kind == kind) return file.text;
  return {};
}
