#include "demo/insurer.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "base/id_number.hpp"
#include "base/phone.hpp"
#include "demo_insurer.hpp"

using namespace shouyue;
using namespace shouyue::demo;
using insurer::FileKind;

namespace {

constexpr int policies = 1000;  // one full run of stories
constexpr int days = 56;

std::vector<DemoFile> all_files(const Insurer& demo) {
  auto files = demo.opening_files();
  for (int i = 0; i < demo.settings().days; ++i)
    for (auto& file : demo.files_of(demo.settings().first_day + i)) files.push_back(std::move(file));
  return files;
}

// Problems of the rows of one file, as the import would find them.
template <class Record>
std::vector<std::string> errors_in(FileKind kind, const std::string& text) {
  std::vector<std::string> found;
  CsvReader reader(bytes_of(text));
  auto row = reader.next();
  const auto header = insurer::match_header(kind, (*row)->fields);
  REQUIRE(header);
  CHECK(header->unknown.empty());
  for (row = reader.next(); row && *row; row = reader.next()) {
    Record record;
    std::vector<insurer::RowProblem> problems;
    insurer::read_row(*header, (*row)->fields, record, problems);
    for (const auto& problem : problems)
      if (!problem.is_warning) found.push_back(problem.error.rule + " " + problem.column + "=" + problem.value);
  }
  return found;
}

}  // namespace

TEST_CASE("every row passes the checks of the import") {
  for (const DemoFile& file : all_files(demo_insurer(policies, days))) {
    CAPTURE(insurer::code_of(file.kind));
    std::vector<std::string> errors;
    switch (file.kind) {
      case FileKind::organisations: errors = errors_in<insurer::Organisation>(file.kind, file.text); break;
      case FileKind::agents: errors = errors_in<insurer::Agent>(file.kind, file.text); break;
      case FileKind::products: errors = errors_in<insurer::Product>(file.kind, file.text); break;
      case FileKind::policies: errors = errors_in<insurer::Policy>(file.kind, file.text); break;
      case FileKind::receipts: errors = errors_in<insurer::ReceiptRow>(file.kind, file.text); break;
      case FileKind::policy_changes: errors = errors_in<insurer::PolicyChangeRow>(file.kind, file.text); break;
      case FileKind::attempts: errors = errors_in<insurer::AttemptRow>(file.kind, file.text); break;
      default: FAIL("a kind of file that no day brings");
    }
    CHECK(errors == std::vector<std::string>{});
  }
}

TEST_CASE("the same seed gives the same bytes, another seed others") {
  const auto first = all_files(demo_insurer(300, 20, 7));
  const auto again = all_files(demo_insurer(300, 20, 7));
  REQUIRE(first.size() == again.size());
  for (std::size_t i = 0; i < first.size(); ++i) CHECK(first[i].text == again[i].text);
  CHECK(all_files(demo_insurer(300, 20, 8)).front().text != std::string());
  CHECK(text_of(demo_insurer(300, 20, 8).opening_files(), FileKind::policies) !=
        text_of(demo_insurer(300, 20, 7).opening_files(), FileKind::policies));
}

TEST_CASE("policies are issued on the days of the settings, and no policy is lost") {
  const Insurer demo = demo_insurer(policies, days);
  std::set<std::string> numbers;
  for (int i = 0; i < days; ++i) {
    const Date day = demo.settings().first_day + i;
    for (const auto& row : csv_rows(text_of(demo.files_of(day), FileKind::policies))) {
      numbers.insert(row.at("policy_no"));
      if (demo.life_of(*index_of(row.at("policy_no"))).corrected_on != day) CHECK(row.at("issued_on") == day.text());
    }
  }
  CHECK(numbers.size() == policies);
  CHECK(demo.files_of(demo.settings().first_day - 1).empty());
  CHECK(demo.files_of(demo.settings().first_day + days).empty());
}

