#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"

// What passes between the insurer's other systems and the policyholders on one side and the store on the other: links,
// messages, changes that others are told of, dialled calls. Part of a store; the same errors and transactions. A row
// with a policy number lies in the bucket of that policy.
namespace shouyue::app {

// A link to the page on which the policyholder answers alone.
enum class LinkState : std::uint8_t {
  open,
  answered,     // the questions were answered
  call_wanted,  // the holder asked for a call instead
  locked,       // too many wrong answers to the identity check
  withdrawn,    // taken back by the office, or another link was sent in its place
};
struct VisitLink {
  std::string link_id;  // 24 hexadecimal digits; also the attempt on the electronic leg
  std::string policy_no;
  Instant created_at, expires_at;
  LinkState state = LinkState::open;
  int failures = 0;  // wrong answers to the identity check
  std::optional<Instant> closed_at;
};

// A text to a policyholder on its way out. Neither text nor number is stored: both are made when it is sent.
enum class MessageState : std::uint8_t {
  waiting,    // to be sent at `next_try_at`
  sent,       // handed over; the gateway has not said yet what became of it
  delivered,  // the gateway says that the phone has it
  failed,     // refused for good, or tried too often
};
struct Message {
  std::string message_id;  // 24 hexadecimal digits; the receiver drops repeats by it
  std::string policy_no;
  std::string text_id;  // of message_texts.hpp
  std::string link_id;
  Instant created_at;
  MessageState state = MessageState::waiting;
  int tries = 0;
  std::optional<Instant> next_try_at;  // while it waits
  std::optional<Instant> sent_at, reported_at;
  std::string fault;  // what went wrong last, without personal data
};

// A call that a seat asked the telephone exchange to dial.
enum class DialState : std::uint8_t { waiting, asked, ringing, answered, ended, failed };
struct Dial {
  std::string dial_id;  // 24 hexadecimal digits
  std::string policy_no, account, seat;
  std::string phone_field;  // first, mobile_phone, home_phone or work_phone: the number is read when it is dialled
  Instant requested_at;
  DialState state = DialState::waiting;
  int tries = 0;
  std::optional<Instant> next_try_at;
  std::optional<Instant> ringing_at, answered_at, ended_at;
  std::string recording_id, fault;
};

// A policy whose case, tickets or commission changed: `n` is the position in the order of changes. One row a policy, at
// its latest change.
struct ChangedPolicy {
  std::int64_t n = 0;
  std::string policy_no;
};

// How far a receiver of webhooks has come.
struct WebhookState {
  std::string name;
  std::int64_t sent_to = 0;  // every change up to here was acknowledged, or is parked
  int failures = 0;          // in a row
  std::optional<Instant> next_try_at;
  std::string fault;
};

// A change that the receiver refused: sent again by itself, and dead after the last time.
struct ParkedChange {
  std::string webhook, policy_no;
  std::int64_t n = 0;
  int tries = 0;
  std::optional<Instant> next_try_at;  // empty: dead
  std::string fault;
};

// A token by which another system signs in.
struct ServiceToken {
  std::string digest, account;
  Instant created_at;
  std::optional<Instant> used_at;
};

class PortStore {
 public:
  virtual ~PortStore() = default;

  virtual Result<std::optional<VisitLink>> link(std::int64_t bucket, const std::string& link_id) = 0;
  virtual Result<std::vector<VisitLink>> links_of(const std::string& policy_no) = 0;  // by created_at
  virtual Result<void> put_link(const VisitLink& link) = 0;                           // replaces

  virtual Result<std::optional<Message>> message(std::int64_t bucket, const std::string& message_id) = 0;
  virtual Result<std::vector<Message>> messages_of(const std::string& policy_no) = 0;  // by created_at
  virtual Result<std::vector<Message>> messages_due(Instant now, int max) = 0;         // by next_try_at
  virtual Result<void> put_message(const Message& message) = 0;

  virtual Result<std::optional<Dial>> dial(std::int64_t bucket, const std::string& dial_id) = 0;
  virtual Result<std::optional<Dial>> newest_dial_of(const std::string& policy_no) = 0;
  virtual Result<std::vector<Dial>> dials_due(Instant now, int max) = 0;
  virtual Result<void> put_dial(const Dial& dial) = 0;

  virtual Result<std::vector<ChangedPolicy>> changed_after(std::int64_t n, int max) = 0;  // by n
  virtual Result<std::int64_t> newest_change() = 0;
  // The position of the policy's latest change; 0 when there is none.
  virtual Result<std::int64_t> change_of(const std::string& policy_no) = 0;

  virtual Result<std::vector<WebhookState>> webhooks() = 0;  // by name
  virtual Result<void> put_webhook(const WebhookState& state) = 0;
  virtual Result<std::vector<ParkedChange>> parked_of(const std::string& webhook) = 0;  // by n
  virtual Result<void> put_parked(const ParkedChange& parked) = 0;
  virtual Result<void> remove_parked(const std::string& webhook, const std::string& policy_no) = 0;

  virtual Result<std::optional<ServiceToken>> token(const std::string& digest) = 0;
  virtual Result<std::vector<ServiceToken>> tokens_of(const std::string& account) = 0;
  virtual Result<void> put_token(const ServiceToken& token) = 0;
  virtual Result<void> remove_tokens_of(const std::string& account) = 0;
};

}  // namespace shouyue::app
