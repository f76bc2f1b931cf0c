#include "http/server.hpp"

#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/event_stream.hpp"

using namespace shouyue;
using namespace std::chrono_literals;

namespace {

class Echo final : public http::Application {
 public:
  http::BodyRule body_rule(const http::Request& head) override {
    return {.bytes_max = 1000, .to_file = head.target.path().starts_with("/file")};
  }
  std::optional<http::Response> refuse_body(const http::Request& head) override {
    if (head.target.path() != "/file/refused") return std::nullopt;
    return http::Response{.status = 401, .content_type = "text/plain", .body = "not you"};
  }
  std::optional<http::Response> answer_at_once(const http::Request& request) override {
    if (request.target.path() != "/quick") return std::nullopt;
    return http::Response{.status = 200, .content_type = "text/plain", .body = "quick"};
  }
  http::Response answer(const http::Request& request) override {
    ++answered;
    const std::string path = request.target.path();
    if (path == "/throws") throw std::runtime_error("planned");
    if (path == "/slow") std::this_thread::sleep_for(300ms);
    if (path == "/events")
      return {.status = 200,
              .content_type = "text/event-stream",
              .body = {},
              .headers = {},
              .shared_body = {},
              .file = {},
              .events = events};
    if (path == "/file/kept") {
      std::ifstream file(request.body_file);
      return {.content_type = "text/plain", .body = std::string(std::istreambuf_iterator<char>(file), {})};
    }
    if (path == "/answer-file") return {.content_type = "text/plain", .file = answer_file};
    if (path == "/shared") return {.content_type = "text/plain", .shared_body = shared};
    return {.status = 200, .content_type = "text/plain", .body = request.method + " " + path + " " + request.body};
  }
  http::Response failure(const http::Request&, int status) override {
    return {.status = status, .content_type = "text/plain", .body = "failure " + std::to_string(status)};
  }
  void note(const http::Request&, const http::Response&, std::chrono::microseconds) override { ++noted; }

  std::filesystem::path answer_file;
  std::shared_ptr<const std::string> shared = std::make_shared<const std::string>("one text for many");
  std::shared_ptr<http::EventStream> events = std::make_shared<http::EventStream>();
  std::atomic<int> noted = 0, answered = 0;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0);
  }
  ~Client() { ::close(socket_); }
  void send(const std::string& text) { ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }
  void end_sending() { ::shutdown(socket_, SHUT_WR); }
  // What comes until the other side closes or `enough` was read.
  std::string read_until(const std::string& enough) {
    std::string all;
    char part[4096];
    while (enough.empty() || !all.contains(enough)) {
      const ssize_t bytes = ::recv(socket_, part, sizeof part, 0);
      if (bytes <= 0) break;
      all.append(part, static_cast<std::size_t>(bytes));
    }
    return all;
  }
  std::string exchange(const std::string& text) {
    send(text);
    return read_until("");
  }

 private:
  int socket_;
};

// A running server, stopped at the end.
class Running {
 public:
  explicit Running(http::Limits limits = {})
      : server_(std::move(
            *http::Server::listen({.port = 0, .threads = 2, .workers = 2, .spool = folder, .limits = limits}, app))),
        thread_([this] { server_->run(); }) {}
  ~Running() {
    server_->stop();
    thread_.join();
    std::filesystem::remove_all(folder);
  }
  Client connect() const { return Client(server_->port()); }
  http::Server& server() { return *server_; }

  static std::filesystem::path new_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "shouyue-http-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
  }

  const std::filesystem::path folder = new_folder();
  Echo app;

 private:
  std::unique_ptr<http::Server> server_;
  std::jthread thread_;
};

std::string get(const std::string& path, const std::string& more = "Connection: close\r\n") {
  return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
}

}  // namespace

TEST_CASE("what a request is answered with") {
  Running running({.header_bytes = 2000});
  struct Row {
    std::string request, expected;
  };
  const std::string long_header = "X-Long: " + std::string(4000, 'x') + "\r\n";
  const std::string long_body = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n";
  const std::string chunked = "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const Row& row :
       {Row{get("/quick"), "quick"}, Row{get("/a/b"), "GET /a/b "},
        Row{"POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc", "POST /a abc"},
        Row{chunked + "3\r\nabc\r\n0\r\n\r\n", "POST /a abc"},
        Row{chunked + "3e9\r\n" + std::string(1001, 'x') + "\r\n0\r\n\r\n", "failure 413"},
        Row{get("/throws"), "failure 500"}, Row{get("/a/../b"), "failure 400"}, Row{"nonsense\r\n\r\n", "failure 400"},
        Row{get("/a", long_header), "failure 431"}, Row{long_body, "failure 413"}}) {
    CAPTURE(row.request.substr(0, 60));
    Client client = running.connect();
    const std::string answer = client.exchange(row.request);
    CHECK(answer.ends_with(row.expected));
  }
  CHECK(running.app.noted == 10);
}

