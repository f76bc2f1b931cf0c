#include "app/attachments.hpp"

#include <algorithm>
#include <array>

#include "app/files.hpp"
#include "base/digest.hpp"
#include "base/encoding.hpp"

namespace shouyue::app {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t part_bytes = 48 * 1024;
constexpr std::size_t name_bytes_max = 200;

struct Signature {
  std::size_t at;
  std::string_view bytes;
  std::string_view media_type;
};

// How files of these kinds begin, by their specifications.
constexpr std::array signatures{Signature{0, "%PDF-"sv, "application/pdf"},
                                Signature{0, "\xFF\xD8\xFF"sv, "image/jpeg"},
                                Signature{0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
                                Signature{0, "ID3"sv, "audio/mpeg"},
                                Signature{0, "\xFF\xFB"sv, "audio/mpeg"},
                                Signature{0, "\xFF\xF3"sv, "audio/mpeg"},
                                Signature{8, "WAVE"sv, "audio/wav"},
                                Signature{4, "ftypM4A"sv, "audio/mp4"},
                                Signature{0, "OggS"sv, "audio/ogg"},
                                Signature{0, "\x1A\x45\xDF\xA3"sv, "audio/webm"}};

Result<void> check_name(const std::string& name) {
  const bool has_control = std::ranges::any_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (!name.empty() && name.size() <= name_bytes_max && !has_control && name.find_first_of("/\\") == std::string::npos)
    return check_utf8(name);
  return refuse(Errc::invalid_input, "attachments.name_form",
                "give the file a name of at most 200 bytes without slashes and control characters",
                "请给文件起一个不超过200字节、不含斜杠和控制字符的名称");
}

Result<void> note(Session& session, std::string action, const Attachment& attachment) {
  return session.store.append_audit({.at = session.now,
                                     .who = session.who,
                                     .action = std::move(action),
                                     .detail = attachment.policy_no + " " + attachment.subject + " " +
                                               attachment.attachment_id + " " + attachment.sha256});
}

Result<Attachment> described(const Session& session, const NewAttachment& given, std::string_view content) {
  SHOUYUE_CHECK(check_name(given.name));
  if (content.empty()) return refuse(Errc::invalid_input, "attachments.empty", "the file is empty", "文件没有内容");
  Attachment attachment{.policy_no = given.policy_no,
                        .attachment_id = "",
                        .subject = given.subject,
                        .name = given.name,
                        .media_type = media_type_of(content),
                        .bytes = static_cast<std::int64_t>(content.size()),
                        .sha256 = sha256_hex(content),
                        .at = session.now,
                        .who = session.who};
  if (attachment.media_type.empty())
    return refuse(Errc::invalid_input, "attachments.unknown_type",
                  "only PDF, JPEG, PNG and recordings (MP3, WAV, M4A, Ogg, WebM) are taken",
                  "只接收 PDF、JPEG、PNG 和录音文件（MP3、WAV、M4A、Ogg、WebM）");
  attachment.attachment_id = sha256_hex(given.subject + "\n" + attachment.sha256).substr(0, 32);
  return attachment;
}

Result<std::optional<Attachment>> find(Store& store, const std::string& policy_no, const std::string& attachment_id) {
  for (Attachment& known : SHOUYUE_TRY(store.attachments().attachments_of(policy_no)))
    if (known.attachment_id == attachment_id) return std::optional(std::move(known));
  return std::optional<Attachment>{};
}

}  // namespace

std::string media_type_of(std::string_view first_bytes) {
  for (const Signature& signature : signatures)
    if (first_bytes.size() >= signature.at && first_bytes.substr(signature.at).starts_with(signature.bytes))
      return std::string(signature.media_type);
  return {};
}

Result<Attachment> attach(Session& session, const NewAttachment& given, const std::function<Result<void>()>& check) {
  const std::string content = SHOUYUE_TRY(read_file(given.content));
  const Attachment attachment = SHOUYUE_TRY(described(session, given, content));
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(check());
  const auto known = SHOUYUE_TRY(find(session.store, given.policy_no, attachment.attachment_id));
  if (known) return *known;
  AttachmentStore& store = session.store.attachments();
  SHOUYUE_CHECK(store.add_attachment(attachment));
  for (std::size_t at = 0; at < content.size(); at += part_bytes) {
    const auto part = std::string_view(content).substr(at, part_bytes);
    SHOUYUE_CHECK(store.add_part(attachment, static_cast<std::int64_t>(at / part_bytes), part));
  }
  SHOUYUE_CHECK(note(session, "attached", attachment));
  SHOUYUE_CHECK(transaction.commit());
  return attachment;
}

Result<std::vector<Attachment>> attachments_of(Session& session, const std::string& policy_no,
                                               const std::string& subject) {
  auto attachments = SHOUYUE_TRY(session.store.attachments().attachments_of(policy_no));
  std::erase_if(attachments, [&](const Attachment& attachment) { return attachment.subject != subject; });
  return attachments;
}

Result<AttachmentContent> read_attachment(Session& session, const std::string& policy_no,
                                          const std::string& attachment_id) {
  const auto found = SHOUYUE_TRY(find(session.store, policy_no, attachment_id));
  if (!found)
    return refuse(Errc::not_found, "attachments.not_found", "no such attachment of this policy", "该保单没有这个附件");
  std::string content = SHOUYUE_TRY(session.store.attachments().content_of(*found));
  if (sha256_hex(content) != found->sha256)
    return refuse(Errc::environment, "attachments.damaged",
                  "the stored bytes do not have the SHA-256 of the file; restore the database from a backup",
                  "保存的内容与文件的 SHA-256 不符，请从备份恢复数据库");
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(note(session, "read_attachment", *found));
  SHOUYUE_CHECK(transaction.commit());
  return AttachmentContent{*found, std::move(content)};
}

}  // namespace shouyue::app
