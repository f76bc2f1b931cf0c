#pragma once

#include "app/attachment_store.hpp"
#include "store/connection.hpp"

namespace shouyue::store {

// Contents lie in parts, as base64: a database of this program holds integers and texts only.
class SqlAttachments final : public app::AttachmentStore {
 public:
  explicit SqlAttachments(Connection& connection) : connection_(connection) {}

  Result<std::vector<app::Attachment>> attachments_of(const std::string& policy_no) override;
  Result<void> add_attachment(const app::Attachment& attachment) override;
  Result<void> add_part(const app::Attachment& attachment, std::int64_t n, std::string_view bytes) override;
  Result<std::string> content_of(const app::Attachment& attachment) override;

 private:
  Connection& connection_;
};

}  // namespace shouyue::store
