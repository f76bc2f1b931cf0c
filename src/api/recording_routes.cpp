#include "api/recording_routes.hpp"

#include "api/answer.hpp"
#include "api/byte_range.hpp"
#include "api/call_card_routes.hpp"
#include "app/recordings.hpp"
#include "json/read.hpp"

namespace shouyue::api {
namespace {

struct RecordingAnswer {
  std::string recording_id, sha256, media_type;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(RecordingAnswer, (), (recording_id, sha256, media_type, bytes))

}  // namespace

Result<http::Response> keep_recording(Call& call) {
  const app::NewRecording recording{.policy_no = call.parts.at("policy_no"),
                                    .attempt_id = std::string(call.request.target.parameter("attempt_id")),
                                    .file = call.request.body_file};
  const auto row = SHOUYUE_TRY(
      app::keep_recording(call.session, call.deriver, call.person->account, call.facilities.recordings, recording));
  return answer(
      RecordingAnswer{
          .recording_id = row.recording_id, .sha256 = row.sha256, .media_type = row.media_type, .bytes = row.bytes},
      201);
}

Result<http::Response> hear_recording(Call& call) {
  const std::string& policy_no = call.parts.at("policy_no");
  SHOUYUE_CHECK(require_visible(call, policy_no));
  const auto recording = SHOUYUE_TRY(app::hear_recording(call.session, policy_no, call.parts.at("recording_id")));
  return part_answer(call.request, static_cast<std::uint64_t>(recording.bytes), recording.media_type,
                     [&](const ByteRange& part) {
                       return app::audio_of(recording, call.facilities.recordings, part.first, part.last);
                     });
}

}  // namespace shouyue::api
