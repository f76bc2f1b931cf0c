#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/report_names.hpp"
#include "app/rule_book_files.hpp"
#include "app/session.hpp"
#include "cli/console.hpp"

// The commands, one function each: they call one use case and print what it gives.
namespace shouyue::cli {

struct Common {
  bool json = false;
};

struct ImportArguments {
  std::string kind;
  std::vector<std::string> files;
  std::string encoding = "auto";
};
struct ExportArguments {
  std::string what;
  std::string out;
  bool entries = false;
  bool unmasked = false;
};
struct WorklistArguments {
  std::string leg, seat;
  int limit = 1'000'000;
};
struct TicketsArguments {
  std::string org, kind, timeliness, issued_from, issued_to, policy_no;
  int limit = 1'000'000;
};
struct PolicyArguments {
  std::string policy_no;
  std::string what;
  std::string agent;
  bool unmasked = false;
};
struct WhatIfArguments {
  std::string on, agent;
  bool receipt = false, follow_up = false;
};
struct BacktestArguments {
  std::string regime, against, from, to;
  std::string out;
  int examples = 3;
  int threads = 0;  // 0: all cores
};
struct KpiArguments {
  std::string regime, period, by, level;
  std::string indicator, org, side;
  std::string out;
};
struct RegimeArguments {
  std::vector<std::string> ids;  // empty: all
  bool english = false;
  bool strict = false;  // test: every single change of the book must be noticed
};
struct ClaimArguments {
  std::string policy_no, seat, leg;
  int count = 0;  // so many of the best of the worklist; 0: the policy named
  std::int64_t fence = 0;
  int minutes = 30;
};
struct DemoArguments {
  int policies = 3000;
  int days = 56;
  std::uint64_t seed = 1;
  std::string folder = "shouyue-demo";  // receives the files that the demo insurer sends, and the month reports
};
struct PaperArguments {
  std::string policy_no, out;
};
struct ReportsArguments {
  std::string name, period;
  bool all = false;
};
struct ReportArguments {
  app::ReportKind kind = app::ReportKind::month;
  std::string period, org, out;
  std::string language = "zh";
  std::string regime = "failure-analysis";
};
struct CopyArguments {
  std::string from, to;  // addresses of databases
};
struct ServeArguments {
  std::string listen = "127.0.0.1:8080";
  std::string certificate, key;  // PEM files; both or none
  bool behind_tls = false;       // see http::Settings
  std::string pages;             // folder of the built pages; empty: there are none
  std::string files;             // folder for what is uploaded; empty: files/ in the insurer's own folder
};
struct KeyArguments {
  std::string file;
  bool reseal = false;
};
struct RebuildArguments {
  bool check = false;
};

Result<Exit> init_command(app::Session& session, const Common& common);
Result<Exit> import_command(app::Session& session, const Common& common, const ImportArguments& arguments);
Result<Exit> run_command(app::Session& session, const Common& common);
Result<Exit> export_command(app::Session& session, const Common& common, const ExportArguments& arguments);
Result<Exit> worklist_command(app::Session& session, const Common& common, const WorklistArguments& arguments);
Result<Exit> tickets_command(app::Session& session, const Common& common, const TicketsArguments& arguments);
Result<Exit> why_command(app::Session& session, const Common& common, const PolicyArguments& arguments);
Result<Exit> claim_command(app::Session& session, const Common& common, const ClaimArguments& arguments);
Result<Exit> release_command(app::Session& session, const Common& common, const ClaimArguments& arguments);
Result<Exit> case_command(app::Session& session, const Common& common, const PolicyArguments& arguments);
Result<Exit> explain_command(app::Session& session, const Common& common, const PolicyArguments& arguments);
Result<Exit> questions_command(app::Session& session, const Common& common, const PolicyArguments& arguments);
Result<Exit> receipts_command(app::Session& session, const Common& common, const PolicyArguments& arguments);
Result<Exit> letter_command(app::Session& session, const Common& common, const PaperArguments& arguments);
Result<Exit> door_visit_command(app::Session& session, const Common& common, const PaperArguments& arguments);
Result<Exit> reports_due_command(app::Session& session, const Common& common, const ReportsArguments& arguments);
Result<Exit> reports_done_command(app::Session& session, const Common& common, const ReportsArguments& arguments);
Result<Exit> what_if_command(app::Session& session, const Common& common, const WhatIfArguments& arguments);
Result<Exit> backtest_command(app::Session& session, const Common& common, const BacktestArguments& arguments);
Result<Exit> rebuild_command(app::Session& session, const Common& common, const RebuildArguments& arguments);
Result<Exit> audit_verify_command(app::Session& session, const Common& common);
Result<Exit> key_rotate_command(app::Session& session, const Common& common, const KeyArguments& arguments);

Result<Exit> kpi_command(app::Session& session, const Common& common, const KpiArguments& arguments);
Result<Exit> kpi_cases_command(app::Session& session, const Common& common, const KpiArguments& arguments);
Result<Exit> demo_command(app::Session& session, const Common& common, const DemoArguments& arguments);
// Until SIGTERM or SIGINT; `clock` gives the business time.
Result<Exit> serve_command(app::Session& session, const ServeArguments& arguments, std::function<Instant()> clock);
Result<Exit> report_command(app::Session& session, const Common& common, const ReportArguments& arguments);

// These need no database.
Result<Exit> regime_list_command(const app::Home& home, const Common& common);
Result<Exit> regime_show_command(const app::Home& home, const Common& common, const RegimeArguments& arguments);
Result<Exit> regime_check_command(const app::Home& home, const Common& common, const RegimeArguments& arguments);
Result<Exit> regime_test_command(const app::Home& home, const Common& common, const RegimeArguments& arguments);
Result<Exit> regime_diff_command(const app::Home& home, const Common& common, const RegimeArguments& arguments);
Result<Exit> regime_crosswalk_command(const app::Home& home, const Common& common, const RegimeArguments& arguments);
Result<Exit> formats_command();
Result<Exit> key_new_command(const KeyArguments& arguments);
Result<Exit> copied_command(const std::vector<app::CopiedTable>& tables, const Common& common);

}  // namespace shouyue::cli
