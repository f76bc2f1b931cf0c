#include "regime/crosswalk.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {
namespace {

class ReferenceCheck {
 public:
  ReferenceCheck(const Regime& regime, std::vector<Issue>& issues) : regime_(regime), issues_(issues) {}

  void hand_over(const Leg& leg, const HandOver& hand_over) {
    ticket(hand_over.clause, hand_over.opens);
    if (leg.is_second_visit)
      add(hand_over.clause, "regime.second_visit", "hands over from a second visit, which ends with its ticket",
          "从二访转出，但二访随工单关闭而结束");
    if (!hand_over.next) return;
    const std::string code(insurer::code_of(*hand_over.next));
    const Leg* next = named(hand_over.clause, *hand_over.next);
    if (next && next->is_second_visit)
      add(hand_over.clause, "regime.second_visit", "hands over to '" + code + "', the second visit of a ticket",
          "转给“" + code + "”，但该环节是工单的二访");
    if (next && next->order <= leg.order)
      add(hand_over.clause, "regime.leg_order", "hands over to '" + code + "', which does not come later in 'order'",
          "转给“" + code + "”，但其“order”并不靠后");
  }

  void proves(const Leg& leg) {
    if (!leg.proves) return;
    for (const insurer::Word& word : insurer::words<insurer::Leg>()) {
      const auto visited = *insurer::from_word<insurer::Leg>(word.code);
      if ((leg.proves->legs & insurer::bit(visited)) == 0) continue;
      const Leg* before = named(leg.proves->clause, visited);
      const std::string code(word.code);
      if (before && before->order >= leg.order)
        add(leg.proves->clause, "regime.leg_order", "proves '" + code + "', which does not come earlier in 'order'",
            "核实“" + code + "”，但其“order”并不靠前");
    }
  }

  void second_visit(const TicketRule& rule) {
    if (rule.second_visit) named(rule.clause, *rule.second_visit);
  }

  void ticket(const Clause& clause, std::optional<insurer::TicketKind> opens) {
    if (!opens || regime_.tickets.contains(*opens)) return;
    const std::string code(insurer::code_of(*opens));
    add(clause, "regime.unknown_ticket", "opens a '" + code + "' ticket, but there is no [ticket." + code + "]",
        "开立“" + code + "”工单，但没有 [ticket." + code + "]");
  }

 private:
  const Leg* named(const Clause& clause, insurer::Leg which) {
    const Leg* leg = regime_.followup ? regime_.followup->find(which) : nullptr;
    const std::string code(insurer::code_of(which));
    if (!leg)
      add(clause, "regime.unknown_leg", "names '" + code + "', but there is no [followup.leg." + code + "]",
          "指向“" + code + "”，但没有 [followup.leg." + code + "]");
    return leg;
  }

  void add(const Clause& clause, const char* rule, const std::string& en, const std::string& zh) {
    const Place place{.book = "", .file = clause.file, .line = clause.line, .column = 1};
    issues_.push_back(issue_at(place, rule, clause.id + " " + en, clause.id + " " + zh));
  }

  const Regime& regime_;
  std::vector<Issue>& issues_;
};

}  // namespace

void check_references(const Regime& regime, std::vector<Issue>& issues) {
  ReferenceCheck check(regime, issues);
  if (regime.followup)
    for (const Leg& leg : regime.followup->legs) {
      for (const HandOver& hand_over : leg.hand_overs) check.hand_over(leg, hand_over);
      check.proves(leg);
    }
  for (const auto& [kind, rule] : regime.tickets) check.second_visit(rule);
  if (regime.outcome)
    for (const OutcomeRule& rule : regime.outcome->rules) check.ticket(rule.clause, rule.opens);
  if (regime.intake)
    for (const IntakeDefect& defect : regime.intake->defects) check.ticket(defect.clause, defect.opens);
  for (const Crosswalk& crosswalk : regime.crosswalks) check_crosswalk(regime, crosswalk, issues);
}

}  // namespace shouyue::regime
