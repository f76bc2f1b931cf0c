#include "demo/call.hpp"

#include <algorithm>
#include <array>

namespace shouyue::demo {
namespace {

using insurer::bit;
using insurer::Connection;
using insurer::Finding;
using insurer::Identity;
using insurer::Interview;
using insurer::Leg;
using insurer::Party;

// Branch staff and manual visitors speak the place's language, call at agreed times and find people otherwise.
bool is_near_the_customer(Leg leg) {
  return leg != Leg::first_call && leg != Leg::second_call && leg != Leg::electronic;
}

bool ends_alike(std::string_view a, std::string_view b) {
  constexpr std::size_t mobile_length = 11;
  return a.size() >= mobile_length && b.size() >= mobile_length &&
         a.substr(a.size() - mobile_length) == b.substr(b.size() - mobile_length);
}

class Call {
 public:
  Call(const Life& life, const WorkItem& item, Instant started_at, const CallShapes& shapes, std::uint64_t seed)
      : life_(life),
        item_(item),
        shapes_(shapes),
        random_(seed, "call", static_cast<std::uint64_t>(life.index),
                static_cast<std::uint64_t>(item.attempt_no) * 16 + static_cast<std::uint64_t>(item.leg)) {
    const char* kind = item.leg == Leg::electronic ? "-L" : "-C";
    attempt_.attempt_id = item.policy_no + kind + std::to_string(item.attempt_no);
    attempt_.leg = item.leg;
    attempt_.started_at = started_at;
    attempt_.phone = item.phone;
  }

  insurer::Attempt make() {
    if (!insurer::is_call(item_.leg))
      meet();
    else if (reaches_a_wrong_place())
      attempt_.connection = wrong_place();
    else if (!somebody_answers())
      attempt_.connection = no_contact();
    else
      answer();
    finish();
    return std::move(attempt_);
  }

 private:
  bool phone_found_again() const {
    if (is_near_the_customer(item_.leg)) return true;  // who visits finds the person, not the number
    return ends_alike(item_.phone, life_.holder.mobile);
  }

  bool reaches_a_wrong_place() { return has_bad_number(life_.story) && !phone_found_again(); }

  Connection wrong_place() {
    switch (life_.story) {
      case Story::no_phone: return Connection::no_phone;
      case Story::wrong_digits:
      case Story::nonexistent_number: return Connection::nonexistent_number;
      case Story::agents_phone: return Connection::agent_phone;
      case Story::suspended: return Connection::suspended_for_arrears;
      case Story::incoming_restricted: return Connection::incoming_restricted;
      case Story::fax: return Connection::fax;
      case Story::recorder: return Connection::recorder;
      default:
        if (random_.permille(350)) return Connection::no_answer;
        attempt_.party = Party::other;
        return Connection::wrong_number;
    }
  }

  bool somebody_answers() {
    const auto call = std::min<std::size_t>(static_cast<std::size_t>(item_.attempt_no), shapes_.reached.size());
    int chance = shapes_.reached[call - 1];
    if (is_near_the_customer(item_.leg)) chance = 1000 - (1000 - chance) / 3;
    if (life_.story == Story::travelling) chance /= 4;
    const int branch = std::stoi(life_.branch_code) % 7;  // some provinces pick up more readily than others
    return random_.permille(chance + (branch - 3) * 18);
  }

  Connection no_contact() {
    static constexpr std::array reasons{
        Connection::no_answer,     Connection::busy,          Connection::powered_off,
        Connection::call_rejected, Connection::hung_up_early, Connection::holder_absent,
        Connection::inconvenient,  Connection::line_fault,    Connection::special_reason};
    static constexpr std::array weights{430, 110, 130, 110, 60, 60, 80, 12, 8};
    if (life_.story == Story::travelling && random_.permille(400)) return Connection::travelling;
    const Connection reason = reasons[random_.weighted(weights)];
    if (reason == Connection::holder_absent) attempt_.party = Party::other;
    if (reason == Connection::inconvenient || reason == Connection::hung_up_early) attempt_.party = Party::holder;
    return reason;
  }

  bool has_contract() const { return life_.receipt && *life_.receipt->signed_on <= attempt_.started_at.date(); }

  bool has_ended() const {
    return std::ranges::any_of(life_.changes, [&](const insurer::PolicyChange& change) {
      return change.change != insurer::Change::phone_change && change.on <= attempt_.started_at.date();
    });
  }

  void answer() {
    attempt_.connection = Connection::answered;
    attempt_.party = Party::holder;
    if (life_.story == Story::family_refuses)
      return give_up(Connection::family_refused, Party::other, Interview::refused);
    if (life_.story == Story::holder_refuses && !(is_near_the_customer(item_.leg) && life_.index % 2 == 0))
      return give_up(Connection::holder_refused, Party::holder, Interview::refused);
    if (has_ended()) return give_up(Connection::cancelled, Party::holder, Interview::none);
    if (!has_contract() && life_.story == Story::contract_not_received)
      return give_up(Connection::contract_not_received, Party::holder, Interview::none);
    if (life_.speaks_dialect_only && !is_near_the_customer(item_.leg) && random_.permille(850))
      return give_up(Connection::dialect, Party::unknown, Interview::none);
    if (life_.story == Story::identity_fails && !is_near_the_customer(item_.leg)) {
      attempt_.identity = Identity::failed;
      return give_up(Connection::identity_mismatch, Party::unknown, Interview::none);
    }
    if (random_.permille(12)) return give_up(Connection::uncooperative, Party::holder, Interview::none);
    attempt_.identity = Identity::verified;
    if (random_.permille(25)) return give_up(Connection::hung_up_early, Party::holder, Interview::partial);
    talk();
  }

