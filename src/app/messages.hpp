#pragma once

#include <filesystem>

#include "app/policy_deriver.hpp"
#include "app/port_store.hpp"
#include "app/server_settings.hpp"

// Texts to policyholders: what is to be sent, and what became of it.
namespace shouyue::app {

// Texts by their id, with {insurer}, {link}, {until} and {hotline} to be filled in.
using MessageTexts = std::map<std::string, std::string>;
// `path` empty: data/messages.toml as shipped. Errors: profile.syntax, message.unknown_blank, file.cannot_read.
Result<MessageTexts> read_message_texts(const Home& home, const std::filesystem::path& path);

struct PreparedMessage {
  std::string to;  // the mobile phone as it is known now
  std::string text;
};
// What to send, made when it is sent. Errors: message.link_closed, message.no_phone, message.no_text, those of
// PolicyDeriver.
Result<PreparedMessage> prepare_message(Session& session, PolicyDeriver& deriver, const ServerSettings& settings,
                                        const MessageTexts& texts, const Message& message);

// Notes the end of a try. What the gateway reported meanwhile stays.
Result<void> note_sent(Session& session, const Message& tried);
// Notes what the gateway says of a message it took; again the same changes nothing. Errors: message.not_found.
Result<void> note_delivery(Session& session, const std::string& outward_id, bool is_delivered,
                           const std::string& fault);

}  // namespace shouyue::app
