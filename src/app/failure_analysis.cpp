#include "app/failure_analysis.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "analysis/tally.hpp"
#include "app/analysis_row.hpp"
#include "app/report_words.hpp"
#include "base/text.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::app {
namespace {

using analysis::Standing;
using analysis::Tally;
using report::Cell;
using report::Chart;
using report::RowKind;
using report::Section;
using report::Share;
using report::Table;
using report::Text;

// A case that some count holds.
struct CountedCase {
  CaseRow row;
  Standing standing;
  std::string phone;
};

// The cases of one office or channel.
struct Slice {
  Text label;
  Tally tally;
};

class Report {
 public:
  Report(ReportScope& scope, const regime::Regime& book)
      : scope_(scope), book_(book), analysis_(*book.analysis), all_(analysis_) {}

  Result<report::Document> make() {
    SHOUYUE_CHECK(collect());
    report::Document document{.title = scope_.title({"首访不成功与补访分析", "visits that failed"}),
                              .lead = scope_.lead(),
                              .tiles = tiles(),
                              .sections = {summary()},
                              .lists = {cases()}};
    document.lead.zh += "；制度：" + book_.title;
    document.lead.en += "; rule book: " + book_.title_en;
    for (std::size_t i = 0; i < analysis_.breakdowns.size(); ++i) document.sections.push_back(breakdown(i));
    document.sections.push_back(open_points());
    return document;
  }

 private:
  Result<void> collect() {
    std::vector<CaseRow> candidates;
    SHOUYUE_CHECK(scope_.each_case([&](CaseRow& row) -> Result<void> {
      const bool is_of_period = analysis_.cohort == regime::analysis_variable::issued_on
                                    ? scope_.period().holds(row.issued_on)
                                    : row.issued_on <= scope_.period().to;
      if (is_of_period) candidates.push_back(std::move(row));
      return {};
    }));
    for (CaseRow& row : candidates) SHOUYUE_CHECK(count(std::move(row)));
    return {};
  }

  Result<void> count(CaseRow row) {
    const LoadedPolicy policy = SHOUYUE_TRY(scope_.deriver().read(row.policy_no, scope_.as_of()));
    const PolicyState state = SHOUYUE_TRY(PolicyDeriver::derive(policy, scope_.as_of()));
    const expr::Row facts = analysis_row(analysis_, policy, state);
    const auto day = analysis::cohort_of(analysis_, facts);
    if (!day || !scope_.period().holds(*day)) return {};
    Standing standing = analysis::standing_of(analysis_, facts);
    const std::string unit = scope_.unit_of(row.org_code);
    all_.add(standing);
    units_.try_emplace(unit, Slice{{unit, unit}, Tally(analysis_)}).first->second.tally.add(standing);
    channels_.try_emplace(row.channel, Slice{words_of(row.channel), Tally(analysis_)})
        .first->second.tally.add(standing);
    if (std::ranges::find(standing.counts, true) == standing.counts.end()) return {};
    const std::string phone = state.facts.attempts.empty() ? "" : mask_phone(state.facts.attempts.back().phone);
    cases_.push_back({std::move(row), std::move(standing), phone});
    return {};
  }

  std::vector<report::Tile> tiles() const {
    std::vector<report::Tile> tiles;
    for (std::size_t i = 0; i < analysis_.counts.size(); ++i) {
      const Text first = title_of(analysis_.counts.front());
      const std::string share = Share{all_.count(i), all_.count(0)}.text();
      tiles.push_back(
          {title_of(analysis_.counts[i]), all_.count(i),
           i == 0 ? Text{"本期", "in the period"} : Text{"占" + first.zh + " " + share, share + " of: " + first.en}});
    }
    return tiles;
  }

  // The three largest parts of each breakdown, its totals and its difference, in words.
  Section summary() const {
    Section section{.title = {"要点", "In short"}, .lead = {}};
    for (std::size_t i = 0; i < analysis_.breakdowns.size(); ++i) {
      if (all_.base(i) == 0) continue;
      section.sentences.push_back(sentence(i));
      const regime::AnalysisBreakdown& breakdown = analysis_.breakdowns[i];
      for (std::size_t t = 0; t < breakdown.totals.size(); ++t)
        section.sentences.push_back(figure_words(title_of(breakdown.totals[t]), all_.total(i, t), all_.base(i)));
    }
    if (section.sentences.empty()) section.sentences.push_back({"本期没有转办件。", "No case in this period."});
    return section;
  }

  Text sentence(std::size_t index) const {
    const regime::AnalysisBreakdown& breakdown = analysis_.breakdowns[index];
    constexpr std::size_t most = 3;
    const Text base = base_words(index), title = title_of(breakdown);
    Text text{title.zh + "（基数" + base.zh + "）：", title.en + " (base: " + base.en + "): "};
    std::size_t said = 0;
    for (const std::size_t part : by_count(index)) {
      if (said == most || all_.part(index, part) == 0) break;
      const Text figure = figure_words(title_of(breakdown.parts[part]), all_.part(index, part), all_.base(index));
      text.zh += (said ? "，" : "") + figure.zh;
      text.en += (said ? ", " : "") + figure.en;
      ++said;
    }
    const std::int64_t difference = all_.base(index) - all_.sum(index);
    const Text rest = figure_words({"差额", "difference"}, difference, all_.base(index));
    text.zh += difference == 0 ? "；各项合计与基数一致。" : "；" + rest.zh + "。";
    text.en += difference == 0 ? "; the parts add up to the base." : "; " + rest.en + ".";
    return text;
  }

