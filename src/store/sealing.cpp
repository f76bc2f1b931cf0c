#include "store/sealing.hpp"

#include "store/refusals.hpp"

namespace shouyue::store {
namespace {

constexpr char between = '\x1f';  // stands in no number and no key

std::string place_of_data_key(std::int64_t id) { return "data key " + std::to_string(id); }

std::string text_of(const FactPlace& place) {
  std::string text = "fact";
  for (const std::string& part : {place.key.policy_no, std::to_string(static_cast<int>(place.key.kind)), place.key.key,
                                  std::to_string(place.seq)})
    text += between + part;
  return text;
}

std::string text_of(const ReferencePlace& place) {
  return "reference" + (between + std::to_string(static_cast<int>(place.kind))) + between + std::string(place.key) +
         between + std::to_string(place.seq);
}

}  // namespace

Sealing::Sealing(std::int64_t id, const vault::Key& data_key)
    : id_(id),
      data_key_(data_key),
      subjects_(data_key.derived("subjects")),
      references_(data_key.derived("references")),
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

std::string Sealing::seal(const vault::Key& subject_key, const FactPlace& place, std::string_view text) const {
  return vault::seal(subject_key, text, text_of(place));
}

std::string Sealing::seal(const ReferencePlace& place, std::string_view text) const {
  return vault::seal(references_, text, text_of(place));
}

Result<std::string> Sealing::unseal(const vault::Key& subject_key, const FactPlace& place,
                                    std::string_view sealed) const {
  auto text = vault::unseal(subject_key, sealed, text_of(place));
  if (!text) return sealed_text_changed("policy " + place.key.policy_no);
  return std::move(*text);
}

Result<std::string> Sealing::unseal(const ReferencePlace& place, std::string_view sealed) const {
  auto text = vault::unseal(references_, sealed, text_of(place));
  if (!text) return sealed_text_changed("agent or organisation " + std::string(place.key));
  return std::move(*text);
}

}  // namespace shouyue::store
