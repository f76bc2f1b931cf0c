#pragma once

#include "app/call_store.hpp"
#include "store/connection.hpp"

namespace shouyue::store {

class SqlCalls final : public app::CallStore {
 public:
  explicit SqlCalls(Connection& connection) : connection_(connection) {}

  Result<void> put_recording(const app::RecordingRow& row) override;
  Result<std::optional<app::RecordingRow>> recording(const std::string& policy_no,
                                                     const std::string& recording_id) override;
  Result<std::vector<app::RecordingRow>> recordings_of(const std::string& policy_no) override;
  Result<void> append_identity_check(app::IdentityCheckRow row) override;
  Result<std::vector<app::IdentityCheckRow>> identity_checks_of(const std::string& policy_no) override;

 private:
  Connection& connection_;
};

}  // namespace shouyue::store
