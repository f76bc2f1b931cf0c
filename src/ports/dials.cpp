#include "ports/dials.hpp"

#include "app/dials.hpp"
#include "app/outward_id.hpp"
#include "json/write.hpp"
#include "ports/sending.hpp"

namespace shouyue::ports {
namespace {

constexpr int dials_at_once = 50, tries_max = 3;
constexpr std::int64_t seconds_between_tries = 3, seconds_max = 30;

struct DialText {
  std::string id, to, seat, account;
};
BOOST_DESCRIBE_STRUCT(DialText, (), (id, to, seat, account))

}  // namespace

Result<void> work_on_dials(api::Workplace& workplace, http::Sender& sender, const app::Endpoint& exchange) {
  app::Session& session = workplace.session();
  for (app::Dial& dial : SHOUYUE_TRY(session.store.ports().dials_due(session.now, dials_at_once))) {
    const auto number = app::number_of(session, workplace.deriver(), dial);
    if (!number && number.error().code == Errc::environment) return std::unexpected(number.error());
    Sent sent{.taken = Taken::refused, .fault = number ? "" : number.error().rule};
    const std::string id = app::outward_id(dial.policy_no, dial.dial_id);
    if (number)
      sent = send(sender, exchange, id,
                  json::text_of(DialText{.id = id, .to = *number, .seat = dial.seat, .account = dial.account}));
    ++dial.tries;
    dial.fault = sent.fault;
    dial.next_try_at.reset();
    const bool is_late = session.now >= dial.requested_at.plus_seconds(seconds_max);
    if (sent.taken == Taken::yes)
      dial.state = app::DialState::asked;
    else if (sent.taken == Taken::refused || dial.tries >= tries_max || is_late)
      dial.state = app::DialState::failed;
    else
      dial.next_try_at = session.now.plus_seconds(seconds_between_tries);
    SHOUYUE_CHECK(app::note_asked(session, dial));
  }
  return {};
}

}  // namespace shouyue::ports
