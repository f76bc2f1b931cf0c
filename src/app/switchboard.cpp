#include "app/switchboard.hpp"

#include "app/account_store.hpp"

namespace shouyue::app {

Result<void> Switchboard::write_facts(Store& own, const GroupCommit::Command& command) {
  const auto mark = own.accounts().take_waiting_mark();
  auto done = facts_.run([&](Store& store) -> Result<void> {
    std::optional<RequestMark> known;
    if (mark) known = SHOUYUE_TRY(store.accounts().request_mark(mark->account, mark->key));
    if (known)
      return refuse(Errc::conflict, "request.already_done", "the same request was carried out; load the page again",
                    "相同请求已处理，请刷新页面");
    SHOUYUE_CHECK(command(store));
    return mark ? store.accounts().put_request_mark(*mark) : Result<void>();
  });
  if (!done) own.accounts().mark_with_next_commit(mark);
  return done;
}

Result<void> Switchboard::write_claims(Store& own, const GroupCommit::Command& command) {
  if (own.claims_wait_for_writers()) return write_facts(own, command);
  Transaction transaction = SHOUYUE_TRY(Transaction::begin_claims(own));
  SHOUYUE_CHECK(command(own));
  return transaction.commit();
}

}  // namespace shouyue::app
