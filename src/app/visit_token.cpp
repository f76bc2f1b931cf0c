#include "app/visit_token.hpp"

#include "vault/signature.hpp"
#include "vault/token.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t id_bytes = 12, proof_bytes = 16;

std::string big_endian(std::int64_t number, int bytes) {
  std::string text;
  for (int n = bytes - 1; n >= 0; --n) text += static_cast<char>((number >> (8 * n)) & 0xff);
  return text;
}

std::int64_t number_of(std::string_view bytes) {
  std::int64_t number = 0;
  for (const char byte : bytes) number = (number << 8) | static_cast<unsigned char>(byte);
  return number;
}

std::string unhex(const std::string& text) {
  std::string bytes;
  for (std::size_t n = 0; n + 1 < text.size(); n += 2)
    bytes += static_cast<char>(std::stoi(text.substr(n, 2), nullptr, 16));
  return bytes;
}

// A key serves one purpose: a link proves nothing as a pass.
std::string proof(std::string_view key, std::string_view purpose, std::string_view text) {
  return vault::signature(key, std::string(purpose) + ":" + std::string(text)).substr(0, proof_bytes);
}

std::string pass_text(const std::string& link_id, std::string_view moment) {
  return link_id + ":" + std::string(moment);
}

}  // namespace

std::string visit_token(std::string_view key, const VisitToken& token) {
  const std::string text =
      big_endian(token.bucket, 2) + big_endian(token.expires_at.milliseconds() / 1000, 4) + unhex(token.link_id);
  return vault::base64url(text + proof(key, "link", text));
}

Result<VisitToken> read_visit_token(std::string_view key, std::string_view text) {
  const auto bytes = vault::from_base64url(text);
  constexpr std::size_t text_bytes = 6 + id_bytes;
  if (!bytes || bytes->size() != text_bytes + proof_bytes ||
      !vault::equal_secrets(bytes->substr(text_bytes), proof(key, "link", bytes->substr(0, text_bytes))))
    return refuse(Errc::not_found, "visit.unknown_link", "this link is not one of ours; please call the hotline",
                  "该链接无效，请拨打客服热线");
  return VisitToken{.bucket = number_of(bytes->substr(0, 2)),
                    .link_id = vault::hex(bytes->substr(6, id_bytes)),
                    .expires_at = Instant::from_milliseconds(number_of(bytes->substr(2, 4)) * 1000)};
}

std::string visit_pass(std::string_view key, const std::string& link_id, Instant proven_at) {
  const std::string moment = big_endian(proven_at.milliseconds() / 1000, 4);
  return vault::base64url(moment + proof(key, "pass", pass_text(link_id, moment)));
}

std::optional<Instant> read_visit_pass(std::string_view key, const std::string& link_id, std::string_view text) {
  const auto bytes = vault::from_base64url(text);
  if (!bytes || bytes->size() != 4 + proof_bytes) return std::nullopt;
  const std::string moment = bytes->substr(0, 4);
  if (!vault::equal_secrets(bytes->substr(4), proof(key, "pass", pass_text(link_id, moment)))) return std::nullopt;
  return Instant::from_milliseconds(number_of(moment) * 1000);
}

}  // namespace shouyue::app
