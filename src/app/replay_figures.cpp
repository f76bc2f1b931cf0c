#include "app/replay_figures.hpp"

#include "app/kpi_rows.hpp"
#include "base/decimal.hpp"
#include "kpi/engine.hpp"
#include "kpi/score.hpp"

namespace shouyue::app {
namespace {

kpi::OrganisationTree single_organisation() {
  return kpi::OrganisationTree::make({{.code = "", .level = insurer::Level::head_office, .parent = {}}}).value();
}

void add(kpi::Tally& sum, const kpi::Tally& part) {
  sum.numerator += part.numerator;
  sum.denominator += part.denominator;
  sum.excluded_by.resize(part.excluded_by.size());
  for (std::size_t i = 0; i < part.excluded_by.size(); ++i) sum.excluded_by[i] += part.excluded_by[i];
}

}  // namespace

ReplayFigures::ReplayFigures(const regime::Regime& book, kpi::Period period, const calendar::WorkingCalendar& calendar,
                             Date today)
    : book_(&book), period_(period), calendar_(&calendar), today_(today), whole_(single_organisation()) {}

Result<void> ReplayFigures::add(const DerivedRows& rows) {
  if (!rows.kase) return {};
  const auto policy = static_cast<std::uint32_t>(policies_.rows());
  SHOUYUE_CHECK(policies_.append(kpi_row(*rows.kase, 0)));
  for (const TicketRow& ticket : rows.tickets) {
    std::optional<int> used = ticket.working_days_used;
    if (!used)
      if (const auto days = calendar_->working_days_between(ticket.opened_at.date(), today_)) used = *days;
    SHOUYUE_CHECK(tickets_.append(kpi_row(ticket, owner_of_tickets(policies_, policy), used)));
  }
  return {};
}

Result<void> ReplayFigures::count_into(std::vector<kpi::Tally>& tallies) {
  const auto card =
      SHOUYUE_TRY(kpi::compute({policies_, tickets_, whole_}, kpi::catalogue_of(*book_), {.period = period_}));
  const auto& indicators = book_->kpi->indicators;
  tallies.resize(indicators.size());
  for (std::size_t i = 0; i < indicators.size(); ++i)
    if (indicators[i].table != "external") shouyue::app::add(tallies[i], card.tally(i, {}));
  policies_ = {};
  tickets_ = {};
  return {};
}

std::vector<ReplayScore> scores_of(const regime::Regime& book, const std::vector<kpi::Tally>& tallies) {
  std::vector<ReplayScore> scores;
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    const regime::Indicator& indicator = book.kpi->indicators[i];
    if (indicator.table == "external") continue;
    ReplayScore& score = scores.emplace_back();
    score.indicator = indicator.id;
    score.numerator = tallies[i].numerator;
    score.denominator = tallies[i].denominator;
    if (score.denominator == 0) continue;
    score.value = ratio_rounded(score.numerator, score.denominator).text(6);
    if (indicator.score.kind == regime::ScoreKind::none) continue;
    if (const auto points = kpi::score_of(indicator.score, {score.numerator, score.denominator}))
      score.score = points->text(indicator.score.decimals);
  }
  return scores;
}

}  // namespace shouyue::app
