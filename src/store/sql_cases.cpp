#include "store/sql_cases.hpp"

#include <algorithm>
#include <limits>

namespace shouyue::store {
namespace {

const TableColumns further_columns{.name = "further_phone", .columns = {"phone", "bucket", "policy_no"}, .key = 3};

// The newest of one organisation; a filter that is not set is a range over everything.
std::string newest_of_organisation(int max) {
  return select_sql<app::CaseRow>(
             "WHERE org_code = $1 AND (issued_on, policy_no) < ($2, $3) AND issued_on >= $4 AND state >= $5 AND "
             "state <= $6 AND coalesce(leg, -1) >= $7 AND coalesce(leg, -1) <= $8 AND channel >= $9 AND channel <= $10 "
             "ORDER BY issued_on DESC, policy_no DESC LIMIT ") +
         std::to_string(max);
}

struct Range {
  std::int64_t from = -1, to = std::numeric_limits<std::int32_t>::max();
};
template <class Enum>
Range range_of(const std::optional<Enum>& wanted) {
  if (!wanted) return {};
  return {static_cast<std::int64_t>(*wanted), static_cast<std::int64_t>(*wanted)};
}

// Everything lies behind it.
app::CasePosition first_position(const app::CaseFilter& filter) {
  constexpr std::int32_t latest = 1'000'000;
  return {.issued_on = filter.issued_to ? *filter.issued_to + 1 : Date::from_days(latest), .policy_no = ""};
}

bool is_before(const app::CaseRow& a, const app::CaseRow& b) {
  return std::tie(a.issued_on, a.policy_no) > std::tie(b.issued_on, b.policy_no);
}

}  // namespace

Result<std::vector<app::CaseRow>> SqlCases::list(const app::CaseFilter& filter,
                                                 const std::optional<app::CasePosition>& after, int max) {
  const Sealing* sealing = SHOUYUE_TRY(sealing_.in_use());
  Coding coding{.lists = lists_, .numbers = sealing ? &sealing->numbers() : nullptr};
  app::CasePosition position = first_position(filter);
  if (after && after->issued_on < position.issued_on) position = *after;
  const Date earliest = filter.issued_from.value_or(Date::from_days(-1'000'000));
  const Range state = range_of(filter.state), leg = range_of(filter.leg), channel = range_of(filter.channel);
  Rows keys(10);
  for (const std::string& org : filter.orgs)
    keys.add({org, position.issued_on, position.policy_no, earliest, state.from, state.to, leg.from, leg.to,
              channel.from, channel.to});
  std::vector<app::CaseRow> found;
  const auto keep_newest = [&found, max] {
    std::ranges::sort(found, is_before);
    if (std::ssize(found) > max) found.erase(found.begin() + max, found.end());
  };
  const auto take = [&](std::size_t, const AnswerRow& answer) -> Result<void> {
    auto row = SHOUYUE_TRY(row_of<app::CaseRow>(answer, coding));
    found.push_back(std::move(row));
    if (std::ssize(found) >= 4 * std::ptrdiff_t{max}) keep_newest();
    return {};
  };
  SHOUYUE_CHECK(connection_.look_up(newest_of_organisation(max), keys, take));
  keep_newest();
  return found;
}

// From one to the next by the index, however many cases each has.
Result<std::vector<std::string>> SqlCases::organisations() {
  std::vector<std::string> codes;
  for (bool is_last = false; !is_last;) {
    const std::string before = codes.empty() ? "" : codes.back();
    is_last = true;
    SHOUYUE_CHECK(connection_.query("SELECT org_code FROM case_state WHERE org_code > $1 ORDER BY org_code LIMIT 1",
                                    {before}, [&](const AnswerRow& row) {
                                      codes.emplace_back(row.text(0));
                                      is_last = false;
                                      return Result<void>();
                                    }));
  }
  return codes;
}

Result<std::vector<std::string>> SqlCases::numbers(const std::string& sql, std::int64_t key) {
  const std::int64_t hidden = SHOUYUE_TRY(sealing_.hidden(key));
  std::vector<std::string> found;
  SHOUYUE_CHECK(connection_.query(sql, {hidden}, [&found](const AnswerRow& row) {
    found.emplace_back(row.text(0));
    return Result<void>();
  }));
  return found;
}

Result<std::vector<std::string>> SqlCases::policies_of_person(std::int64_t person, int max) {
  return numbers("SELECT policy_no FROM case_state WHERE person = $1 ORDER BY policy_no LIMIT " + std::to_string(max),
                 person);
}

Result<std::vector<std::string>> SqlCases::policies_with_phone(std::int64_t phone, int max) {
  return numbers(
      "SELECT policy_no FROM (SELECT policy_no FROM phone_holder WHERE phone = $1 UNION SELECT policy_no FROM "
      "further_phone WHERE phone = $1) AS f ORDER BY policy_no LIMIT " +
          std::to_string(max),
      phone);
}

Result<void> SqlCases::put_further_phones(std::span<const app::FurtherPhone> phones) {
  Rows rows(further_columns.columns.size());
  for (const app::FurtherPhone& further : phones) {
    const std::int64_t hidden = SHOUYUE_TRY(sealing_.hidden(further.phone));
    rows.add({hidden, app::bucket_of(further.policy_no), further.policy_no});
  }
  return connection_.insert_absent(further_columns, rows);
}

}  // namespace shouyue::store
