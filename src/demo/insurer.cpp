#include "demo/insurer.hpp"

#include <algorithm>
#include <array>

namespace shouyue::demo {
namespace {

using insurer::FileKind;

constexpr int hour = 3600;

Result<void> check(const Settings& settings) {
  if (settings.policies >= 1 && settings.policies <= 5'000'000 && settings.days >= 1 && settings.days <= 366) return {};
  return refuse(Errc::invalid_input, "demo.settings", "a demo has 1 to 5000000 policies and 1 to 366 days",
                "演示应有 1 至 5000000 张保单、1 至 366 天");
}

// How many policies a day issues, relative to the others: weekends are quiet, month ends are busy.
Result<int> issue_weight(Date day, const calendar::WorkingCalendar& calendar) {
  if (SHOUYUE_TRY(calendar.is_statutory_holiday(day))) return 8;
  if (!SHOUYUE_TRY(calendar.is_working(day))) return 30;
  return (day + 4).month() != day.month() ? 150 : 100;
}

enum class EventKind : std::uint8_t {
  issued,
  receipt_signed,
  receipt_reconciled,
  changed,
  policy_corrected,
  link_answered,
  receipt_corrected
};

struct Event {
  int index;
  EventKind kind;
};

}  // namespace

// What never changes after `make`: the tables, the network and who is issued when.
struct Insurer::World {
  Tables tables;
  Network network;
  calendar::WorkingCalendar calendar;
  std::vector<Date> issued_on;             // by policy index; the backlog comes last
  int regular = 0;                         // policies before the backlog
  std::vector<std::vector<Event>> events;  // by day of the settings

