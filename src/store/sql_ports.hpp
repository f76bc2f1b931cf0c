#pragma once

#include "app/port_store.hpp"
#include "store/connection.hpp"

namespace shouyue::store {

class SqlPorts final : public app::PortStore {
 public:
  explicit SqlPorts(Connection& connection) : connection_(connection) {}

  Result<std::optional<app::VisitLink>> link(std::int64_t bucket, const std::string& link_id) override;
  Result<std::vector<app::VisitLink>> links_of(const std::string& policy_no) override;
  Result<void> put_link(const app::VisitLink& link) override;
  Result<std::optional<app::Message>> message(std::int64_t bucket, const std::string& message_id) override;
  Result<std::vector<app::Message>> messages_of(const std::string& policy_no) override;
  Result<std::vector<app::Message>> messages_due(Instant now, int max) override;
  Result<void> put_message(const app::Message& message) override;
  Result<std::optional<app::Dial>> dial(std::int64_t bucket, const std::string& dial_id) override;
  Result<std::optional<app::Dial>> newest_dial_of(const std::string& policy_no) override;
  Result<std::vector<app::Dial>> dials_due(Instant now, int max) override;
  Result<void> put_dial(const app::Dial& dial) override;
  Result<std::vector<app::ChangedPolicy>> changed_after(std::int64_t n, int max) override;
  Result<std::int64_t> newest_change() override;
  Result<std::int64_t> change_of(const std::string& policy_no) override;
  Result<std::vector<app::WebhookState>> webhooks() override;
  Result<void> put_webhook(const app::WebhookState& state) override;
  Result<std::vector<app::ParkedChange>> parked_of(const std::string& webhook) override;
  Result<void> put_parked(const app::ParkedChange& parked) override;
  Result<void> remove_parked(const std::string& webhook, const std::string& policy_no) override;
  Result<std::optional<app::ServiceToken>> token(const std::string& digest) override;
  Result<std::vector<app::ServiceToken>> tokens_of(const std::string& account) override;
  Result<void> put_token(const app::ServiceToken& token) override;
  Result<void> remove_tokens_of(const std::string& account) override;

 private:
  Connection& connection_;
};

}  // namespace shouyue::store
