#pragma once

#include "report/month_report.hpp"

// A small month with every part of the report: a doubtful name, parts that do not add up, an indicator without data.
inline shouyue::report::MonthReport sample_report() {
  using namespace shouyue;
  const auto day = [](int number) { return *Date::from_civil(2021, 10, number); };
  report::MonthReport sample{
      .insurer = {"示范人寿", "Shifan Life"},
      .period = "2021-10",
      .from = day(1),
      .upto = day(31),
      .as_of = Instant::at(day(31), 22 * 3600),
      .regimes = {{"个险新保品质管理", "Quality of new individual business"}},
      .states = {},
      .offices = {},
      .success_rule = {"犹豫期内最后一次回访成功。", "The last visit in the cooling-off period succeeded."},
      .days = {},
      .reasons = {},
      .tickets = {},
      .commission = {},
      .scorecard = {}};
  sample.states = {.parts = {{{"回访成功", "succeeded"}, 1180}, {{"待访", "open"}, 96}, {{"失败", "failed"}, 44}},
                   .whole = 1320};
  sample.offices = {{.name = "广东分公司", .succeeded = 412, .due = 455, .excluded = 12},
                    {.name = "福建<分>公司 & 网点", .succeeded = 300, .due = 371, .excluded = 4},
                    {.name = "上海分公司", .succeeded = 189, .due = 197, .excluded = 2},
                    {.name = "湖北分公司", .succeeded = 0, .due = 0, .excluded = 0}};
  for (int i = 1; i <= 31; ++i)
    sample.days.push_back({.day = day(i),
                           .is_day_off = i <= 7 || day(i).weekday() >= 6,
                           .attempts = 60 + i * 37 % 50,
                           .completed = 25 + i * 17 % 24});
  sample.reasons = {.parts = {{{"无人接听", "no answer"}, 410},
                              {{"关机", "powered off"}, 120},
                              {{"忙音", "busy"}, 96},
                              {{"方言无法沟通", "dialect"}, 61},
                              {{"空号", "non-existent number"}, 22}},
                    .whole = 715};
  sample.tickets = {{.kind = {"核实件", "verification"},
                     .closed_in_time = 60,
                     .closed_late = 12,
                     .open_normal = 20,
                     .open_warning = 8,
                     .open_overdue = 9,
                     .whole = 109},
                    {.kind = {"问题件", "problem"},
                     .closed_in_time = 25,
                     .closed_late = 4,
                     .open_normal = 3,
                     .open_warning = 1,
                     .open_overdue = 2,
                     .whole = 35}};
  sample.commission = {
      .by_status = {.parts = {{{"已发放", "released"}, 700, Money::fen(123'456'789)},
                              {{"缓发", "held"}, 200, Money::fen(40'000'000)},
                              {{"扣发", "withheld"}, 20, Money::fen(2'000'050)}},
                    .policies = 920,
                    .whole = Money::fen(165'456'839)},
      .unpaid_by_reason = {.parts = {{{"回执未回收", "receipt outstanding"}, 120, Money::fen(25'000'000)},
                                     {{"回访未成功", "follow-up outstanding"}, 130, Money::fen(27'000'000)}},
                           .policies = 220,
                           .whole = Money::fen(42'000'050)}};
  const report::Text indicator{"犹豫期内回访成功率", "Success in the cooling-off period"};
  sample.scorecard = {{.regime = {"销售误导评价", "Misselling assessment"},
                       .indicator = indicator,
                       .organisation = "示范人寿",
                       .numerator = 901,
                       .denominator = 1023,
                       .excluded = 18,
                       .score = report::Number{Decimal::millionths(8'080'000), 2},
                       .full_score = report::Number{Decimal::whole(20), 0}},
                      {.regime = {"销售误导评价", "Misselling assessment"},
                       .indicator = indicator,
                       .organisation = "湖北分公司",
                       .score = {},
                       .full_score = {}}};
  return sample;
}
