// The seats of a call centre at work on a running server: each asks for its next call, talks for a while, reads the
// questions to whom it reaches, writes down what came of it and asks again, over a connection of its own. Says how long
// the answers took as the seats saw it, and counts cases that were given out while another seat had them or after they
// were done.
//
//   bench_seats PORT SIGN_INS SECONDS TALK_MS AFTER_MS ATTEMPTS
//
// SIGN_INS: a file with the cookie and the CSRF token of one seat a line. ATTEMPTS: where the ids of all acknowledged
// attempts are written, one a line.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

struct SignIn {
  std::string cookie, csrf;
};

struct Answer {
  int status = 0;
  std::string body;
};

class Connection {
 public:
  Connection(int port, SignIn sign_in) : port_(port), sign_in_(std::move(sign_in)) {}
  ~Connection() { hang_up(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Status 0: the server is gone.
  Answer post(const std::string& path, const std::string& body, const std::string& key) {
    return ask("POST " + path,
               "\r\nX-CSRF-Token: " + sign_in_.csrf + "\r\nIdempotency-Key: " + key +
                   "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()),
               body);
  }
  Answer get(const std::string& path) { return ask("GET " + path, "", ""); }

 private:
  Answer ask(const std::string& what, const std::string& headers, const std::string& body) {
    if (socket_ < 0 && !dial()) return {};
    const std::string request =
        what + " HTTP/1.1\r\nHost: localhost\r\nCookie: shouyue=" + sign_in_.cookie + headers + "\r\n\r\n" + body;
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
      return gone();
    return read_answer();
  }
  bool dial() {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in where{.sin_family = AF_INET,
                      .sin_port = htons(static_cast<std::uint16_t>(port_)),
                      .sin_addr = {htonl(INADDR_LOOPBACK)},
                      .sin_zero = {}};
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0) return true;
    hang_up();
    return false;
  }
  void hang_up() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  Answer gone() {
    hang_up();
    return {};
  }
  Answer read_answer() {
    std::string text;
    std::size_t head = std::string::npos, length = 0;
    while (head == std::string::npos || text.size() < head + length) {
      char piece[4096];
      const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
      if (got <= 0) return gone();
      text.append(piece, static_cast<std::size_t>(got));
      if (head != std::string::npos) continue;
      const std::size_t end = text.find("\r\n\r\n");
      if (end == std::string::npos) continue;
      head = end + 4;
      const std::size_t field = text.find("Content-Length: ");
      if (field < head) length = std::strtoull(text.c_str() + field + 16, nullptr, 10);
    }
    return {.status = std::atoi(text.c_str() + 9), .body = text.substr(head)};
  }

  int port_, socket_ = -1;
  SignIn sign_in_;
};

// What all seats together saw.
class Tally {
 public:
  void took(bool is_next, Clock::duration duration) {
    const std::lock_guard lock(mutex_);
    (is_next ? next_ : wrap_up_).push_back(std::chrono::duration<double, std::milli>(duration).count());
  }
  void given(const std::string& policy_no) {
    const std::lock_guard lock(mutex_);
    doubled_ += !with_seats_.insert(policy_no).second || done_.contains(policy_no);
  }
  // Before the server is told: from then on it may give the case to another, unless it is done.
  void tells(const std::string& policy_no, bool is_done) {
    const std::lock_guard lock(mutex_);
    with_seats_.erase(policy_no);
    if (is_done) done_.insert(policy_no);
  }
  void acknowledged(const std::string& attempt) {
    const std::lock_guard lock(mutex_);
    attempts_.push_back(attempt);
  }
  void failed(int status, const std::string& body) {
    const std::lock_guard lock(mutex_);
    if (++failures_[status] <= 3) std::fprintf(stderr, "status %d: %s\n", status, body.c_str());
  }
  void nothing() { ++nothing_; }

  void print(double seconds) {
    std::printf("calls %zu, %.0f a second; given to two or again %d; nothing to call %d\n", next_.size(),
                static_cast<double>(next_.size()) / seconds, doubled_, nothing_.load());
    print_times("next call", next_);
    print_times("wrap-up", wrap_up_);
    for (const auto& [status, count] : failures_) std::printf("status %d: %d\n", status, count);
  }
  void write_attempts(const char* path) const {
    std::ofstream file(path);
    for (const std::string& attempt : attempts_) file << attempt << "\n";
  }
  bool is_clean() const { return doubled_ == 0 && failures_.empty() && !attempts_.empty(); }

