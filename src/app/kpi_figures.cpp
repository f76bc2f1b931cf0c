#include "app/kpi_figures.hpp"

#include <algorithm>
#include <thread>
#include <unordered_map>

#include "app/kpi_rows.hpp"
#include "kpi/score.hpp"
#include "worklist/ticket_track.hpp"

namespace shouyue::app {
namespace {

// The organisations of a day; those that only policies name stand beside the tree, for nothing is
// known of where they belong.
class Organisations {
 public:
  Organisations(const Directory& directory, Date day) {
    const auto known = directory.all(day);
    for (const insurer::Organisation* organisation : known) add(organisation->code, organisation->level);
    for (std::size_t i = 0; i < known.size(); ++i)
      if (const auto parent = index_.find(known[i]->parent_code); parent != index_.end())
        list_[i].parent = parent->second;
  }
  std::uint32_t index_of(const std::string& code) {
    const auto found = index_.find(code);
    return found == index_.end() ? add(code, insurer::Level::outlet) : found->second;
  }
  Result<kpi::OrganisationTree> tree() && { return kpi::OrganisationTree::make(std::move(list_)); }

 private:
  std::uint32_t add(const std::string& code, insurer::Level level) {
    const auto index = static_cast<std::uint32_t>(list_.size());
    list_.push_back({.code = code, .level = level, .parent = {}});
    index_.emplace(code, index);
    return index;
  }

  std::vector<kpi::Organisation> list_;
  std::unordered_map<std::string, std::uint32_t> index_;
};

class FactsLoader {
 public:
  FactsLoader(Session& session, const PolicyDeriver& deriver, Date today)
      : session_(session), deriver_(deriver), today_(today), organisations_(deriver.directory(), today) {}

  Result<KpiFacts> load() {
    const auto keep_case = [&](CaseRow& row) {
      return facts_.policies.append(kpi_row(row, organisations_.index_of(row.org_code)));
    };
    SHOUYUE_CHECK(session_.store.each_case(keep_case));
    const auto keep_ticket = [&](TicketRow& row) { return add(row); };
    SHOUYUE_CHECK(session_.store.each_ticket(keep_ticket));
    facts_.organisations = SHOUYUE_TRY(std::move(organisations_).tree());
    return std::move(facts_);
  }

 private:
  Result<void> add(const TicketRow& row) {
    // Both come in order of the policy number.
    const kpi::PolicyColumns& policies = facts_.policies;
    while (next_ < policies.rows() && policies.policy_no(next_) < row.policy_no) ++next_;
    // A case that was derived after the cases were read is left to whoever follows the changes.
    if (next_ == policies.rows() || policies.policy_no(next_) != row.policy_no) return {};
    facts_.ticket_numbers.push_back(worklist::ticket_number(row.ticket_id));
    return facts_.tickets.append(
        kpi_row(row, owner_of_tickets(policies, next_), days_used_for_figures(deriver_, row, today_)));
  }

