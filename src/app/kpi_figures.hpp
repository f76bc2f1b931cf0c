#pragma once

#include "app/policy_deriver.hpp"
#include "base/decimal.hpp"
#include "kpi/engine.hpp"

namespace shouyue::app {

// The derived rows as columns for the indicators, as of the last run.
struct KpiFacts {
  kpi::OrganisationTree organisations;
  kpi::PolicyColumns policies;
  kpi::TicketColumns tickets;
  std::vector<std::int32_t> ticket_numbers;  // of each row of `tickets`: what its id ends with
  std::string ticket_id(std::size_t row) const;
  kpi::Facts facts() const { return {policies, tickets, organisations}; }
};
// Errors: those of the store, of PolicyDeriver::load and of the columns.
Result<KpiFacts> load_kpi_facts(Session& session);

// The working days that a ticket has used: of one that is open, up to `today`; empty outside of the calendar.
std::optional<int> days_used_for_figures(const PolicyDeriver& deriver, const TicketRow& row, Date today);

struct KpiRequest {
  std::string regime;
  std::string period;
  bool by_organisation = false, by_channel = false, by_product_type = false;
  std::optional<insurer::Level> level;  // only organisations of this level; means by_organisation
  bool by_month = false;
};

// One figure, as `kpi` shows it.
struct KpiFigure {
  std::string indicator, period, org_code;
  std::optional<insurer::Level> level;
  std::optional<insurer::Channel> channel;
  std::optional<insurer::ProductType> product_type;
  std::int64_t numerator = 0, denominator = 0, excluded = 0;
  std::vector<std::int64_t> excluded_by;  // by the exclusions of the indicator, in order
  std::optional<Decimal> value;           // empty: no data
  std::string score, full_score;          // empty: the book gives none, or there is no data
  std::string rules;
};

struct KpiReport {
  std::shared_ptr<const regime::Regime> regime;
  std::vector<KpiFigure> figures;
};

// Errors: regime.not_found, kpi.no_section, kpi.period_form, those of compute and load_kpi_facts.
Result<KpiReport> kpi_figures(Session& session, const KpiRequest& request);
// The same over columns and a book in memory. Errors: kpi.period_form, those of compute.
Result<std::vector<KpiFigure>> figures_of(const KpiFacts& facts, const regime::Regime& book, const KpiRequest& request);

// A rule book that states indicators. Errors: regime.not_found, kpi.no_section.
Result<std::shared_ptr<const regime::Regime>> load_kpi_book(const Home& home, const std::string& id);

struct KpiCasesRequest {
  std::string regime, period, indicator;
  std::string org_code;  // with everything below it; empty: all
  kpi::Side side = kpi::Side::denominator;
  std::string exclusion;  // of Side::excluded: only what this exclusion takes out; empty: all
  std::optional<insurer::Channel> channel;
};
struct KpiCase {
  std::string policy_no;
  std::string ticket_id;  // of an indicator over tickets
};
// The policies or tickets behind one figure, as many as it says.
// Errors: kpi.unknown_indicator, kpi.unknown_organisation, kpi.unknown_exclusion, those of kpi_figures.
Result<std::vector<KpiCase>> kpi_cases(Session& session, const KpiCasesRequest& request);
Result<std::vector<KpiCase>> cases_behind(const KpiFacts& facts, const regime::Regime& book,
                                          const KpiCasesRequest& request);

}  // namespace shouyue::app
