#include "app/audit.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace shouyue::app {

namespace {

Result<void> note(Session& session, const char* action, const std::string& detail) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(
      session.store.append_audit({.at = session.now, .who = session.who, .action = action, .detail = detail}));
  return transaction.commit();
}

}  // namespace

Result<void> note_unmasked(Session& session, const std::string& what) { return note(session, "unmasked", what); }
Result<void> note_export(Session& session, const std::string& what) { return note(session, "export", what); }

Result<void> check_reason(std::string_view reason) {
  constexpr std::ptrdiff_t characters_min = 2, characters_max = 200;
  const auto characters =
      std::ranges::count_if(trim(reason), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  if (characters >= characters_min && characters <= characters_max) return {};
  return refuse(Errc::invalid_input, "reason.length", "say why, in 2 to 200 characters", "请用 2 至 200 个字说明原因");
}

}  // namespace shouyue::app
