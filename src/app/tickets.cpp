#include "app/tickets.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "app/organisation_part.hpp"
#include "base/text.hpp"
#include "regime/rows.hpp"
#include "ticket/order.hpp"

namespace shouyue::app {
namespace {

bool comes_before(const OpenTicket& a, const OpenTicket& b) {
  const auto key = [](const OpenTicket& row) {
    return std::tuple(row.rank, !row.ticket.due_on, row.ticket.due_on, row.ticket.opened_at, row.ticket.ticket_id);
  };
  return key(a) < key(b);
}

// The policies that may have such a ticket: by the stored rows, and those whose rows time or facts have outrun.
template <class Wanted>
Result<std::set<std::string>> find_policies(Session& session, Wanted wanted) {
  std::set<std::string> policies;
  if (session.now.milliseconds() < SHOUYUE_TRY(number_of(session.store, meta::run_now))) {
    SHOUYUE_CHECK(session.store.each_policy([&](std::string& policy_no) -> Result<void> {
      policies.insert(std::move(policy_no));
      return {};
    }));
    return policies;
  }
  const std::int64_t derived_to = SHOUYUE_TRY(number_of(session.store, meta::derived_to));
  for (std::string& policy_no : SHOUYUE_TRY(session.store.due(derived_to, session.now)))
    policies.insert(std::move(policy_no));
  SHOUYUE_CHECK(session.store.each_ticket([&](TicketRow& row) -> Result<void> {
    if (!row.closed_at && wanted(row)) policies.insert(std::move(row.policy_no));
    return {};
  }));
  return policies;
}

class Inbox {
 public:
  Inbox(Session& session, const TicketsRequest& request, PolicyDeriver& deriver)
      : session_(session),
        request_(request),
        deriver_(deriver),
        offices_(deriver.directory(), request.org, session.now.date()),
        scope_(deriver.directory(), request.scope, session.now.date()) {}

  bool may_hold(const TicketRow& row) {
    return (!request_.kind || row.kind == *request_.kind) && is_handled_there(row.org_code);
  }

  Result<void> add(const std::string& policy_no) {
    const LoadedPolicy policy = SHOUYUE_TRY(deriver_.read(policy_no, session_.now));
    const auto state = PolicyDeriver::derive(policy, session_.now);
    if (!state) return {};
    const insurer::Policy& facts = state->facts.policy;
    if (!scope_.holds(facts.org_code)) return {};
    if (!request_.agent_code.empty() && request_.agent_code != facts.agent_code) return {};
    const Date issued = facts.issued_on;
    if ((request_.issued_from && issued < *request_.issued_from) ||
        (request_.issued_to && issued > *request_.issued_to))
      return {};
    const worklist::Context context{state->facts, policy.surroundings, *policy.books, *policy.calendar,
                                    regime::policy_row(state->facts.policy, policy.surroundings)};
    const Date today = session_.now.date();
    if (request_.only_agent_left && !deriver_.directory().has_left(facts.agent_code, today)) return {};
    for (const ticket::Ticket& ticket : state->tickets) {
      if (!is_wanted(ticket)) continue;
      const regime::TicketRule* rule = policy.books->ticket(ticket.kind);
      const ticket::Place place = ticket::place_of(ticket, context, today);
      rows_.push_back({.policy_no = policy_no,
                       .holder_masked = mask_name(facts.holder_name),
                       .org_code = facts.org_code,
                       .channel = facts.channel,
                       .issued_on = issued,
                       .ticket = ticket,
                       .rank = place.rank,
                       .clause = place.clause,
                       .rule = rule,
                       .handler = handler_of(*rule, deriver_.directory(), facts.agent_code, today)});
    }
    return {};
  }

  std::vector<OpenTicket> sorted() && {
    std::ranges::sort(rows_, comes_before);
    if (rows_.size() > static_cast<std::size_t>(request_.limit)) rows_.resize(static_cast<std::size_t>(request_.limit));
    return std::move(rows_);
  }

 private:
  bool is_handled_there(const std::string& org_code) {
    return request_.only_there ? org_code == request_.org : offices_.holds(org_code);
  }

  bool is_wanted(const ticket::Ticket& ticket) {
    return !ticket.closed_at && (!request_.kind || ticket.kind == *request_.kind) &&
           (!request_.timeliness || ticket.timeliness == *request_.timeliness) && is_handled_there(ticket.org_code);
  }

  Session& session_;
  const TicketsRequest& request_;
  PolicyDeriver& deriver_;
  OrganisationPart offices_, scope_;
  std::vector<OpenTicket> rows_;
};

}  // namespace

Handler handler_of(const regime::TicketRule& rule, const Directory& directory, const std::string& agent_code,
                   Date today) {
  const bool has_left = directory.has_left(agent_code, today);
  const bool falls_to_office = has_left && rule.handler == regime::Performer::agent;
  return {.performer = falls_to_office ? regime::Performer::branch : rule.handler, .agent_left = has_left};
}

Result<std::vector<OpenTicket>> tickets(Session& session, PolicyDeriver& deriver, const TicketsRequest& request) {
  if (!request.org.empty() && !deriver.directory().has_organisation(request.org))
    return refuse(Errc::not_found, "tickets.unknown_org", "no organisation has the code '" + request.org + "'",
                  "没有代码为“" + request.org + "”的机构");
  Inbox inbox(session, request, deriver);
  if (!request.policy_no.empty()) {
    SHOUYUE_CHECK(inbox.add(request.policy_no));
  } else {
    const auto policies =
        SHOUYUE_TRY(find_policies(session, [&](const TicketRow& row) { return inbox.may_hold(row); }));
    for (const std::string& policy_no : policies) SHOUYUE_CHECK(inbox.add(policy_no));
  }
  return std::move(inbox).sorted();
}

}  // namespace shouyue::app
