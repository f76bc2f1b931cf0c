#include <boost/json.hpp>

#include "app/audit.hpp"
#include "app/rebuild.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {

Result<Exit> rebuild_command(app::Session& session, const Common& common, const RebuildArguments& arguments) {
  const auto report = SHOUYUE_TRY(arguments.check ? app::check_derived(session) : app::rebuild(session));
  const std::string examples =
      boost::json::serialize(boost::json::array(report.examples.begin(), report.examples.end()));
  if (common.json)
    SHOUYUE_CHECK(print("{\"policies\":" + std::to_string(report.policies) +
                        ",\"differing\":" + std::to_string(report.differing) + ",\"examples\":" + examples + "}\n"));
  else
    SHOUYUE_CHECK(print("policies " + std::to_string(report.policies) + ", differing " +
                        std::to_string(report.differing) +
                        (report.examples.empty() ? "" : ", for example " + examples) + "\n"));
  if (!arguments.check || report.differing == 0) return exit_done;
  return refuse(Errc::conflict, "rebuild.differs",
                std::to_string(report.differing) +
                    " policies are stored otherwise than they derive; `shouyue rebuild` corrects them",
                std::to_string(report.differing) + " 件的存储结果与推导不一致，可用 shouyue rebuild 更正");
}

Result<Exit> audit_verify_command(app::Session& session, const Common& common) {
  const auto report = SHOUYUE_TRY(app::verify_audit(session));
  if (common.json)
    SHOUYUE_CHECK(print("{\"entries\":" + std::to_string(report.entries) +
                        ",\"broken_at\":" + (report.broken_at ? std::to_string(*report.broken_at) : "null") + "}\n"));
  else
    SHOUYUE_CHECK(print("entries " + std::to_string(report.entries) + "\n"));
  if (!report.broken_at) return exit_done;
  return refuse(Errc::conflict, "audit.chain_broken",
                "the audit journal was changed: entry " + std::to_string(*report.broken_at) + " does not hold",
                "审计日志被改动：第 " + std::to_string(*report.broken_at) + " 条不成立");
}

Result<Exit> copied_command(const std::vector<app::CopiedTable>& tables, const Common& common) {
  boost::json::array list;
  std::string lines;
  std::int64_t rows = 0;
  for (const app::CopiedTable& table : tables) {
    list.push_back({{"table", table.name}, {"rows", table.rows}, {"sha256", table.sha256}});
    lines += table.name + ": " + std::to_string(table.rows) + " rows, sha256 " + table.sha256 + "\n";
    rows += table.rows;
  }
  SHOUYUE_CHECK(print(common.json ? boost::json::serialize(boost::json::object{{"tables", std::move(list)}}) + "\n"
                                  : lines + "copied " + std::to_string(rows) + " rows, equal on both sides\n"));
  return exit_done;
}

}  // namespace shouyue::cli
