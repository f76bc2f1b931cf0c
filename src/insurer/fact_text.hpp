#pragma once

#include <string>

#include "insurer/formats.hpp"

// Between the rows of files and the facts of the store.
namespace shouyue::insurer {

// What tells one fact from the others of its kind and policy; a fact with the same key corrects the earlier one.
// A policy and its receipt have one fact each: the key is empty.
std::string fact_key(const Policy& row);
std::string fact_key(const ReceiptRow& row);
std::string fact_key(const AttemptRow& row);       // the attempt_id
std::string fact_key(const TicketStepRow& row);    // ticket, step and time
std::string fact_key(const PolicyChangeRow& row);  // change and day
std::string fact_key(const AnswerRow& row);        // attempt and question
std::string fact_key(const ExceptionRow& row);     // number of the request

// When it happened; the start of the day for what has only a day.
Instant fact_time(const Policy& row);      // issued
Instant fact_time(const ReceiptRow& row);  // signed, or the first other day it knows
Instant fact_time(const AttemptRow& row);
Instant fact_time(const TicketStepRow& row);
Instant fact_time(const PolicyChangeRow& row);
Instant fact_time(const AnswerRow& row);
Instant fact_time(const ExceptionRow& row);

// A fact as the store gives it.
struct FactText {
  FactKind kind = FactKind::policy;
  std::int64_t seq = 0;
  std::string body;
  std::string personal;
};

// The text of a fact that was stored when confidential fields still stood in its body.
CanonicalText with_confidential_apart(const FactText& text);

// Adds one stored fact of the policy, which is no answer, to its versions. Errors: store.corrupt_fact.
Result<void> add_fact(FactVersions& versions, const std::string& policy_no, const FactText& text);

}  // namespace shouyue::insurer
