#include "ports/webhooks.hpp"

#include <set>

#include "app/changes.hpp"
#include "ports/sending.hpp"

namespace shouyue::ports {
namespace {

constexpr int changes_at_once = 100, parked_tries_max = 10;

class Telling {
 public:
  Telling(app::Session& session, http::Sender& sender, const app::Webhook& webhook)
      : session_(session), ports_(session.store.ports()), sender_(sender), webhook_(webhook) {}

  Result<void> work() {
    for (const app::WebhookState& known : SHOUYUE_TRY(ports_.webhooks()))
      if (known.name == webhook_.name) state_ = known;
    state_.name = webhook_.name;
    if (state_.next_try_at && session_.now < *state_.next_try_at) return {};
    for (const app::ParkedChange& parked : SHOUYUE_TRY(ports_.parked_of(webhook_.name))) {
      parked_.insert(parked.policy_no);
      if (parked.next_try_at && *parked.next_try_at <= session_.now && is_answering_) SHOUYUE_CHECK(try_parked(parked));
    }
    while (is_answering_) {
      const auto changes = SHOUYUE_TRY(app::changes_after(session_.store, state_.sent_to, changes_at_once));
      if (changes.empty()) return {};
      for (const app::Change& change : changes)
        if (is_answering_) SHOUYUE_CHECK(tell(change));
      SHOUYUE_CHECK(note());
    }
    return {};
  }

 private:
  Sent sent(const app::Change& change) {
    return send(sender_, webhook_.endpoint, webhook_.name + "-" + std::to_string(change.n), change.json);
  }

  Result<void> tell(const app::Change& change) {
    const Sent outcome = sent(change);
    if (outcome.taken == Taken::not_now) return stop(outcome.fault);
    state_.failures = 0;
    state_.fault.clear();
    state_.next_try_at.reset();
    state_.sent_to = change.n;
    if (outcome.taken == Taken::refused)
      return park({.webhook = webhook_.name, .policy_no = change.policy_no, .n = change.n}, outcome.fault);
    return parked_.contains(change.policy_no) ? forget(change.policy_no) : Result<void>();
  }

  // The policy is told as it is now: what changed since is no news then.
  Result<void> try_parked(const app::ParkedChange& parked) {
    const auto changes = SHOUYUE_TRY(app::changes_of(session_.store, {{parked.n, parked.policy_no}}));
    const Sent outcome = sent(changes.front());
    if (outcome.taken == Taken::not_now) return stop(outcome.fault);
    return outcome.taken == Taken::yes ? forget(parked.policy_no) : park(parked, outcome.fault);
  }

  Result<void> stop(const std::string& fault) {
    is_answering_ = false;
    ++state_.failures;
    state_.fault = fault;
    state_.next_try_at = next_try(session_.now, state_.failures);
    return note();
  }

  Result<void> park(app::ParkedChange parked, const std::string& fault) {
    parked_.insert(parked.policy_no);
    ++parked.tries;
    parked.fault = fault;
    parked.next_try_at.reset();
    if (parked.tries <= parked_tries_max) parked.next_try_at = next_try(session_.now, parked.tries);
    app::Transaction transaction = SHOUYUE_TRY(app::Transaction::begin_claims(session_.store));
    SHOUYUE_CHECK(ports_.put_parked(parked));
    SHOUYUE_CHECK(ports_.put_webhook(state_));
    return transaction.commit();
  }

  Result<void> forget(const std::string& policy_no) {
    app::Transaction transaction = SHOUYUE_TRY(app::Transaction::begin_claims(session_.store));
    SHOUYUE_CHECK(ports_.remove_parked(webhook_.name, policy_no));
    parked_.erase(policy_no);
    SHOUYUE_CHECK(ports_.put_webhook(state_));
    return transaction.commit();
  }

  Result<void> note() {
    app::Transaction transaction = SHOUYUE_TRY(app::Transaction::begin_claims(session_.store));
    SHOUYUE_CHECK(ports_.put_webhook(state_));
    return transaction.commit();
  }

  app::Session& session_;
  app::PortStore& ports_;
  http::Sender& sender_;
  const app::Webhook& webhook_;
  app::WebhookState state_;
  std::set<std::string> parked_;  // policies
  bool is_answering_ = true;
};

}  // namespace

Result<void> work_on_webhook(api::Workplace& workplace, http::Sender& sender, const app::Webhook& webhook) {
  return Telling(workplace.session(), sender, webhook).work();
}

}  // namespace shouyue::ports
