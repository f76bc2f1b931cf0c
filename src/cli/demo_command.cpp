#include <cstdio>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "app/demo_accounts.hpp"
#include "app/play_demo.hpp"
#include "app/worklist.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

// A bar on a terminal, otherwise a line a week.
void show_progress(const app::DemoProgress& progress) {
  constexpr int width = 30, week = 7;
  const std::string figures = progress.day.text() + "  保单 policies " + std::to_string(progress.policies) +
                              "  回访 attempts " + std::to_string(progress.attempts) + "  工单步骤 ticket steps " +
                              std::to_string(progress.ticket_steps);
  const bool is_last = progress.days_done == progress.days;
  if (isatty(STDERR_FILENO)) {
    const int full = width * progress.days_done / progress.days;
    const std::string bar =
        std::string(static_cast<std::size_t>(full), '#') + std::string(static_cast<std::size_t>(width - full), '.');
    std::fprintf(stderr, "\r[%s] %s%s", bar.c_str(), figures.c_str(), is_last ? "\n" : "");
  } else if (is_last || progress.days_done % week == 0) {
    std::fprintf(stderr, "%s\n", figures.c_str());
  }
}

std::string value_text(const report::Value& value) {
  const report::Text text = report::shown(value);
  return text.zh == text.en ? text.zh : text.zh + " " + text.en;
}

std::string month_text(const app::DemoReport::Month& month) {
  std::int64_t succeeded = 0, due = 0;
  for (const report::OfficeLine& office : month.figures.offices) succeeded += office.succeeded, due += office.due;
  std::string text =
      "\n" + month.figures.period + "  成功 success " + std::to_string(succeeded) + " / " + std::to_string(due) + "\n";
  for (const report::MoneyPart& part : month.figures.commission.value().by_status.parts)
    text += "  佣金 commission " + part.label.zh + " " + part.label.en + ": " + part.amount.yuan() + " (" +
            std::to_string(part.policies) + ")\n";
  for (const report::TicketLine& line : month.figures.tickets)
    text += "  工单 tickets " + line.kind.zh + " " + line.kind.en + ": " + std::to_string(line.whole) + ", 超时 late " +
            std::to_string(line.closed_late + line.open_overdue) + "\n";
  const std::string* head_office =
      month.figures.scorecard.empty() ? nullptr : &month.figures.scorecard.front().organisation;
  for (const report::ScoreLine& line : month.figures.scorecard)
    if (line.organisation == *head_office)
      text += "  指标 indicator " + line.indicator.zh + " " + line.indicator.en + ": " +
              std::to_string(line.numerator) + " / " + std::to_string(line.denominator) + " = " +
              value_text(report::Share{line.numerator, line.denominator}) + ", 得分 score " + value_text(line.score) +
              "\n";
  return text + "  月报 report: " + month.page.string() + "\n";
}

Instant next_morning(Instant ended_at) {
  constexpr int opening = 9 * 3600;
  return Instant::at(ended_at.date() + 1, opening);
}

// What the seats would see on the next morning.
Result<std::string> worklist_text(app::Session& session, Instant ended_at) {
  constexpr int shown = 5;
  session.now = next_morning(ended_at);
  std::string text = "\n次日任务单 worklist at " + session.now.text() + "\n";
  for (const app::WorklistRow& row : SHOUYUE_TRY(app::worklist(session, {.leg = {}, .seat = {}, .limit = shown})))
    text += "  " + row.policy_no + "  " + std::string(zh_of(row.leg)) + "  " + row.phone_masked + "  " +
            (row.deadline ? row.deadline->text() : "") + "  " + row.reason + "\n";
  return text;
}

std::string accounts_text(const std::vector<access::Account>& accounts, Instant ended_at) {
  std::string text = "\n用户 users, 密码 password: " + std::string(app::demo_password) + "\n";
  for (const access::Account& account : accounts)
    text += fmt::format("  {:<12} {:<18} {}\n", account.name, code_of(account.role), name_of(account.role));
  return text + "\nshouyue --now " + next_morning(ended_at).text() + " serve\n";
}

boost::json::object json_of(const app::DemoReport& report, const std::vector<access::Account>& accounts,
                            const std::string& folder) {
  boost::json::array users;
  for (const access::Account& account : accounts)
    users.push_back({{"name", account.name},
                     {"role", code_of(account.role)},
                     {"org_code", account.org_code},
                     {"seat", account.seat},
                     {"agent_code", account.agent_code}});
  boost::json::array pages;
  for (const auto& month : report.months) pages.emplace_back(month.page.string());
  return {{"policies", report.done.policies},
          {"attempts", report.done.attempts},
          {"ticket_steps", report.done.ticket_steps},
          {"rejected", report.rejected},
          {"refused", report.refused},
          {"ended_at", report.ended_at.text()},
          {"goes_on_at", next_morning(report.ended_at).text()},
          {"password", app::demo_password},
          {"accounts", std::move(users)},
          {"out", folder},
          {"reports", std::move(pages)}};
}

}  // namespace

Result<Exit> demo_command(app::Session& session, const Common& common, const DemoArguments& arguments) {
  session.who = "demo";
  SHOUYUE_CHECK(session.store.migrate());
  app::DemoRequest request;
  request.settings.policies = arguments.policies;
  request.settings.days = arguments.days;
  request.settings.seed = arguments.seed;
  request.folder = arguments.folder;
  const app::DemoReport report = SHOUYUE_TRY(app::play_demo(session, request, show_progress));
  const auto accounts = SHOUYUE_TRY(app::make_demo_accounts(session));
  if (common.json) {
    SHOUYUE_CHECK(print(boost::json::serialize(json_of(report, accounts, arguments.folder)) + "\n"));
  } else {
    for (const auto& month : report.months) SHOUYUE_CHECK(print(month_text(month)));
    const std::string worklist = SHOUYUE_TRY(worklist_text(session, report.ended_at));
    SHOUYUE_CHECK(print(worklist));
    SHOUYUE_CHECK(print(accounts_text(accounts, report.ended_at)));
  }
  return report.refused > 0 || report.rejected > 0 ? exit_rejected : exit_done;
}

}  // namespace shouyue::cli
