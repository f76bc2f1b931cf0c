#include "app/messages.hpp"

#include <algorithm>
#include <array>

#include "app/files.hpp"
#include "app/outward_id.hpp"
#include "app/toml_table.hpp"
#include "app/visit_token.hpp"
#include "base/text.hpp"
#include "regime/placeholders.hpp"

namespace shouyue::app {
namespace {

constexpr std::array<std::string_view, 4> blanks{"insurer", "link", "until", "hotline"};

// The names between braces that are not among the blanks.
std::vector<std::string> unknown_blanks(const std::string& text) {
  std::vector<std::string> unknown;
  for (auto from = text.find('{'); from != std::string::npos; from = text.find('{', from + 1)) {
    const auto to = text.find('}', from);
    const std::string name = text.substr(from + 1, to == std::string::npos ? to : to - from - 1);
    if (std::ranges::find(blanks, name) == blanks.end()) unknown.push_back(name);
  }
  return unknown;
}

// `10月12日24时` is read as the last day: the end is exclusive.
std::string last_day(Instant until) { return until.just_before().date().text(); }

Result<std::string> read_text(const std::string& id, const std::string& text, const std::string& path) {
  const auto unknown = unknown_blanks(text);
  if (unknown.empty()) return text;
  return refuse(Errc::invalid_input, "message.unknown_blank",
                path + ": " + id + ": {" + unknown.front() + "} is none of {insurer} {link} {until} {hotline}",
                path + "：" + id + "：{" + unknown.front() + "} 不在 {insurer} {link} {until} {hotline} 之列");
}

}  // namespace

Result<MessageTexts> read_message_texts(const Home& home, const std::filesystem::path& path) {
  const std::string from = path.empty() ? (home.shipped / "data" / "messages.toml").string() : path.string();
  const std::string source = SHOUYUE_TRY(read_file(from));
  const toml::table root = SHOUYUE_TRY(parse_toml(source, from));
  std::optional<Error> error;
  TomlTable table(root, from, error);
  MessageTexts texts;
  for (const auto& [key, node] : root) {
    const std::string id(key.str());
    texts[id] = SHOUYUE_TRY(read_text(id, table.text(id), from));
  }
  if (error) return std::unexpected(*error);
  return texts;
}

Result<PreparedMessage> prepare_message(Session& session, PolicyDeriver& deriver, const ServerSettings& settings,
                                        const MessageTexts& texts, const Message& message) {
  const auto link = SHOUYUE_TRY(session.store.ports().link(bucket_of(message.policy_no), message.link_id));
  if (!settings.visit || !link || link->state != LinkState::open || link->expires_at <= session.now)
    return refuse(Errc::rule_broken, "message.link_closed", "the link is no longer open", "链接已不再有效");
  const auto text = texts.find(message.text_id);
  if (text == texts.end())
    return refuse(Errc::not_found, "message.no_text", "there is no text '" + message.text_id + "'",
                  "没有短信模板“" + message.text_id + "”");
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(message.policy_no, session.now));
  const std::string& phone = policy.policy().mobile_phone;
  if (phone.empty()) return refuse(Errc::rule_broken, "message.no_phone", "no mobile phone is known", "没有手机号码");
  const VisitToken token{
      .bucket = bucket_of(message.policy_no), .link_id = link->link_id, .expires_at = link->expires_at};
  return PreparedMessage{
      .to = phone,
      .text = regime::filled(text->second, {{"insurer", deriver.profile().insurer},
                                            {"link", settings.visit->public_address + "/visit.html#" +
                                                         visit_token(settings.visit->key, token)},
                                            {"until", last_day(link->expires_at)},
                                            {"hotline", settings.visit->hotline}})};
}

Result<void> note_sent(Session& session, const Message& tried) {
  PortStore& ports = session.store.ports();
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const auto known = SHOUYUE_TRY(ports.message(bucket_of(tried.policy_no), tried.message_id));
  Message noted = tried;
  if (known && known->reported_at) {
    noted.state = known->state;
    noted.reported_at = known->reported_at;
    noted.fault = known->fault;
    noted.next_try_at.reset();
  }
  SHOUYUE_CHECK(ports.put_message(noted));
  return transaction.commit();
}

Result<void> note_delivery(Session& session, const std::string& outward_id, bool is_delivered,
                           const std::string& fault) {
  PortStore& ports = session.store.ports();
  const auto id = read_outward_id(outward_id);
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  auto message = id ? SHOUYUE_TRY(ports.message(id->bucket, id->id)) : std::optional<Message>();
  if (!message)
    return refuse(Errc::not_found, "message.not_found", "no message has the id " + outward_id,
                  "没有编号为 " + outward_id + " 的消息");
  // The last word of a gateway is that the phone has it.
  if (message->state == MessageState::delivered) return {};
  message->state = is_delivered ? MessageState::delivered : MessageState::failed;
  message->reported_at = session.now;
  message->next_try_at.reset();
  message->fault = is_delivered ? "" : excerpt(fault, 120);
  SHOUYUE_CHECK(ports.put_message(*message));
  return transaction.commit();
}

}  // namespace shouyue::app
