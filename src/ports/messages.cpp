#include "ports/messages.hpp"

#include "app/files.hpp"
#include "app/outward_id.hpp"
#include "base/text.hpp"
#include "json/write.hpp"
#include "ports/sending.hpp"

namespace shouyue::ports {
namespace {

constexpr int messages_at_once = 100, tries_max = 12;

struct MessageText {
  std::string id, to, text;
};
BOOST_DESCRIBE_STRUCT(MessageText, (), (id, to, text))

Sent spool(const std::filesystem::path& folder, const std::string& id, const std::string& body) {
  if (const auto written = app::write_file(folder / (id + ".json"), body); !written)
    return {.taken = Taken::not_now, .fault = written.error().en};
  return {.taken = Taken::yes, .fault = {}};
}

void note_try(app::Message& message, const Sent& sent, Instant now) {
  ++message.tries;
  message.fault = sent.fault;
  message.next_try_at.reset();
  if (sent.taken == Taken::yes) {
    message.state = app::MessageState::sent;
    message.sent_at = now;
  } else if (sent.taken == Taken::refused || message.tries >= tries_max) {
    message.state = app::MessageState::failed;
  } else {
    message.next_try_at = next_try(now, message.tries);
  }
}

// `<id>.status` beside the spooled messages: `delivered`, or `failed` and why.
Result<void> take_statuses(app::Session& session, const std::filesystem::path& folder) {
  std::error_code unreadable;
  for (const auto& entry : std::filesystem::directory_iterator(folder, unreadable)) {
    if (entry.path().extension() != ".status") continue;
    const std::string text = SHOUYUE_TRY(app::read_file(entry.path()));
    const std::string_view word = trim(text);
    const bool is_delivered = word == "delivered";
    if (!is_delivered && !word.starts_with("failed")) continue;
    const auto noted = app::note_delivery(session, entry.path().stem().string(), is_delivered,
                                          std::string(trim(word.substr(std::min(word.size(), std::size_t{6})))));
    if (!noted && noted.error().code == Errc::environment) return noted;
    std::filesystem::remove(entry.path(), unreadable);
  }
  return {};
}

}  // namespace

Result<void> work_on_messages(api::Workplace& workplace, http::Sender& sender, const app::ServerSettings& settings,
                              const app::MessageTexts& texts) {
  app::Session& session = workplace.session();
  const app::MessageSettings& ways = *settings.messages;
  if (!ways.gateway) SHOUYUE_CHECK(take_statuses(session, ways.spool));
  for (app::Message& message : SHOUYUE_TRY(session.store.ports().messages_due(session.now, messages_at_once))) {
    const auto prepared = app::prepare_message(session, workplace.deriver(), settings, texts, message);
    if (!prepared && prepared.error().code == Errc::environment) return std::unexpected(prepared.error());
    Sent sent;
    if (prepared) {
      const std::string id = app::outward_id(message.policy_no, message.message_id);
      const std::string body = json::text_of(MessageText{.id = id, .to = prepared->to, .text = prepared->text});
      sent = ways.gateway ? send(sender, *ways.gateway, id, body) : spool(ways.spool, id, body);
    } else {
      sent = {.taken = Taken::refused, .fault = prepared.error().rule};
    }
    note_try(message, sent, session.now);
    SHOUYUE_CHECK(app::note_sent(session, message));
  }
  return {};
}

}  // namespace shouyue::ports
