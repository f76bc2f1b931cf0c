#include "api/what_if_routes.hpp"

#include "api/answer.hpp"
#include "api/document_file.hpp"
#include "api/download.hpp"
#include "api/job_routes.hpp"
#include "api/kept_rows.hpp"
#include "api/page.hpp"
#include "app/scope.hpp"
#include "app/table_file.hpp"
#include "app/what_if.hpp"
#include "base/text.hpp"
#include "json/read.hpp"
#include "report/row_of.hpp"

namespace shouyue::api {
namespace {

struct WhatIfStart {
  Date on;
  std::optional<bool> receipt, follow_up;
  std::optional<std::string> agent_code, org_code;
};
BOOST_DESCRIBE_STRUCT(WhatIfStart, (), (on, receipt, follow_up, agent_code, org_code))

struct WhatIfAnswer {
  Date on;
  Instant now;
  std::int64_t policies = 0, released = 0;
  Money payable;
  std::string file;
};
BOOST_DESCRIBE_STRUCT(WhatIfAnswer, (), (on, now, policies, released, payable, file))

struct SupposedRow {
  std::string policy_no, agent_code, agent_name, status_now, status_then;
  std::optional<std::string> month;
  Money payable;
  std::vector<std::string> reasons;
};
BOOST_DESCRIBE_STRUCT(SupposedRow, (),
                      (policy_no, agent_code, agent_name, status_now, status_then, month, payable, reasons))

struct SupposedAnswer {
  std::vector<SupposedRow> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(SupposedAnswer, (), (rows, next))

const std::vector<std::string>& columns() {
  static const std::vector<std::string> names{"policy_no",   "agent_code", "agent_name", "status_now",
                                              "status_then", "month",      "payable",    "reasons"};
  return names;
}

std::vector<std::string> cells_of(const app::WhatIfRow& row, const app::Directory& directory) {
  const insurer::Agent* agent = directory.agent(row.agent_code);
  return {row.policy_no,
          row.agent_code,
          agent ? agent->name : "",
          std::string(code_of(row.status_now)),
          std::string(code_of(row.status_then)),
          row.month,
          row.payable.yuan(),
          row.reasons};
}

Result<SupposedRow> row_of(const std::vector<std::string>& cells) {
  SupposedRow row{.policy_no = cells.at(0),
                  .agent_code = cells.at(1),
                  .agent_name = cells.at(2),
                  .status_now = cells.at(3),
                  .status_then = cells.at(4),
                  .payable = SHOUYUE_TRY(Money::parse(cells.at(6)))};
  if (!cells.at(5).empty()) row.month = cells.at(5);
  for (const std::string_view reason : split(cells.at(7), ';'))
    if (!reason.empty()) row.reasons.emplace_back(reason);
  return row;
}

Result<std::string> suppose(Workplace& workplace, JobProgress& progress, const app::WhatIfRequest& wanted,
                            const std::string& account, KeptFiles& files) {
  app::Session& session = workplace.session();
  const auto folder = SHOUYUE_TRY(app::TemporaryFolder::make());
  const std::filesystem::path path = folder->path() / "supposed.csv";
  app::TableFile table(path);
  table.row(columns());
  WhatIfAnswer all{.on = wanted.on, .now = session.now};
  app::WhatIfRequest request = wanted;
  request.on_progress = [&](std::int64_t done, std::int64_t total) { return progress.report(done, total); };
  for (const app::WhatIfRow& row : SHOUYUE_TRY(app::what_if(session, workplace.deriver(), request))) {
    table.row(cells_of(row, workplace.deriver().directory()));
    ++all.policies;
    if (row.status_then != insurer::CommissionStatus::released) continue;
    ++all.released;
    all.payable = all.payable + row.payable;
  }
  SHOUYUE_CHECK(table.close());
  all.file = SHOUYUE_TRY(files.keep(account, "what-if-" + wanted.on.text(), path, session.now));
  return json::text_of(all);
}

report::Text status_text(const std::string& code) {
  const auto status = insurer::from_word<insurer::CommissionStatus>(code);
  return {status ? std::string(zh_of(*status)) : code, code};
}

Result<report::Document> document_of(KeptRows& rows) {
  report::Table table{.title = {},
                      .columns = {{{"保单号", "Policy"}, 20},
                                  {{"业务员代码", "Agent code"}, 16},
                                  {{"业务员", "Agent"}, 12},
                                  {{"目前", "Now"}, 10},
                                  {{"届时", "Then"}, 10},
                                  {{"结算月份", "Settlement"}, 12},
                                  {{"应发（元）", "Payable (yuan)"}, 14}},
                      .rows = {}};
  while (const auto cells = rows.next()) {
    const SupposedRow row = SHOUYUE_TRY(row_of(*cells));
    table.rows.push_back(
        report::row_of({report::same(row.policy_no), report::same(row.agent_code), report::same(row.agent_name),
                        status_text(row.status_now), status_text(row.status_then), report::same(row.month.value_or("")),
                        row.payable}));
  }
  return report::document_of({"假设发放", "What if"}, std::move(table));
}

}  // namespace

Result<http::Response> start_what_if(Call& call) {
  const auto asked = SHOUYUE_TRY(json::read<WhatIfStart>(call.request.body));
  const app::WhatIfRequest wanted{
      .on = asked.on,
      .receipt = asked.receipt.value_or(false),
      .follow_up = asked.follow_up.value_or(false),
      .agent_code = asked.agent_code.value_or(""),
      .org_code = SHOUYUE_TRY(app::organisation_asked(call.person->account, call.deriver.directory(),
                                                      asked.org_code.value_or(""), call.session.now.date()))};
  SHOUYUE_CHECK(app::check_what_if(wanted, call.session.now.date()));
  KeptFiles& files = call.facilities.files;
  return job_started(
      call, "what_if",
      [wanted, account = call.person->account.name, &files](Workplace& workplace, JobProgress& progress) {
        return suppose(workplace, progress, wanted, account, files);
      });
}

Result<http::Response> list_supposed(Call& call) {
  const Page page = SHOUYUE_TRY(page_of(call.request));
  const KeptFile kept = SHOUYUE_TRY(call.facilities.files.find(call.parts.at("file"), call.person->account.name));
  const std::string format = SHOUYUE_TRY(format_asked(call.request, {"csv", "xlsx"}));
  KeptRows rows(kept.path, page.after);
  if (!format.empty()) {
    const report::Document document = SHOUYUE_TRY(document_of(rows));
    return file_of(call, document, kept.name);
  }
  SupposedAnswer list;
  while (list.rows.size() < static_cast<std::size_t>(page.limit)) {
    const auto cells = rows.next();
    if (!cells) return answer(list);
    list.rows.push_back(SHOUYUE_TRY(row_of(*cells)));
  }
  list.next = std::to_string(rows.place());
  return answer(list);
}

}  // namespace shouyue::api