TEST_CASE("holders carry numbers that validate, with regions that exist") {
  const auto regions = RegionCodes::read(file_text("data/admin/region_codes.csv"));
  REQUIRE(regions);
  const Insurer demo = demo_insurer(policies, days);
  for (int i = 0; i < demo.policies(); ++i) {
    const Life life = demo.life_of(i);
    const auto id = read_id_number(life.holder.id_no);
    REQUIRE(id);
    CHECK(id->birth == life.holder.birth_date);
    CHECK(id->is_male == (life.holder.gender == "M"));
    CHECK(regions->is_known(id->region_code));
    CHECK(age_on(id->birth, life.policy.issued_on) >= 18);
    const auto mobile = read_phone(life.holder.mobile);
    REQUIRE(mobile);
    CHECK(mobile->kind == PhoneKind::mobile);
    if (!life.holder.home_phone.empty()) CHECK(read_phone(life.holder.home_phone)->kind == PhoneKind::landline);
  }
}

TEST_CASE("every story occurs in a run of 1,000 policies, exactly by its share") {
  for (const std::uint64_t seed : {1, 2, 99}) {
    std::map<Story, int> count;
    for (int i = 5000; i < 6000; ++i) ++count[story_of(seed, i).story];
    for (const StoryShare& entry : story_shares()) {
      CAPTURE(entry.en);
      CHECK(count[entry.story] == entry.share);
    }
  }
}

TEST_CASE("bad numbers look as their story says") {
  const Insurer demo = demo_insurer(policies, days);
  std::map<std::string, std::set<std::string>> holders_of_phone;
  std::set<std::string> agents_phones;
  for (const auto& row : csv_rows(text_of(demo.opening_files(), FileKind::agents)))
    agents_phones.insert(row.at("phone"));
  for (int i = 0; i < policies; ++i) {
    const Life life = demo.life_of(i);
    const insurer::Policy& policy = life.policy;
    holders_of_phone[policy.mobile_phone].insert(policy.holder_id_no);
    CAPTURE(policy.policy_no);
    switch (life.story) {
      case Story::no_phone: CHECK(policy.mobile_phone.empty()); break;
      case Story::wrong_digits: CHECK(read_phone(policy.mobile_phone).error() == PhoneDefect::too_short); break;
      case Story::agents_phone: CHECK(agents_phones.contains(policy.mobile_phone)); break;
      case Story::prefixed_mobile: {
        const auto phone = read_phone(policy.work_phone);
        REQUIRE(phone);
        CHECK(phone->number == life.holder.mobile);
        CHECK(!phone->wrong_prefix.empty());
        break;
      }
      case Story::plain: CHECK(policy.mobile_phone == life.holder.mobile); break;
      default: break;
    }
  }
  const auto shared = std::ranges::count_if(
      holders_of_phone, [](const auto& entry) { return !entry.first.empty() && entry.second.size() == 3; });
  CHECK(shared == 3);  // nine policies of 1,000, three holders to a phone
}

TEST_CASE("receipts come late, never, with another signature, and corrected") {
  const Insurer demo = demo_insurer(policies, days);
  std::map<Story, int> seen;
  for (int i = 0; i < demo.policies(); ++i) {
    const Life life = demo.life_of(i);
    const insurer::Receipt& receipt = *life.receipt;
    CHECK(*receipt.signed_on >= *receipt.delivered_on);
    CHECK(*receipt.delivered_on >= life.policy.issued_on);
    if (life.story == Story::receipt_never_returned) CHECK(!receipt.handed_in_on);
    if (life.story == Story::signature_differs) CHECK(receipt.signature_matches == false);
    if (life.story == Story::receipt_late) CHECK(*receipt.handed_in_on - *receipt.signed_on >= (i < policies ? 10 : 0));
    if (i >= policies) CHECK(*receipt.signed_on > life.policy.effective_on->add_months_clipped(3));
    ++seen[life.story];
  }
  CHECK(seen[Story::receipt_corrected] == 5);
}
