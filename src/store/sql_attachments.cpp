#include "store/sql_attachments.hpp"

#include "base/base64.hpp"

namespace shouyue::store {
namespace {

const TableColumns attachment_table{.name = "attachment",
                                    .columns = {"bucket", "policy_no", "attachment_id", "subject", "name", "media_type",
                                                "bytes", "sha256", "at", "who"},
                                    .key = 3};
const TableColumns part_table{
    .name = "attachment_part", .columns = {"bucket", "policy_no", "attachment_id", "n", "content"}, .key = 4};

std::string place_of_name(const app::Attachment& attachment) {
  return place_of("attachment", attachment.policy_no + "/" + attachment.attachment_id);
}
std::string place_of_part(const app::Attachment& attachment, std::int64_t n) {
  return place_of("attachment_part", attachment.policy_no + "/" + attachment.attachment_id, n);
}

}  // namespace

Result<std::vector<app::Attachment>> SqlAttachments::attachments_of(const std::string& policy_no) {
  std::vector<app::Attachment> found;
  const auto take = [&](const AnswerRow& answer) -> Result<void> {
    app::Attachment& attachment = found.emplace_back();
    attachment.policy_no = policy_no;
    answer.read(0, attachment.attachment_id);
    answer.read(1, attachment.subject);
    attachment.name = SHOUYUE_TRY(sealing_.opened(policy_no, place_of_name(attachment), answer.text(2)));
    answer.read(3, attachment.media_type);
    answer.read(4, attachment.bytes);
    answer.read(5, attachment.sha256);
    answer.read(6, attachment.at);
    answer.read(7, attachment.who);
    return {};
  };
  SHOUYUE_CHECK(
      connection_.query("SELECT attachment_id, subject, name, media_type, bytes, sha256, at, who FROM "
                        "attachment WHERE bucket = $1 AND policy_no = $2 ORDER BY at, attachment_id",
                        {app::bucket_of(policy_no), policy_no}, take));
  return found;
}

Result<void> SqlAttachments::add_attachment(const app::Attachment& attachment) {
  const auto name = SHOUYUE_TRY(sealing_.sealed(attachment.policy_no, place_of_name(attachment), attachment.name));
  Rows rows(attachment_table.columns.size());
  rows.add({app::bucket_of(attachment.policy_no), attachment.policy_no, attachment.attachment_id, attachment.subject,
            name, attachment.media_type, attachment.bytes, attachment.sha256, attachment.at, attachment.who});
  return connection_.insert(attachment_table, rows);
}

Result<void> SqlAttachments::add_part(const app::Attachment& attachment, std::int64_t n, std::string_view bytes) {
  std::string content = SHOUYUE_TRY(sealing_.sealed(attachment.policy_no, place_of_part(attachment, n), bytes));
  if (!sealing_.is_sealed()) content = base64_of(bytes);
  Rows rows(part_table.columns.size());
  rows.add({app::bucket_of(attachment.policy_no), attachment.policy_no, attachment.attachment_id, n, content});
  return connection_.insert(part_table, rows);
}

Result<std::string> SqlAttachments::content_of(const app::Attachment& attachment) {
  std::string content;
  const auto take = [&](const AnswerRow& answer) -> Result<void> {
    const std::string text = SHOUYUE_TRY(
        sealing_.opened(attachment.policy_no, place_of_part(attachment, answer.integer(1)), answer.text(0)));
    if (sealing_.is_sealed())
      content += text;
    else
      content += SHOUYUE_TRY(from_base64(text));
    return {};
  };
  SHOUYUE_CHECK(connection_.query(
      "SELECT content, n FROM attachment_part WHERE bucket = $1 AND policy_no = $2 AND attachment_id = $3 ORDER BY n",
      {app::bucket_of(attachment.policy_no), attachment.policy_no, attachment.attachment_id}, take));
  return content;
}

}  // namespace shouyue::store
