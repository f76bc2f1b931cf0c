#pragma once

#include "app/policy_deriver.hpp"
#include "app/port_store.hpp"
#include "app/server_settings.hpp"

// What the policyholder does behind a link: prove who he is, answer the questions, or ask for a call instead. Whatever
// comes of it is the attempt of the link on the electronic leg, so that the rule book decides what follows.
namespace shouyue::app {

// Wrong answers to the identity check after which the link is closed for good.
constexpr int identity_failures_max = 5;
// How long the page works after the identity check; then it asks again.
constexpr std::int64_t pass_seconds = 3600;

enum class IdentityQuestion : std::uint8_t { none, id_last_four, birth_date };

struct OpenVisit {
  VisitLink link;
  LoadedPolicy policy;
  PolicyState state;
  IdentityQuestion identity = IdentityQuestion::none;
};

// What is behind the link of an address. Errors: visit.unknown_link, visit.expired, visit.answered, visit.call_wanted,
// visit.locked, visit.withdrawn, visit.over (the case has gone on without it), those of PolicyDeriver.
Result<OpenVisit> open_visit(Session& session, PolicyDeriver& deriver, const VisitSettings& settings,
                             const std::string& token);

// Compares the answer with the policy; gives the pass. Each wrong answer is counted, the last one closes the link and
// is noted as an attempt whose identity failed. Errors: visit.identity_wrong, visit.locked.
Result<std::string> prove_identity(Session& session, PolicyDeriver& deriver, const VisitSettings& settings,
                                   const OpenVisit& visit, const std::string& answer);
// When the identity was proven. Errors: visit.pass_needed.
Result<Instant> proven_at(const Session& session, const VisitSettings& settings, const OpenVisit& visit,
                          const std::string& pass);

// The remaining days of the cooling-off period, 0 on its last one; empty while the receipt is not signed or when it is
// over.
std::optional<int> cooling_off_days_left(const OpenVisit& visit, Instant now);

struct VisitAnswer {
  std::string question;
  insurer::AnswerOption option = insurer::AnswerOption::yes;
};
// Takes the answers to all questions that are asked and closes the link. An answer that is not `yes` leaves the doubt
// of its question open. Errors: visit.unanswered, those of questions and record.
Result<void> answer_visit(Session& session, PolicyDeriver& deriver, const OpenVisit& visit, Instant proven,
                          const std::vector<VisitAnswer>& answers);

// The moments from which the holder may choose when he wants a call instead: the next ones that the rule book allows,
// at most `max`, on the hour or at the begin of a period.
Result<std::vector<Instant>> call_moments(const Session& session, const OpenVisit& visit, int max);
// Closes the link: the holder wants a call, at a moment of call_moments or at any; the attempt says that answering
// alone was `inconvenient`. `proven` if the identity was. Errors: visit.no_such_moment, those of record.
Result<void> ask_for_call(Session& session, PolicyDeriver& deriver, const OpenVisit& visit,
                          std::optional<Instant> wished, bool proven);

}  // namespace shouyue::app
