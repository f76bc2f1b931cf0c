#include "api/supervision_routes.hpp"

#include "api/answer.hpp"
#include "api/document_file.hpp"
#include "api/job_routes.hpp"
#include "api/page.hpp"
#include "app/capacity.hpp"
#include "app/reassign.hpp"
#include "app/report_words.hpp"
#include "app/wallboard.hpp"
#include "json/read.hpp"

namespace shouyue::api {
namespace {

using report::same;
using report::Value;
using report::value_of;

constexpr std::int64_t desk_seconds = 30 * 60;  // how long a case lies on a desk before it goes back
constexpr const char* capacity_job = "capacity";
constexpr int capacity_days_usual = 14, capacity_days_max = 31;

struct QueueJson {
  std::string leg;
  std::int64_t callable = 0, waiting = 0, overdue = 0, due_today = 0;
};
BOOST_DESCRIBE_STRUCT(QueueJson, (), (leg, callable, waiting, overdue, due_today))

struct SeatJson {
  std::string account, display_name, seat, org_code, org_name, state;
  std::optional<std::string> policy_no;
  std::optional<Instant> since, lease_until;
  int cases = 0, calls = 0, reached = 0;
};
BOOST_DESCRIBE_STRUCT(SeatJson, (),
                      (account, display_name, seat, org_code, org_name, state, policy_no, since, lease_until, cases,
                       calls, reached))

struct WallboardJson {
  Instant at;
  std::vector<QueueJson> queue;
  std::vector<SeatJson> seats;
  int calls = 0, reached = 0, successes = 0;
};
BOOST_DESCRIBE_STRUCT(WallboardJson, (), (at, queue, seats, calls, reached, successes))

struct NextUpRow {
  int position = 0;
  std::string policy_no, leg, phone_masked, language, reason;
  std::optional<Date> deadline;
  int slots_left = 0;
};
BOOST_DESCRIBE_STRUCT(NextUpRow, (), (position, policy_no, leg, phone_masked, language, reason, deadline, slots_left))

struct NextUpList {
  std::vector<NextUpRow> rows;
};
BOOST_DESCRIBE_STRUCT(NextUpList, (), (rows))

struct ReassignRequest {
  std::optional<std::string> seat;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReassignRequest, (), (seat, reason))

struct ReassignAnswer {
  std::string policy_no;
  std::optional<std::string> seat;
  std::optional<Instant> lease_until;
};
BOOST_DESCRIBE_STRUCT(ReassignAnswer, (), (policy_no, seat, lease_until))

struct CapacityRequest {
  std::optional<int> days;
};
BOOST_DESCRIBE_STRUCT(CapacityRequest, (), (days))

struct CapacityRow {
  Date day;
  std::string leg;
  std::int64_t first_attempts = 0, attempts = 0, last_days = 0;
};
BOOST_DESCRIBE_STRUCT(CapacityRow, (), (day, leg, first_attempts, attempts, last_days))

struct CapacityJson {
  Instant at;
  std::vector<CapacityRow> rows;
  std::int64_t cases = 0, beyond = 0;
  int seats = 0;
};
BOOST_DESCRIBE_STRUCT(CapacityJson, (), (at, rows, cases, beyond, seats))

WallboardJson json_of(const app::Wallboard& board, const app::Directory& directory) {
  WallboardJson json{.at = board.at,
                     .queue = {},
                     .seats = {},
                     .calls = board.calls.calls,
                     .reached = board.calls.reached,
                     .successes = board.successes};
  for (const app::QueueLine& line : board.queue)
    json.queue.push_back({std::string(code_of(line.leg)), line.callable, line.waiting, line.overdue, line.due_today});
  for (const app::SeatLine& line : board.seats) {
    const insurer::Organisation* org = directory.organisation(line.org_code, board.at.date());
    SeatJson& seat = json.seats.emplace_back(SeatJson{.account = line.account,
                                                      .display_name = line.display_name,
                                                      .seat = line.seat,
                                                      .org_code = line.org_code,
                                                      .org_name = org ? org->name : "",
                                                      .state = std::string(code_of(line.state)),
                                                      .policy_no = {},
                                                      .since = line.since,
                                                      .lease_until = line.lease_until,
                                                      .cases = line.cases,
                                                      .calls = line.calls,
                                                      .reached = line.reached});
    if (!line.policy_no.empty()) seat.policy_no = line.policy_no;
  }
  return json;
}

report::Text state_text(app::SeatState state) {
  switch (state) {
    case app::SeatState::calling: return {"通话中", "on a call"};
    case app::SeatState::free: return {"空闲", "free"};
    case app::SeatState::away: break;
  }
  return {"未登录", "signed out"};
}

report::Table seats_table(const app::Wallboard& board) {
  report::Table table{.title = {},
                      .columns = {{{"坐席", "Seat"}, 12},
                                  {{"姓名", "Name"}, 16},
                                  {{"状态", "State"}, 12},
                                  {{"保单号", "Policy"}, 20},
                                  {{"开始", "Since"}, 18},
                                  {{"持有至", "Held until"}, 18},
                                  {{"今日拨打", "Calls today"}, 12},
                                  {{"今日接通", "Reached today"}, 12}},
                      .rows = {}};
  for (const app::SeatLine& line : board.seats)
    table.rows.push_back(
        {.cells = {Value(same(line.seat)), Value(same(line.display_name)), Value(state_text(line.state)),
                   Value(same(line.policy_no)), value_of(line.since), value_of(line.lease_until),
                   Value(std::int64_t{line.calls}), Value(std::int64_t{line.reached})}});
  return table;
}

report::Table queue_table(const app::Wallboard& board) {
  report::Table table{.title = {},
                      .columns = {{{"环节", "Leg"}, 14},
                                  {{"可拨打", "Callable"}, 12},
                                  {{"等待", "Waiting"}, 12},
                                  {{"超期", "Overdue"}, 12},
                                  {{"今日到期", "Due today"}, 12}},
                      .rows = {}};
  for (const app::QueueLine& line : board.queue)
    table.rows.push_back({.cells = {Value(app::words_of(line.leg)), Value(line.callable), Value(line.waiting),
                                    Value(line.overdue), Value(line.due_today)}});
  return table;
}

report::Table next_up_table(const std::vector<app::WorklistRow>& rows) {
  report::Table table{.title = {},
                      .columns = {{{"序", "No."}, 6},
                                  {{"保单号", "Policy"}, 20},
                                  {{"环节", "Leg"}, 12},
                                  {{"电话", "Phone"}, 14},
                                  {{"回访期限", "Deadline"}, 12},
                                  {{"剩余时段", "Slots left"}, 10},
                                  {{"方言", "Dialect"}, 10}},
                      .rows = {}};
  for (const app::WorklistRow& row : rows)
    table.rows.push_back(
        {.cells = {Value(std::int64_t{row.position}), Value(same(row.policy_no)), Value(app::words_of(row.leg)),
                   Value(same(row.phone_masked)), value_of(row.deadline), Value(std::int64_t{row.slots_left}),
                   Value(same(row.language))}});
  return table;
}

report::Document document_of(const CapacityJson& counted) {
  report::Table table{.title = {},
                      .columns = {{{"日期", "Day"}, 12},
                                  {{"环节", "Leg"}, 14},
                                  {{"首次可拨打", "First callable"}, 14},
                                  {{"需拨打次数", "Attempts"}, 14},
                                  {{"每坐席次数", "Per seat"}, 12},
                                  {{"最后可拨打日", "Last day"}, 14}},
                      .rows = {}};
  for (const CapacityRow& row : counted.rows) {
    const auto leg = *insurer::from_word<insurer::Leg>(row.leg);
    const Value per_seat =
        counted.seats > 0 ? Value((row.attempts + counted.seats - 1) / counted.seats) : Value(report::NoData());
    table.rows.push_back({.cells = {Value(row.day), Value(report::Text{std::string(zh_of(leg)), row.leg}),
                                    Value(row.first_attempts), Value(row.attempts), per_seat, Value(row.last_days)}});
  }
  report::Document document{.title = {"产能测算", "Capacity"}, .lead = same(counted.at.plain_text())};
  document.sections.push_back({.title = {}, .lead = {}, .tables = {std::move(table)}});
  return document;
}

Result<app::Wallboard> board_of(Call& call) {
  return app::wallboard(call.session, call.deriver, call.facilities.switchboard, call.person->account);
}

}  // namespace

Result<http::Response> show_wallboard(Call& call) {
  const app::Wallboard board = SHOUYUE_TRY(board_of(call));
  if (!wants_file(call)) return answer(json_of(board, call.deriver.directory()));
  const bool is_queue = call.request.target.parameter("table") == "queue";
  report::Document document{.title = {"督导看板", "Wallboard"}, .lead = same(board.at.plain_text())};
  document.sections.push_back({.title = is_queue ? report::Text{"队列", "Queue"} : report::Text{"坐席", "Seats"},
                               .lead = {},
                               .tables = {is_queue ? queue_table(board) : seats_table(board)}});
  return file_of(call, document, is_queue ? "queue" : "seats");
}

Result<http::Response> follow_wallboard(Call& call) {
  const auto show = [account = call.person->account,
                     &switchboard = call.facilities.switchboard](Workplace& workplace) -> Result<std::string> {
    const app::Wallboard board =
        SHOUYUE_TRY(app::wallboard(workplace.session(), workplace.deriver(), switchboard, account));
    return json::text_of(json_of(board, workplace.deriver().directory()));
  };
  const std::string board = "wallboard " + call.person->account.org_code;
  return event_answer(call.facilities.live.follow(board, token_of(call.request), show));
}

Result<http::Response> list_next_up(Call& call) {
  const Page page = SHOUYUE_TRY(page_of(call.request));
  app::WorklistRequest request{.leg = {}, .seat = {}, .limit = page.limit, .org = call.person->account.org_code};
  const std::string leg(call.request.target.parameter("leg"));
  if (!leg.empty()) request.leg = SHOUYUE_TRY(app::leg_named(leg));
  const std::vector<app::WorklistRow> rows =
      SHOUYUE_TRY(app::next_up(call.session, call.deriver, call.facilities.switchboard, request));
  if (wants_file(call)) {
    const std::string at = call.session.now.plain_text();
    report::Document document{.title = {"接下来要拨打的案件", "Cases called next"}, .lead = same(at)};
    document.sections.push_back({.title = {}, .lead = {}, .tables = {next_up_table(rows)}});
    return file_of(call, document, "next-up");
  }
  NextUpList list;
  for (const app::WorklistRow& row : rows)
    list.rows.push_back({.position = row.position,
                         .policy_no = row.policy_no,
                         .leg = std::string(code_of(row.leg)),
                         .phone_masked = row.phone_masked,
                         .language = row.language,
                         .reason = row.reason,
                         .deadline = row.deadline,
                         .slots_left = row.slots_left});
  return answer(list);
}

Result<http::Response> reassign_case(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<ReassignRequest>(call.request.body));
  const app::Reassignment wanted{
      .policy_no = call.parts.at("policy_no"), .seat = request.seat.value_or(""), .reason = request.reason};
  const auto given =
      SHOUYUE_TRY(app::reassign(call.session, call.deriver, call.facilities.switchboard, call.person->account, wanted,
                                call.session.now.plus_seconds(desk_seconds)));
  ReassignAnswer done{.policy_no = wanted.policy_no, .seat = {}, .lease_until = {}};
  if (given) {
    done.seat = given->seat;
    done.lease_until = given->lease_until;
  }
  return answer(done);
}