 private:
  static void print_times(const char* what, std::vector<double>& times) {
    std::ranges::sort(times);
    const auto at = [&](double share) {
      return times.empty() ? 0 : times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("%s, as the seat sees it: p50 %.2f ms, p99 %.2f ms, longest %.2f ms\n", what, at(0.5), at(0.99), at(1));
  }

  std::mutex mutex_;
  std::vector<double> next_, wrap_up_;
  std::set<std::string> with_seats_, done_;
  std::vector<std::string> attempts_;
  std::map<int, int> failures_;
  int doubled_ = 0;
  std::atomic<int> nothing_ = 0;
};

std::string text_of(const std::string& json, const std::string& name) {
  const std::size_t at = json.find("\"" + name + "\":");
  if (at == std::string::npos) return {};
  std::size_t from = at + name.size() + 3;
  const bool is_text = json[from] == '"';
  from += is_text;
  return json.substr(from, json.find_first_of(is_text ? "\"" : ",}", from) - from);
}

// The server's time when it gave the case: ten minutes before the lease ends.
std::string given_at(const std::string& lease_until) {
  constexpr int lease_minutes = 10;
  const int minute = std::atoi(lease_until.c_str() + 11) * 60 + std::atoi(lease_until.c_str() + 14) - lease_minutes;
  char time[8];
  std::snprintf(time, sizeof time, "%02d:%02d", minute / 60 % 24, minute % 60);
  return lease_until.substr(0, 11) + time + lease_until.substr(16);
}

// A yes to every question that the page would ask.
std::string answers_at(const std::string& at, const std::string& questions) {
  const std::string id = R"("id":")";
  std::string list;
  for (std::size_t from = questions.find(id); from != std::string::npos; from = questions.find(id, from)) {
    from += id.size();
    const std::string question = questions.substr(from, questions.find('"', from) - from);
    list += (list.empty() ? "" : ",") + (R"({"question":")" + question) + R"(","option":"yes","at":")" + at + "\"}";
  }
  return "\"answers\":[" + list + "]";
}

struct Rhythm {
  Clock::time_point end;
  std::chrono::milliseconds talk, after;
};

// Talks of a length around the usual one, the same for the same seat and call.
std::chrono::milliseconds around(std::chrono::milliseconds usual, std::uint64_t seat, std::uint64_t call) {
  const std::uint64_t mixed = (seat * 7919 + call * 104'729) * 2'654'435'761 % 1000;
  return usual / 2 + usual * static_cast<std::int64_t>(mixed) / 1000;
}

void work(int port, const SignIn& sign_in, int seat, const Rhythm& rhythm, Tally& tally) {
  Connection connection(port, sign_in);
  std::this_thread::sleep_for(around(rhythm.talk + rhythm.after, static_cast<std::uint64_t>(seat), 0));
  for (std::uint64_t call = 1; Clock::now() < rhythm.end; ++call) {
    const std::string id = "S" + std::to_string(seat) + "-" + std::to_string(call);
    const auto asked = Clock::now();
    const Answer next = connection.post("/api/calls/next", "{}", id + "-next");
    if (next.status != 200) {
      tally.failed(next.status, next.body);
      std::this_thread::sleep_for(rhythm.after);
      continue;
    }
    tally.took(true, Clock::now() - asked);
    const std::string policy_no = text_of(next.body, "policy_no");
    if (policy_no.empty()) {
      tally.nothing();
      std::this_thread::sleep_for(rhythm.after);
      continue;
    }
    tally.given(policy_no);
    std::this_thread::sleep_for(around(rhythm.talk, static_cast<std::uint64_t>(seat), call));
    const bool is_reached = (static_cast<std::uint64_t>(seat) + call) % 5 < 2;
    const std::string started_at = given_at(text_of(next.body, "lease_until"));
    const std::string outcome =
        is_reached ? R"("connection":"answered","party":"holder","identity":"verified","interview":"complete",)" +
                         answers_at(started_at, connection.get("/api/calls/" + policy_no + "/questions").body)
                   : R"("connection":"no_answer")";
    const std::string body = "{\"fence\":" + text_of(next.body, "fence") + ",\"attempt_id\":\"" + id + "\",\"leg\":\"" +
                             text_of(next.body, "leg") + "\",\"started_at\":\"" + started_at + "\"," + outcome +
                             ",\"corrected\":[],\"open\":[]}";
    tally.tells(policy_no, is_reached);
    const auto told = Clock::now();
    const Answer wrapped = connection.post("/api/calls/" + policy_no + "/wrap-up", body, id);
    if (wrapped.status == 201) {
      tally.took(false, Clock::now() - told);
      tally.acknowledged(id);
    } else {
      tally.failed(wrapped.status, wrapped.body);
    }
    std::this_thread::sleep_for(around(rhythm.after, static_cast<std::uint64_t>(seat), call));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fprintf(stderr, "usage: bench_seats PORT SIGN_INS SECONDS TALK_MS AFTER_MS ATTEMPTS\n");
    return 2;
  }
  const int port = std::atoi(argv[1]);
  const double seconds = std::atof(argv[3]);
  const Rhythm rhythm{.end = Clock::now() + std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)),
                      .talk = std::chrono::milliseconds(std::atoll(argv[4])),
                      .after = std::chrono::milliseconds(std::atoll(argv[5]))};
  Tally tally;
  {
    std::vector<std::jthread> seats;
    std::ifstream sign_ins(argv[2]);
    SignIn one;
    while (sign_ins >> one.cookie >> one.csrf)
      seats.emplace_back([port, one, seat = static_cast<int>(seats.size()) + 1, &rhythm, &tally] {
        work(port, one, seat, rhythm, tally);
      });
  }
  tally.print(seconds);
  tally.write_attempts(argv[6]);
  return tally.is_clean() ? 0 : 1;
}
