#include "store/sql_calls.hpp"

namespace shouyue::store {
namespace {

const TableColumns recording_table{.name = "recording",
                                   .columns = {"bucket", "policy_no", "recording_id", "attempt_id", "sha256",
                                               "media_type", "bytes", "file_key", "at", "who"},
                                   .key = 3};
const TableColumns identity_check_table{
    .name = "identity_check", .columns = {"bucket", "policy_no", "n", "at", "who", "items", "passed"}, .key = 3};

constexpr const char* recordings_of_policy =
    "SELECT policy_no, recording_id, attempt_id, sha256, media_type, bytes, file_key, at, who FROM recording "
    "WHERE bucket = $1 AND policy_no = $2 ORDER BY at, recording_id";
constexpr const char* identity_checks_of_policy =
    "SELECT policy_no, n, at, who, items, passed FROM identity_check WHERE bucket = $1 AND policy_no = $2 ORDER BY n";

std::string place_of_key(const app::RecordingRow& row) {
  return place_of("recording", row.policy_no + "/" + row.recording_id);
}

}  // namespace

Result<void> SqlCalls::put_recording(const app::RecordingRow& row) {
  const auto key = SHOUYUE_TRY(sealing_.sealed(row.policy_no, place_of_key(row), row.file_key));
  Rows rows(recording_table.columns.size());
  rows.add({app::bucket_of(row.policy_no), row.policy_no, row.recording_id, row.attempt_id, row.sha256, row.media_type,
            row.bytes, key, row.at, row.who});
  return connection_.replace(recording_table, rows);
}

Result<std::optional<app::RecordingRow>> SqlCalls::recording(const std::string& policy_no,
                                                             const std::string& recording_id) {
  for (app::RecordingRow& row : SHOUYUE_TRY(recordings_of(policy_no)))
    if (row.recording_id == recording_id) return std::move(row);
  return std::nullopt;
}

Result<std::vector<app::RecordingRow>> SqlCalls::recordings_of(const std::string& policy_no) {
  std::vector<app::RecordingRow> found;
  const auto take = [&](const AnswerRow& answer) -> Result<void> {
    app::RecordingRow& row = found.emplace_back();
    answer.read(0, row.policy_no);
    answer.read(1, row.recording_id);
    answer.read(2, row.attempt_id);
    answer.read(3, row.sha256);
    answer.read(4, row.media_type);
    answer.read(5, row.bytes);
    row.file_key = SHOUYUE_TRY(sealing_.opened(policy_no, place_of_key(row), answer.text(6)));
    answer.read(7, row.at);
    answer.read(8, row.who);
    return {};
  };
  SHOUYUE_CHECK(connection_.query(recordings_of_policy, {app::bucket_of(policy_no), policy_no}, take));
  return found;
}

Result<void> SqlCalls::append_identity_check(app::IdentityCheckRow row) {
  const auto earlier = SHOUYUE_TRY(identity_checks_of(row.policy_no));
  row.n = earlier.empty() ? 1 : earlier.back().n + 1;
  Rows rows(identity_check_table.columns.size());
  rows.add({app::bucket_of(row.policy_no), row.policy_no, row.n, row.at, row.who, row.items, row.passed});
  return connection_.insert(identity_check_table, rows);
}

Result<std::vector<app::IdentityCheckRow>> SqlCalls::identity_checks_of(const std::string& policy_no) {
  std::vector<app::IdentityCheckRow> found;
  SHOUYUE_CHECK(connection_.query(identity_checks_of_policy, {app::bucket_of(policy_no), policy_no},
                                  [&](const AnswerRow& answer) {
                                    app::IdentityCheckRow& row = found.emplace_back();
                                    answer.read(0, row.policy_no);
                                    answer.read(1, row.n);
                                    answer.read(2, row.at);
                                    answer.read(3, row.who);
                                    answer.read(4, row.items);
                                    answer.read(5, row.passed);
                                    return Result<void>();
                                  }));
  return found;
}

}  // namespace shouyue::store
