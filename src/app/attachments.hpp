#pragma once

#include <filesystem>
#include <functional>

#include "app/attachment_store.hpp"
#include "app/session.hpp"

// Files that belong to a policy: kept in the database with their SHA-256, so that copies and backups take them along.
// Handing one in and reading one are in the audit journal. Whether the person may read one is asked before.
namespace shouyue::app {

constexpr std::int64_t attachment_bytes_max = 20 * 1024 * 1024;

struct NewAttachment {
  std::string policy_no, subject, name;
  std::filesystem::path content;
};

// PDF, JPEG, PNG, MP3, WAV, M4A, Ogg or WebM, as the first bytes say and not as the file is called; empty for anything
// else.
std::string media_type_of(std::string_view first_bytes);

// The same content again for the same subject changes nothing and gives what is there. `check` is done in the same
// transaction, before anything is written: whether the person may hand it in.
// Errors: attachments.empty, attachments.unknown_type, attachments.name_form, file.cannot_read, those of `check` and of
// the store.
Result<Attachment> attach(Session& session, const NewAttachment& attachment,
                          const std::function<Result<void>()>& check);

// By time. Errors: those of the store.
Result<std::vector<Attachment>> attachments_of(Session& session, const std::string& policy_no,
                                               const std::string& subject);

struct AttachmentContent {
  Attachment attachment;
  std::string content;
};
// Errors: attachments.not_found, attachments.damaged (its bytes do not have its SHA-256), those of the store.
Result<AttachmentContent> read_attachment(Session& session, const std::string& policy_no,
                                          const std::string& attachment_id);

}  // namespace shouyue::app
