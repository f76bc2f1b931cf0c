#pragma once

#include "app/store.hpp"

namespace shouyue::app {

// A place in the list of cases, which begins with the newest issued; of one day, with the highest number.
struct CasePosition {
  Date issued_on;
  std::string policy_no;
};

struct CaseFilter {
  std::vector<std::string> orgs;  // of these organisations only
  std::optional<insurer::CaseStatus> state;
  std::optional<insurer::Leg> leg;
  std::optional<insurer::Channel> channel;
  std::optional<Date> issued_from, issued_to;
};

// A phone under which somebody is or was known, beside the ones of PhoneHolder.
struct FurtherPhone {
  std::int64_t phone = 0;
  std::string policy_no;
};

// Finding cases. Errors: those of the store.
class CaseStore {
 public:
  virtual ~CaseStore() = default;

  // At most `max` cases behind `after`, in the order of the list.
  virtual Result<std::vector<CaseRow>> list(const CaseFilter& filter, const std::optional<CasePosition>& after,
                                            int max) = 0;
  // Those that have cases, by code.
  virtual Result<std::vector<std::string>> organisations() = 0;
  // By number; policies that were not derived yet have none.
  virtual Result<std::vector<std::string>> policies_of_person(std::int64_t person, int max) = 0;
  virtual Result<std::vector<std::string>> policies_with_phone(std::int64_t phone, int max) = 0;
  // Those that are there already are passed over.
  virtual Result<void> put_further_phones(std::span<const FurtherPhone> phones) = 0;
};

}  // namespace shouyue::app