Result<http::Response> count_capacity(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<CapacityRequest>(call.request.body));
  const int days = request.days.value_or(capacity_days_usual);
  if (days < 1 || days > capacity_days_max)
    return refuse(Errc::invalid_input, "capacity.days", "ask for 1 to " + std::to_string(capacity_days_max) + " days",
                  "天数应为 1 至 " + std::to_string(capacity_days_max));
  const auto count = [days, account = call.person->account, &switchboard = call.facilities.switchboard](
                         Workplace& workplace, JobProgress& progress) -> Result<std::string> {
    const auto tell = [&](std::int64_t done, std::int64_t total) { return progress.report(done, total); };
    const app::Capacity counted =
        SHOUYUE_TRY(app::capacity(workplace.session(), workplace.deriver(), switchboard, account, days, tell));
    CapacityJson json{.at = workplace.session().now,
                      .rows = {},
                      .cases = counted.cases,
                      .beyond = counted.beyond,
                      .seats = counted.seats};
    for (const app::CapacityLine& line : counted.lines)
      json.rows.push_back(
          {line.day, std::string(code_of(line.leg)), line.first_attempts, line.attempts, line.last_days});
    return json::text_of(json);
  };
  return job_started(call, capacity_job, count);
}

Result<http::Response> show_capacity(Call& call) {
  const JobView view = SHOUYUE_TRY(call.facilities.jobs.view(call.parts.at("id"), call.person->account.name));
  if (view.kind != capacity_job || view.state != JobState::done)
    return refuse(Errc::not_found, "capacity.not_counted", "there is no count of that number that is done; count again",
                  "没有此编号的已完成测算，请重新测算");
  const auto counted = SHOUYUE_TRY(json::read<CapacityJson>(view.result));
  return wants_file(call) ? file_of(call, document_of(counted), "capacity") : answer(counted);
}

}  // namespace shouyue::api
