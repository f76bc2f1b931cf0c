#include "simulation/life.hpp"

#include <array>

#include "base/text.hpp"

namespace simulation {

using namespace shouyue;
using insurer::FileKind;

namespace {

const std::string policy_head =
    "policy_no,channel,org_code,agent_code,product_code,holder_name,holder_birth_date,mobile_phone,language,premium,"
    "pay_mode,pay_years,term_months,applied_on,issued_on,effective_on,printed_on,commission,special_request";
const std::string attempt_head =
    "attempt_id,policy_no,leg,started_at,connection,party,identity,interview,findings,appointment_at";
const std::string receipt_head = "policy_no,delivered_on,signed_on,handed_in_on,reconciled_on,kind,signature_matches";
const std::string step_head = "policy_no,ticket_id,kind,step,at,result,new_phone";
const std::string change_head = "policy_no,change,on,value";

constexpr std::array offices = {"00", "35", "3501", "350101", "36", "9999"};  // the last is unknown
constexpr std::array agents = {"A1", "A2", "A9", ""};
constexpr std::array products = {"P1", "P2", "P3", "P9"};
constexpr std::array persons = {"张三,1950-02-28,13812341234", "李四,1990-02-28,13812341234",
                                "王五,1979-12-31,13912341234", "赵六,,059187654321",
                                "钱七,2000-01-01,无",          ",,13712341234"};
constexpr std::array terms = {"", "1", "6", "12", "13", "120", "9999"};
constexpr std::array premiums = {"", "0.01", "100", "5999.99", "6000", "60000", "1000000"};
constexpr std::array commissions = {"", "0", "0.01", "19.99", "20", "600", "12345.67"};
constexpr std::array years = {"", "1", "3", "5", "10", "20"};

std::string joined(std::initializer_list<std::string> cells) { return join(std::vector<std::string>(cells), ","); }

}  // namespace

template <class Enum>
std::string Life::any_word() {
  const auto list = insurer::words<Enum>();
  return std::string(list[static_cast<std::size_t>(random_.below(static_cast<int>(list.size())))].code);
}

std::string Life::day(Date around, int before, int after) { return (around + random_.between(-before, after)).text(); }

// A whole minute of a day from `from` up to `until`.
Instant Life::minute(Date from, Date until) {
  return Instant::at(from + random_.below(until - from + 1), random_.below(24 * 60) * 60);
}

void Life::add(std::vector<File>& files, FileKind kind, const std::string& head, const std::vector<std::string>& rows) {
  if (rows.empty()) return;
  files.push_back({kind, head + "\n" + join(rows, "\n") + "\n"});
  sent_.push_back(files.back());
}

std::vector<File> Life::opening() {
  std::vector<File> files = {
      {FileKind::organisations,
       "code,name,level,parent_code,region_code,valid_from,valid_to\n00,总公司,head_office,,,,\n"
       "35,福建,branch,00,350000,,\n3501,福州,city,35,350100,,\n350101,一区,area,3501,350101,," +
           maybe(30, (first_day_ + random_.below(40)).text()) + "\n36,江西,branch,00,360000,,\n"},
      {FileKind::agents,
       "code,name,org_code,channel,phone\nA1,孙八,350101,agency,13612341234\n"
       "A2,周九,36,broker,13812341234\n"},
      {FileKind::products, "code,name,type,cooling_off_days\nP1,甲,participating,\nP2,乙,health," +
                               std::to_string(random_.below(30)) + "\nP3,丙,unit_linked,15\n"}};
  std::vector<std::string> rows;
  for (int i = random_.between(4, 12); i > 0; --i) rows.push_back(policy("N" + std::to_string(1000 + i)));
  add(files, FileKind::policies, policy_head, rows);
  return files;
}

std::string Life::policy(const std::string& number) {
  const Date issued = first_day_ + random_.between(-25, 10);
  policies_.emplace_back(number, issued);
  const std::string person = any(persons);
  const std::size_t comma = person.find(','), last_comma = person.rfind(',');
  return joined({number, any_word<insurer::Channel>(), any(offices), any(agents), any(products),
                 person.substr(0, comma), person.substr(comma + 1, last_comma - comma - 1),
                 person.substr(last_comma + 1), maybe(10, "粤语"), any(premiums), any_word<insurer::PayMode>(),
                 any(years), any(terms), maybe(70, day(issued, 10, 1)), issued.text(), maybe(80, day(issued, 2, 40)),
                 maybe(50, day(issued, 0, 10)), any(commissions),
                 chance(80) ? "none" : any_word<insurer::SpecialRequest>()});
}

std::string Life::attempt(const std::string& policy_no, insurer::Leg leg, Instant at) {
  // An id given a second time corrects the first attempt of that id.
  const int id = chance(95) || attempts_ == 0 ? ++attempts_ : random_.between(1, attempts_);
  const bool is_answered = chance(40);
  const std::string findings = any_word<insurer::Finding>() + (chance(50) ? ":open" : ":corrected");
  return joined({"T" + std::to_string(id), policy_no, std::string(code_of(leg)), at.plain_text(),
                 is_answered ? "answered" : any_word<insurer::Connection>(),
                 chance(70) ? "holder" : any_word<insurer::Party>(),
                 chance(70) ? "verified" : any_word<insurer::Identity>(),
                 chance(70) ? "complete" : any_word<insurer::Interview>(), maybe(30, findings),
                 maybe(10, minute(at.date(), at.date() + 3).plain_text())});
}

std::vector<File> Life::calls_at(Instant now, const Seen& seen) {
  std::vector<std::string> rows;
  for (const auto& [policy_no, leg] : seen.worklist)
    if (chance(50)) rows.push_back(attempt(policy_no, leg, now));
  for (int i = random_.below(3); i > 0; --i)
    rows.push_back(attempt(any(policies_).first, static_cast<insurer::Leg>(random_.below(7)),
                           minute(now.date() - 10, now.date() + (chance(10) ? 3 : -1))));
  std::vector<File> files;
  add(files, FileKind::attempts, attempt_head, rows);
  return files;
}

std::string Life::receipt(const std::string& policy_no) {
  const Date from = first_day_ + random_.below(20);
  return joined({policy_no, maybe(60, day(from, 5, 5)), maybe(80, day(from, 5, 10)), maybe(70, day(from, 0, 30)),
                 maybe(60, day(from, 0, 40)), maybe(50, chance(50) ? "paper" : "electronic"),
                 maybe(40, chance(70) ? "1" : "0")});
}

std::string Life::ticket_step(const Seen& seen, Instant now) {
  const std::string step = any_word<insurer::Step>();
  const std::string at = minute(now.date() - 5, now.date()).plain_text();
  const std::string phone = maybe(20, "13512341234");
  if (!seen.open_tickets.empty() && chance(70)) return joined({"", any(seen.open_tickets), "", step, at, "", phone});
  return joined({any(policies_).first, "", any_word<insurer::TicketKind>(), step, at, "上门", phone});
}

std::string Life::change(Instant now) {
  return joined({any(policies_).first, any_word<insurer::Change>(), day(now.date(), 10, 2), maybe(50, "13412341234")});
}

std::vector<File> Life::news_by(Instant now, const Seen& seen) {
  std::vector<File> files;
  std::vector<std::string> rows;
  for (int i = random_.below(3); i > 0; --i)
    rows.push_back(policy(chance(30) ? any(policies_).first : "L" + std::to_string(random_.below(100))));
  add(files, FileKind::policies, policy_head, rows);
  rows.clear();
  for (int i = random_.below(4); i > 0; --i) rows.push_back(receipt(any(policies_).first));
  add(files, FileKind::receipts, receipt_head, rows);
  rows.clear();
  for (int i = random_.below(3); i > 0; --i) rows.push_back(ticket_step(seen, now));
  add(files, FileKind::ticket_steps, step_head, rows);
  rows.clear();
  if (chance(20)) rows.push_back(change(now));
  add(files, FileKind::policy_changes, change_head, rows);
  if (chance(15)) files.push_back(any(sent_));
  for (std::size_t i = files.size(); i > 1; --i)
    std::swap(files[i - 1], files[static_cast<std::size_t>(random_.below(static_cast<int>(i)))]);
  return files;
}

}  // namespace simulation
