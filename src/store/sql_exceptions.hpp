#pragma once

#include "app/exception_store.hpp"
#include "store/connection.hpp"

namespace shouyue::store {

class SqlExceptions final : public app::ExceptionStore {
 public:
  explicit SqlExceptions(Connection& connection) : connection_(connection) {}

  Result<std::optional<app::ExceptionRow>> request(const std::string& subject, int n) override;
  Result<std::vector<app::ExceptionRow>> requests_of(const std::string& subject) override;
  Result<void> each_request(const app::Sink<app::ExceptionRow>& sink) override;
  Result<void> put_request(const app::ExceptionRow& row) override;
  Result<std::vector<app::ClosedMonth>> closed_months() override;
  Result<std::vector<app::ClosedFigure>> closed_figures(const std::string& regime, const std::string& month) override;
  Result<void> add_closed_month(const app::ClosedMonth& closed, std::span<const app::ClosedFigure> figures) override;

 private:
  Connection& connection_;
};

}  // namespace shouyue::store
