#pragma once

#include <string>
#include <vector>

#include "app/store.hpp"

namespace shouyue::app {

// A file that was handed in about a policy: evidence of a ticket, the recording of a call, a signed receipt.
struct Attachment {
  std::string policy_no;
  std::string attachment_id;  // of subject and content: the same file twice for one subject is one
  std::string subject;        // the id of the ticket or attempt that it belongs to
  std::string name;           // as the person who handed it in calls it
  std::string media_type;     // as its first bytes say
  std::int64_t bytes = 0;
  std::string sha256;  // of the content, hexadecimal
  Instant at;
  std::string who;
};

// The attachments of a store; the same errors and transactions.
class AttachmentStore {
 public:
  virtual ~AttachmentStore() = default;

  // By time, then id.
  virtual Result<std::vector<Attachment>> attachments_of(const std::string& policy_no) = 0;
  // Adds one whose id is new; its content follows part by part, counted from 0.
  virtual Result<void> add_attachment(const Attachment& attachment) = 0;
  virtual Result<void> add_part(const Attachment& attachment, std::int64_t n, std::string_view bytes) = 0;
  virtual Result<std::string> content_of(const Attachment& attachment) = 0;
};

}  // namespace shouyue::app
