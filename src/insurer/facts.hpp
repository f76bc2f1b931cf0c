#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "insurer/codes.hpp"

// What happened, as it was reported. Append-only: a later report with the same key supersedes the earlier one and both
// are kept. `seq` is the position in the order in which facts became known, unique within the store.
namespace shouyue::insurer {

struct Policy {
  std::int64_t seq = 0;
  std::string policy_no;
  Channel channel = Channel::agency;
  std::string org_code;
  std::string agent_code;
  std::string product_code;
  std::string holder_name;
  std::string holder_id_type;
  std::string holder_id_no;
  std::string holder_gender;  // M, F or empty
  std::optional<Date> holder_birth_date;
  std::string insured_name;
  std::string mobile_phone;  // as normalised at intake; the original spelling stays in the fact's text
  std::string home_phone;
  std::string work_phone;
  std::string address;
  std::string language;          // a dialect's name, or empty
  std::optional<Money> premium;  // per instalment
  std::optional<PayMode> pay_mode;
  std::optional<int> pay_years;
  std::optional<int> term_months;  // 9999: lifetime
  std::optional<Date> applied_on;
  Date issued_on;
  std::optional<Date> effective_on;
  std::optional<Date> printed_on;
  std::optional<Money> commission;  // of the first period
  SpecialRequest special_request = SpecialRequest::none;
};

struct Receipt {
  std::int64_t seq = 0;
  std::optional<Date> delivered_on, signed_on, handed_in_on, reconciled_on;
  bool electronic = false;
  std::optional<bool> signature_matches;
  std::optional<Date> paper_signed_on;     // of the paper beside an electronic receipt
  std::optional<Date> preferred_visit_on;  // ticked by the holder
};

struct Attempt {
  std::int64_t seq = 0;
  std::string attempt_id;
  Leg leg = Leg::first_call;
  Instant started_at;
  std::optional<Instant> ended_at;
  std::string operator_code;
  std::string phone;
  Connection connection = Connection::other;
  Party party = Party::unknown;
  Identity identity = Identity::not_asked;
  Interview interview = Interview::none;
  std::uint64_t corrected = 0;  // findings corrected on the line, bits of Finding
  std::uint64_t open = 0;       // findings left open
  std::string recording_id;
  std::optional<Instant> appointment_at;  // the customer asked to be called again then
  std::string note;
  std::optional<bool> signed_receipt;  // of a letter or a door visit: the holder signed the receipt for it
  std::string receipt_phone;           // the number the holder wrote on that receipt
  std::string language;                // the dialect that was heard on the line; empty: nothing was said of it
};

// What was answered to one question of an attempt. No derivation reads answers: what they mean for the case stands in
// the findings of the attempt.
struct Answer {
  std::int64_t seq = 0;
  std::string attempt_id;
  std::string question;  // id in the questionnaire
  AnswerOption option = AnswerOption::yes;
  Instant at;
  std::string version;                  // of the questionnaire
  std::string wording;                  // as it was to be read aloud, with {holder_name} in the place of the name
  std::optional<int> recording_offset;  // seconds into the recording
  bool not_applicable = false;          // an answer changed later took the question away
};

struct TicketStep {
  std::int64_t seq = 0;
  std::string ticket_id;  // or, when empty, the newest ticket of `kind`
  std::optional<TicketKind> kind;
  Step step = Step::accept;
  Instant at;
  std::string operator_code;
  std::string result;  // a code of TicketResult, or any other text
  std::string new_phone;
  std::string note;
  std::string org_code;                   // the office that took the step
  std::optional<Instant> appointment_at;  // agreed with the customer: the next visit, not before
};

struct PolicyChange {
  std::int64_t seq = 0;
  Change change = Change::cooling_off_cancel;
  Date on;
  std::string value;
  std::string note;
};

// An exception from the rule books for one policy, granted by a second person.
struct GrantedException {
  std::int64_t seq = 0;
  int request = 0;  // its number among the requests about the policy, from 1
  ExceptionKind kind = ExceptionKind::waiver;
  Instant at;         // when it was granted; it holds from then on
  std::string value;  // of ExceptionKind::rule_book the id of the book, of a revocation the number of what it revokes
  std::string asked_by, granted_by, reason;
};

// Whether the one is the revocation of the other.
inline bool revokes(const GrantedException& revocation, const GrantedException& exception) {
  return revocation.kind == ExceptionKind::revocation && revocation.value == std::to_string(exception.request);
}

// Everything known about one policy, the newest version of each fact only, each list in order of time then key.
// What the policy's surroundings say (organisation, agent, product, other policies) is in `Surroundings`.
struct PolicyFacts {
  Policy policy;
  std::optional<Receipt> receipt;
  std::vector<Attempt> attempts;
  std::vector<TicketStep> ticket_steps;
  std::vector<PolicyChange> changes;
  std::vector<GrantedException> exceptions;
};

// The kinds of facts, as the store numbers them.
enum class FactKind : std::uint8_t { policy = 1, receipt, attempt, ticket_step, policy_change, answer, exception };

// Every version of every fact about one policy, as the store holds them: a correction stands beside what it corrects.
struct FactVersions {
  std::vector<Policy> policies;
  std::vector<Receipt> receipts;
  std::vector<Attempt> attempts;
  std::vector<TicketStep> ticket_steps;
  std::vector<PolicyChange> changes;
  std::vector<GrantedException> exceptions;
};

// What was known when `known_to` was the newest fact: of each key the newest version with seq <= known_to, sorted by
// time and then key. `policy.seq` is 0 when the policy itself was not known yet.
PolicyFacts as_known(const FactVersions& versions, std::int64_t known_to);

// Facts beside the policy that decisions about it read.
struct Surroundings {
  std::vector<std::string> org_path;  // from the policy's organisation up to head office, codes
  std::vector<Level> org_levels;      // of the same
  std::optional<int> region;          // six digits, of the nearest organisation that has one
  ProductType product_type = ProductType::traditional;
  bool product_known = false;
  std::optional<int> cooling_off_days;  // of the product
  std::string agent_name;
  std::string agent_phone;
  int holders_sharing_phone = 1;  // distinct policyholders known with the policy's first phone
};

}  // namespace shouyue::insurer
