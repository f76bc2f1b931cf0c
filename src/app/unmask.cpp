#include "app/unmask.hpp"

#include "app/audit.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t fields_max = 50;

std::string path_of(const FactHistory& fact, const ShownField& field) {
  if (fact.kind == insurer::FactKind::policy) return field.name;
  return std::string(code_of(fact.kind)) + "/" + fact.key + "/" + field.name;
}

Result<UnmaskedField> find(const std::vector<FactHistory>& facts, const std::string& wanted) {
  for (const FactHistory& fact : facts)
    for (const ShownField& field : fact.versions.back().fields)
      if (path_of(fact, field) == wanted) return UnmaskedField{.field = wanted, .text = field.text};
  return refuse(Errc::invalid_input, "unmask.unknown_field", "the policy has no field '" + excerpt(wanted) + "'",
                "该保单没有“" + excerpt(wanted) + "”");
}

}  // namespace

Result<std::vector<UnmaskedField>> unmask(Session& session, const LoadedPolicy& policy, const UnmaskRequest& request) {
  SHOUYUE_CHECK(check_reason(request.reason));
  if (request.fields.empty() || request.fields.size() > fields_max)
    return refuse(Errc::invalid_input, "unmask.no_fields", "name 1 to 50 fields", "请选择 1 至 50 项");
  const std::vector<FactHistory> facts = fact_history(policy.versions, true);
  std::vector<UnmaskedField> unmasked;
  for (const std::string& wanted : request.fields) {
    auto field = SHOUYUE_TRY(find(facts, wanted));
    unmasked.push_back(std::move(field));
  }
  SHOUYUE_CHECK(note_unmasked(session, "case " + policy.policy_no + " fields=" + join(request.fields, ",") +
                                           " reason=" + std::string(trim(request.reason))));
  return unmasked;
}

}  // namespace shouyue::app
