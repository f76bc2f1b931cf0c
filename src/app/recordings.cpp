#include "app/recordings.hpp"

#include <array>
#include <fstream>

#include "base/digest.hpp"

namespace shouyue::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t id_digits = 16;

std::unexpected<Error> folder_fault(const fs::path& path) {
  return refuse(Errc::environment, "recording.folder", "the recording " + path.filename().string() + " is out of reach",
                "无法读写录音文件 " + path.filename().string());
}

struct Content {
  std::string sha256, media_type;
  std::int64_t bytes = 0;
};

Result<Content> read_content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  Sha256 digest;
  Content content;
  std::array<char, 1 << 16> piece;
  while (in.read(piece.data(), piece.size()), in.gcount() > 0) {
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (content.bytes == 0) content.media_type = audio_type_of(bytes);
    content.bytes += in.gcount();
    digest.add(bytes);
  }
  if (in.bad() || !in.eof()) return folder_fault(path);
  content.sha256 = digest.hex();
  return content;
}

fs::path place_of(const fs::path& folder, const std::string& sha256) {
  return folder / "recordings" / sha256.substr(0, 2) / sha256;
}

// Whole or not at all: a file that has its name is complete.
Result<void> put_file(const fs::path& from, const fs::path& place) {
  std::error_code fault;
  if (fs::exists(place, fault)) return {};
  fs::create_directories(place.parent_path(), fault);
  fs::path incomplete = place;
  incomplete += ".incomplete";
  if (!fault) fs::copy_file(from, incomplete, fs::copy_options::overwrite_existing, fault);
  if (!fault) fs::permissions(incomplete, fs::perms::owner_read | fs::perms::owner_write, fault);
  if (!fault) fs::rename(incomplete, place, fault);
  if (fault) return folder_fault(place);
  return {};
}

}  // namespace

std::string audio_type_of(std::string_view first) {
  const auto at = [&](std::size_t place, std::string_view mark) { return first.substr(place).starts_with(mark); };
  if (first.size() < 12) return {};
  if (at(0, "RIFF") && at(8, "WAVE")) return "audio/wav";
  if (at(0, "OggS")) return "audio/ogg";
  if (at(0, "fLaC")) return "audio/flac";
  if (at(0, "#!AMR")) return "audio/amr";
  if (at(0, "\x1A\x45\xDF\xA3")) return "audio/webm";
  if (at(4, "ftyp")) return "audio/mp4";
  const bool is_mpeg_frame = first[0] == '\xFF' && (static_cast<unsigned char>(first[1]) & 0xE6) == 0xE2;
  if (at(0, "ID3") || is_mpeg_frame) return "audio/mpeg";
  return {};
}

Result<RecordingRow> keep_recording(Session& session, const fs::path& folder, const NewRecording& recording) {
  const Content content = SHOUYUE_TRY(read_content(recording.file));
  if (content.media_type.empty())
    return refuse(Errc::invalid_input, "recording.not_audio",
                  "the file is no audio: WAV, MP3, Ogg, FLAC, MP4, WebM and AMR are taken",
                  "文件不是可识别的录音，支持 WAV、MP3、Ogg、FLAC、MP4、WebM、AMR");
  SHOUYUE_CHECK(put_file(recording.file, place_of(folder, content.sha256)));
  RecordingRow row{.policy_no = recording.policy_no,
                   .recording_id = content.sha256.substr(0, id_digits),
                   .attempt_id = recording.attempt_id,
                   .sha256 = content.sha256,
                   .media_type = content.media_type,
                   .bytes = content.bytes,
                   .at = session.now,
                   .who = session.who};
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  if (const auto known = SHOUYUE_TRY(session.store.calls().recording(row.policy_no, row.recording_id))) return *known;
  SHOUYUE_CHECK(session.store.calls().put_recording(row));
  SHOUYUE_CHECK(
      session.store.append_audit({.at = session.now,
                                  .who = session.who,
                                  .action = "recording_kept",
                                  .detail = row.policy_no + " " + row.recording_id + " sha256 " + row.sha256}));
  SHOUYUE_CHECK(transaction.commit());
  return row;
}

Result<HeardRecording> hear_recording(Session& session, const fs::path& folder, const std::string& policy_no,
                                      const std::string& recording_id) {
  const auto row = SHOUYUE_TRY(session.store.calls().recording(policy_no, recording_id));
  if (!row)
    return refuse(Errc::not_found, "recording.not_found", "the policy has no such recording", "该保单没有此录音");
  HeardRecording heard{*row, place_of(folder, row->sha256)};
  std::error_code fault;
  if (!fs::is_regular_file(heard.file, fault)) return folder_fault(heard.file);
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(session.store.append_audit(
      {.at = session.now, .who = session.who, .action = "recording_heard", .detail = policy_no + " " + recording_id}));
  SHOUYUE_CHECK(transaction.commit());
  return heard;
}

}  // namespace shouyue::app
