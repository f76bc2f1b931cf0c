#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/home.hpp"
#include "base/error.hpp"
#include "calendar/working_calendar.hpp"
#include "regime/load.hpp"

// Rule books and calendars as they lie on the disk: `regimes/<id>/*.toml`, shipped or the insurer's own,
// `data/holiday`.
namespace shouyue::app {

// The ids of all rule books, sorted. Errors: regime.no_folder.
Result<std::vector<std::string>> rule_book_ids(const Home& home);

// The folder of a rule book. Errors: regime.not_found; regime.twice (shipped and the insurer's own under one id).
Result<std::filesystem::path> rule_book_folder(const Home& home, const std::string& id);

// The files of a book and of all books it extends, base-most first.
// Errors: those of rule_book_folder, regime.extends_itself, file.cannot_read, regime.syntax, regime.missing_key.
Result<std::vector<std::vector<regime::Source>>> rule_book_layers(const Home& home, const std::string& id);

// Errors: those of rule_book_layers; regime.broken with the first issue and the number of all.
Result<std::shared_ptr<const regime::Regime>> load_rule_book(const Home& home, const std::string& id);

// Errors: file.cannot_read, those of WorkingCalendar::read.
Result<calendar::WorkingCalendar> load_calendar(const Home& home);

}  // namespace shouyue::app
