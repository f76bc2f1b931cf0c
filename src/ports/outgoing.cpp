#include "ports/outgoing.hpp"

#include "app/visit_links.hpp"
#include "json/writer.hpp"
#include "ports/dials.hpp"
#include "ports/drop_folder.hpp"
#include "ports/messages.hpp"
#include "ports/webhooks.hpp"

namespace shouyue::ports {
namespace {

using Work = std::function<Result<void>(api::Workplace& workplace, http::Sender& sender)>;
using std::chrono::milliseconds;

constexpr milliseconds between_dials{300}, between_messages{1000}, between_webhooks{1000}, between_drops{3000};
constexpr milliseconds after_a_fault{10'000};

std::string line(const Surroundings& surroundings, const std::string& port, const std::string& text) {
  json::Writer writer;
  writer.begin_object();
  writer.key("at");
  writer.value(surroundings.clock().text());
  writer.key("port");
  writer.value(port);
  writer.key("note");
  writer.value(text);
  writer.end_object();
  return writer.take();
}

Result<void> work_once(const Surroundings& surroundings, http::Sender& sender, const Work& work) {
  auto workplace = SHOUYUE_TRY(surroundings.workplaces.take());
  SHOUYUE_CHECK(workplace->prepare(surroundings.clock()));
  const auto done = work(*workplace, sender);
  surroundings.workplaces.give_back(std::move(workplace));
  return done;
}

void rest(const std::stop_token& ended, milliseconds pause) {
  constexpr milliseconds step{100};
  for (milliseconds rested{0}; rested < pause && !ended.stop_requested(); rested += step)
    std::this_thread::sleep_for(step);
}

std::jthread start(const Surroundings& surroundings, std::string port, milliseconds pause, Work work) {
  return std::jthread(
      [surroundings, port = std::move(port), pause, work = std::move(work)](const std::stop_token& ended) {
        http::Sender sender;
        while (!ended.stop_requested()) {
          Result<void> done;
          try {
            done = work_once(surroundings, sender, work);
          } catch (const std::exception& bug) {
            done = refuse(Errc::environment, "server.fault", bug.what(), bug.what());
          }
          if (!done) surroundings.log(line(surroundings, port, done.error().rule + ": " + done.error().en));
          rest(ended, done ? pause : after_a_fault);
        }
      });
}

Work messages(const app::ServerSettings& settings, app::MessageTexts texts) {
  return [&settings, texts = std::move(texts)](api::Workplace& workplace, http::Sender& sender) -> Result<void> {
    workplace.session().who = "links";
    if (settings.visit) SHOUYUE_CHECK(app::send_due_links(workplace.session(), workplace.deriver()));
    return work_on_messages(workplace, sender, settings, texts);
  };
}

}  // namespace

Result<std::vector<std::jthread>> start_outgoing(const Surroundings& surroundings, const app::Home& home) {
  const app::ServerSettings& settings = surroundings.settings;
  std::vector<std::jthread> threads;
  if (settings.messages) {
    auto texts = SHOUYUE_TRY(app::read_message_texts(home, settings.messages->texts));
    threads.push_back(start(surroundings, "messages", between_messages, messages(settings, std::move(texts))));
  }
  if (settings.telephony)
    threads.push_back(start(surroundings, "telephony", between_dials, [&settings](auto& workplace, auto& sender) {
      return work_on_dials(workplace, sender, *settings.telephony);
    }));
  for (const app::Webhook& webhook : settings.webhooks)
    threads.push_back(
        start(surroundings, "webhook " + webhook.name, between_webhooks,
              [&webhook](auto& workplace, auto& sender) { return work_on_webhook(workplace, sender, webhook); }));
  if (!settings.core.drop.empty())
    threads.push_back(start(surroundings, "drop folder", between_drops, [surroundings](auto& workplace, http::Sender&) {
      const auto note = [&](const std::string& text) { surroundings.log(line(surroundings, "drop folder", text)); };
      return work_on_drop_folder(workplace, surroundings.settings.core, note);
    }));
  return threads;
}

}  // namespace shouyue::ports
