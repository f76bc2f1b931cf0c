#pragma once

#include <filesystem>
#include <string>

#include "app/call_store.hpp"
#include "app/session.hpp"

namespace shouyue::app {

// Recordings of calls: the audio lies in a folder, named by its SHA-256, and never changes; what it belongs to is a
// row.
struct NewRecording {
  std::string policy_no, attempt_id;
  std::filesystem::path file;  // copied, and left where it is
};

// The kind of audio by its first bytes: WAV, MP3, Ogg, FLAC, MP4, WebM or AMR; empty for anything else.
std::string audio_type_of(std::string_view first_bytes);

// Keeps the audio in `folder`. The same audio for the same policy again is the same recording.
// Errors: recording.not_audio, recording.folder, those of the store.
Result<RecordingRow> keep_recording(Session& session, const std::filesystem::path& folder,
                                    const NewRecording& recording);

struct HeardRecording {
  RecordingRow row;
  std::filesystem::path file;
};
// The audio of a recording; who listens to it is noted in the audit journal.
// Errors: recording.not_found, recording.folder (the file is gone), those of the store.
Result<HeardRecording> hear_recording(Session& session, const std::filesystem::path& folder,
                                      const std::string& policy_no, const std::string& recording_id);

}  // namespace shouyue::app