  Life tell(const Settings& settings, int index) const {
    return LifeTeller(tables, network, settings.seed, settings.first_day)
        .tell(index, issued_on[static_cast<std::size_t>(index)], index >= regular);
  }
  Result<void> spread_issues(const Settings& settings);
  void list_events(const Settings& settings);
};

Result<void> Insurer::World::spread_issues(const Settings& settings) {
  std::vector<std::int64_t> upto;
  std::int64_t sum = 0;
  for (int i = 0; i < settings.days; ++i)
    upto.push_back(sum += SHOUYUE_TRY(issue_weight(settings.first_day + i, calendar)));
  regular = settings.policies;
  int day = 0;
  for (int index = 0; index < regular; ++index) {
    while (upto[static_cast<std::size_t>(day)] * regular <= sum * index) ++day;
    issued_on.push_back(settings.first_day + day);
  }
  for (int i = 0; i < std::max(1, regular / 100); ++i) {
    Random random(settings.seed, "backlog", static_cast<std::uint64_t>(i));
    issued_on.push_back(settings.first_day - random.between(78, 96));
  }
  return {};
}

void Insurer::World::list_events(const Settings& settings) {
  events.resize(static_cast<std::size_t>(settings.days));
  const auto add = [&](std::optional<Date> on, int index, EventKind kind) {
    if (!on || *on < settings.first_day || *on - settings.first_day >= settings.days) return;
    events[static_cast<std::size_t>(*on - settings.first_day)].push_back({index, kind});
  };
  for (int index = 0; index < static_cast<int>(issued_on.size()); ++index) {
    const Life life = tell(settings, index);
    add(life.policy.issued_on, index, EventKind::issued);
    for (const auto& change : life.changes) add(change.on, index, EventKind::changed);
    const bool withdrawn = life.story == Story::withdraws;
    if (life.receipt && !withdrawn) {
      if (life.receipt->reconciled_on != life.receipt->signed_on)
        add(life.receipt->signed_on, index, EventKind::receipt_signed);
      add(life.receipt->reconciled_on, index, EventKind::receipt_reconciled);
    }
    if (!withdrawn) add(life.link_answered_on, index, EventKind::link_answered);
    add(life.corrected_on, index,
        life.story == Story::receipt_corrected ? EventKind::receipt_corrected : EventKind::policy_corrected);
  }
}

Result<Insurer> Insurer::make(const Settings& settings, const DataTexts& texts,
                              const calendar::WorkingCalendar& calendar) {
  SHOUYUE_CHECK(check(settings));
  auto tables = SHOUYUE_TRY(read_tables(texts));
  Network network = build_network(tables, settings.seed, settings.first_day);
  auto world = std::make_shared<World>(World{.tables = std::move(tables),
                                             .network = std::move(network),
                                             .calendar = calendar,
                                             .issued_on = {},
                                             .regular = 0,
                                             .events = {}});
  SHOUYUE_CHECK(world->spread_issues(settings));
  world->list_events(settings);
  return Insurer(settings, std::move(world));
}

Life Insurer::life_of(int index) const { return world_->tell(settings_, index); }

int Insurer::policies() const { return static_cast<int>(world_->issued_on.size()); }

std::vector<DemoFile> Insurer::opening_files() const {
  std::vector<DemoFile> files;
  add_file(files, FileKind::organisations, world_->network.organisations);
  add_file(files, FileKind::agents, world_->network.agents);
  std::vector<insurer::Product> products;
  for (const ProductOffer& offer : product_offers()) products.push_back(offer.product);
  add_file(files, FileKind::products, products);
  std::vector<insurer::Policy> backlog;
  for (int index = world_->regular; index < policies(); ++index) backlog.push_back(life_of(index).policy);
  add_file(files, FileKind::policies, backlog);
  return files;
}

insurer::Attempt Insurer::answered_link(const Life& life) const {
  Random random(settings_.seed, "link", static_cast<std::uint64_t>(life.index));
  const Instant at = Instant::at(*life.link_answered_on, random.between(8 * hour, 21 * hour));
  const WorkItem link{
      .policy_no = life.policy.policy_no, .leg = insurer::Leg::electronic, .attempt_no = 1, .phone = {}};
  return simulate_call(life, link, at, world_->tables.calls, settings_.seed);
}

std::vector<DemoFile> Insurer::files_of(Date day) const {
  std::vector<DemoFile> files;
  if (day < settings_.first_day || day - settings_.first_day >= settings_.days) return files;
  const LifeTeller teller(world_->tables, world_->network, settings_.seed, settings_.first_day);
  std::vector<insurer::Policy> policies;
  std::vector<insurer::ReceiptRow> receipts;
  std::vector<insurer::PolicyChangeRow> changes;
  std::vector<insurer::AttemptRow> answers;
  for (const Event& event : world_->events[static_cast<std::size_t>(day - settings_.first_day)]) {
    const Life life = life_of(event.index);
    const bool corrected_later = life.story == Story::receipt_corrected && event.kind != EventKind::receipt_corrected;
    switch (event.kind) {
      case EventKind::issued: policies.push_back(life.policy); break;
      case EventKind::policy_corrected: policies.push_back(teller.corrected_policy(life)); break;
      case EventKind::link_answered: answers.push_back({answered_link(life), life.policy.policy_no}); break;
      case EventKind::changed:
        for (const auto& change : life.changes)
          if (change.on == day) changes.push_back({change, life.policy.policy_no});
        break;
      default: {
        insurer::Receipt receipt = corrected_later ? teller.receipt_before_correction(life) : *life.receipt;
        if (event.kind == EventKind::receipt_signed) receipt.handed_in_on = receipt.reconciled_on = std::nullopt;
        receipts.push_back({receipt, life.policy.policy_no});
      }
    }
  }
  add_file(files, FileKind::policies, policies);
  add_file(files, FileKind::receipts, receipts);
  add_file(files, FileKind::policy_changes, changes);
  add_file(files, FileKind::attempts, answers);
  return files;
}

Result<std::vector<Shift>> Insurer::shifts_of(Date day) const {
  struct Hours {
    int from, until;
  };
  static constexpr std::array<Hours, 3> hours{{{9, 12}, {14, 17}, {18, 21}}};
  const int staff = SHOUYUE_TRY(world_->calendar.is_statutory_holiday(day)) ? 350
                    : SHOUYUE_TRY(world_->calendar.is_working(day))         ? 1000
                                                                            : 600;
  const auto& by_hour = world_->tables.calls.by_hour;
  std::array<int, 3> weights{};
  int rest = 0;
  for (std::size_t i = 0; i < hours.size(); ++i) {
    for (int h = hours[i].from; h < hours[i].until; ++h) weights[i] += by_hour[static_cast<std::size_t>(h)];
    rest += weights[i];
  }
  std::vector<Shift> shifts;
  for (std::size_t i = 0; i < hours.size(); ++i) {
    shifts.push_back({.from = Instant::at(day, hours[i].from * hour),
                      .until = Instant::at(day, hours[i].until * hour),
                      .call_share = weights[i] * staff / std::max(rest, 1)});
    rest -= weights[i];
  }
  return shifts;
}

// The number known to whoever calls: what the form says until a branch, a correction or the holder says better.
std::string Insurer::number_to_dial(const Life& life, Date day) const {
  const bool is_corrected = life.story == Story::phone_corrected && life.corrected_on && *life.corrected_on < day;
  const bool is_reported = life.story == Story::phone_change_reported && life.changes.front().on < day;
  if (is_corrected || is_reported || numbers_found_.contains(life.index)) return life.holder.mobile;
  return life.policy.mobile_phone.empty() ? life.policy.work_phone : life.policy.mobile_phone;
}

std::vector<DemoFile> Insurer::calls_of(const Shift& shift, std::span<const WorkItem> offered) {
  constexpr int last_start_before_end = 15 * 60;  // seconds: a call that begins in the shift also ends in it, mostly
  const int length = static_cast<int>((shift.until.milliseconds() - shift.from.milliseconds()) / 1000);
  std::vector<insurer::AttemptRow> rows;
  for (const WorkItem& item : offered) {
    const auto index = index_of(item.policy_no);
    if (!index || *index >= policies()) continue;
    Random random(settings_.seed, "shift", static_cast<std::uint64_t>(*index),
                  static_cast<std::uint64_t>(shift.from.milliseconds()));
    if (!random.permille(shift.call_share)) continue;
    const Life life = life_of(*index);
    const Instant start = shift.from.plus_seconds(random.below(length - last_start_before_end));
    const WorkItem call{.policy_no = item.policy_no,
                        .leg = item.leg,
                        .attempt_no = item.attempt_no,
                        .phone = item.phone.empty() ? number_to_dial(life, start.date()) : item.phone};
    insurer::AttemptRow row{simulate_call(life, call, start, world_->tables.calls, settings_.seed), item.policy_no};
    if (auto corrected = heard_again(life, row))
      corrections_.push_back(
          {.known_on = start.date() + random.between(8, 24), .row = {*std::move(corrected), item.policy_no}});
    rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, {}, [](const insurer::AttemptRow& row) { return std::tie(row.started_at, row.attempt_id); });
  std::vector<DemoFile> files;
  add_file(files, FileKind::attempts, rows);
  return files;
}

std::vector<DemoFile> Insurer::corrected_calls_of(Date day) const {
  std::vector<insurer::AttemptRow> rows;
  for (const Correction& correction : corrections_)
    if (correction.known_on == day) rows.push_back(correction.row);
  std::vector<DemoFile> files;
  add_file(files, FileKind::attempts, rows);
  return files;
}

Result<std::vector<DemoFile>> Insurer::ticket_steps_of(Date day, std::span<const OpenTicket> open) {
  std::vector<insurer::TicketStepRow> rows;
  for (const OpenTicket& ticket : open) {
    const auto index = index_of(ticket.policy_no);
    if (!index || *index >= policies()) continue;
    const auto plan = SHOUYUE_TRY(plan_ticket(life_of(*index), ticket, world_->calendar, settings_.seed));
    for (const auto& step : plan) {
      if (step.at.date() != day) continue;
      if (!step.new_phone.empty()) numbers_found_.insert(*index);
      rows.push_back(step);
    }
  }
  std::ranges::sort(rows, {}, [](const insurer::TicketStepRow& row) { return std::tie(row.at, row.ticket_id); });
  std::vector<DemoFile> files;
  add_file(files, FileKind::ticket_steps, rows);
  return files;
}

}  // namespace shouyue::demo