  static Text figure_words(const Text& label, std::int64_t count, std::int64_t base) {
    const std::string figure = report::shown(count).zh + " 件（" + Share{count, base}.text() + "）";
    return {label.zh + " " + figure, label.en + " " + report::shown(count).en + " (" + Share{count, base}.text() + ")"};
  }

  Text base_words(std::size_t index) const {
    const Text label = title_of(analysis_.counts[analysis_.breakdowns[index].base]);
    const std::string count = report::shown(all_.base(index)).zh;
    return {label.zh + " " + count + " 件", label.en + " " + count};
  }

  std::vector<std::size_t> by_count(std::size_t index) const {
    std::vector<std::size_t> order(analysis_.breakdowns[index].parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t part) { return all_.part(index, part); });
    return order;
  }

  Section breakdown(std::size_t index) const {
    const regime::AnalysisBreakdown& breakdown = analysis_.breakdowns[index];
    const Text base = base_words(index);
    Section section{
        .title = title_of(breakdown),
        .lead = {"基数：" + base.zh + "；出处：" + breakdown.clause.cite + "；条款：" + breakdown.clause.id,
                 "Base: " + base.en + "; source: " + breakdown.clause.cite + "; clause: " + breakdown.clause.id}};
    if (const std::string& note = breakdown.clause.note; !note.empty()) {
      section.lead.zh += "；说明：" + note;
      section.lead.en += "; note: " + note;
    }
    section.tables.push_back(parts_table(index));
    if (!breakdown.groups.empty()) section.tables.push_back(groups_table(index));
    section.tables.push_back(cross_table(index, {"按机构", "By office"}, {"机构", "Office"}, units_));
    section.tables.push_back(cross_table(index, {"按渠道", "By channel"}, {"渠道", "Channel"}, channels_));
    return section;
  }

