#pragma once

#include <map>
#include <mutex>
#include <unordered_map>

#include "app/callable_case.hpp"
#include "worklist/call_queue.hpp"

namespace shouyue::app {

// The open cases of a server in memory, best first, for all its threads: which case to look at next. It follows the
// stored cases by the numbers of their changes, whoever changed them, and is a hint: what a case allows at this moment
// and who has it is decided by its facts and its claim.
class OpenCases {
 public:
  // In place of what it holds; what lies on the desks of seats waits until its lease is over. Errors: those of the
  // store.
  Result<void> load(Store& store, Instant now);
  // Takes in what has changed in the store since. When another thread is doing so, it need not wait for it.
  Result<void> catch_up(Store& store, Instant now);

  // The best case that such a request may want, held for a minute. Empty: there is none.
  std::optional<std::string> take(const WorklistRequest& request, const Seat* seat, const PolicyDeriver& deriver,
                                  Instant now);
  // The best cases that such a request may want, at most `most`, without taking them; and all, in no order.
  std::vector<std::string> first(const WorklistRequest& request, const PolicyDeriver& deriver, Instant now,
                                 std::size_t most);
  std::vector<std::string> all(const WorklistRequest& request, const PolicyDeriver& deriver, Instant now);
  // Nobody is given the case until then; until now.
  void hold(const std::string& policy_no, Instant until);
  void release(const std::string& policy_no);

  struct Count {
    std::string org_code, language;
    insurer::Leg leg = insurer::Leg::first_call;
    std::optional<Date> deadline;
    std::size_t callable = 0, waiting = 0;
  };
  // What waits to be called and what may be, by what a seat must be able to do and by deadline, as of `now`.
  std::vector<Count> counts(Instant now);

 private:
  struct Lane {
    std::uint32_t org = 0;  // in orgs_
    insurer::Leg leg = insurer::Leg::first_call;
    std::string language;
    auto operator<=>(const Lane&) const = default;
  };
  static bool is_open(const OpenCase& kase) { return kase.next_slot_from && kase.active_leg && !kase.by_holder; }
  worklist::QueuedCase queued(OpenCase kase);
  void put(OpenCase kase);
  void advance(Instant now);
  std::vector<char> lanes_wanted(const WorklistRequest& request, const Seat* seat, const PolicyDeriver& deriver,
                                 Date today);
  const std::vector<char>& orgs_below(const std::string& org, const PolicyDeriver& deriver, Date today);

  std::mutex reading_;  // who reads changes
  std::int64_t read_to_ = 0;

  std::mutex mutex_;
  Instant now_;
  worklist::CallQueue queue_;
  std::vector<std::string> orgs_;
  std::unordered_map<std::string, std::uint32_t> org_numbers_;
  std::vector<Lane> lanes_;
  std::map<Lane, std::uint32_t> lane_numbers_;
  std::map<std::string, std::vector<char>> below_;  // by organisation: which of orgs_ lie below it, by `directory_`
  std::shared_ptr<const Directory> directory_;
  Date day_;
};

}  // namespace shouyue::app
