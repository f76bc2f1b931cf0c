#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

struct Options {
  std::string database, now, insurer;
  Common common;
  ImportArguments import;
  ExportArguments export_;
  std::function<Result<Exit>(app::Session&)> command;
  bool needs_schema = true;
};

void add_globals(CLI::App& app, Options& options) {
  app.add_option("--db", options.database, "数据库 / database: sqlite:PATH (SHOUYUE_DB, sqlite:shouyue.db)");
  app.add_option("--now", options.now, "业务时间 / business time: 2021-10-08T09:00:00+08:00, 2021-10-08");
  app.add_option("--insurer", options.insurer, "公司档案 / insurer profile (insurer.toml beside the database)");
  app.add_flag("--json", options.common.json, "在标准输出打印一个 JSON 文档 / one JSON document on stdout");
}

void add_data_commands(CLI::App& app, Options& options) {
  CLI::App* init = app.add_subcommand("init", "建立或升级数据库 / create or migrate the database");
  init->callback([&options] {
    options.needs_schema = false;
    options.command = [&options](app::Session& session) { return init_command(session, options.common); };
  });
  CLI::App* import = app.add_subcommand("import", "导入文件 / load files: organisations agents products policies receipts "
                                                  "attempts ticket_steps policy_changes");
  import->add_option("KIND", options.import.kind, "文件种类 / kind of file")->required();
  import->add_option("FILE", options.import.files, "CSV 文件 / CSV files")->required();
  import->add_option("--encoding", options.import.encoding, "auto, utf-8, gb18030");
  import->callback([&options] {
    options.command = [&options](app::Session& session) { return import_command(session, options.common, options.import); };
  });
  CLI::App* run = app.add_subcommand("run", "处理到期的全部工作 / do all work due up to --now");
  run->callback([&options] {
    options.command = [&options](app::Session& session) { return run_command(session, options.common); };
  });
  CLI::App* export_ = app.add_subcommand("export", "导出 / export as CSV: cases attempts tickets commission");
  export_->add_option("WHAT", options.export_.what, "cases, attempts, tickets, commission")->required();
  export_->add_option("--out", options.export_.out, "输出文件 / file (standard output)");
  export_->add_flag("--entries", options.export_.entries, "佣金台账 / the ledger of commission");
  export_->add_flag("--unmasked", options.export_.unmasked, "电话不脱敏，留痕 / phones in full; recorded");
  export_->callback([&options] {
    options.command = [&options](app::Session& session) { return export_command(session, options.common, options.export_); };
  });
}

std::filesystem::path profile_path(const Options& options, const Environment& environment) {
  if (!options.insurer.empty()) return options.insurer;
  const std::string& url = options.database;
  if (url.starts_with("sqlite:")) {
    const auto beside = std::filesystem::path(url.substr(7)).parent_path() / "insurer.toml";
    if (std::filesystem::is_regular_file(beside)) return beside;
  }
  return environment.home / "regimes" / "demo-insurer.toml";
}

Result<Exit> run_command_with_store(Options& options, const Environment& environment) {
  const Instant now = options.now.empty() ? environment.clock() : SHOUYUE_TRY(Instant::parse(options.now));
  const auto store = SHOUYUE_TRY(environment.open_store(options.database));
  if (options.needs_schema) SHOUYUE_CHECK(store->require_schema());
  app::Session session{.store = *store, .now = now, .who = environment.who, .home = environment.home,
                       .profile_path = profile_path(options, environment)};
  return options.command(session);
}

int parse_and_run(int argc, const char* const* argv, const Environment& environment) {
  Options options;
  options.database = environment.database;
  CLI::App app("守约 shouyue: 新契约回访 / follow-up of new life policies");
  app.require_subcommand(1);
  app.fallthrough();
  app.set_help_all_flag("--help-all", "全部命令的帮助 / help of all commands");
  add_globals(app, options);
  add_data_commands(app, options);
  app.add_subcommand("help", "帮助 / help")->callback([&app] { throw CLI::CallForAllHelp(); });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_done : exit_usage;
  }
  const auto exit = run_command_with_store(options, environment);
  if (exit) return *exit;
  print_error(exit.error());
  return exit_of(exit.error());
}

}  // namespace

int run_command_line(int argc, const char* const* argv, const Environment& environment) {
  try {
    return parse_and_run(argc, argv, environment);
  } catch (const std::exception& bug) {
    // A broken invariant: nothing of the running transaction was kept.
    print_error({Errc::environment, "internal.bug", std::string("this should not happen, please report it: ") + bug.what(),
                 std::string("内部错误，请报告：") + bug.what()});
    return exit_environment;
  }
}

}  // namespace shouyue::cli
