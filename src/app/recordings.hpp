#pragma once

#include <filesystem>
#include <string>

#include "access/account.hpp"
#include "app/call_store.hpp"
#include "app/policy_deriver.hpp"

namespace shouyue::app {

// Recordings of calls: the audio lies in a folder, each one sealed with a key of its own, and never changes; the key
// and what the audio belongs to are a row. A file is named by the digest of its key.
struct NewRecording {
  std::string policy_no, attempt_id;
  std::filesystem::path file;  // copied, and left where it is
};

// The kind of audio by its first bytes: WAV, MP3, Ogg, FLAC, MP4, WebM or AMR; empty for anything else.
std::string audio_type_of(std::string_view first_bytes);

// Keeps the audio in `folder`, for an attempt that the account wrote down or for the call that its seat has in hand.
// The same audio for the same policy again is the same recording.
// Errors: policy.not_found for what the account may not see, recording.of_another, recording.not_audio,
// file.cannot_read, file.cannot_write, those of the store.
Result<RecordingRow> keep_recording(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                    const std::filesystem::path& folder, const NewRecording& recording);

// A recording that somebody is about to hear, which is noted in the audit journal.
// Errors: recording.not_found, those of the store.
Result<RecordingRow> hear_recording(Session& session, const std::string& policy_no, const std::string& recording_id);
// The bytes `first` … `last` of its audio, both inclusive.
// Errors: recording.erased, file.cannot_read (the file is gone), file.changed.
Result<std::string> audio_of(const RecordingRow& recording, const std::filesystem::path& folder, std::uint64_t first,
                             std::uint64_t last);

}  // namespace shouyue::app
