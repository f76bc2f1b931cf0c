#include "demo/call.hpp"

#include <doctest/doctest.h>

#include "demo_insurer.hpp"

using namespace shouyue;
using namespace shouyue::demo;
using insurer::Connection;
using insurer::Finding;
using insurer::Interview;
using insurer::Leg;

namespace {

const Instant mid_october = Instant::at(*Date::from_civil(2021, 10, 15), 10 * 3600);

Life life_with(const Insurer& demo, Story story, int nth = 0) {
  for (int i = 0; i < demo.policies(); ++i)
    if (Life life = demo.life_of(i); life.story == story && !life.speaks_dialect_only && nth-- == 0) return life;
  FAIL("no such life");
  return {};
}

const CallShapes& shapes() {
  static const auto tables = read_tables(shipped_texts()).value();
  return tables.calls;
}

insurer::Attempt call(const Life& life, Leg leg, int attempt_no, const std::string& phone = {}) {
  return simulate_call(life, {.policy_no = life.policy.policy_no, .leg = leg, .attempt_no = attempt_no, .phone = phone},
                       mid_october, shapes(), 1);
}

// The first attempt of many that goes through the whole questionnaire.
insurer::Attempt talk(const Life& life, Leg leg) {
  for (int n = 1; n < 200; ++n)
    if (auto attempt = call(life, leg, n); attempt.interview == Interview::complete) return attempt;
  FAIL("never reached");
  return {};
}

}  // namespace

TEST_CASE("a call is told the same way every time") {
  const Insurer demo = demo_insurer(1000, 56);
  const Life life = demo.life_of(12);
  const auto first = call(life, Leg::first_call, 2), again = call(life, Leg::first_call, 2);
  CHECK(first.connection == again.connection);
  CHECK(first.ended_at == again.ended_at);
  CHECK(first.attempt_id == life.policy.policy_no + "-C2");
}

TEST_CASE("about as many cases are reached at the first call as in the call logs") {
  const Insurer demo = demo_insurer(3000, 56);
  int calls = 0, reached = 0;
  for (int i = 0; i < 3000; ++i) {
    const Life life = demo.life_of(i);
    if (life.story != Story::plain || life.speaks_dialect_only) continue;
    ++calls;
    reached += call(life, Leg::first_call, 1).interview == Interview::complete;
  }
  const int permille = reached * 1000 / calls;
  CHECK(shapes().reached.front() == 428);
  CHECK(permille > 350);
  CHECK(permille < 480);
}

TEST_CASE("each story leaves its mark on the call") {
  const Insurer demo = demo_insurer(1000, 56);
  struct Row {
    Story story;
    Leg leg;
    Connection connection;
  };
  for (const Row row :
       {Row{Story::nonexistent_number, Leg::first_call, Connection::nonexistent_number},
        Row{Story::wrong_digits, Leg::first_call, Connection::nonexistent_number},
        Row{Story::no_phone, Leg::first_call, Connection::no_phone},
        Row{Story::agents_phone, Leg::first_call, Connection::agent_phone},
        Row{Story::suspended, Leg::second_call, Connection::suspended_for_arrears},
        Row{Story::incoming_restricted, Leg::first_call, Connection::incoming_restricted},
        Row{Story::fax, Leg::first_call, Connection::fax}, Row{Story::recorder, Leg::first_call, Connection::recorder}})
    CHECK(call(life_with(demo, row.story), row.leg, 1).connection == row.connection);

  struct Doubt {
    Story story;
    Finding finding;
  };
  for (const Doubt doubt : {Doubt{Story::proxy_risk_statement, Finding::proxy_signature_risk_statement},
                            Doubt{Story::health_untrue, Finding::health_disclosure_untrue},
                            Doubt{Story::other_product, Finding::other_financial_product_recommended}})
    CHECK(talk(life_with(demo, doubt.story), Leg::first_call).open == insurer::bit(doubt.finding));
  CHECK(talk(life_with(demo, Story::doubt_corrected), Leg::first_call).corrected != 0);
  CHECK(talk(life_with(demo, Story::doubt_open), Leg::first_call).open != 0);
  CHECK(talk(life_with(demo, Story::plain), Leg::first_call).open == 0);
}

