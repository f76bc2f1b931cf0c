#pragma once

#include <boost/describe.hpp>

#include "api/names.hpp"
#include "app/attachments.hpp"
#include "http/message.hpp"

namespace shouyue::api {

// A file that was handed in, as answers name it.
struct FileNote {
  std::string attachment_id, name, media_type, sha256, who, who_name;
  std::int64_t bytes = 0;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(FileNote, (), (attachment_id, name, media_type, sha256, who, who_name, bytes, at))

inline Result<FileNote> file_note(const Names& names, const app::Attachment& attachment) {
  return FileNote{.attachment_id = attachment.attachment_id,
                  .name = attachment.name,
                  .media_type = attachment.media_type,
                  .sha256 = attachment.sha256,
                  .who = attachment.who,
                  .who_name = SHOUYUE_TRY(names.person(attachment.who)),
                  .bytes = attachment.bytes,
                  .at = attachment.at};
}

// The file itself, to be shown by the browser.
inline http::Response shown_file(app::AttachmentContent read) {
  return {.status = 200,
          .content_type = read.attachment.media_type,
          .body = std::move(read.content),
          .headers = {{"Content-Disposition", "inline"}}};
}

}  // namespace shouyue::api