TEST_CASE("several requests on one connection, and a HEAD without a body") {
  Running running;
  Client client = running.connect();
  client.send(get("/one", "") + get("/two", ""));
  CHECK(client.read_until("GET /two ").contains("GET /one "));
  client.send("HEAD /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answer = client.read_until("");
  CHECK(answer.contains("Content-Length: 5"));
  CHECK(answer.ends_with("\r\n\r\n"));
}

TEST_CASE("a body goes to a file that is gone after the answer") {
  Running running;
  const std::string head = "POST /file/kept HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ";
  CHECK(running.connect().exchange(head + "5\r\n\r\nabcde").ends_with("abcde"));
  CHECK(running.connect().exchange(head + "1001\r\n\r\n").ends_with("failure 413"));
  {
    Client broken = running.connect();
    broken.send(head + "10\r\n\r\nabc");
  }
  std::this_thread::sleep_for(100ms);
  CHECK(std::filesystem::is_empty(running.folder));
}

TEST_CASE("a body that breaks off is not carried out, and nobody waits for an answer") {
  Running running;
  const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n";
  for (const std::string path : {"/file/kept", "/text"})
    for (const std::string& rest : {std::string("Content-Length: 10\r\n\r\nabcde"), chunked}) {
      CAPTURE(path);
      CAPTURE(rest);
      Client broken = running.connect();
      broken.send("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + rest);
      broken.end_sending();
      CHECK(broken.read_until("").empty());
      CHECK(std::filesystem::is_empty(running.folder));
    }
  CHECK(running.app.answered == 0);
}

TEST_CASE("a body for a file is refused by its head, before it was sent") {
  Running running;
  const std::string answer =
      running.connect().exchange("POST /file/refused HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n");
  CHECK(answer.starts_with("HTTP/1.1 401"));
  CHECK(answer.ends_with("not you"));
  CHECK(std::filesystem::is_empty(running.folder));
}

TEST_CASE("an answer from a file, its head alone, a file that is missing, and a text for many") {
  Running running;
  running.app.answer_file = running.folder / "answer";
  std::ofstream(running.app.answer_file) << "from a file";
  CHECK(running.connect().exchange(get("/answer-file")).ends_with("\r\n\r\nfrom a file"));
  const std::string head =
      running.connect().exchange("HEAD /answer-file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(head.contains("Content-Length: 11"));
  CHECK(head.ends_with("\r\n\r\n"));
  running.app.answer_file = running.folder / "missing";
  CHECK(running.connect().exchange(get("/answer-file")).ends_with("failure 500"));
  CHECK(running.connect().exchange(get("/shared")).ends_with("one text for many"));
}

TEST_CASE("a client that is too slow is cut off") {
  Running running({.idle = 1s, .header = 1s, .body = 1s, .body_to_file = 1s});
  Client silent = running.connect(), dripping = running.connect(), half = running.connect(),
         half_file = running.connect();
  dripping.send("GET /a HT");
  half.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  half_file.send("POST /file/kept HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  CHECK(silent.read_until("").empty());
  CHECK(dripping.read_until("").empty());
  CHECK(half.read_until("").empty());
  CHECK(half_file.read_until("").empty());
  CHECK(running.app.answered == 0);
}

TEST_CASE("one connection too many is closed") {
  Running running({.connections = 1});
  Client first = running.connect();
  first.send(get("/one", ""));
  CHECK(first.read_until("GET /one ").contains("200"));
  Client second = running.connect();
  CHECK(second.exchange(get("/two")).empty());
}

TEST_CASE("events reach a reader until the stream is closed") {
  Running running;
  Client reader = running.connect();
  reader.send(get("/events"));
  CHECK(reader.read_until("\r\n\r\n").contains("text/event-stream"));
  CHECK(running.app.events->send("queue", "{\"callable\":3}"));
  CHECK(reader.read_until("\n\n").contains("event: queue\ndata: {\"callable\":3}\n"));
  running.app.events->close();
  CHECK(reader.read_until("").empty());
  CHECK(!running.app.events->send("queue", "{}"));
}

TEST_CASE("a stop lets a request end that was accepted, and ends idle connections and streams") {
  Running running;
  Client idle = running.connect(), reader = running.connect(), slow = running.connect();
  idle.send(get("/one", ""));
  idle.read_until("GET /one ");
  reader.send(get("/events"));
  reader.read_until("\r\n\r\n");
  slow.send(get("/slow", ""));
  std::this_thread::sleep_for(100ms);
  running.server().stop();
  CHECK(slow.read_until("").ends_with("GET /slow "));
  CHECK(idle.read_until("").empty());
  CHECK(reader.read_until("").empty());
}

TEST_CASE("an address that is none and a port that is taken are refused") {
  Echo app;
  CHECK(http::Server::listen({.address = "nowhere", .port = 0}, app).error().rule == "server.cannot_listen");
  const auto first = http::Server::listen({.port = 0}, app);
  REQUIRE(first);
  CHECK(http::Server::listen({.port = (*first)->port()}, app).error().rule == "server.cannot_listen");
  CHECK(http::Server::listen({.port = 0, .certificate_file = "/none", .key_file = "/none"}, app).error().rule ==
        "server.certificate");
}