  void give_up(Connection connection, Party party, Interview interview) {
    attempt_.connection = connection;
    attempt_.party = party;
    attempt_.interview = interview;
  }

  void meet() {
    attempt_.connection = Connection::answered;
    attempt_.party = Party::holder;
    if (life_.story == Story::holder_refuses && life_.index % 2 == 1)
      return give_up(Connection::holder_refused, Party::holder, Interview::refused);
    attempt_.identity = Identity::verified;
    attempt_.signed_receipt = true;
    attempt_.receipt_phone = life_.holder.mobile;
    talk();
  }

  // The whole questionnaire. What was open at head office is explained and corrected by those near the customer.
  void talk() {
    attempt_.interview = Interview::complete;
    const bool explained = is_near_the_customer(item_.leg);
    const auto note = [&](Finding finding, bool corrected) {
      (corrected ? attempt_.corrected : attempt_.open) |= bit(finding);
    };
    static constexpr std::array unclear{Finding::terms_unclear,
                                        Finding::cooling_off_or_surrender_loss_unclear,
                                        Finding::notice_or_liability_unclear,
                                        Finding::returns_unclear,
                                        Finding::deductions_unclear,
                                        Finding::other_doubt};
    const Finding doubt = unclear[static_cast<std::size_t>(life_.index) % unclear.size()];
    switch (life_.story) {
      case Story::doubt_corrected: note(doubt, true); break;
      case Story::doubt_open: note(doubt, explained); break;
      case Story::proxy_documents:
        note(life_.index % 5 == 0 ? Finding::signature_unsure : Finding::proxy_signature_documents, false);
        break;
      case Story::proxy_risk_statement: note(Finding::proxy_signature_risk_statement, false); break;
      case Story::health_untrue: note(Finding::health_disclosure_untrue, false); break;
      case Story::misselling:
        note(life_.index % 2 == 0 ? Finding::not_aware_insurance : Finding::returns_unclear, false);
        break;
      case Story::other_product: note(Finding::other_financial_product_recommended, false); break;
      case Story::recording:
        note(life_.index % 2 == 0 ? Finding::recording_not_told : Finding::recording_not_own_will, false);
        break;
      case Story::surrender_intended: note(Finding::intends_surrender, explained); break;
      case Story::complaint_intended: note(Finding::intends_complaint, explained); break;
      case Story::call_corrected_to_clean: note(Finding::proxy_signature_documents, false); break;
      default: break;
    }
    if (has_bad_number(life_.story)) note(Finding::phone_changed, true);
  }

  void finish() {
    const bool talked = attempt_.party == Party::holder && attempt_.interview != Interview::none;
    const int longest_ringing = 75;
    int seconds = attempt_.interview == Interview::complete ? std::max(60, shapes_.conversation.draw(random_))
                  : talked || attempt_.identity == Identity::failed
                      ? std::clamp(shapes_.short_call.draw(random_), 12, 600)
                      : std::min(longest_ringing, 8 + shapes_.wait.draw(random_));
    if (attempt_.connection == Connection::no_phone) seconds = 0;
    attempt_.ended_at = attempt_.started_at.plus_seconds(seconds);
    if (insurer::is_call(attempt_.leg) && seconds > 0) attempt_.recording_id = "R" + attempt_.attempt_id;
    attempt_.operator_code = is_near_the_customer(attempt_.leg)
                                 ? "F" + life_.branch_code + "-" + std::to_string(random_.between(1, 3))
                             : attempt_.leg == Leg::electronic ? "WX"
                                                               : "Z" + std::to_string(random_.between(101, 112));
  }

  const Life& life_;
  const WorkItem& item_;
  const CallShapes& shapes_;
  Random random_;
  insurer::Attempt attempt_;
};

}  // namespace

insurer::Attempt simulate_call(const Life& life, const WorkItem& item, Instant started_at, const CallShapes& shapes,
                               std::uint64_t seed) {
  return Call(life, item, started_at, shapes, seed).make();
}

std::optional<insurer::Attempt> heard_again(const Life& life, const insurer::Attempt& attempt) {
  if (attempt.interview != Interview::complete) return std::nullopt;
  insurer::Attempt corrected = attempt;
  if (life.story == Story::call_corrected_to_proxy)
    corrected.open |= bit(Finding::proxy_signature_documents);
  else if (life.story == Story::call_corrected_to_clean)
    corrected.open &= ~bit(Finding::proxy_signature_documents);
  else
    return std::nullopt;
  corrected.note = "复听录音更正";
  return corrected;
}

}  // namespace shouyue::demo
