#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/store.hpp"

namespace shouyue::app {

// A recording of a call: the audio itself is a sealed file.
struct RecordingRow {
  std::string policy_no, recording_id;
  std::string attempt_id;          // of the call, as the seat named it
  std::string sha256, media_type;  // of the audio
  std::int64_t bytes = 0;
  std::string file_key;  // opens the file; empty when the key of the policy was destroyed
  Instant at;            // taken in
  std::string who;
  bool operator==(const RecordingRow&) const = default;
};

// One comparison of what a person on the line said with what is known of the policyholder; never what was said.
struct IdentityCheckRow {
  std::string policy_no;
  std::int64_t n = 0;  // from 1, of the policy
  Instant at;
  std::string who;
  std::string items;  // `birth_date:1;id_tail:0`
  bool passed = false;
  bool operator==(const IdentityCheckRow&) const = default;
};

// Part of a store; the same errors and transactions.
class CallStore {
 public:
  virtual ~CallStore() = default;

  virtual Result<void> put_recording(const RecordingRow& row) = 0;  // replaces
  virtual Result<std::optional<RecordingRow>> recording(const std::string& policy_no,
                                                        const std::string& recording_id) = 0;
  virtual Result<std::vector<RecordingRow>> recordings_of(const std::string& policy_no) = 0;  // by time

  virtual Result<void> append_identity_check(IdentityCheckRow row) = 0;                                // n is set here
  virtual Result<std::vector<IdentityCheckRow>> identity_checks_of(const std::string& policy_no) = 0;  // by n
};

}  // namespace shouyue::app
