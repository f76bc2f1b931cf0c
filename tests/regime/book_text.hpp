#pragma once

#include <string>

// A small rule book that loads, whose lines tests replace one by one to break it.
namespace shouyue::regime::fixture {

inline std::string heading(const std::string& id = "small", const std::string& extends = "") {
  return "[regime]\nid = \"" + id + "\"\ntitle = \"小\"\ntitle_en = \"Small\"\nsource = \"来源\"\n" +
         (extends.empty() ? "" : "extends = \"" + extends + "\"\n") + "binds_from = 2010-01-01\n";
}

inline const std::string titles = "title = \"甲\"\ntitle_en = \"A\"\n";
inline const std::string clause = titles + "cite = \"文 1\"\n";

inline std::string count(const std::string& path, const std::string& value) {
  return "[" + path + "]\n" + titles + "values = [ { from = 2010-01-01, value = " + value + ", cite = \"文\" } ]\n";
}

inline std::string term(const std::string& path, const std::string& value, const std::string& basis = "issued_on") {
  return count(path, value) + "unit = \"days\"\ncount_from = \"next_day\"\nbasis = \"" + basis + "\"\n";
}

inline std::string followup() {
  return "[followup.scope]\n" + clause + "when = \"term_months > 12\"\n" +
         term("followup.cooling_off", "10", "signed_on") + "product_days_first = true\n" +
         count("followup.decides", "\"last\"") + count("followup.after_deadline", "\"close\"") +
         "[followup.leg.first_call]\n" + clause + "order = 1\nperformer = \"head_office\"\n" +
         term("followup.leg.first_call.start", "2") + count("followup.leg.first_call.attempts_max", "3") +
         "[followup.leg.first_call.window]\n" + clause +
         "periods = [\"09:00-12:00\", \"14:00-21:00\"]\ndays = \"every_day\"\n" +
         "[followup.leg.first_call.ends_at_once]\n" + clause + "when = \"connection == 'wrong_number'\"\n" +
         "[[followup.leg.first_call.hand_over]]\nid = \"on\"\n" + clause +
         "when = \"true\"\nopens = \"verification\"\nnext = \"branch_call\"\n" + "[followup.leg.branch_call]\n" +
         clause + "order = 2\nperformer = \"branch\"\n" +
         term("followup.leg.branch_call.start", "0", "previous_leg_end") +
         "[followup.leg.branch_call.start.not_after]\n" + clause + "basis = \"cooling_off_end\"\n" +
         "[followup.leg.branch_call.only_for]\n" + clause + "when = \"channel != 'group'\"\n";
}

inline std::string tickets() {
  std::string text;
  for (const std::string kind : {"verification", "problem", "intake_problem"})
    text += "[ticket." + kind + "]\n" + clause + "handler = \"branch\"\n" +
            term("ticket." + kind + ".due", "5", "ticket_opened") + count("ticket." + kind + ".warning_days", "2");
  return text + "[[ticket.problem.subtype]]\nid = \"proxy_signature\"\n" + clause +
         "when = \"'proxy_signature_documents' in open\"\n[[ticket.problem.subtype]]\nid = \"other\"\n" + clause +
         "when = \"true\"\n";
}

inline std::string outcome() {
  return "[outcome.group.temporary]\n" + clause + "members = [\"no_answer\", \"busy\"]\n[outcome.group.number]\n" +
         clause + "members = [\"wrong_number\"]\n[outcome.neutral_findings]\n" + clause +
         "findings = [\"phone_changed\"]\n" + "[[outcome.rule]]\nid = \"not_reached\"\n" + clause +
         "when = \"reason_group == 'temporary'\"\nclass = \"verification\"\n" +
         "success = false\nopens = \"verification\"\n[[outcome.rule]]\nid = \"clean\"\n" + clause +
         "when = \"true\"\nclass = \"standard\"\nsuccess = true\n";
}

inline std::string questionnaire() {
  return "[questionnaire]\nversion = \"1\"\n[[questionnaire.question]]\nid = \"identity\"\n" + clause +
         "text = \"是您吗？\"\ntext_en = \"Is it you?\"\nstatutory = true\nwhen = \"true\"\n"
         "[[questionnaire.question]]\nid = \"terms\"\n" +
         clause +
         "text = \"清楚吗？\"\ntext_en = \"Clear?\"\nstatutory = false\nwhen = \"holder_age >= 60\"\nfinding = "
         "\"terms_unclear\"\n";
}

inline std::string receipt_and_commission() {
  return "[receipt.returned_by]\n" + clause + "basis = [\"reconciled_on\", \"handed_in_on\"]\n" +
         term("receipt.late", "90") + count("commission.cut_off_day", "20") +
         "[[commission.hold]]\nid = \"waiting\"\n" + clause +
         "when = \"not success\"\nwaits = true\n[[commission.deduction]]\nid = \"late_receipt\"\n" + clause +
         "when = \"receipt_late\"\n" + count("commission.deduction.amount", "\"20.00\"") +
         "[commission.deduction_cap]\n" + clause;
}

inline std::string kpi() {
  return "[[kpi.indicator]]\nid = \"in_time\"\n" + clause +
         "table = \"policies\"\ncohort = \"cooling_off_end\"\npopulation = \"in_scope\"\nnumerator = \"success\"\n"
         "exclusions = [ { id = \"waived\", title = \"免\", title_en = \"Waived\", when = \"waived\", cite = \"文\" } "
         "]\n"
         "[kpi.indicator.score]\n" +
         clause +
         "kind = \"steps\"\nfull = \"7\"\nhealthy = \"96%\"\ncritical = \"90%\"\nhigher_is_better = true\ndecimals = "
         "2\n"
         "worse = { step = \"0.5%\", points = \"0.5\" }\n"
         "[[kpi.indicator]]\nid = \"misselling\"\n" +
         clause + "table = \"external\"\n[kpi.indicator.score]\n" + clause +
         "kind = \"piecewise\"\nfull = \"10\"\nfrom = \"0\"\nupto = \"1\"\npieces = [ { from = \"0\", slope = \"-1\", "
         "offset = \"10\" } ]\n";
}

inline std::string intake() {
  return count("intake.shared_phone_holders", "3") + "[[intake.defect]]\nid = \"no_phone\"\n" + clause +
         "opens = \"intake_problem\"\n";
}

inline std::string analysis() {
  return "[analysis]\n" + clause + "cohort = \"issued_on\"\nfirst_visit = [\"first_call\"]\n" +
         "[[analysis.ticket_result]]\nid = \"visit_order\"\n" + clause + "[[analysis.count]]\nid = \"failed\"\n" +
         clause + "when = \"not first_success\"\n[[analysis.breakdown]]\nid = \"feedback\"\n" + clause +
         "base = \"failed\"\n[[analysis.breakdown.group]]\nid = \"reported\"\n" + clause +
         "[[analysis.breakdown.part]]\nid = \"ordered\"\n" + clause +
         "group = \"reported\"\nwhen = \"'visit_order' in ticket_results\"\n[[analysis.breakdown.part]]\n"
         "id = \"rest\"\n" +
         clause + "when = \"known(first_connection)\"\n[[analysis.breakdown.total]]\nid = \"all\"\n" + clause +
         "parts = [\"ordered\", \"rest\"]\n";
}

inline std::string whole_book() {
  return heading() + followup() + tickets() + outcome() + questionnaire() + receipt_and_commission() + kpi() +
         intake() + analysis();
}

// `text` with the first `from` replaced.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? "not found: " + from : text.replace(at, from.size(), to);
}

// Line (from 1) on which `part` begins; 0 when it is not there.
inline int line_of(const std::string& text, const std::string& part) {
  const std::size_t at = text.find(part);
  if (at == std::string::npos) return 0;
  int line = 1;
  for (std::size_t i = 0; i < at; ++i) line += text[i] == '\n';
  return line;
}

}  // namespace shouyue::regime::fixture
