#include "store/sql_ports.hpp"

#include "app/store.hpp"

namespace shouyue::store {
namespace {

// A row struct as a table whose columns after the key's bucket are its members in order.
template <class Row>
struct Layout;

template <>
struct Layout<app::VisitLink> {
  static constexpr bool has_bucket = true;
  static inline const TableColumns table{
      .name = "visit_link",
      .columns = {"bucket", "link_id", "policy_no", "created_at", "expires_at", "state", "failures", "closed_at"},
      .key = 2};
  template <class Each>
  static void members(auto& row, Each each) {
    each(row.link_id, row.policy_no, row.created_at, row.expires_at, row.state, row.failures, row.closed_at);
  }
};

template <>
struct Layout<app::Message> {
  static constexpr bool has_bucket = true;
  static inline const TableColumns table{
      .name = "message",
      .columns = {"bucket", "message_id", "policy_no", "text_id", "link_id", "created_at", "state", "tries",
                  "next_try_at", "sent_at", "reported_at", "fault"},
      .key = 2};
  template <class Each>
  static void members(auto& row, Each each) {
    each(row.message_id, row.policy_no, row.text_id, row.link_id, row.created_at, row.state, row.tries, row.next_try_at,
         row.sent_at, row.reported_at, row.fault);
  }
};

template <>
struct Layout<app::Dial> {
  static constexpr bool has_bucket = true;
  static inline const TableColumns table{
      .name = "dial",
      .columns = {"bucket", "dial_id", "policy_no", "account", "seat", "phone_field", "requested_at", "state", "tries",
                  "next_try_at", "ringing_at", "answered_at", "ended_at", "recording_id", "fault"},
      .key = 2};
  template <class Each>
  static void members(auto& row, Each each) {
    each(row.dial_id, row.policy_no, row.account, row.seat, row.phone_field, row.requested_at, row.state, row.tries,
         row.next_try_at, row.ringing_at, row.answered_at, row.ended_at, row.recording_id, row.fault);
  }
};

template <>
struct Layout<app::ParkedChange> {
  static constexpr bool has_bucket = true;
  static inline const TableColumns table{
      .name = "parked_change",
      .columns = {"bucket", "policy_no", "webhook", "n", "tries", "next_try_at", "fault"},
      .key = 3};
  template <class Each>
  static void members(auto& row, Each each) {
    each(row.policy_no, row.webhook, row.n, row.tries, row.next_try_at, row.fault);
  }
};

template <>
struct Layout<app::WebhookState> {
  static constexpr bool has_bucket = false;
  static inline const TableColumns table{
      .name = "webhook", .columns = {"name", "sent_to", "failures", "next_try_at", "fault"}, .key = 1};
  template <class Each>
  static void members(auto& row, Each each) {
    each(row.name, row.sent_to, row.failures, row.next_try_at, row.fault);
  }
};

template <>
struct Layout<app::ServiceToken> {
  static constexpr bool has_bucket = false;
  static inline const TableColumns table{
      .name = "service_token", .columns = {"digest", "account", "created_at", "used_at"}, .key = 1};
  template <class Each>
  static void members(auto& row, Each each) {
    each(row.digest, row.account, row.created_at, row.used_at);
  }
};

template <class Row>
Result<std::vector<Row>> rows(Connection& connection, const std::string& tail, Parameters parameters) {
  const TableColumns& table = Layout<Row>::table;
  std::string sql = "SELECT ";
  for (std::size_t n = Layout<Row>::has_bucket; n < table.columns.size(); ++n)
    sql += (sql.size() > 7 ? ", " : "") + table.columns[n];
  sql += " FROM " + table.name + " " + tail;
  std::vector<Row> found;
  SHOUYUE_CHECK(connection.query(sql, parameters, [&](const AnswerRow& answer) {
    int column = 0;
    Layout<Row>::members(found.emplace_back(), [&](auto&... member) { (answer.read(column++, member), ...); });
    return Result<void>();
  }));
  return found;
}

template <class Row>
Result<std::optional<Row>> one(Connection& connection, const std::string& tail, Parameters parameters) {
  auto found = SHOUYUE_TRY(rows<Row>(connection, tail, parameters));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

template <class Row>
Result<void> put(Connection& connection, const Row& row) {
  Rows written(Layout<Row>::table.columns.size());
  if constexpr (Layout<Row>::has_bucket) written.add_value(app::bucket_of(row.policy_no));
  Layout<Row>::members(row, [&](const auto&... member) { (written.add_value(member), ...); });
  return connection.replace(Layout<Row>::table, written);
}

}  // namespace

using app::Dial;
using app::Message;
using app::ParkedChange;
using app::ServiceToken;
using app::VisitLink;
using app::WebhookState;

Result<std::optional<VisitLink>> SqlPorts::link(std::int64_t bucket, const std::string& link_id) {
  return one<VisitLink>(connection_, "WHERE bucket = $1 AND link_id = $2", {bucket, link_id});
}
Result<std::vector<VisitLink>> SqlPorts::links_of(const std::string& policy_no) {
  return rows<VisitLink>(connection_, "WHERE bucket = $1 AND policy_no = $2 ORDER BY created_at, link_id",
                         {app::bucket_of(policy_no), policy_no});
}
Result<void> SqlPorts::put_link(const VisitLink& link) { return put(connection_, link); }

Result<std::optional<Message>> SqlPorts::message(std::int64_t bucket, const std::string& message_id) {
  return one<Message>(connection_, "WHERE bucket = $1 AND message_id = $2", {bucket, message_id});
}
Result<std::vector<Message>> SqlPorts::messages_of(const std::string& policy_no) {
  return rows<Message>(connection_, "WHERE bucket = $1 AND policy_no = $2 ORDER BY created_at, message_id",
                       {app::bucket_of(policy_no), policy_no});
}
Result<std::vector<Message>> SqlPorts::messages_due(Instant now, int max) {
  return rows<Message>(connection_, "WHERE next_try_at <= $1 ORDER BY next_try_at, message_id LIMIT $2", {now, max});
}
Result<void> SqlPorts::put_message(const Message& message) { return put(connection_, message); }

Result<std::optional<Dial>> SqlPorts::dial(std::int64_t bucket, const std::string& dial_id) {
  return one<Dial>(connection_, "WHERE bucket = $1 AND dial_id = $2", {bucket, dial_id});
}
Result<std::optional<Dial>> SqlPorts::newest_dial_of(const std::string& policy_no) {
  return one<Dial>(connection_, "WHERE bucket = $1 AND policy_no = $2 ORDER BY requested_at DESC, dial_id LIMIT 1",
                   {app::bucket_of(policy_no), policy_no});
}
Result<std::vector<Dial>> SqlPorts::dials_due(Instant now, int max) {
  return rows<Dial>(connection_, "WHERE next_try_at <= $1 ORDER BY next_try_at, dial_id LIMIT $2", {now, max});
}
Result<void> SqlPorts::put_dial(const Dial& dial) { return put(connection_, dial); }

Result<std::vector<app::ChangedPolicy>> SqlPorts::changed_after(std::int64_t n, int max) {
  std::vector<app::ChangedPolicy> found;
  SHOUYUE_CHECK(connection_.query("SELECT n, policy_no FROM changed_policy WHERE n > $1 ORDER BY n LIMIT $2", {n, max},
                                  [&](const AnswerRow& answer) {
                                    app::ChangedPolicy& changed = found.emplace_back();
                                    answer.read(0, changed.n);
                                    answer.read(1, changed.policy_no);
                                    return Result<void>();
                                  }));
  return found;
}

Result<std::int64_t> SqlPorts::newest_change() {
  std::int64_t newest = 0;
  SHOUYUE_CHECK(
      connection_.query("SELECT n FROM changed_policy ORDER BY n DESC LIMIT 1", {}, [&](const AnswerRow& answer) {
        answer.read(0, newest);
        return Result<void>();
      }));
  return newest;
}

Result<std::int64_t> SqlPorts::change_of(const std::string& policy_no) {
  std::int64_t n = 0;
  SHOUYUE_CHECK(connection_.query("SELECT n FROM changed_policy WHERE bucket = $1 AND policy_no = $2",
                                  {app::bucket_of(policy_no), policy_no}, [&](const AnswerRow& answer) {
                                    answer.read(0, n);
                                    return Result<void>();
                                  }));
  return n;
}

Result<std::vector<WebhookState>> SqlPorts::webhooks() { return rows<WebhookState>(connection_, "ORDER BY name", {}); }
Result<void> SqlPorts::put_webhook(const WebhookState& state) { return put(connection_, state); }

Result<std::vector<ParkedChange>> SqlPorts::parked_of(const std::string& webhook) {
  return rows<ParkedChange>(connection_, "WHERE webhook = $1 ORDER BY n", {webhook});
}
Result<void> SqlPorts::put_parked(const ParkedChange& parked) { return put(connection_, parked); }
Result<void> SqlPorts::remove_parked(const std::string& webhook, const std::string& policy_no) {
  return connection_.run("DELETE FROM parked_change WHERE bucket = $1 AND policy_no = $2 AND webhook = $3",
                         {app::bucket_of(policy_no), policy_no, webhook});
}

Result<std::optional<ServiceToken>> SqlPorts::token(const std::string& digest) {
  return one<ServiceToken>(connection_, "WHERE digest = $1", {digest});
}
Result<std::vector<ServiceToken>> SqlPorts::tokens_of(const std::string& account) {
  return rows<ServiceToken>(connection_, "WHERE account = $1 ORDER BY created_at, digest", {account});
}
Result<void> SqlPorts::put_token(const ServiceToken& token) { return put(connection_, token); }
Result<void> SqlPorts::remove_tokens_of(const std::string& account) {
  return connection_.run("DELETE FROM service_token WHERE account = $1", {account});
}

}  // namespace shouyue::store