  Table parts_table(std::size_t index) const {
    const regime::AnalysisBreakdown& breakdown = analysis_.breakdowns[index];
    const std::int64_t base = all_.base(index);
    Table table{
        .columns = {{{"项目", "Part"}, 34},
                    {{"件数", "Cases"}},
                    {{"占比", "Share"}},
                    {{"累计占比", "Cumulated"}},
                    {{"分类", "Group"}}},
        .chart = Chart{.kind = Chart::Kind::pareto, .title = title_of(breakdown), .label = 0, .values = {1, 2, 3}}};
    if (base == 0) return Table{};
    if (breakdown.groups.empty()) table.columns.pop_back();
    std::int64_t sum = 0;
    for (const std::size_t part : by_count(index)) {
      const std::int64_t count = all_.part(index, part);
      sum += count;
      table.rows.push_back(
          {{Cell(title_of(breakdown.parts[part])), Cell(count), Cell(Share{count, base}), Cell(Share{sum, base})}});
      if (!breakdown.groups.empty()) {
        const auto group = breakdown.parts[part].group;
        table.rows.back().cells.emplace_back(group ? title_of(breakdown.groups[*group]) : Text{});
      }
    }
    report::add_balance(table, sum, base, title_of(analysis_.counts[breakdown.base]),
                        {"未归入以上各项", "in none of the parts"});
    for (std::size_t i = 0; i < breakdown.totals.size(); ++i) {
      report::Row row{
          {Cell(title_of(breakdown.totals[i])), Cell(all_.total(index, i)), Cell(Share{all_.total(index, i), base})},
          RowKind::total};
      while (row.cells.size() < table.columns.size()) row.cells.emplace_back(Text{});
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table groups_table(std::size_t index) const {
    const regime::AnalysisBreakdown& breakdown = analysis_.breakdowns[index];
    Table table{.title = {"按分类", "By group"},
                .columns = {{{"分类", "Group"}, 34}, {{"件数", "Cases"}}, {{"占比", "Share"}}}};
    if (all_.base(index) == 0) return table;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < breakdown.groups.size(); ++i) {
      const std::int64_t count = all_.group(index, i);
      sum += count;
      table.rows.push_back({{Cell(title_of(breakdown.groups[i])), Cell(count), Cell(Share{count, all_.base(index)})}});
    }
    report::add_balance(table, sum, all_.base(index), title_of(analysis_.counts[breakdown.base]));
    return table;
  }

  // A line a slice: its base, its parts (or their groups), the difference, and which part comes first.
  template <class Slices>
  Table cross_table(std::size_t index, const Text& title, const Text& label, const Slices& slices) const {
    const regime::AnalysisBreakdown& breakdown = analysis_.breakdowns[index];
    Table table{.title = title, .columns = {{label, 34}, {title_of(analysis_.counts[breakdown.base])}}};
    for (const auto& group : breakdown.groups) table.columns.push_back({title_of(group)});
    if (breakdown.groups.empty())
      for (const auto& part : breakdown.parts) table.columns.push_back({title_of(part)});
    table.columns.push_back({{"差额", "Difference"}});
    table.columns.push_back({{"首位", "First"}, 20});
    table.columns.push_back({{"首位占比", "Share of it"}});
    for (const auto& [key, slice] : slices)
      if (slice.tally.base(index) != 0) table.rows.push_back(cross_row(index, slice.label, slice.tally));
    if (!table.rows.empty()) {
      table.rows.push_back(cross_row(index, {"合计", "All"}, all_));
      table.rows.back().kind = RowKind::sum;
    }
    return table;
  }

  report::Row cross_row(std::size_t index, const Text& label, const Tally& tally) const {
    const regime::AnalysisBreakdown& breakdown = analysis_.breakdowns[index];
    report::Row row{{Cell(label), Cell(tally.base(index))}};
    for (std::size_t i = 0; i < breakdown.groups.size(); ++i) row.cells.emplace_back(tally.group(index, i));
    std::size_t first = 0;
    for (std::size_t i = 0; i < breakdown.parts.size(); ++i) {
      if (breakdown.groups.empty()) row.cells.emplace_back(tally.part(index, i));
      if (tally.part(index, i) > tally.part(index, first)) first = i;
    }
    std::int64_t inside = tally.sum(index);
    for (std::size_t i = 0; !breakdown.groups.empty() && i < breakdown.parts.size(); ++i)
      if (!breakdown.parts[i].group) inside -= tally.part(index, i);
    const bool has_first = tally.part(index, first) != 0;
    row.cells.emplace_back(tally.base(index) - inside);
    row.cells.emplace_back(has_first ? title_of(breakdown.parts[first]) : Text{});
    row.cells.emplace_back(Share{tally.part(index, first), tally.base(index)});
    return row;
  }

  // What the source leaves open, with the notes of the rule book.
  Section open_points() const {
    Table table{.columns = {{{"条款", "Clause"}, 34}, {{"待核", "Open point"}, 40}, {{"出处", "Source"}, 30}}};
    for (const regime::Clause* clause : book_.clauses)
      if (clause->assumed && clause->id.find("/analysis") != std::string::npos)
        table.rows.push_back({{Cell(Text{clause->title, clause->title_en}), Cell(Text{clause->note, clause->note}),
                               Cell(Text{clause->cite, clause->cite})}});
    return {.title = {"口径与待核点", "Open points of the source"},
            .lead = {"来源缺失或自相矛盾之处，按制度注明的假定计算。",
                     "Where the source is cut off or contradicts itself, the figures follow the stated assumption."},
            .tables = {std::move(table)}};
  }

  Table cases() const {
    Table list{.title = {"明细", "Cases"},
               .columns = {{{"保单号", "Policy"}, 22},
                           {{"机构", "Office"}, 20},
                           {{"渠道", "Channel"}, 10},
                           {{"承保日", "Issued"}, 12},
                           {{"电话", "Phone"}, 14},
                           {{"回访状态", "State"}, 12}}};
    for (const auto& breakdown : analysis_.breakdowns) list.columns.push_back({title_of(breakdown), 22});
    for (const CountedCase& one : cases_) {
      if (!scope_.may_name(one.row.org_code)) continue;
      const std::string& unit = scope_.unit_of(one.row.org_code);
      list.rows.push_back(
          {{Cell(report::same(one.row.policy_no)), Cell(report::same(unit)), Cell(words_of(one.row.channel)),
            Cell(one.row.issued_on), Cell(report::same(one.phone)), Cell(words_of(one.row.state))}});
      for (std::size_t i = 0; i < analysis_.breakdowns.size(); ++i) {
        const auto part = one.standing.part[i];
        list.rows.back().cells.emplace_back(part ? title_of(analysis_.breakdowns[i].parts[*part]) : Text{});
      }
    }
    return list;
  }

  ReportScope& scope_;
  const regime::Regime& book_;
  const regime::Analysis& analysis_;
  Tally all_;
  std::map<std::string, Slice> units_;
  std::map<insurer::Channel, Slice> channels_;
  std::vector<CountedCase> cases_;
};

}  // namespace

Result<report::Document> failure_analysis(Session& session, const ReportRequest& request, const std::string& regime) {
  const auto book = SHOUYUE_TRY(load_rule_book(session.home, regime));
  if (!book->analysis)
    return refuse(Errc::invalid_input, "report.no_section",
                  "the rule book " + regime + " has no [analysis]; give one that has, such as failure-analysis",
                  "制度 " + regime + " 没有 [analysis]，请指定有此项的制度，如 failure-analysis");
  ReportScope scope = SHOUYUE_TRY(ReportScope::load(session, request));
  return Report(scope, *book).make();
}

}  // namespace shouyue::app