  Session& session_;
  const PolicyDeriver& deriver_;
  Date today_;
  Organisations organisations_;
  KpiFacts facts_;
  std::uint32_t next_ = 0;
};

std::string rules_of(const regime::Indicator& indicator) {
  std::string rules = indicator.clause.id;
  for (const regime::Exclusion& exclusion : indicator.exclusions) rules += ";" + exclusion.clause.id;
  if (indicator.score.kind != regime::ScoreKind::none) rules += ";" + indicator.score.clause.id;
  return rules;
}

KpiFigure figure_of(const regime::Indicator& indicator, const kpi::Line& line, const kpi::OrganisationTree& tree) {
  KpiFigure figure{.indicator = indicator.id,
                   .period = line.period.text(),
                   .org_code = {},
                   .level = {},
                   .channel = line.channel,
                   .product_type = line.product_type,
                   .numerator = line.tally.numerator,
                   .denominator = line.tally.denominator,
                   .excluded = line.tally.excluded(),
                   .excluded_by = line.tally.excluded_by,
                   .value = {},
                   .score = {},
                   .full_score = {},
                   .rules = rules_of(indicator)};
  if (line.organisation) {
    figure.org_code = tree.at(*line.organisation).code;
    figure.level = tree.at(*line.organisation).level;
  }
  if (indicator.score.kind != regime::ScoreKind::none) figure.full_score = indicator.score.full.text();
  if (figure.denominator == 0) return figure;
  figure.value = ratio_rounded(figure.numerator, figure.denominator);
  // A value outside the range of the rule has no score; that is said by leaving it empty.
  if (const auto score = kpi::score_of(indicator.score, {figure.numerator, figure.denominator}))
    figure.score = score->text(indicator.score.decimals);
  return figure;
}

}  // namespace

std::optional<int> days_used_for_figures(const PolicyDeriver& deriver, const TicketRow& row, Date today) {
  if (row.working_days_used) return row.working_days_used;
  const auto days = deriver.calendar().working_days_between(row.opened_at.date(), today);
  return days ? std::optional(*days) : std::nullopt;
}

Result<KpiFacts> load_kpi_facts(Session& session) {
  const PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  return FactsLoader(session, deriver, Instant::from_milliseconds(run_now).date()).load();
}

Result<std::shared_ptr<const regime::Regime>> load_kpi_book(const Home& home, const std::string& id) {
  auto book = SHOUYUE_TRY(load_rule_book(home, id));
  if (!book->kpi)
    return refuse(Errc::invalid_input, "kpi.no_section", "the rule book '" + id + "' states no indicators",
                  "制度“" + id + "”没有规定指标");
  return book;
}

Result<std::vector<KpiFigure>> figures_of(const KpiFacts& facts, const regime::Regime& book,
                                          const KpiRequest& request) {
  const kpi::Request asked{.period = SHOUYUE_TRY(kpi::Period::parse(request.period)),
                           .by_organisation = request.by_organisation || request.level,
                           .by_channel = request.by_channel,
                           .by_product_type = request.by_product_type,
                           .by_month = request.by_month,
                           .threads = std::max(1U, std::thread::hardware_concurrency())};
  const auto card = SHOUYUE_TRY(kpi::compute(facts.facts(), kpi::catalogue_of(book), asked));
  const auto& indicators = book.kpi->indicators;
  auto lines = card.lines(request.level);
  const bool is_split = asked.by_organisation || asked.by_channel || asked.by_product_type || asked.by_month;
  // A figure without data is still an answer when it is the only one asked for.
  for (std::size_t i = 0; i < indicators.size() && !is_split; ++i)
    if (indicators[i].table != "external" &&
        std::ranges::none_of(lines, [&](const auto& line) { return line.indicator == i; }))
      lines.push_back(
          {.indicator = i, .period = asked.period, .organisation = {}, .channel = {}, .product_type = {}, .tally = {}});
  std::ranges::stable_sort(lines, {}, &kpi::Line::indicator);
  std::vector<KpiFigure> figures;
  for (const kpi::Line& line : lines)
    figures.push_back(figure_of(indicators[line.indicator], line, facts.organisations));
  return figures;
}

Result<KpiReport> kpi_figures(Session& session, const KpiRequest& request) {
  KpiReport report{.regime = SHOUYUE_TRY(load_kpi_book(session.home, request.regime)), .figures = {}};
  const KpiFacts facts = SHOUYUE_TRY(load_kpi_facts(session));
  report.figures = SHOUYUE_TRY(figures_of(facts, *report.regime, request));
  return report;
}

Result<std::vector<KpiCase>> kpi_cases(Session& session, const KpiCasesRequest& request) {
  const auto book = SHOUYUE_TRY(load_kpi_book(session.home, request.regime));
  const KpiFacts facts = SHOUYUE_TRY(load_kpi_facts(session));
  return cases_behind(facts, *book, request);
}

namespace {

Result<kpi::Behind> behind_of(const KpiFacts& facts, const regime::Indicator& indicator,
                              const KpiCasesRequest& request) {
  kpi::Behind behind{.indicator = 0,
                     .period = SHOUYUE_TRY(kpi::Period::parse(request.period)),
                     .side = request.side,
                     .organisation = {},
                     .channel = request.channel,
                     .product_type = {},
                     .exclusion = {}};
  if (!request.org_code.empty()) {
    behind.organisation = facts.organisations.find(request.org_code);
    if (!behind.organisation)
      return refuse(Errc::not_found, "kpi.unknown_organisation", "no organisation has the code " + request.org_code,
                    "机构代码 " + request.org_code + " 不存在");
  }
  if (request.exclusion.empty()) return behind;
  const auto found = std::ranges::find(indicator.exclusions, request.exclusion, &regime::Exclusion::id);
  if (found == indicator.exclusions.end())
    return refuse(Errc::not_found, "kpi.unknown_exclusion",
                  "the indicator " + indicator.id + " has no exclusion '" + request.exclusion + "'",
                  "指标 " + indicator.id + " 没有剔除项“" + request.exclusion + "”");
  behind.exclusion = static_cast<std::size_t>(found - indicator.exclusions.begin());
  return behind;
}

}  // namespace

std::string KpiFacts::ticket_id(std::size_t row) const {
  return worklist::ticket_id(std::string(policies.policy_no(tickets.policy(row))), tickets.kind(row),
                             ticket_numbers[row]);
}

Result<std::vector<KpiCase>> cases_behind(const KpiFacts& facts, const regime::Regime& book,
                                          const KpiCasesRequest& request) {
  const auto& indicators = book.kpi->indicators;
  const auto found = std::ranges::find(indicators, request.indicator, &regime::Indicator::id);
  if (found == indicators.end())
    return refuse(Errc::not_found, "kpi.unknown_indicator",
                  "the rule book '" + request.regime + "' has no indicator '" + request.indicator + "'",
                  "制度“" + request.regime + "”没有指标“" + request.indicator + "”");
  kpi::Behind behind = SHOUYUE_TRY(behind_of(facts, *found, request));
  behind.indicator = static_cast<std::size_t>(found - indicators.begin());
  std::vector<KpiCase> cases;
  for (const std::uint32_t row : SHOUYUE_TRY(kpi::rows_behind(facts.facts(), kpi::catalogue_of(book), behind))) {
    const bool is_ticket = found->table == "tickets";
    const std::uint32_t policy = is_ticket ? facts.tickets.policy(row) : row;
    cases.push_back({std::string(facts.policies.policy_no(policy)), is_ticket ? facts.ticket_id(row) : ""});
  }
  return cases;
}

}  // namespace shouyue::app
