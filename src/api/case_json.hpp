#pragma once

#include "app/case_search.hpp"
#include "app/case_view.hpp"
#include "app/fact_history.hpp"
#include "app/worklist.hpp"
#include "json/write.hpp"
#include "report/document.hpp"

// A case as the pages read it.
namespace shouyue::api {

struct CaseAnswer {
  std::string policy_no, regime, state, result_class, org_code, org_name, agent_code, agent_name, product_code,
      product_name;
  std::string channel, language;
  std::string holder_masked, phone_masked;
  std::optional<std::string> leg;
  std::optional<Date> deadline, cooling_off_end, success_on, completed_on;
  bool success = false, completed = false;
  int attempts = 0;
  std::optional<Instant> next_slot_from;
  std::optional<Money> premium;
  Date issued_on;
};
BOOST_DESCRIBE_STRUCT(CaseAnswer, (),
                      (policy_no, regime, state, result_class, org_code, org_name, agent_code, agent_name, product_code,
                       product_name, channel, language, holder_masked, phone_masked, leg, deadline, cooling_off_end,
                       success_on, completed_on, success, completed, attempts, next_slot_from, premium, issued_on))

struct FieldAnswer {
  std::string name, text;
  bool is_masked = false, is_changed = false;
};
BOOST_DESCRIBE_STRUCT(FieldAnswer, (), (name, text, is_masked, is_changed))
struct VersionAnswer {
  std::int64_t seq = 0;
  std::vector<FieldAnswer> fields;
};
BOOST_DESCRIBE_STRUCT(VersionAnswer, (), (seq, fields))
struct FactAnswer {
  std::string kind, key;
  Instant at;
  std::vector<VersionAnswer> versions;
};
BOOST_DESCRIBE_STRUCT(FactAnswer, (), (kind, key, at, versions))

struct TicketAnswer {
  std::string ticket_id, kind, subtype, org_code, state, timeliness;
  Instant opened_at;
  std::optional<Date> due_on;
  std::optional<Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(TicketAnswer, (),
                      (ticket_id, kind, subtype, org_code, state, timeliness, opened_at, due_on, closed_at))

struct CommissionAnswer {
  std::string agent_code, month, status, reasons;
  Money commission, deduction, payable;
};
BOOST_DESCRIBE_STRUCT(CommissionAnswer, (), (agent_code, month, status, reasons, commission, deduction, payable))

struct MeansAnswer {
  std::string leg, ended_by;
  int attempts = 0;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(MeansAnswer, (), (leg, ended_by, attempts, ended_at))

struct HappeningAnswer {
  Instant at;
  std::string what, detail;
};
BOOST_DESCRIBE_STRUCT(HappeningAnswer, (), (at, what, detail))

struct RefusedAnswer {
  std::string rule, en, zh;
};
BOOST_DESCRIBE_STRUCT(RefusedAnswer, (), (rule, en, zh))

struct CasePage {
  CaseAnswer standing;
  std::optional<RefusedAnswer> refused;  // why nothing can be derived
  std::vector<MeansAnswer> means;
  std::vector<TicketAnswer> tickets;
  std::optional<CommissionAnswer> commission;  // for who may see it
  std::vector<HappeningAnswer> timeline;
  std::vector<FactAnswer> facts;
};
BOOST_DESCRIBE_STRUCT(CasePage, (), (standing, refused, means, tickets, commission, timeline, facts))

struct CitedAnswer {
  std::string id, title, title_en, value, cite, sentence, sentence_en;
  bool assumed = false;
};
BOOST_DESCRIBE_STRUCT(CitedAnswer, (), (id, title, title_en, value, cite, sentence, sentence_en, assumed))
struct ExplainedAnswer {
  std::string what, value;
  std::vector<std::string> facts;
  std::vector<CitedAnswer> rules;
};
BOOST_DESCRIBE_STRUCT(ExplainedAnswer, (), (what, value, facts, rules))

struct HindranceAnswer {
  std::string layer, detail;
  std::optional<Instant> next;
  std::optional<CitedAnswer> clause;
};
BOOST_DESCRIBE_STRUCT(HindranceAnswer, (), (layer, detail, next, clause))
struct WhyAnswer {
  bool on_worklist = false;
  std::string state;
  std::optional<std::string> leg;
  std::optional<Instant> next_slot;
  int slots_left = 0;
  std::vector<HindranceAnswer> hindrances;
  std::vector<CitedAnswer> rules;
};
BOOST_DESCRIBE_STRUCT(WhyAnswer, (), (on_worklist, state, leg, next_slot, slots_left, hindrances, rules))

// The list as a file.
report::Document document_of(const std::vector<app::ListedCase>& listed, const app::Directory& directory, Date today);
CaseAnswer answer_of(const app::ListedCase& listed, const app::Directory& directory, Date today);
CasePage answer_of(const app::CaseView& view, const app::Directory& directory, bool with_commission, Date today);
std::vector<ExplainedAnswer> answer_of(const std::vector<app::Explained>& parts);
WhyAnswer answer_of(const app::Why& why);

}  // namespace shouyue::api
