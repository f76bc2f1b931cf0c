#pragma once

#include <optional>
#include <string>

#include "app/store.hpp"

namespace shouyue::app {

// What one person asks of another: an exception from the rule books, or the close of a month.
struct ExceptionRow {
  std::string subject;  // the policy; of a month close `<rule book> <month>`
  int n = 0;            // number among the requests about the subject, from 1
  insurer::ExceptionKind kind = insurer::ExceptionKind::waiver;
  std::string value;  // of ExceptionKind::rule_book: the id of the book
  std::string reason;
  std::string org_code;  // of the policy when it was asked; empty: the whole company
  insurer::ExceptionState state = insurer::ExceptionState::asked;
  std::string asked_by;
  Instant asked_at;
  std::string decided_by;  // or by whom it was withdrawn
  std::optional<Instant> decided_at;
  std::string answer;  // what the second person says to it
};

// A month whose figures stand.
struct ClosedMonth {
  std::string regime, month;  // 2021-10
  std::int64_t known_to = 0;  // the newest fact in the figures
  Instant as_of;              // up to when the work was done
  std::string asked_by, granted_by;
  Instant closed_at;
};

struct ClosedFigure {
  std::string indicator, org_code;  // empty: the whole company
  std::int64_t numerator = 0, denominator = 0, excluded = 0;
  std::string score;
};

// Requests and closed months. Part of a store; the same errors and transactions.
class ExceptionStore {
 public:
  virtual ~ExceptionStore() = default;

  virtual Result<std::optional<ExceptionRow>> request(const std::string& subject, int n) = 0;
  virtual Result<std::vector<ExceptionRow>> requests_of(const std::string& subject) = 0;  // by number
  virtual Result<void> each_request(const Sink<ExceptionRow>& sink) = 0;                  // the newest first
  virtual Result<void> put_request(const ExceptionRow& row) = 0;                          // replaces

  virtual Result<std::vector<ClosedMonth>> closed_months() = 0;  // by rule book and month
  virtual Result<std::vector<ClosedFigure>> closed_figures(const std::string& regime, const std::string& month) = 0;
  virtual Result<void> add_closed_month(const ClosedMonth& closed, std::span<const ClosedFigure> figures) = 0;
};

}  // namespace shouyue::app
