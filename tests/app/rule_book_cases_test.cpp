// Every case beside every shipped rule book, and that the check itself can fail.
#include "app/rule_book_cases.hpp"

#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

using namespace shouyue;

namespace {

namespace fs = std::filesystem;

const char* const book_of_one_term = R"(
[regime]
id = "one-term"
title = "一"
title_en = "One"
source = "一"
extends = "national"
binds_from = 2024-01-01

[followup.deadline]
title = "八日"
title_en = "Eight days"
basis = "signed_on"
unit = "days"
count_from = "next_day"
values = [ { from = 2024-01-01, value = 8, cite = "一" } ]
exceptions = [ { when = "channel == 'bancassurance'", value = 6, cite = "一" } ]
)";

const std::string signed_on_the_fourth = R"(
[[case]]
name = "signed on 4 March"
source = "一"
now = 2024-03-06
policy = { issued_on = 2024-03-01 }
receipt = { signed_on = 2024-03-04 }
)";

// A folder with the book and these cases, gone with the object.
class Folder {
 public:
  explicit Folder(const std::string& cases) {
    std::string name = (fs::temp_directory_path() / "shouyue-cases-XXXXXX").string();
    path_ = mkdtemp(name.data());
    fs::create_directories(path_ / "regimes/one-term/cases");
    std::ofstream(path_ / "regimes/one-term/regime.toml") << book_of_one_term;
    std::ofstream(path_ / "regimes/one-term/cases/all.toml") << cases;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  app::CasesReport report(app::Probe probe) const { return run(probe).value(); }
  std::string refusal() const { return run(app::Probe::each_clause).error().rule; }

 private:
  Result<app::CasesReport> run(app::Probe probe) const {
    return app::run_rule_book_cases({.shipped = SHOUYUE_SOURCE_DIR, .own = path_}, "one-term", probe);
  }

  fs::path path_;
};

}  // namespace

TEST_CASE("every case of every shipped rule book holds, and every clause is tried by one") {
  const auto ids = app::rule_book_ids({.shipped = SHOUYUE_SOURCE_DIR});
  REQUIRE(ids.has_value());
  REQUIRE(ids->size() >= 5);
  for (const std::string& id : *ids) {
    const auto report = app::run_rule_book_cases({.shipped = SHOUYUE_SOURCE_DIR}, id, app::Probe::each_clause);
    INFO(id);
    if (!report) {
      FAIL_CHECK(report.error().rule << ": " << report.error().en);
      continue;
    }
    for (const app::CaseOutcome& outcome : report->cases)
      for (const std::string& problem : outcome.problems)
        FAIL_CHECK(outcome.file << ":" << outcome.line << ": " << outcome.name << "\n    " << problem);
    for (const std::string& clause : report->untouched) FAIL_CHECK("no case tries " << clause);
  }
}

TEST_CASE("a clause is touched when a case notices a change of it") {
  const auto beside = Folder(signed_on_the_fourth + "expect = { cooling_off_end = 2024-03-14 }\n");
  CHECK(beside.report(app::Probe::each_clause).untouched == std::vector<std::string>{"one-term/followup.deadline"});
  const auto on_it = Folder(signed_on_the_fourth + "expect = { deadline = 2024-03-12 }\n");
  CHECK(on_it.report(app::Probe::each_clause).untouched.empty());
}

TEST_CASE("every single change is to be noticed") {
  const auto general = signed_on_the_fourth + "expect = { deadline = 2024-03-12 }\n";
  const auto report = Folder(general).report(app::Probe::each_value);
  CHECK(report.untouched.empty());
  const std::string place = "regimes/one-term/regime.toml:17: followup.deadline.exceptions.0";
  CHECK(report.unnoticed ==
        std::vector<std::string>{place + ": removed", place + ".value: 6 -> 5", place + ".value: 6 -> 7"});
  const auto exception = signed_on_the_fourth + "expect = { deadline = 2024-03-10 }\n";
  const auto bank = exception.substr(0, exception.find(" }")) + ", channel = 'bancassurance'" +
                    exception.substr(exception.find(" }"));
  CHECK(Folder(general + bank).report(app::Probe::each_value).unnoticed.empty());
}

TEST_CASE("a book without calls is tried under an example that has them") {
  const std::string leg = R"(
[example.followup.leg.first_call]
title = "电话"
title_en = "Call"
cite = "一"
order = 1
performer = "head_office"
[example.followup.leg.first_call.start]
title = "即日"
title_en = "At once"
basis = "issued_on"
unit = "days"
count_from = "next_day"
values = [ { from = 2024-01-01, value = 0, cite = "一" } ]
)";
  CHECK(Folder(signed_on_the_fourth + "expect = { state = 'failed' }\n").report(app::Probe::each_clause).failed() == 0);
  CHECK(Folder(leg + signed_on_the_fourth + "expect = { state = 'open' }\n").report(app::Probe::each_clause).failed() ==
        0);
  const Folder broken("[example.followup.leg.first_call]\norder = 1\n" + signed_on_the_fourth);
  CHECK(broken.refusal() == "cases.example");
}

TEST_CASE("while a case fails nothing is tried") {
  const auto report =
      Folder(signed_on_the_fourth + "expect = { deadline = 2024-03-13 }\n").report(app::Probe::each_value);
  CHECK(report.failed() == 1);
  CHECK(report.unnoticed.empty());
}
