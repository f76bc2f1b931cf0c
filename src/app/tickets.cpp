#include "app/tickets.hpp"

#include <algorithm>
#include <set>
#include <tuple>

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

// The policies that may have an open ticket: by the stored rows, and those whose rows time or facts have outrun.
Result<std::set<std::string>> find_policies(Session& session) {
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
    if (!row.closed_at) policies.insert(std::move(row.policy_no));
    return {};
  }));
  return policies;
}

class Inbox {
 public:
  Inbox(Session& session, const TicketsRequest& request, PolicyDeriver& deriver)
      : session_(session), request_(request), deriver_(deriver) {
    if (!request.org.empty()) offices_ = deriver.directory().with_everything_below({request.org});
  }

  Result<void> add(const std::string& policy_no) {
    const LoadedPolicy policy = SHOUYUE_TRY(deriver_.read(policy_no, session_.now));
    const auto state = PolicyDeriver::derive(policy, session_.now);
    if (!state) return {};
    const Date issued = state->facts.policy.issued_on;
    if ((request_.issued_from && issued < *request_.issued_from) ||
        (request_.issued_to && issued > *request_.issued_to))
      return {};
    const worklist::Context context{state->facts, policy.surroundings, *policy.books, *policy.calendar,
                                    regime::policy_row(state->facts.policy, policy.surroundings)};
    for (const ticket::Ticket& ticket : state->tickets) {
      if (!is_wanted(ticket)) continue;
      const ticket::Place place = ticket::place_of(ticket, context, session_.now.date());
      rows_.push_back({policy_no, issued, ticket, place.rank, place.clause});
    }
    return {};
  }

  std::vector<OpenTicket> sorted() && {
    std::ranges::sort(rows_, comes_before);
    if (rows_.size() > static_cast<std::size_t>(request_.limit)) rows_.resize(static_cast<std::size_t>(request_.limit));
    return std::move(rows_);
  }

 private:
  bool is_wanted(const ticket::Ticket& ticket) const {
    return !ticket.closed_at && (!request_.kind || ticket.kind == *request_.kind) &&
           (!request_.timeliness || ticket.timeliness == *request_.timeliness) &&
           (offices_.empty() || offices_.contains(ticket.org_code));
  }

  Session& session_;
  const TicketsRequest& request_;
  PolicyDeriver& deriver_;
  std::set<std::string> offices_;
  std::vector<OpenTicket> rows_;
};

}  // namespace

Result<TicketInbox> tickets(Session& session, const TicketsRequest& request) {
  TicketInbox result{.deriver = std::make_shared<PolicyDeriver>(SHOUYUE_TRY(PolicyDeriver::load(session))),
                     .tickets = {}};
  if (!request.org.empty() && !result.deriver->directory().has_organisation(request.org))
    return refuse(Errc::not_found, "tickets.unknown_org", "no organisation has the code '" + request.org + "'",
                  "没有代码为“" + request.org + "”的机构");
  Inbox inbox(session, request, *result.deriver);
  if (!request.policy_no.empty()) {
    SHOUYUE_CHECK(inbox.add(request.policy_no));
  } else {
    for (const std::string& policy_no : SHOUYUE_TRY(find_policies(session))) SHOUYUE_CHECK(inbox.add(policy_no));
  }
  result.tickets = std::move(inbox).sorted();
  return result;
}

}  // namespace shouyue::app
