#include "simulation/invariants.hpp"

#include <algorithm>

#include "app/audit.hpp"
#include "app/import_rows.hpp"
#include "app/policy_deriver.hpp"
#include "app/rebuild.hpp"
#include "base/text.hpp"
#include "regime/rows.hpp"
#include "worklist/cadence.hpp"

namespace simulation {

using namespace shouyue;

namespace {

constexpr int days_searched = 12;

struct Known {
  app::LoadedPolicy policy;
  app::PolicyState state;
};

std::vector<Known> derive_all(Office& office, Instant now) {
  std::vector<Known> all;
  const auto read = office.store().each_policy([&](std::string& policy_no) -> Result<void> {
    app::LoadedPolicy policy = SHOUYUE_TRY(office.deriver().read(policy_no, now));
    auto state = app::PolicyDeriver::derive(policy, now);
    if (state) all.push_back({std::move(policy), *std::move(state)});
    return {};
  });
  require(read.has_value(), "cases can be derived: " + (read ? "" : read.error().en));
  return all;
}

std::map<std::int64_t, std::int64_t> calls_of_persons(const std::vector<Known>& all, Date day) {
  std::map<std::int64_t, std::int64_t> calls;
  for (const Known& known : all)
    for (const insurer::Attempt& attempt : known.state.facts.attempts)
      if (insurer::is_call(attempt.leg) && attempt.started_at.date() == day)
        ++calls[app::holder_key(known.state.facts.policy)];
  return calls;
}

bool person_may_be_called(const Known& known, std::map<std::int64_t, std::int64_t>& calls) {
  const auto& limit = known.policy.books->visits->followup->person_per_day_max;
  const std::int64_t person = app::holder_key(known.state.facts.policy);
  if (!limit || person == 0) return true;
  const auto row = regime::policy_row(known.state.facts.policy, known.policy.surroundings);
  return calls[person] < limit->on(known.state.facts.policy.issued_on, row).value().value;
}

bool is_going_on(const followup::Case& kase) {
  using insurer::CaseStatus;
  if (kase.active->leg->is_second_visit) return kase.status == CaseStatus::succeeded;
  return kase.status == CaseStatus::open || kase.status == CaseStatus::waiting ||
         kase.status == CaseStatus::with_branch;
}

// When the oldest open ticket that asks for a second visit was opened.
std::optional<Instant> second_visit_since(const Known& known) {
  if (!known.state.follow_up.active->leg->is_second_visit) return std::nullopt;
  std::optional<Instant> oldest;
  for (const ticket::Ticket& ticket : known.state.tickets)
    if (!ticket.closed_at && known.policy.books->ticket(ticket.kind)->second_visit &&
        (!oldest || ticket.opened_at < *oldest))
      oldest = ticket.opened_at;
  require(oldest.has_value(), "second visit: " + known.policy.policy_no + " has no ticket that asks for it");
  return oldest;
}

// When the holder wanted to be called who would not answer alone on the leg before, if this leg lasts until then.
std::optional<Instant> asked_for(const Known& known) {
  const followup::Case& kase = known.state.follow_up;
  if (kase.active->leg->is_second_visit || kase.means.size() < 2) return std::nullopt;
  const followup::Means& before = kase.means[kase.means.size() - 2];
  if (before.leg->performer != regime::Performer::holder || !before.last) return std::nullopt;
  const auto& wish = known.state.facts.attempts[*before.last].appointment_at;
  const auto& until = kase.active->cadence.until;
  return wish && until && *wish >= *until ? std::nullopt : wish;
}

void check_next_slot(const Known& known, const OpenCase& open, Instant now, const PlainCalendar& calendar) {
  const auto& active = *known.state.follow_up.active;
  const auto next = worklist::next_legal(active.cadence, active.history, now, *known.policy.calendar);
  require(next.has_value(), "next slot can be found");
  const Instant horizon = now.plus_seconds(days_searched * 86'400);
  const auto found = first_minute(open, now, days_searched, calendar);
  const auto given = *next && **next < horizon ? *next : std::nullopt;
  const bool ends_before = active.cadence.until && (!found || *found >= *active.cadence.until);
  if (ends_before && !given) return;
  require(given == found, "next slot: " + known.policy.policy_no + " at " + now.text() + " next is " +
                              (given ? given->text() : "none") + ", by the text of the rules " +
                              (found ? found->text() : "none"));
}

}  // namespace

void check_worklist(Office& office, Instant now, const std::vector<app::WorklistRow>& listed,
                    const PlainCalendar& calendar) {
  std::set<std::string> on_list;
  for (const app::WorklistRow& row : listed)
    require(on_list.insert(row.policy_no).second, "worklist: " + row.policy_no + " stands there twice");
  const auto all = derive_all(office, now);
  auto calls = calls_of_persons(all, now.date());
  for (const Known& known : all) {
    const auto& follow_up = known.state.follow_up;
    const bool is_listed = on_list.erase(known.policy.policy_no) > 0;
    const std::string who = known.policy.policy_no + " at " + now.text();
    require(!follow_up.active || is_going_on(follow_up), "open cases: " + who + " has ended and has a leg");
    require(!is_listed || follow_up.active, "worklist: " + who + " stands there and is not open");
    if (!follow_up.active) continue;
    const OpenCase open{known.state.facts,      known.policy.surroundings, *known.policy.books,
                        *follow_up.active->leg, second_visit_since(known), asked_for(known)};
    const bool is_legal = may_call(open, now, calendar);
    const bool has_budget = person_may_be_called(known, calls);
    require(!is_listed || is_legal, "legal slot: " + who + " stands on the worklist outside its slots");
    require(!is_listed || has_budget, "budget: " + who + " stands on the worklist after all calls of the day");
    require(is_listed || !is_legal || !has_budget, "worklist: " + who + " may be called and is missing");
    check_next_slot(known, open, now, calendar);
  }
  require(on_list.empty(), "worklist: a policy that cannot be derived stands there");
}

namespace {

void check_ledger(const app::CommissionRow& row, const std::vector<app::EntryRow>& entries) {
  const std::string who = row.policy_no;
  require(row.deduction >= Money() && row.deduction <= row.commission, "money: deduction of " + who);
  require(row.payable >= Money() && row.payable <= row.commission, "money: payable of " + who);
  Money paid, last_gain;
  std::map<std::string, Money> paid_to;
  bool is_released = false;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const app::EntryRow& entry = entries[i];
    require(entry.n == static_cast<int>(i) + 1, "money: entries of " + who + " are not numbered from 1");
    require(i == 0 || entries[i - 1].month <= entry.month, "money: months of " + who + " go back");
    paid = paid + entry.amount;
    paid_to[entry.agent_code] = paid_to[entry.agent_code] + entry.amount;
    require(paid >= Money(), "money: more is taken back from " + who + " than was paid");
    require(entry.kind != "release" || !is_released, "money: the commission of " + who + " is paid twice");
    if (entry.kind == "release") last_gain = entry.amount, is_released = true;
    if (entry.kind == "deduct") last_gain = last_gain + entry.amount;
    if (entry.kind != "release" && entry.kind != "deduct") last_gain = Money(), is_released = false;
    require(paid == last_gain, "money: the ledger of " + who + " is not its last release less its deduction");
    for (const auto& [agent, amount] : paid_to)
      require(amount == Money() || (is_released && agent == entry.agent_code),
              "money: " + agent + " keeps what was paid for " + who + " though it is not his any more");
  }
  const bool is_booked = !entries.empty() && entries.back().month == row.month;
  if (is_booked && row.status == insurer::CommissionStatus::released)
    require(entries.back().agent_code == row.agent_code, "money: " + who + " was paid to another agent");
  if (is_booked && row.status == insurer::CommissionStatus::released)
    require(paid == row.payable, "money: the ledger of " + who + " does not add up to what is payable");
  if (is_booked && row.status != insurer::CommissionStatus::released)
    require(paid == Money(), "money: " + who + " was paid what is not released");
}

std::string text_of(const std::vector<app::EntryRow>& entries) {
  std::string text;
  for (const app::EntryRow& entry : entries) text += "  " + join(app::cells_of(entry), " ") + "\n";
  return text;
}

}  // namespace

void check_money(app::Store& store, Ledgers& ledgers) {
  Ledgers now;
  const auto entries = store.each_entry([&](app::EntryRow& row) -> Result<void> {
    now[row.policy_no].push_back(std::move(row));
    return {};
  });
  const auto rows = store.each_commission([&](app::CommissionRow& row) -> Result<void> {
    check_ledger(row, now[row.policy_no]);
    return {};
  });
  require(entries && rows, "ledgers can be read");
  for (const auto& [policy_no, before] : ledgers) {
    const auto& after = now[policy_no];
    require(
        after.size() >= before.size() && std::equal(before.begin(), before.end(), after.begin()),
        "ledger is only continued: that of " + policy_no + " was\n" + text_of(before) + "and is\n" + text_of(after));
  }
  ledgers = std::move(now);
}

void check_derived(Office& office, Instant now) {
  app::Session session = office.session(now);
  const auto derived = app::check_derived(session);
  require(derived.has_value(), "rebuild --check can be asked: " + (derived ? "" : derived.error().en));
  require(derived->differing == 0, "rebuild --check is clean: " + std::to_string(derived->differing) +
                                       " differ, first " +
                                       (derived->examples.empty() ? "" : derived->examples.front()));
  const auto audit = app::verify_audit(session);
  require(audit && !audit->broken_at, "audit chain is whole");
}

}  // namespace simulation
