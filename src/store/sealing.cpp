#include "store/sealing.hpp"

#include "store/refusals.hpp"

namespace shouyue::store {
namespace {

constexpr char between = '\x1f';  // stands in no number and no key

std::string place_of_data_key(std::int64_t id) { return "data key " + std::to_string(id); }

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += (text.empty() ? "" : std::string(1, between)) + std::string(part);
  return text;
}

}  // namespace

std::string place_of(const app::FactKey& key, std::int64_t seq) {
  return joined({"fact", key.policy_no, std::to_string(static_cast<int>(key.kind)), key.key, std::to_string(seq)});
}

std::string place_of(app::ReferenceKind kind, std::string_view key, std::int64_t seq) {
  return joined({"reference", std::to_string(static_cast<int>(kind)), key, std::to_string(seq)});
}

std::string place_of(std::string_view table, std::string_view key, std::int64_t n) {
  return joined({table, key, std::to_string(n)});
}

Sealing::Sealing(std::int64_t id, const vault::Key& data_key)
    : id_(id),
      data_key_(data_key),
      subjects_(data_key.derived("subjects")),
      shared_(data_key.derived("shared")),
      numbers_(data_key.derived("numbers")) {}

std::optional<Sealing> Sealing::opened(std::int64_t id, std::string_view sealed, const vault::Key& key) {
  const auto text = vault::unseal(key, sealed, place_of_data_key(id));
  const auto data_key = text ? vault::Key::read(*text) : std::nullopt;
  if (!data_key) return std::nullopt;
  return Sealing(id, *data_key);
}

std::string Sealing::sealed_by(const vault::Key& key) const {
  return vault::seal(key, data_key_.text(), place_of_data_key(id_));
}

vault::Key Sealing::subject_key(std::string_view policy_no, std::string_view salt) const {
  return subjects_.derived(std::string(salt) + between + std::string(policy_no));
}

Result<std::string> unsealed(const vault::Key& key, std::string_view sealed, const std::string& place,
                             const std::string& whose) {
  auto text = vault::unseal(key, sealed, place);
  if (!text) return sealed_text_changed(whose);
  return std::move(*text);
}

}  // namespace shouyue::store
