#include <boost/json.hpp>

#include "app/case_view.hpp"
#include "app/export_rows.hpp"
#include "cli/clause_text.hpp"
#include "cli/commands.hpp"
#include "regime/show.hpp"

namespace shouyue::cli {
namespace {

using app::Fields;

Fields named(const std::vector<std::string>& columns, const std::vector<std::string>& cells) {
  Fields fields;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!cells[i].empty()) fields.emplace_back(columns[i], cells[i]);
  return fields;
}

boost::json::object json_of(const Fields& fields) {
  boost::json::object object;
  for (const auto& [name, value] : fields) object[name] = value;
  return object;
}

std::string lines_of(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) text += "  " + name + " " + value + "\n";
  return text;
}

Fields receipt_fields(const insurer::Receipt& receipt, bool unmasked) {
  insurer::ReceiptRow row;
  static_cast<insurer::Receipt&>(row) = receipt;
  return app::shown_fields(row, unmasked);
}

// A part of the case: what it is called, and one list of fields for each record.
struct Part {
  std::string name, zh;
  std::vector<Fields> records;
};

Part means_part(const followup::Case& kase) {
  Part part{"means", "各环节", {}};
  for (const followup::Means& means : kase.means) {
    Fields fields{{"leg", std::string(code_of(means.leg->leg))}, {"attempts", std::to_string(means.attempts)}};
    if (means.ended_at) {
      fields.emplace_back("ended_at", means.ended_at->text());
      fields.emplace_back("ended_by", means.ended_by);
    }
    part.records.push_back(std::move(fields));
  }
  return part;
}

std::vector<Part> parts_of(const app::CaseView& view, bool unmasked) {
  using app::ExportKind;
  const insurer::PolicyFacts facts =
      view.state ? view.state->facts : insurer::as_known(view.policy.versions, INT64_MAX);
  std::vector<Part> parts{{"policy", "保单", {app::shown_fields(facts.policy, unmasked)}}};
  if (facts.receipt) parts.push_back({"receipt", "回执", {receipt_fields(*facts.receipt, unmasked)}});
  if (view.state && view.state->receipt)
    parts.push_back({"receipt_standing", "回执结论", {app::standing_fields(*view.state->receipt)}});
  if (view.rows.refused)
    parts.push_back(
        {"refused",
         "无法推导",
         {{{"rule", view.rows.refused->rule}, {"en", view.rows.refused->en}, {"zh", view.rows.refused->zh}}}});
  if (view.rows.kase)
    parts.push_back({"case", "回访", {named(app::export_columns(ExportKind::cases), app::cells_of(*view.rows.kase))}});
  if (view.state && !view.state->follow_up.means.empty()) parts.push_back(means_part(view.state->follow_up));
  Part tickets{"tickets", "工单", {}};
  for (const app::TicketRow& row : view.rows.tickets) {
    const std::string used = row.working_days_used ? std::to_string(*row.working_days_used) : "";
    tickets.records.push_back(named(app::export_columns(ExportKind::tickets), app::cells_of(row, used)));
    if (!view.state) continue;
    for (const ticket::Ticket& ticket : view.state->tickets)
      if (ticket.ticket_id == row.ticket_id) {
        const Fields more = app::ticket_fields(ticket);
        tickets.records.back().insert(tickets.records.back().end(), more.begin(), more.end());
      }
  }
  parts.push_back(std::move(tickets));
  if (view.rows.commission)
    parts.push_back({"commission",
                     "佣金",
                     {named(app::export_columns(ExportKind::commission), app::cells_of(*view.rows.commission))}});
  Part entries{"commission_entries", "佣金台账", {}};
  for (const app::EntryRow& row : view.rows.entries)
    entries.records.push_back(named(app::export_columns(ExportKind::commission_entries), app::cells_of(row)));
  parts.push_back(std::move(entries));
  return parts;
}

boost::json::array json_of(const std::vector<app::Happening>& timeline) {
  boost::json::array list;
  for (const app::Happening& happening : timeline)
    list.push_back(
        boost::json::object{{"at", happening.at.text()}, {"what", happening.what}, {"detail", happening.detail}});
  return list;
}

std::string json_text_of(const app::CaseView& view, const std::vector<Part>& parts) {
  boost::json::object object{{"policy_no", view.policy.policy_no}};
  for (const Part& part : parts) {
    boost::json::array list;
    for (const Fields& record : part.records) list.push_back(json_of(record));
    object[part.name] = std::move(list);
  }
  object["timeline"] = json_of(view.timeline);
  return boost::json::serialize(object) + "\n";
}

std::string lines_of(const app::CaseView& view, const std::vector<Part>& parts) {
  std::string text;
  for (const Part& part : parts)
    for (const Fields& record : part.records) text += part.zh + " / " + part.name + "\n" + lines_of(record);
  text += "经过 / timeline\n";
  for (const app::Happening& happening : view.timeline)
    text += "  " + happening.at.text() + " " + happening.what +
            (happening.detail.empty() ? "" : " " + happening.detail) + "\n";
  return text;
}

}  // namespace

Result<Exit> case_command(app::Session& session, const Common& common, const PolicyArguments& arguments) {
  const app::CaseView view =
      SHOUYUE_TRY(app::case_view(session, {.policy_no = arguments.policy_no, .unmasked = arguments.unmasked}));
  const auto parts = parts_of(view, arguments.unmasked);
  SHOUYUE_CHECK(print(common.json ? json_text_of(view, parts) : lines_of(view, parts)));
  return exit_done;
}

Result<Exit> explain_command(app::Session& session, const Common& common, const PolicyArguments& arguments) {
  const app::Explanation explanation = SHOUYUE_TRY(app::explain(session, arguments.policy_no, arguments.what));
  boost::json::array list;
  std::string text;
  for (const app::Explained& part : explanation.parts) {
    boost::json::array rules;
    text += part.what + ": " + part.value + "\n";
    for (const std::string& fact : part.facts) text += "  · " + fact + "\n";
    for (const app::CitedRule& rule : part.rules) {
      text += "  * " + regime::sentence(*rule.clause, rule.value, rule.cite, regime::Language::zh) + "\n";
      boost::json::object clause = json_of_clause(*rule.clause).as_object();
      clause["value"] = rule.value;
      clause["cite"] = rule.cite;
      clause["en"] = regime::sentence(*rule.clause, rule.value, rule.cite, regime::Language::en);
      clause["zh"] = regime::sentence(*rule.clause, rule.value, rule.cite, regime::Language::zh);
      rules.push_back(std::move(clause));
    }
    list.push_back(boost::json::object{{"what", part.what},
                                       {"value", part.value},
                                       {"facts", boost::json::array(part.facts.begin(), part.facts.end())},
                                       {"rules", std::move(rules)}});
  }
  SHOUYUE_CHECK(print(common.json ? boost::json::serialize(list) + "\n" : text));
  return exit_done;
}

}  // namespace shouyue::cli
