#pragma once

#include "app/attachment_store.hpp"
#include "store/sql_sealing.hpp"

namespace shouyue::store {

// Contents lie in parts, as base64 (a database of this program holds integers and texts only), sealed with the key of
// their policy where anything is sealed; so are their names.
class SqlAttachments final : public app::AttachmentStore {
 public:
  SqlAttachments(Connection& connection, SqlSealing& sealing) : connection_(connection), sealing_(sealing) {}

  Result<std::vector<app::Attachment>> attachments_of(const std::string& policy_no) override;
  Result<void> add_attachment(const app::Attachment& attachment) override;
  Result<void> add_part(const app::Attachment& attachment, std::int64_t n, std::string_view bytes) override;
  Result<std::string> content_of(const app::Attachment& attachment) override;

 private:
  Connection& connection_;
  SqlSealing& sealing_;
};

}  // namespace shouyue::store
