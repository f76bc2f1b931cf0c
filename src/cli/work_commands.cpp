#include <boost/json.hpp>

#include "app/claims.hpp"
#include "cli/clause_text.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

std::string text_of(const std::optional<Date>& day) { return day ? day->text() : ""; }
std::string text_of(const std::optional<Instant>& at) { return at ? at->text() : ""; }

std::vector<std::string> cells_of(const app::WorklistRow& row) {
  return {std::to_string(row.position),
          row.policy_no,
          std::string(code_of(row.leg)),
          row.phone_masked,
          text_of(row.deadline),
          std::to_string(row.slots_left),
          row.language,
          row.reason};
}

boost::json::object json_of(const app::WorklistRow& row) {
  return {{"position", row.position},          {"policy_no", row.policy_no},
          {"leg", code_of(row.leg)},           {"phone_masked", row.phone_masked},
          {"deadline", text_of(row.deadline)}, {"slots_left", row.slots_left},
          {"language", row.language},          {"reason", row.reason}};
}

boost::json::object json_of(const app::Why& why) {
  boost::json::array hindrances;
  for (const app::Hindrance& hindrance : why.hindrances)
    hindrances.push_back(boost::json::object{{"layer", hindrance.layer},
                                             {"next", text_of(hindrance.next)},
                                             {"clause", hindrance.clause ? json_of_clause(*hindrance.clause) : nullptr},
                                             {"detail", hindrance.detail}});
  boost::json::array rules;
  for (const regime::Clause* rule : why.rules) rules.push_back(json_of_clause(*rule));
  return {{"policy_no", why.policy_no},          {"on_worklist", why.on_worklist},
          {"state", code_of(why.state)},         {"leg", why.leg ? code_of(*why.leg) : ""},
          {"next_slot", text_of(why.next_slot)}, {"slots_left", why.slots_left},
          {"hindrances", std::move(hindrances)}, {"rules", std::move(rules)}};
}

std::string lines_of(const app::Why& why) {
  std::string text = why.policy_no + ": " +
                     (why.on_worklist ? "可回访 / on the worklist" : "不在任务单上 / not on the worklist") +
                     "\n  state " + std::string(code_of(why.state)) + " " + std::string(zh_of(why.state)) +
                     (why.leg ? ", leg " + std::string(code_of(*why.leg)) : "") + "\n";
  if (why.next_slot)
    text += "  next slot " + why.next_slot->text() + ", slots left " + std::to_string(why.slots_left) + "\n";
  for (const app::Hindrance& hindrance : why.hindrances) {
    text += "  - " + hindrance.layer + (hindrance.detail.empty() ? "" : " (" + hindrance.detail + ")") +
            (hindrance.next ? ", until " + hindrance.next->text() : "") + "\n";
    if (hindrance.clause) text += "      " + clause_line(*hindrance.clause) + "\n";
  }
  for (const regime::Clause* rule : why.rules) text += "  * " + clause_line(*rule) + "\n";
  return text;
}

const std::vector<std::string> worklist_columns{"position", "policy_no",  "leg",      "phone_masked",
                                                "deadline", "slots_left", "language", "reason"};

// The best cases of the worklist, each with the number that gives it back.
Result<Exit> claim_several(app::Session& session, const Common& common, const ClaimArguments& arguments,
                           Instant until) {
  app::WorklistRequest request{.leg = {}, .seat = arguments.seat, .limit = arguments.count};
  if (!arguments.leg.empty()) request.leg = SHOUYUE_TRY(app::leg_named(arguments.leg));
  const auto claimed = SHOUYUE_TRY(app::claim_next(session, request, until));
  if (common.json) {
    boost::json::array list;
    for (const app::ClaimedRow& one : claimed) {
      boost::json::object object = json_of(one.row);
      object["fence"] = one.claim.fence;
      object["lease_until"] = one.claim.lease_until.text();
      list.push_back(std::move(object));
    }
    SHOUYUE_CHECK(print(boost::json::serialize(list) + "\n"));
    return exit_done;
  }
  TableOutput out("");
  std::vector<std::string> columns = worklist_columns;
  columns.insert(columns.end(), {"fence", "lease_until"});
  SHOUYUE_CHECK(out.row(columns));
  for (const app::ClaimedRow& one : claimed) {
    std::vector<std::string> cells = cells_of(one.row);
    cells.push_back(std::to_string(one.claim.fence));
    cells.push_back(one.claim.lease_until.text());
    SHOUYUE_CHECK(out.row(cells));
  }
  SHOUYUE_CHECK(out.close());
  return exit_done;
}

}  // namespace

Result<Exit> worklist_command(app::Session& session, const Common& common, const WorklistArguments& arguments) {
  app::WorklistRequest request{.leg = {}, .seat = arguments.seat, .limit = arguments.limit};
  if (!arguments.leg.empty()) request.leg = SHOUYUE_TRY(app::leg_named(arguments.leg));
  const auto rows = SHOUYUE_TRY(app::worklist(session, request));
  if (common.json) {
    boost::json::array list;
    for (const app::WorklistRow& row : rows) list.push_back(json_of(row));
    SHOUYUE_CHECK(print(boost::json::serialize(list) + "\n"));
    return exit_done;
  }
  TableOutput out("");
  SHOUYUE_CHECK(out.row(worklist_columns));
  for (const app::WorklistRow& row : rows) SHOUYUE_CHECK(out.row(cells_of(row)));
  SHOUYUE_CHECK(out.close());
  return exit_done;
}

Result<Exit> why_command(app::Session& session, const Common& common, const PolicyArguments& arguments) {
  const app::Why why = SHOUYUE_TRY(app::why(session, arguments.policy_no));
  SHOUYUE_CHECK(print(common.json ? boost::json::serialize(json_of(why)) + "\n" : lines_of(why)));
  return exit_done;
}

Result<Exit> claim_command(app::Session& session, const Common& common, const ClaimArguments& arguments) {
  const Instant until = session.now.plus_seconds(std::int64_t{arguments.minutes} * 60);
  if (arguments.count > 0) return claim_several(session, common, arguments, until);
  if (arguments.policy_no.empty())
    return refuse(Errc::invalid_input, "claim.nothing_named", "name a policy, or say how many with --count",
                  "请给出保单号，或用 --count 说明领取几件");
  const app::ClaimRow claim = SHOUYUE_TRY(app::claim_case(session, arguments.policy_no, arguments.seat, until));
  const boost::json::object json{{"policy_no", claim.policy_no},
                                 {"seat", claim.seat},
                                 {"fence", claim.fence},
                                 {"lease_until", claim.lease_until.text()}};
  SHOUYUE_CHECK(print(common.json
                          ? boost::json::serialize(json) + "\n"
                          : "fence " + std::to_string(claim.fence) + ", until " + claim.lease_until.text() + "\n"));
  return exit_done;
}

Result<Exit> release_command(app::Session& session, const Common&, const ClaimArguments& arguments) {
  app::Transaction transaction = SHOUYUE_TRY(app::Transaction::begin_claims(session.store));
  SHOUYUE_CHECK(session.store.release(arguments.policy_no, arguments.fence));
  SHOUYUE_CHECK(transaction.commit());
  return exit_done;
}

}  // namespace shouyue::cli