TEST_CASE("a number that somebody found reaches the holder, who confirms the change") {
  const Insurer demo = demo_insurer(1000, 56);
  const Life life = life_with(demo, Story::wrong_number);
  bool reached = false;
  for (int n = 1; n < 60 && !reached; ++n) {
    CHECK(call(life, Leg::second_call, n, life.policy.mobile_phone).interview == Interview::none);
    reached = call(life, Leg::second_call, n, life.holder.mobile).interview == Interview::complete;
  }
  CHECK(reached);
  CHECK(talk(life, Leg::manual_visit).corrected == insurer::bit(Finding::phone_changed));
}

TEST_CASE("a recording heard again changes the findings of the same attempt") {
  const Insurer demo = demo_insurer(1000, 56);
  const auto clean = talk(life_with(demo, Story::call_corrected_to_proxy), Leg::first_call);
  const auto proxy = heard_again(life_with(demo, Story::call_corrected_to_proxy), clean);
  REQUIRE(proxy);
  CHECK(clean.open == 0);
  CHECK(proxy->open == insurer::bit(Finding::proxy_signature_documents));
  CHECK(proxy->attempt_id == clean.attempt_id);
  const auto doubted = talk(life_with(demo, Story::call_corrected_to_clean), Leg::first_call);
  CHECK(doubted.open != 0);
  CHECK(heard_again(life_with(demo, Story::call_corrected_to_clean), doubted)->open == 0);
  CHECK(!heard_again(life_with(demo, Story::plain), clean));
}

TEST_CASE("dialect speakers are not understood at head office and are at the branch") {
  const Insurer demo = demo_insurer(3000, 56);
  int dialect = 0, understood = 0;
  for (int i = 0; i < 3000; ++i) {
    const Life life = demo.life_of(i);
    if (!life.speaks_dialect_only || life.story != Story::plain) continue;
    dialect += call(life, Leg::first_call, 1).connection == Connection::dialect;
    CHECK(call(life, Leg::branch_call, 1).connection != Connection::dialect);
    understood += call(life, Leg::branch_call, 1).interview == Interview::complete;
  }
  CHECK(dialect > 20);
  CHECK(understood > 20);
}

TEST_CASE("tickets are worked on in order, some late, some never") {
  const Insurer demo = demo_insurer(1000, 56);
  const Instant opened = Instant::at(*Date::from_civil(2021, 9, 28), 11 * 3600);
  int never = 0, late = 0, new_phones = 0;
  for (int i = 0; i < 1000; ++i) {
    const Life life = demo.life_of(i);
    const OpenTicket ticket{.ticket_id = life.policy.policy_no + "-verification-1",
                            .policy_no = life.policy.policy_no,
                            .kind = insurer::TicketKind::verification,
                            .opened_at = opened};
    const auto steps = plan_ticket(life, ticket, shipped_calendar(), 1).value();
    if (steps.empty()) {
      ++never;
      continue;
    }
    for (std::size_t n = 1; n < steps.size(); ++n) CHECK(steps[n - 1].at < steps[n].at);
    for (const auto& step : steps) {
      CHECK(step.at > opened);
      CHECK(shipped_calendar().is_working(step.at.date()).value());
      new_phones += step.new_phone.empty() ? 0 : 1;
    }
    late += shipped_calendar().working_days_between(opened.date(), steps.back().at.date()).value() > 5;
  }
  CHECK(never > 5);
  CHECK(never < 80);
  CHECK(late > 80);
  CHECK(late < 400);
  CHECK(new_phones > 20);
}

TEST_CASE("shifts: fewer calls on days off, none outside the hours") {
  Insurer demo = demo_insurer(1000, 56);
  const auto working = demo.shifts_of(*Date::from_civil(2021, 9, 28)).value();
  const auto holiday = demo.shifts_of(*Date::from_civil(2021, 10, 1)).value();
  REQUIRE(working.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(holiday[i].call_share < working[i].call_share);
  CHECK(working.back().call_share == 1000);  // who is left is called in the evening
  std::vector<WorkItem> offered;
  for (int i = 0; i < 200; ++i) offered.push_back({.policy_no = demo.life_of(i).policy.policy_no});
  offered.push_back({.policy_no = "of-somebody-else"});
  const auto rows = csv_rows(text_of(demo.calls_of(working[2], offered), insurer::FileKind::attempts));
  CHECK(rows.size() == 200);
  for (const auto& row : rows) {
    const Instant at = Instant::parse(row.at("started_at")).value();
    CHECK(at >= working[2].from);
    CHECK(at < working[2].until);
  }
}
