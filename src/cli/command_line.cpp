#include "cli/command_line.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/key_file.hpp"

namespace shouyue::cli {
namespace {

using StoreCommand = std::function<Result<Exit>(app::Session&)>;
using HomeCommand = std::function<Result<Exit>(const app::Home&)>;

struct Options {
  std::string database, now, insurer, key_file;
  Common common;
  ImportArguments import;
  ExportArguments export_;
  WorklistArguments worklist;
  TicketsArguments tickets;
  PaperArguments paper;
  ReportsArguments reports;
  PolicyArguments policy;
  ClaimArguments claim;
  WhatIfArguments what_if;
  BacktestArguments backtest;
  CopyArguments copy;
  RebuildArguments rebuild;
  KeyArguments key;
  RegimeArguments regime;
  KpiArguments kpi;
  DemoArguments demo;
  ServeArguments serve;
  ReportArguments report;
  StoreCommand store_command;  // one of the two is set by the command that was given
  HomeCommand home_command;
  bool needs_schema = true;
};

// Adds a command that works with the database. A command inside another one speaks first, and then its parent is
// silent.
template <class Run>
CLI::App* add(CLI::App& app, Options& options, const std::string& name, const std::string& help, Run run) {
  CLI::App* command = app.add_subcommand(name, help);
  command->callback([&options, run] {
    if (options.store_command) return;
    options.store_command = [&options, run](app::Session& session) { return run(session, options); };
  });
  return command;
}

// Adds a command that only reads rule books.
template <class Run>
CLI::App* add_without_store(CLI::App& app, Options& options, const char* name, const char* help, Run run) {
  CLI::App* command = app.add_subcommand(name, help);
  command->callback([&options, run] {
    options.home_command = [&options, run](const app::Home& home) { return run(home, options); };
  });
  return command;
}

void add_globals(CLI::App& app, Options& options) {
  app.add_option("--db", options.database,
                 "数据库 / database: sqlite:PATH, postgresql://HOST/NAME (SHOUYUE_DB, sqlite:shouyue.db)");
  app.add_option("--now", options.now, "业务时间 / business time: 2021-10-08T09:00:00+08:00, 2021-10-08");
  app.add_option("--insurer", options.insurer, "公司档案 / insurer profile (insurer.toml beside the database)");
  app.add_option("--key-file", options.key_file,
                 "个人信息的密钥文件 / key file of a database that keeps personal data sealed (SHOUYUE_KEY)");
  app.add_flag("--json", options.common.json, "在标准输出打印一个 JSON 文档 / one JSON document on stdout");
}

// Which figures: for `kpi` and `export kpi`.
void add_kpi_choice(CLI::App& command, Options& options) {
  command.add_option("--regime", options.kpi.regime, "制度 / rule book");
  command.add_option("--period", options.kpi.period, "2021-10, 2021Q4, 2021, FROM..TO");
  command.add_option("--by", options.kpi.by, "org,channel,product_type");
  command.add_option("--level", options.kpi.level, "机构层级 / level of organisations");
}

void add_data_commands(CLI::App& app, Options& options) {
  add(app, options, "init", "建立或升级数据库 / create or migrate the database",
      [](app::Session& session, const Options& o) { return init_command(session, o.common); })
      ->preparse_callback([&options](std::size_t) { options.needs_schema = false; });
  CLI::App* import =
      add(app, options, "import",
          "导入文件 / load files: organisations agents products policies receipts attempts ticket_steps "
          "policy_changes answers",
          [](app::Session& session, const Options& o) { return import_command(session, o.common, o.import); });
  import->add_option("KIND", options.import.kind, "文件种类 / kind of file")->required();
  import->add_option("FILE", options.import.files, "文件 / files")->required();
  import->add_option("--encoding", options.import.encoding, "auto, utf-8, gb18030");
  add(app, options, "run", "处理到期的全部工作 / do all work due up to --now",
      [](app::Session& session, const Options& o) { return run_command(session, o.common); });
  CLI::App* export_ = add(app, options, "export", "导出 / export: cases attempts tickets commission kpi",
                          [](app::Session& session, const Options& o) {
                            if (o.export_.what != "kpi") return export_command(session, o.common, o.export_);
                            KpiArguments kpi = o.kpi;
                            kpi.out = o.export_.out;
                            return kpi_command(session, o.common, kpi);
                          });
  export_->add_option("WHAT", options.export_.what, "cases, attempts, tickets, commission, kpi")->required();
  export_->add_option("--out", options.export_.out, "输出文件 .csv .xlsx / file (standard output)");
  add_kpi_choice(*export_, options);
  export_->add_flag("--entries", options.export_.entries, "佣金台账 / the ledger of commission");
  export_->add_flag("--unmasked", options.export_.unmasked, "电话不脱敏，留痕 / phones in full; recorded");
}

void add_work_commands(CLI::App& app, Options& options) {
  CLI::App* worklist =
      add(app, options, "worklist", "现在可回访的件 / the cases that may be worked now, best first",
          [](app::Session& session, const Options& o) { return worklist_command(session, o.common, o.worklist); });
  worklist->add_option("--leg", options.worklist.leg, "回访环节 / leg");
  worklist->add_option("--seat", options.worklist.seat, "坐席 / seat of the profile");
  worklist->add_option("--limit", options.worklist.limit, "最多行数 / rows at most")->check(CLI::Range(1, 1'000'000));
  CLI::App* why = add(app, options, "why", "为何在或不在任务单上 / why a case is or is not on the worklist now",
                      [](app::Session& session, const Options& o) { return why_command(session, o.common, o.policy); });
  why->add_option("POLICY", options.policy.policy_no, "保单号 / policy number")->required();
  CLI::App* claim =
      add(app, options, "claim", "坐席领取一件 / a seat takes a case for a while",
          [](app::Session& session, const Options& o) { return claim_command(session, o.common, o.claim); });
  claim->add_option("POLICY", options.claim.policy_no, "保单号 / policy number");
  claim->add_option("--count", options.claim.count, "按待访清单领取几件 / so many of the best of the worklist")
      ->check(CLI::Range(1, 10'000));
  claim->add_option("--leg", options.claim.leg, "回访环节 / leg, with --count");
  claim->add_option("--seat", options.claim.seat, "坐席 / seat")->required();
  claim->add_option("--minutes", options.claim.minutes, "时长 / how long")->check(CLI::Range(1, 1440));
  CLI::App* release =
      add(app, options, "release", "归还一件 / gives a claimed case back",
          [](app::Session& session, const Options& o) { return release_command(session, o.common, o.claim); });
  release->add_option("POLICY", options.claim.policy_no, "保单号 / policy number")->required();
  release->add_option("--fence", options.claim.fence, "领取时的编号 / the number that the claim gave")->required();
}

void add_office_commands(CLI::App& app, Options& options) {
  CLI::App* tickets =
      add(app, options, "tickets", "未结工单，按处理顺序 / open tickets in the order of handling",
          [](app::Session& session, const Options& o) { return tickets_command(session, o.common, o.tickets); });
  tickets->add_option("--org", options.tickets.org, "机构及下级 / organisation and everything below it");
  tickets->add_option("--kind", options.tickets.kind, "工单类别 / kind of ticket");
  tickets->add_option("--timeliness", options.tickets.timeliness, "正常 警告 超时 / normal, warning, overdue");
  tickets->add_option("--issued-from", options.tickets.issued_from, "承保日期起 / policies issued from this day");
  tickets->add_option("--issued-to", options.tickets.issued_to, "承保日期止 / policies issued up to this day");
  tickets->add_option("--policy", options.tickets.policy_no, "保单号 / policy number");
  tickets->add_option("--limit", options.tickets.limit, "最多行数 / rows at most")->check(CLI::Range(1, 1'000'000));
  CLI::App* receipts =
      add(app, options, "receipts", "未收回或有问题的回执 / receipts that are missing or not in order",
          [](app::Session& session, const Options& o) { return receipts_command(session, o.common, o.policy); });
  receipts->add_option("--agent", options.policy.agent, "业务员代码 / only this agent");
  CLI::App* letter =
      add(app, options, "letter", "客户回访函（供打印，留痕） / the letter to the policyholder, to print; recorded",
          [](app::Session& session, const Options& o) { return letter_command(session, o.common, o.paper); });
  CLI::App* visit =
      add(app, options, "door-visit", "上门回访工单（供打印，留痕） / the order for a door visit, to print; recorded",
          [](app::Session& session, const Options& o) { return door_visit_command(session, o.common, o.paper); });
  for (CLI::App* paper : {letter, visit}) {
    paper->add_option("POLICY", options.paper.policy_no, "保单号 / policy number")->required();
    paper->add_option("--out", options.paper.out, "输出文件 / file, .html")->required();
  }
  CLI::App* reports = app.add_subcommand("reports", "报表时限 / when reports are due");
  reports->require_subcommand(1);
  CLI::App* due =
      add(*reports, options, "due", "到期与超期的报表 / reports that are due or overdue",
          [](app::Session& session, const Options& o) { return reports_due_command(session, o.common, o.reports); });
  due->add_flag("--all", options.reports.all, "包括已完成的 / those done as well");
  CLI::App* done =
      add(*reports, options, "done", "登记已报送 / notes that a report was made",
          [](app::Session& session, const Options& o) { return reports_done_command(session, o.common, o.reports); });
  done->add_option("NAME", options.reports.name, "报表 / report")->required();
  done->add_option("--period", options.reports.period, "2021-10")->required();
}

void add_case_commands(CLI::App& app, Options& options) {
  CLI::App* view =
      add(app, options, "case", "一件的事实、状态与经过 / facts, derived state and timeline",
          [](app::Session& session, const Options& o) { return case_command(session, o.common, o.policy); });
  view->add_option("POLICY", options.policy.policy_no, "保单号 / policy number")->required();
  view->add_flag("--unmasked", options.policy.unmasked, "不脱敏，留痕 / in full; recorded");
  CLI::App* explain =
      add(app, options, "explain", "结论依据的条款与事实 / the clauses and facts behind a decision",
          [](app::Session& session, const Options& o) { return explain_command(session, o.common, o.policy); });
  explain->add_option("POLICY", options.policy.policy_no, "保单号 / policy number")->required();
  explain->add_option("WHAT", options.policy.what, "class, deadline, state, ticket, commission, receipt");
  CLI::App* questions =
      add(app, options, "questions", "该件的回访问卷 / the questions to ask this policyholder",
          [](app::Session& session, const Options& o) { return questions_command(session, o.common, o.policy); });
  questions->add_option("POLICY", options.policy.policy_no, "保单号 / policy number")->required();
  CLI::App* what_if =
      add(app, options, "what-if",
          "若某日收回回执或回访成功，佣金如何 / what would be paid if it happened on a day to come",
          [](app::Session& session, const Options& o) { return what_if_command(session, o.common, o.what_if); });
  what_if->add_option("--on", options.what_if.on, "日期 / the day")->required();
  what_if->add_flag("--receipt", options.what_if.receipt, "回执收回 / receipts come back");
  what_if->add_flag("--follow-up", options.what_if.follow_up, "回访成功 / visits succeed without doubt");
  what_if->add_option("--agent", options.what_if.agent, "业务员代码 / only this agent");
  CLI::App* rebuild =
      add(app, options, "rebuild", "由事实重新推导 / derive everything again from the facts",
          [](app::Session& session, const Options& o) { return rebuild_command(session, o.common, o.rebuild); });
  rebuild->add_flag("--check", options.rebuild.check, "只比较 / compare only");
  CLI::App* audit = app.add_subcommand("audit", "审计日志 / audit journal");
  audit->require_subcommand(1);
  add(*audit, options, "verify", "核对哈希链 / check the hash chain",
      [](app::Session& session, const Options& o) { return audit_verify_command(session, o.common); });
}

void add_kpi_commands(CLI::App& app, Options& options) {
  CLI::App* kpi = add(app, options, "kpi", "指标与得分 / indicators and scores",
                      [](app::Session& session, const Options& o) { return kpi_command(session, o.common, o.kpi); });
  add_kpi_choice(*kpi, options);
  CLI::App* cases =
      add(*kpi, options, "cases", "一个数字背后的保单 / the policies behind a figure",
          [](app::Session& session, const Options& o) { return kpi_cases_command(session, o.common, o.kpi); });
  cases->add_option("--regime", options.kpi.regime, "制度 / rule book");
  cases->add_option("--period", options.kpi.period, "2021-10, 2021Q4, 2021, FROM..TO");
  cases->add_option("--indicator", options.kpi.indicator, "指标 / indicator")->required();
  cases->add_option("--org", options.kpi.org, "机构 / organisation");
  cases->add_option("--side", options.kpi.side, "numerator, denominator, excluded")->required();
}

void add_backtest(CLI::App& app, Options& options) {
  CLI::App* command =
      add(app, options, "backtest", "换一套制度会怎样 / what would have been under another rule book",
          [](app::Session& session, const Options& o) { return backtest_command(session, o.common, o.backtest); });
  command->add_option("--regime", options.backtest.regime, "制度甲 / the rule book to start from")->required();
  command->add_option("--against", options.backtest.against, "制度乙 / the rule book to compare with")->required();
  command->add_option("--from", options.backtest.from, "承保日期起 / first day of issue")->required();
  command->add_option("--to", options.backtest.to, "承保日期止 / last day of issue")->required();
  command->add_option("--out", options.backtest.out, "逐件清单 .csv .xlsx / every differing policy");
  command->add_option("--examples", options.backtest.examples, "每类举例数 / policies named for each explanation")
      ->check(CLI::Range(0, 1000));
  command->add_option("--threads", options.backtest.threads, "线程数 / threads (all cores)")
      ->check(CLI::Range(1, 1024));
}

void add_regime_commands(CLI::App& app, Options& options) {
  CLI::App* regime = app.add_subcommand("regime", "制度 / rule books");
  regime->require_subcommand(1);
  add_without_store(*regime, options, "list", "全部制度 / all rule books",
                    [](const app::Home& home, const Options& o) { return regime_list_command(home, o.common); });
  CLI::App* show = add_without_store(
      *regime, options, "show", "条款与出处 / clauses with their sources",
      [](const app::Home& home, const Options& o) { return regime_show_command(home, o.common, o.regime); });
  show->add_option("ID", options.regime.ids, "制度 / rule book")->required()->expected(1);
  show->add_flag("--en", options.regime.english, "英文 / in English");
  CLI::App* check = add_without_store(
      *regime, options, "check", "列出全部问题 / all issues at once",
      [](const app::Home& home, const Options& o) { return regime_check_command(home, o.common, o.regime); });
  check->add_option("ID", options.regime.ids, "制度 / rule books (all)");
  CLI::App* test = add_without_store(
      *regime, options, "test", "运行制度案例 / run the cases of the rule books",
      [](const app::Home& home, const Options& o) { return regime_test_command(home, o.common, o.regime); });
  test->add_option("ID", options.regime.ids, "制度 / rule books (all)");
  test->add_flag("--strict", options.regime.strict,
                 "任何一处改动都须被案例发现 / every change of one value must fail a case");
  CLI::App* crosswalk = add_without_store(
      *regime, options, "crosswalk", "两个制度的代码对照 / the words of one rule book beside another's",
      [](const app::Home& home, const Options& o) { return regime_crosswalk_command(home, o.common, o.regime); });
  crosswalk->add_option("ID", options.regime.ids, "制度 对照制度 / rule book, the other one")->required()->expected(2);
  CLI::App* diff = add_without_store(
      *regime, options, "diff", "两个制度的差异 / what differs between two rule books",
      [](const app::Home& home, const Options& o) { return regime_diff_command(home, o.common, o.regime); });
  diff->add_option("IDS", options.regime.ids, "两个制度 / two rule books")->required()->expected(2);
}

void add_report_commands(CLI::App& app, Options& options) {
  CLI::App* report = app.add_subcommand("report", "报表（网页或工作簿） / reports, a page or a workbook");
  report->require_subcommand(1);
  for (const app::ReportName& one : app::report_names()) {
    CLI::App* command = add(*report, options, std::string(one.code), one.title.zh + " / " + one.title.en,
                            [kind = one.kind](app::Session& session, const Options& o) {
                              ReportArguments arguments = o.report;
                              arguments.kind = kind;
                              return report_command(session, o.common, arguments);
                            });
    command->add_option("--period", options.report.period, "2021-10, 2021Q4, 2021, FROM..TO")->required();
    command->add_option("--out", options.report.out, "输出文件 / file, .html or .xlsx")->required();
    command->add_option("--lang", options.report.language, "语言 / language")->check(CLI::IsMember({"zh", "en"}));
    command->add_option("--org", options.report.org, "机构 / organisation");
    if (one.kind == app::ReportKind::failure_analysis)
      command->add_option("--regime", options.report.regime, "制度 / rule book with [analysis]");
  }
}

void add_other_commands(CLI::App& app, Options& options) {
  CLI::App* demo = add(app, options, "demo", "演示公司，逐日推演 / a demo insurer, played day by day",
                       [](app::Session& session, const Options& o) { return demo_command(session, o.common, o.demo); });
  demo->preparse_callback([&options](std::size_t) { options.needs_schema = false; });
  demo->add_option("--policies", options.demo.policies, "保单数 / policies")->check(CLI::Range(1, 10'000'000));
  demo->add_option("--days", options.demo.days, "天数 / days")->check(CLI::Range(1, 3650));
  demo->add_option("--seed", options.demo.seed, "随机种子 / seed");
  demo->add_option("--out", options.demo.folder,
                   "文件与月报的目录 / folder for the insurer's files and the month reports");
  add_without_store(app, options, "formats", "docs/formats.md", [](const app::Home&, const Options&) {
    return formats_command();
  })->group("");
}

void add_key_commands(CLI::App& app, Options& options) {
  CLI::App* key = app.add_subcommand("key", "个人信息的密钥 / the key of the personal data");
  key->require_subcommand(1);
  add_without_store(*key, options, "new", "生成密钥文件 / makes a key file",
                    [](const app::Home&, const Options& o) { return key_new_command(o.key); })
      ->add_option("--out", options.key.file, "密钥文件 / key file")
      ->required();
  CLI::App* rotate =
      add(*key, options, "rotate", "更换密钥，留痕 / another key from now on; recorded",
          [](app::Session& session, const Options& o) { return key_rotate_command(session, o.common, o.key); });
  rotate->add_option("--to", options.key.file, "新密钥文件 / file of the new key")->required();
  rotate->add_flag("--reseal", options.key.reseal, "全部重新加密 / seals everything anew");
}

// Where business time begins: a `--now` that was passed already goes on where it was.
Result<Instant> beginning(app::Session& session, const Options& options) {
  if (options.now.empty()) return session.now;
  const std::int64_t done_to = SHOUYUE_TRY(app::number_of(session.store, app::meta::run_now));
  return Instant::from_milliseconds(std::max(done_to, session.now.milliseconds()));
}

// Business time goes on with the clock.
void add_serve(CLI::App& app, Options& options, const Environment& environment) {
  CLI::App* serve = add(app, options, "serve", "服务器与网页 / the server and the web pages",
                        [&environment](app::Session& session, const Options& o) -> Result<Exit> {
                          session.now = SHOUYUE_TRY(beginning(session, o));
                          const Instant began = environment.clock();
                          return serve_command(session, o.serve, [&environment, began, from = session.now] {
                            return Instant::from_milliseconds(from.milliseconds() + environment.clock().milliseconds() -
                                                              began.milliseconds());
                          });
                        });
  serve->add_option("--listen", options.serve.listen, "地址:端口 / address and port; 127.0.0.1:8080");
  CLI::Option* certificate =
      serve->add_option("--certificate", options.serve.certificate, "证书文件（PEM） / certificate file");
  CLI::Option* key = serve->add_option("--key", options.serve.key, "私钥文件（PEM） / key file");
  serve->add_flag(
      "--behind-tls", options.serve.behind_tls,
      "前置代理提供 TLS / a proxy before the server speaks TLS: cookies are for encrypted connections only");
  serve->add_option("--files", options.serve.files,
                    "录音等文件的目录 / folder for recordings; files/ beside the database");
  certificate->needs(key);
  key->needs(certificate);
  serve->add_option("--pages", options.serve.pages, "网页目录 / folder of the built pages");
}

void add_copy(CLI::App& app, Options& options, const Environment& environment) {
  CLI::App* copy = add_without_store(app, options, "copy",
                                     "复制到另一个数据库并核对 / copy everything to another database and compare",
                                     [&environment](const app::Home&, const Options& o) -> Result<Exit> {
                                       const auto tables = SHOUYUE_TRY(environment.copy(o.copy.from, o.copy.to));
                                       return copied_command(tables, o.common);
                                     });
  copy->add_option("--from", options.copy.from, "源数据库 / database to read")->required();
  copy->add_option("--to", options.copy.to, "目标数据库，须为空 / empty or new database to write")->required();
}

// The insurer's own rule books lie beside its profile, and the profile beside the database: for one on a server, in the
// current folder.
std::filesystem::path folder_of(const Options& options) {
  if (!options.insurer.empty()) return std::filesystem::path(options.insurer).parent_path();
  const std::string& url = options.database;
  return std::filesystem::path(url.starts_with("sqlite:") ? url.substr(7) : "").parent_path();
}

std::filesystem::path profile_path(const Options& options, const Environment& environment) {
  if (!options.insurer.empty()) return options.insurer;
  const auto beside = folder_of(options) / "insurer.toml";
  if (std::filesystem::is_regular_file(beside)) return beside;
  return environment.home / "regimes" / "demo-insurer.toml";
}

app::Home home_of(const Options& options, const Environment& environment) {
  return {.shipped = environment.home, .own = folder_of(options)};
}

Result<std::optional<vault::Key>> given_key(const Options& options, const Environment& environment) {
  if (options.key_file.empty() && environment.key.empty()) return std::nullopt;
  if (options.key_file.empty()) return read_key(environment.key, "SHOUYUE_KEY");
  return read_key_file(options.key_file);
}

Result<Exit> run_given_command(Options& options, const Environment& environment) {
  const app::Home home = home_of(options, environment);
  if (options.home_command) return options.home_command(home);
  const Instant now = options.now.empty() ? environment.clock() : SHOUYUE_TRY(Instant::parse(options.now));
  const auto access = options.needs_schema ? app::Access::existing : app::Access::create;
  const auto store = SHOUYUE_TRY(environment.open_store(options.database, access));
  if (options.needs_schema) SHOUYUE_CHECK(store->require_schema());
  const auto key = SHOUYUE_TRY(given_key(options, environment));
  SHOUYUE_CHECK(store->unlock(key));
  app::Session session{.store = *store,
                       .now = now,
                       .who = environment.who,
                       .home = home,
                       .profile_path = profile_path(options, environment)};
  return options.store_command(session);
}

int parse_and_run(int argc, const char* const* argv, const Environment& environment) {
  Options options;
  options.database = environment.database;
  options.serve.pages = environment.pages.string();
  CLI::App app("守约 shouyue: 新契约回访 / follow-up of new life policies");
  app.require_subcommand(1);
  app.fallthrough();
  app.set_help_all_flag("--help-all", "全部命令的帮助 / help of all commands");
  add_globals(app, options);
  add_data_commands(app, options);
  add_work_commands(app, options);
  add_office_commands(app, options);
  add_case_commands(app, options);
  add_kpi_commands(app, options);
  add_backtest(app, options);
  add_regime_commands(app, options);
  add_report_commands(app, options);
  add_other_commands(app, options);
  add_copy(app, options, environment);
  add_serve(app, options, environment);
  add_key_commands(app, options);
  CLI::App* help = app.add_subcommand("help", "帮助 / help");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_done : exit_usage;
  }
  if (help->parsed()) {
    const auto printed = print(app.get_formatter()->make_help(&app, "shouyue", CLI::AppFormatMode::Normal));
    return printed ? exit_done : exit_environment;
  }
  const auto exit = run_given_command(options, environment);
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
    print_error({Errc::environment, "internal.bug",
                 std::string("this should not happen, please report it: ") + bug.what(),
                 std::string("内部错误，请报告：") + bug.what()});
    return exit_environment;
  }
}

}  // namespace shouyue::cli
