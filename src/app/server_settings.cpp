#include "app/server_settings.hpp"

#include <cstdlib>

#include "app/files.hpp"
#include "app/toml_table.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t secret_characters_min = 16;
constexpr int one_time_password_hours_max = 24 * 30;

// Reads tables of the file, and the secrets that they name.
class SettingsReader {
 public:
  SettingsReader(std::filesystem::path folder, std::optional<Error>& error)
      : folder_(std::move(folder)), error_(error) {}

  void read(TomlTable table, ServerSettings& settings) {
    table.allow({"access", "public_address", "hotline", "visit", "messages", "telephony", "core", "webhooks"});
    table.within("access", [&](TomlTable access) {
      access.allow({"one_time_password_hours"});
      const int hours = access.number("one_time_password_hours", 1, one_time_password_hours_max).value_or(0);
      if (hours > 0) settings.one_time_password_seconds = hours * std::int64_t{3600};
    });
    table.within("visit", [&](TomlTable visit) {
      visit.allow({"key_file", "key_environment"});
      settings.visit = VisitSettings{.public_address = address_of(table, "public_address"),
                                     .key = secret_of(visit, "key"),
                                     .hotline = table.text("hotline")};
    });
    table.within("messages", [&](TomlTable messages) { settings.messages = messages_of(std::move(messages)); });
    table.within("telephony", [&](TomlTable telephony) {
      telephony.allow({"address", "secret_file", "secret_environment", "authority_file"});
      settings.telephony = endpoint_of(telephony, "address");
    });
    table.within("core", [&](TomlTable core) {
      core.allow({"drop", "needs_marker"});
      settings.core = {.drop = path_of(core, "drop"), .needs_marker = core.flag("needs_marker", false)};
    });
    table.each("webhooks", [&](TomlTable webhook) {
      webhook.allow({"name", "address", "secret_file", "secret_environment", "authority_file"});
      settings.webhooks.push_back({.name = webhook.text("name"), .endpoint = endpoint_of(webhook, "address")});
    });
  }

 private:
  MessageSettings messages_of(TomlTable table) {
    table.allow({"gateway", "secret_file", "secret_environment", "authority_file", "spool", "texts"});
    MessageSettings messages{.gateway = {}, .spool = path_of(table, "spool"), .texts = path_of(table, "texts")};
    if (messages.spool.empty()) messages.gateway = endpoint_of(table, "gateway");
    return messages;
  }

  Endpoint endpoint_of(TomlTable& table, std::string_view key) {
    return {.address = address_of(table, key),
            .secret = secret_of(table, "secret"),
            .authority_file = path_of(table, "authority_file").string()};
  }

  std::string address_of(TomlTable& table, std::string_view key) {
    std::string address = table.text(key);
    const bool is_local = address.starts_with("http://127.0.0.1") || address.starts_with("http://localhost");
    if (table.has(key) && !address.starts_with("https://") && !is_local)
      table.wrong(key, "an address with https:// (http:// only to this machine)",
                  "https:// 地址（仅本机可用 http://）");
    while (address.ends_with('/')) address.pop_back();
    return address;
  }

  std::filesystem::path path_of(TomlTable& table, std::string_view key) {
    const auto text = table.text_if_any(key);
    return text ? folder_ / *text : std::filesystem::path();
  }

  // `<what>_file` or `<what>_environment`.
  std::string secret_of(TomlTable& table, const std::string& what) {
    const auto variable = table.text_if_any(what + "_environment");
    std::string secret;
    if (variable) {
      const char* value = std::getenv(variable->c_str());
      secret = value ? value : "";
    } else {
      const auto file = folder_ / table.text(what + "_file");
      auto text = error_ ? Result<std::string>() : read_file(file);
      if (!text) error_ = text.error();
      secret = text ? trim(*text) : "";
    }
    if (secret.size() < secret_characters_min && !error_)
      error_ = Error{
          Errc::invalid_input, "settings.secret",
          "the secret that " + what + (variable ? "_environment" : "_file") +
              " names needs at least 16 characters; `openssl rand -hex 32` makes one",
          what + (variable ? "_environment" : "_file") + " 指定的密钥不足 16 个字符，可用 openssl rand -hex 32 生成"};
    return secret;
  }

  std::filesystem::path folder_;
  std::optional<Error>& error_;
};

}  // namespace

Result<ServerSettings> read_server_settings(const std::filesystem::path& path) {
  ServerSettings settings;
  if (!std::filesystem::exists(path)) return settings;
  const std::string text = SHOUYUE_TRY(read_file(path));
  const toml::table root = SHOUYUE_TRY(parse_toml(text, path.string()));
  std::optional<Error> error;
  const std::string name = path.string();
  SettingsReader(path.parent_path(), error).read(TomlTable(root, name, error), settings);
  if (error) return std::unexpected(*error);
  return settings;
}

}  // namespace shouyue::app
