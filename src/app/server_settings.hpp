#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "access/account.hpp"
#include "base/error.hpp"

// The settings of a server, server.toml: how people sign in, where policyholders and other systems reach it, and it
// them. Secrets stand in files or in the environment, never in this file.
namespace shouyue::app {

// Another system that is asked by HTTP. Requests to it and calls from it are signed with the secret.
struct Endpoint {
  std::string address, secret;
  std::string authority_file;  // PEM of the authority of its certificate; empty: those the system trusts
};

struct VisitSettings {
  std::string public_address;  // https://huifang.example.cn, as policyholders reach this server
  std::string key;             // of the links
  std::string hotline;         // shown where a link does not work
};

struct MessageSettings {
  std::optional<Endpoint> gateway;
  std::filesystem::path spool;  // folder that another program empties; in the place of a gateway
  std::filesystem::path texts;  // empty: the shipped ones
};

struct CoreSettings {
  std::filesystem::path drop;  // folder in which the core system puts files; empty: none
  bool needs_marker = false;   // a file is complete when NAME.done lies beside it; else when it has its name
};

struct Webhook {
  std::string name;
  Endpoint endpoint;
};

struct ServerSettings {
  std::int64_t one_time_password_seconds = access::one_time_password_seconds;
  std::optional<VisitSettings> visit;
  std::optional<MessageSettings> messages;
  std::optional<Endpoint> telephony;
  CoreSettings core;
  std::vector<Webhook> webhooks;
};

// `path` in the folder of which relative names lie; without such a file nothing is connected.
// Errors: profile.syntax, profile.unknown_key, profile.missing_key, profile.wrong_value, settings.secret,
// file.cannot_read; messages carry file and line.
Result<ServerSettings> read_server_settings(const std::filesystem::path& path);

}  // namespace shouyue::app
