#include "report/month_report.hpp"

#include <algorithm>

#include "report/charts.hpp"
#include "report/html.hpp"
#include "report/style.hpp"

namespace shouyue::report {
namespace {

std::string section(const Text& title, const Text& lead, const std::string& content) {
  return "<section><h2>" + both(title) + "</h2><p class=\"lead\">" + both(lead) + "</p>" + content + "</section>\n";
}

std::string cell(const std::string& content, const char* kind = "") {
  return std::string("<td") + (*kind ? std::string(" class=\"") + kind + "\"" : "") + ">" + content + "</td>";
}

std::string heading(const char* zh, const char* en, const char* kind = "") {
  return std::string("<th scope=\"col\"") + (*kind ? std::string(" class=\"") + kind + "\"" : "") + ">" + both(zh, en) +
         "</th>";
}

// Parts and their whole must agree; when they do not, the reader sees by how much (and why, when there is a reason).
std::string balance(std::int64_t sum, std::int64_t whole, const Text& why = {}) {
  if (sum == whole)
    return "<p class=\"balance\">" +
           both("各项合计 " + grouped(sum) + "，与总数一致。", "The parts add up to " + grouped(sum) + ", the whole.") +
           "</p>";
  return "<p class=\"balance off\">" +
         both(
             "各项合计 " + grouped(sum) + "，总数 " + grouped(whole) + "，差额 " + grouped(sum - whole) + "。" + why.zh,
             "The parts add up to " + grouped(sum) + ", the whole is " + grouped(whole) + ": difference " +
                 grouped(sum - whole) + ". " + why.en) +
         "</p>";
}

std::string money_balance(Money sum, Money whole, const Text& why = {}) {
  if (sum == whole)
    return "<p class=\"balance\">" +
           both("各项合计 " + grouped_yuan(sum) + " 元，与总数一致。",
                "The parts add up to " + grouped_yuan(sum) + " yuan, the whole.") +
           "</p>";
  return "<p class=\"balance off\">" +
         both("各项合计 " + grouped_yuan(sum) + " 元，总数 " + grouped_yuan(whole) + " 元，差额 " +
                  grouped_yuan(sum - whole) + " 元。" + why.zh,
              "The parts add up to " + grouped_yuan(sum) + " yuan, the whole is " + grouped_yuan(whole) +
                  " yuan: difference " + grouped_yuan(sum - whole) + ". " + why.en) +
         "</p>";
}

std::string nothing() { return "<p class=\"empty\">" + both("本期无数据", "No data in this period") + "</p>"; }

std::string tile(const Text& label, const std::string& figure, const Text& base) {
  return "<div class=\"tile\"><div class=\"tile-label\">" + both(label) + "</div><div class=\"figure\">" + figure +
         "</div><div class=\"base\">" + both(base) + "</div></div>";
}

OfficeLine total_of(const std::vector<OfficeLine>& offices) {
  OfficeLine total;
  for (const OfficeLine& office : offices) {
    total.succeeded += office.succeeded;
    total.due += office.due;
    total.excluded += office.excluded;
  }
  return total;
}

std::string tiles(const MonthReport& report) {
  const OfficeLine all = total_of(report.offices);
  std::int64_t attempts = 0, completed = 0, tickets = 0, late = 0;
  for (const DayLine& day : report.days) attempts += day.attempts, completed += day.completed;
  for (const TicketLine& line : report.tickets) tickets += line.whole, late += line.closed_late + line.open_overdue;
  const auto& unpaid = report.commission_reasons;
  return "<div class=\"tiles\">" +
         tile({"回访成功率", "Success rate"}, percent(all.succeeded, all.due),
              {grouped(all.succeeded) + " / " + grouped(all.due) + " 件，剔除 " + grouped(all.excluded),
               grouped(all.succeeded) + " / " + grouped(all.due) + " policies, " + grouped(all.excluded) +
                   " excluded"}) +
         tile({"拨打次数", "Attempts"}, grouped(attempts),
              {"完成问卷 " + grouped(completed) + " 次（" + percent(completed, attempts) + "）",
               grouped(completed) + " interviews completed (" + percent(completed, attempts) + ")"}) +
         tile({"工单超时", "Tickets late"}, grouped(late),
              {"共 " + grouped(tickets) + " 件（" + percent(late, tickets) + "）",
               "of " + grouped(tickets) + " (" + percent(late, tickets) + ")"}) +
         tile({"未发放佣金（元）", "Commission not paid (yuan)"}, grouped_yuan(unpaid.whole),
              {grouped(unpaid.policies) + " 件，首期佣金共 " + grouped_yuan(report.commission.whole),
               grouped(unpaid.policies) + " policies; first-period commission " +
                   grouped_yuan(report.commission.whole)}) +
         "</div>\n";
}

std::string offices_section(const MonthReport& report) {
  if (report.offices.empty())
    return section({"机构回访成功率", "Success rate by office"}, report.success_rule, nothing());
  const OfficeLine all = total_of(report.offices);
  return section({"机构回访成功率", "Success rate by office"}, report.success_rule,
                 office_bars(report.offices) + "<p class=\"balance\">" +
                     both("全部机构：" + grouped(all.succeeded) + " / " + grouped(all.due) + " = " +
                              percent(all.succeeded, all.due) + "；另剔除 " + grouped(all.excluded) + " 件。",
                          "All offices: " + grouped(all.succeeded) + " / " + grouped(all.due) + " = " +
                              percent(all.succeeded, all.due) + "; excluded: " + grouped(all.excluded) + ".") +
                     "</p>");
}

std::string states_section(const MonthReport& report) {
  std::string rows;
  std::int64_t sum = 0;
  for (const Part& part : report.states.parts) {
    sum += part.count;
    rows += "<tr>" + cell(both(part.label)) + cell(grouped(part.count), "n") +
            cell(percent(part.count, report.states.whole), "n") + "</tr>";
  }
  return section({"本期承保保单的回访状态", "Follow-up of the policies issued in the period"},
                 {"每张保单只计一次。", "Every policy is counted once."},
                 report.states.parts.empty()
                     ? nothing()
                     : "<table class=\"narrow\"><thead><tr>" + heading("状态", "State") +
                           heading("件数", "Policies", "n") + heading("占比", "Share", "n") + "</tr></thead><tbody>" +
                           rows + "</tbody></table>" + balance(sum, report.states.whole));
}

std::string calls_section(const MonthReport& report) {
  return section({"每日拨打", "Attempts a day"},
                 {"一次拨打计一次；完成问卷指访问进行到底。",
                  "Every attempt counts; completed means the interview was carried to its end."},
                 report.days.empty() ? nothing() : day_lines(report.days));
}

std::string reasons_section(const MonthReport& report) {
  std::int64_t sum = 0;
  for (const Part& part : report.reasons.parts) sum += part.count;
  return section(
      {"未联系到本人的原因", "Why the holder was not reached"},
      {"以拨打次数计，共 " + grouped(report.reasons.whole) + " 次。",
       "Counted in attempts, " + grouped(report.reasons.whole) + " in all."},
      report.reasons.parts.empty() ? nothing() : reason_bars(report.reasons) + balance(sum, report.reasons.whole));
}

std::string tickets_section(const MonthReport& report) {
  std::int64_t sum = 0, whole = 0;
  for (const TicketLine& line : report.tickets) {
    sum += line.closed_in_time + line.closed_late + line.open_normal + line.open_warning + line.open_overdue;
    whole += line.whole;
  }
  return section({"工单时效", "Timeliness of tickets"},
                 {"本期开立的工单；「按时」含尚未到期的在办件。",
                  "Tickets opened in the period; in time includes open ones not yet due."},
                 report.tickets.empty() ? nothing() : ticket_bars(report.tickets) + balance(sum, whole));
}

std::string commission_section(const MonthReport& report) {
  const MoneyBreakdown& money = report.commission;
  const MoneyBreakdown& unpaid = report.commission_reasons;
  Money sum, unpaid_sum;
  for (const MoneyPart& part : money.parts) sum = sum + part.amount;
  std::string rows;
  for (const MoneyPart& part : unpaid.parts) {
    unpaid_sum = unpaid_sum + part.amount;
    rows += "<tr>" + cell(both(part.label)) + cell(grouped(part.policies), "n") + cell(grouped_yuan(part.amount), "n") +
            "</tr>";
  }
  std::string content = money.parts.empty() ? nothing() : money_bars(money) + money_balance(sum, money.whole);
  if (!unpaid.parts.empty())
    content +=
        "<h3>" + both("未发放的原因", "Why it is not paid") + "</h3><table class=\"narrow\"><thead><tr>" +
        heading("原因", "Reason") + heading("件数", "Policies", "n") + heading("金额（元）", "Amount (yuan)", "n") +
        "</tr></thead><tbody>" + rows + "</tbody></table>" +
        money_balance(unpaid_sum, unpaid.whole, {"一张保单可有多个原因。", "A policy may have several reasons."});
  return section({"首期佣金", "First-period commission"},
                 {"本期承保保单，共 " + grouped(money.policies) + " 件，金额单位为元。",
                  "Policies issued in the period, " + grouped(money.policies) + " in all; amounts in yuan."},
                 content);
}

std::string score_row(const ScoreLine& line) {
  const std::string no_data = "<span class=\"empty\">" + both("无数据", "no data") + "</span>";
  const std::string value = line.value ? ratio_rounded(line.value->in_millionths(), 10'000).text(2) + "%" : no_data;
  std::string score = line.score.empty() ? "–" : escaped(line.score);
  if (!line.score.empty() && !line.full_score.empty())
    score += "<span class=\"base\"> / " + escaped(line.full_score) + "</span>";
  return "<tr>" + cell(both(line.indicator)) + cell(escaped(line.organisation)) + cell(grouped(line.numerator), "n") +
         cell(grouped(line.denominator), "n") + cell(grouped(line.excluded), "n") + cell(value, "n strong") +
         cell(score, "n") + "</tr>";
}

std::string scorecard_section(const MonthReport& report) {
  std::string rows, regime;
  for (const ScoreLine& line : report.scorecard) {
    if (line.regime.zh != regime)
      rows += "<tr class=\"group\"><th colspan=\"7\" scope=\"rowgroup\">" + both(line.regime) + "</th></tr>";
    regime = line.regime.zh;
    rows += score_row(line);
  }
  return section(
      {"考核指标", "Scorecard"},
      {"每项指标都列出分子、分母和剔除数；分母为 0 记作无数据，不记作 100%。",
       "Every figure with numerator, denominator and what was excluded; 0 in the denominator is no data, never 100 %."},
      report.scorecard.empty()
          ? nothing()
          : "<table><thead><tr>" + heading("指标", "Indicator") + heading("机构", "Office") +
                heading("分子", "Numerator", "n") + heading("分母", "Denominator", "n") +
                heading("剔除", "Excluded", "n") + heading("指标值", "Value", "n") + heading("得分", "Score", "n") +
                "</tr></thead><tbody>" + rows + "</tbody></table>");
}

std::string head(const MonthReport& report) {
  std::string regimes_zh, regimes_en;
  for (const Text& regime : report.regimes) {
    regimes_zh += (regimes_zh.empty() ? "" : "、") + regime.zh;
    regimes_en += (regimes_en.empty() ? "" : "; ") + regime.en;
  }
  return "<header><h1>" +
         both(report.insurer.zh + " 新契约回访月报 " + report.period,
              report.insurer.en + ": new-policy follow-up, " + report.period) +
         "</h1><p class=\"lead\">" +
         both("期间 " + report.from.text() + " 至 " + report.upto.text() + "，数据截至 " + report.as_of.plain_text() +
                  "；制度：" + regimes_zh,
              "Period " + report.from.text() + " to " + report.upto.text() + ", facts up to " +
                  report.as_of.plain_text() + "; rule books: " + regimes_en) +
         "</p></header>\n";
}

}  // namespace

std::string month_report_html(const MonthReport& report) {
  return "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" +
         escaped(report.insurer.zh + " 新契约回访月报 " + report.period) + "</title><style>" +
         std::string(style_sheet) +
         "</style></head><body>\n"
         "<input type=\"radio\" name=\"language\" id=\"in-zh\" checked><input type=\"radio\" name=\"language\" "
         "id=\"in-en\">\n"
         "<main>" +
         std::string(hatch_pattern) +
         "<nav><label for=\"in-zh\">中文</label><label for=\"in-en\">English</label></nav>\n" + head(report) +
         tiles(report) + offices_section(report) + calls_section(report) + reasons_section(report) +
         states_section(report) + tickets_section(report) + commission_section(report) + scorecard_section(report) +
         "</main></body></html>\n";
}

}  // namespace shouyue::report
