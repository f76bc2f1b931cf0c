#include "app/recordings.hpp"

#include <array>
#include <fstream>

#include "app/scope.hpp"
#include "app/sealed_file.hpp"
#include "app/whose_call.hpp"
#include "base/digest.hpp"
#include "vault/token.hpp"

namespace shouyue::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t id_digits = 16;

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
  if (in.bad() || !in.eof())
    return refuse(Errc::environment, "file.cannot_read", "the recording that was sent cannot be read",
                  "无法读取上传的录音");
  content.sha256 = digest.hex();
  return content;
}

fs::path place_of(const fs::path& folder, const std::string& file_key) {
  const std::string name = vault::token_digest(file_key);
  return folder / "recordings" / name.substr(0, 2) / name;
}

// A sealed file that is removed unless a row was stored for it.
class WaitingFile {
 public:
  explicit WaitingFile(fs::path path) : path_(std::move(path)) {}
  WaitingFile(const WaitingFile&) = delete;
  WaitingFile& operator=(const WaitingFile&) = delete;
  ~WaitingFile() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  Result<void> fill(const fs::path& from, const vault::Key& key) const {
    std::error_code seen_when_written;
    fs::create_directories(path_.parent_path(), seen_when_written);
    return seal_file(from, path_, key);
  }
  void keep() { path_.clear(); }

 private:
  fs::path path_;
};

// A lease that ran out is in hand until another seat takes the case, one that was given back is not. A claim that
// another seat makes while the recording is written changes nothing in what the call was.
Result<void> require_own_call(Session& session, PolicyDeriver& deriver, const access::Account& account,
                              const NewRecording& recording) {
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(recording.policy_no, session.now));
  SHOUYUE_CHECK(require_in_scope(account, deriver, policy.policy(), session.now.date()));
  const auto made_by = operator_of(policy, recording.attempt_id);
  const auto claim = SHOUYUE_TRY(session.store.claim_of(recording.policy_no));
  const bool is_in_hand =
      claim && !account.seat.empty() && claim->seat == account.seat && claim->lease_until != Instant();
  if (made_by ? *made_by == account.name : is_in_hand) return {};
  return refuse(Errc::conflict, "recording.of_another",
                "a recording goes to the call that your seat has in hand, or to one that you wrote down",
                "录音只能归入本坐席正在办理的拨打或本人登记的拨打");
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

Result<RecordingRow> keep_recording(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                    const fs::path& folder, const NewRecording& recording) {
  SHOUYUE_CHECK(require_own_call(session, deriver, account, recording));
  const Content content = SHOUYUE_TRY(read_content(recording.file));
  if (content.media_type.empty())
    return refuse(Errc::invalid_input, "recording.not_audio",
                  "the file is no audio: WAV, MP3, Ogg, FLAC, MP4, WebM and AMR are taken",
                  "文件不是可识别的录音，支持 WAV、MP3、Ogg、FLAC、MP4、WebM、AMR");
  const vault::Key key = vault::Key::make();
  RecordingRow row{.policy_no = recording.policy_no,
                   .recording_id = content.sha256.substr(0, id_digits),
                   .attempt_id = recording.attempt_id,
                   .sha256 = content.sha256,
                   .media_type = content.media_type,
                   .bytes = content.bytes,
                   .file_key = key.text(),
                   .at = session.now,
                   .who = session.who};
  WaitingFile file(place_of(folder, row.file_key));
  SHOUYUE_CHECK(file.fill(recording.file, key));
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(require_own_call(session, deriver, account, recording));  // as it is now: sealing took its time
  if (const auto known = SHOUYUE_TRY(session.store.calls().recording(row.policy_no, row.recording_id))) return *known;
  SHOUYUE_CHECK(session.store.calls().put_recording(row));
  SHOUYUE_CHECK(
      session.store.append_audit({.at = session.now,
                                  .who = session.who,
                                  .action = "recording_kept",
                                  .detail = row.policy_no + " " + row.recording_id + " sha256 " + row.sha256}));
  SHOUYUE_CHECK(transaction.commit());
  file.keep();
  return row;
}

Result<RecordingRow> hear_recording(Session& session, const std::string& policy_no, const std::string& recording_id) {
  const auto row = SHOUYUE_TRY(session.store.calls().recording(policy_no, recording_id));
  if (!row)
    return refuse(Errc::not_found, "recording.not_found", "the policy has no such recording", "该保单没有此录音");
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(session.store.append_audit(
      {.at = session.now, .who = session.who, .action = "recording_heard", .detail = policy_no + " " + recording_id}));
  SHOUYUE_CHECK(transaction.commit());
  return *row;
}

Result<std::string> audio_of(const RecordingRow& recording, const fs::path& folder, std::uint64_t first,
                             std::uint64_t last) {
  const auto key = vault::Key::read(recording.file_key);
  if (!key)
    return refuse(Errc::environment, "recording.erased", "the key of this policy was destroyed; nobody can hear it",
                  "该保单的密钥已销毁，录音无法再打开");
  return read_sealed(place_of(folder, recording.file_key), *key, static_cast<std::uint64_t>(recording.bytes), first,
                     last);
}

}  // namespace shouyue::app
