#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <thread>

#include <malloc.h>

#include "api/metrics.hpp"
#include "api/pages.hpp"
#include "api/service.hpp"
#include "app/accounts.hpp"
#include "app/guarded.hpp"
#include "app/import_store.hpp"
#include "app/run.hpp"
#include "app/temporary_folder.hpp"
#include "cli/commands.hpp"
#include "http/server.hpp"
#include "ports/outgoing.hpp"

namespace shouyue::cli {
namespace {

constexpr std::size_t run_batch_policies = 100;
constexpr auto between_runs = std::chrono::seconds(5), between_looks = std::chrono::seconds(1),
               between_figures = std::chrono::seconds(60);
constexpr int workers_least = 16;  // most of them wait for a commit, which they share

int processors() { return static_cast<int>(std::max(1u, std::thread::hardware_concurrency())); }

// What the columns of the figures leave behind while they grow goes back to the system, and threads share what they
// have taken: else a server of a million policies holds a quarter more than it uses.
void keep_memory_small() {
  constexpr int mapped_from_bytes = 256 * 1024;
  mallopt(M_MMAP_THRESHOLD, mapped_from_bytes);
  mallopt(M_ARENA_MAX, processors());
}

// `ADDR:PORT`, `[ADDR6]:PORT`. Errors: serve.listen_form.
Result<void> read_listen(const std::string& text, http::Settings& settings) {
  const std::size_t colon = text.rfind(':');
  int port = -1;
  if (colon != std::string::npos && colon + 1 < text.size() && text.size() - colon <= 6 &&
      text.find_first_not_of("0123456789", colon + 1) == std::string::npos)
    port = std::stoi(text.substr(colon + 1));
  if (port < 0 || port > 65535)
    return refuse(Errc::invalid_input, "serve.listen_form", "'" + text + "' must be ADDRESS:PORT, as 127.0.0.1:8080",
                  "“" + text + "”应为 地址:端口，如 127.0.0.1:8080");
  settings.address = text.substr(0, colon);
  if (settings.address.starts_with('[') && settings.address.ends_with(']'))
    settings.address = settings.address.substr(1, settings.address.size() - 2);
  settings.port = static_cast<std::uint16_t>(port);
  return {};
}

Result<http::Settings> server_settings(const ServeArguments& arguments, const std::filesystem::path& spool) {
  http::Settings settings{.threads = processors(),
                          .workers = std::max(workers_least, processors()),
                          .certificate_file = arguments.certificate,
                          .key_file = arguments.key,
                          .behind_tls = arguments.behind_tls,
                          .spool = spool};
  SHOUYUE_CHECK(read_listen(arguments.listen, settings));
  return settings;
}

void warn_of_unsealed_data() {
  print_note("警告：该数据库未加密个人信息；可用 shouyue key rotate --to FILE --reseal 加密",
             "warning: personal data in this database is not sealed; `shouyue key rotate --to FILE --reseal` seals it");
}

void log_line(std::string line) {
  static std::mutex one_line_at_a_time;
  const std::lock_guard lock(one_line_at_a_time);
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

// Waits for SIGTERM or SIGINT on a thread of its own, then stops the server. The signals must be blocked everywhere.
class StopOnSignal {
 public:
  explicit StopOnSignal(http::Server& server)
      : thread_([&server](std::stop_token ended) {
          const sigset_t wanted = stop_signals();
          const timespec moment{.tv_sec = 0, .tv_nsec = 200'000'000};
          while (!ended.stop_requested())
            if (sigtimedwait(&wanted, nullptr, &moment) > 0) return server.stop();
        }) {}
  static sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
  }

 private:
  std::jthread thread_;
};

// A thread of its own with a connection of its own, which does one thing again and again while the server is up.
class Upkeep {
 public:
  using Work = std::function<Result<void>(app::Session&)>;
  Upkeep(std::unique_ptr<app::Store> store, const app::Session& session, std::function<Instant()> clock,
         std::chrono::milliseconds pause, Work work)
      : store_(std::move(store)),
        session_{*store_, session.now, "server", session.home, session.profile_path},
        thread_([this, clock = std::move(clock), pause, work = std::move(work)](const std::stop_token& ended) {
          while (!ended.stop_requested()) {
            session_.now = clock();
            const auto done = app::guarded([&] { return work(session_); });
            if (!done) print_error(done.error());
            std::unique_lock lock(mutex_);
            ends_.wait_for(lock, ended, pause, [] { return false; });
          }
        }) {}

