#pragma once

#include "app/call_store.hpp"
#include "store/sql_sealing.hpp"

namespace shouyue::store {

// The keys of recordings are sealed with the key of their policy where anything is sealed.
class SqlCalls final : public app::CallStore {
 public:
  SqlCalls(Connection& connection, SqlSealing& sealing) : connection_(connection), sealing_(sealing) {}

  Result<void> put_recording(const app::RecordingRow& row) override;
  Result<std::optional<app::RecordingRow>> recording(const std::string& policy_no,
                                                     const std::string& recording_id) override;
  Result<std::vector<app::RecordingRow>> recordings_of(const std::string& policy_no) override;
  Result<void> append_identity_check(app::IdentityCheckRow row) override;
  Result<std::vector<app::IdentityCheckRow>> identity_checks_of(const std::string& policy_no) override;

 private:
  Connection& connection_;
  SqlSealing& sealing_;
};

}  // namespace shouyue::store
