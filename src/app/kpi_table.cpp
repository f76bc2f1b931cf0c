#include "app/kpi_table.hpp"

#include "base/text.hpp"

namespace shouyue::app {
namespace {

template <class Enum>
std::string word_of(const std::optional<Enum>& value) {
  return value ? std::string(code_of(*value)) : "";
}

}  // namespace

const std::vector<std::string>& kpi_columns() {
  static const std::vector<std::string> columns{"regime",  "indicator",    "period",     "org_code",    "level",
                                                "channel", "product_type", "numerator",  "denominator", "excluded",
                                                "value",   "score",        "full_score", "rules"};
  return columns;
}

std::vector<std::string> cells_of(const std::string& regime, const KpiFigure& figure) {
  return {regime,
          figure.indicator,
          figure.period,
          figure.org_code,
          word_of(figure.level),
          word_of(figure.channel),
          word_of(figure.product_type),
          std::to_string(figure.numerator),
          std::to_string(figure.denominator),
          std::to_string(figure.excluded),
          figure.value ? figure.value->text(6) : "",
          figure.score,
          figure.full_score,
          figure.rules};
}

Result<void> split_by(const std::string& by, KpiRequest& request) {
  if (by.empty()) return {};
  for (const std::string_view word : split(by, ',')) {
    if (word == "org")
      request.by_organisation = true;
    else if (word == "channel")
      request.by_channel = true;
    else if (word == "product_type")
      request.by_product_type = true;
    else
      return refuse(Errc::invalid_input, "kpi.unknown_dimension",
                    "'" + std::string(word) + "' is not one of: org, channel, product_type",
                    "“" + std::string(word) + "”不在可用维度之列：org、channel、product_type");
  }
  return {};
}

Result<std::optional<insurer::Level>> level_of(const std::string& word) {
  if (word.empty()) return std::nullopt;
  const auto level = insurer::from_word<insurer::Level>(word);
  if (level) return level;
  return refuse(Errc::invalid_input, "kpi.unknown_level", "'" + word + "' is not a level of organisations",
                "“" + word + "”不是机构层级");
}

}  // namespace shouyue::app