 private:
  std::unique_ptr<app::Store> store_;
  app::Session session_;
  std::mutex mutex_;
  std::condition_variable_any ends_;
  std::jthread thread_;  // last: it ends before what it uses
};

// The work that becomes due, a few cases a transaction, so that no seat waits long for its turn to write.
Result<void> run_due(app::Session& session, api::Metrics& metrics) {
  const auto begun = std::chrono::steady_clock::now();
  const auto report = app::run(session, run_batch_policies);
  const auto duration = std::chrono::steady_clock::now() - begun;
  metrics.run_ended(report.has_value(), std::chrono::duration_cast<std::chrono::milliseconds>(duration), session.now);
  return report ? Result<void>() : std::unexpected(report.error());
}

// So that nobody who looks at the scores waits until all of them are read.
Result<void> read_figures(app::Session& session, app::SharedRules& rules, app::KpiMemory& kpi) {
  const app::PolicyDeriver deriver = SHOUYUE_TRY(rules.for_session(session));
  const auto reading = kpi.read(session, deriver);
  return reading ? Result<void>() : std::unexpected(reading.error());
}

Result<void> announce_first_administrator(app::Session& session, const app::ServerSettings& settings) {
  if (const auto password = SHOUYUE_TRY(app::first_administrator(session, settings.one_time_password_seconds)))
    print_note("首个系统管理员 admin，一次性密码：" + *password,
               "the first administrator is admin, one-time password: " + *password);
  return {};
}

// A server without pages still answers the API.
Result<std::optional<api::Pages>> load_pages(const std::string& folder) {
  if (!folder.empty()) return SHOUYUE_TRY(api::Pages::load(folder));
  print_note("没有找到网页，只提供接口；可用 --pages 指定目录",
             "no built pages were found, the API only; --pages names their folder");
  return std::nullopt;
}

}  // namespace

Result<Exit> serve_command(app::Session& session, const ServeArguments& arguments, std::function<Instant()> clock) {
  keep_memory_small();
  const auto spool = SHOUYUE_TRY(app::TemporaryFolder::make());
  const auto settings = SHOUYUE_TRY(server_settings(arguments, spool->path()));
  if (!session.store.is_sealed()) warn_of_unsealed_data();
  const auto connected = SHOUYUE_TRY(app::read_server_settings(session.home.own / "server.toml"));
  SHOUYUE_CHECK(announce_first_administrator(session, connected));
  SHOUYUE_CHECK(session.store.imports().interrupt_imports(session.now));
  const sigset_t signals = StopOnSignal::stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const auto connect = [&session] { return session.store.connect_again(); };
  auto store_of_seats = SHOUYUE_TRY(connect());
  auto store_of_runner = SHOUYUE_TRY(connect());
  auto store_of_tidier = SHOUYUE_TRY(connect());
  auto store_of_figures = SHOUYUE_TRY(connect());
  app::Switchboard switchboard(std::move(store_of_seats));
  SHOUYUE_CHECK(switchboard.cases().load(*store_of_tidier, clock()));
  api::Workplaces workplaces(connect, switchboard.rules(), session.home, session.profile_path);
  api::KeptFiles files;
  api::Jobs jobs(workplaces, clock);
  api::Live live(workplaces, clock, log_line);
  api::Metrics metrics;
  app::KpiMemory kpi;
  const auto pages = SHOUYUE_TRY(load_pages(arguments.pages));
  const std::filesystem::path recordings =
      arguments.files.empty() ? session.home.own / "files" : std::filesystem::path(arguments.files);
  api::RateLimit visits(30, std::chrono::seconds(1)), unknown_links(10, std::chrono::seconds(6));
  api::Service service({.clock = clock,
                        .log = log_line,
                        .recordings = recordings,
                        .switchboard = switchboard,
                        .workplaces = workplaces,
                        .jobs = jobs,
                        .live = live,
                        .metrics = metrics,
                        .kpi = kpi,
                        .files = files,
                        .settings = connected,
                        .visits = visits,
                        .unknown_links = unknown_links,
                        .pages = pages ? &*pages : nullptr});
  const auto server = SHOUYUE_TRY(http::Server::listen(settings, service));
  SHOUYUE_CHECK(print("listening on " + settings.address + ":" + std::to_string(server->port()) + "\n"));
  {
    const Upkeep runner(std::move(store_of_runner), session, clock, between_runs,
                        [&metrics](app::Session& here) { return run_due(here, metrics); });
    const Upkeep tidier(std::move(store_of_tidier), session, clock, between_looks, [&](app::Session& here) {
      const auto followed = switchboard.cases().catch_up(here.store, here.now);
      return followed ? here.store.tidy() : followed;
    });
    const Upkeep figures(std::move(store_of_figures), session, clock, between_figures,
                         [&](app::Session& here) { return read_figures(here, switchboard.rules(), kpi); });
    const auto outgoing = SHOUYUE_TRY(ports::start_outgoing(
        {.workplaces = workplaces, .settings = connected, .clock = clock, .log = log_line}, session.home));
    const StopOnSignal stop(*server);
    server->run();
  }
  return exit_done;
}

}  // namespace shouyue::cli
