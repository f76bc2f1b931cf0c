#include "api/live.hpp"

#include "api/bug_line.hpp"
#include "app/accounts.hpp"

namespace shouyue::api {
namespace {

constexpr auto between = std::chrono::seconds(2);

}  // namespace

Live::Live(Workplaces& workplaces, std::function<Instant()> clock, std::function<void(std::string)> log)
    : workplaces_(workplaces),
      clock_(std::move(clock)),
      log_(std::move(log)),
      thread_([this](const std::stop_token& ended) { keep_up(ended); }) {}

std::shared_ptr<http::EventStream> Live::follow(std::string board, std::string token, Show show) {
  auto events = std::make_shared<http::EventStream>();
  const std::lock_guard lock(mutex_);
  readers_.push_back(std::make_shared<Reader>(Reader{events, std::move(board), std::move(token), "", std::move(show)}));
  wakes_.notify_one();
  return events;
}

void Live::keep_up(const std::stop_token& ended) {
  std::string last_bug;  // said once, not at every turn
  while (!ended.stop_requested()) {
    std::vector<std::shared_ptr<Reader>> readers;
    {
      std::unique_lock lock(mutex_);
      const std::size_t known = readers_.size();
      wakes_.wait_for(lock, ended, between, [&] { return readers_.size() > known; });
      std::erase_if(readers_, [](const auto& reader) { return reader->events->is_closed(); });
      readers = readers_;
    }
    if (readers.empty() || ended.stop_requested()) continue;
    try {
      send_to(readers);
      last_bug.clear();
    } catch (const std::exception& bug) {
      if (last_bug != bug.what()) log_(bug_line(clock_(), bug.what()));
      last_bug = bug.what();
    }
  }
}

void Live::send_to(std::vector<std::shared_ptr<Reader>>& readers) {
  auto workplace = workplaces_.take();
  if (!workplace) return;  // the database is away: the boards stay as they are until it is back
  std::map<std::string, std::string> made;
  for (const std::shared_ptr<Reader>& reader : readers) {
    if (!(*workplace)->prepare(clock_())) return;
    const auto person = app::onlooker_of((*workplace)->session(), (*workplace)->deriver().directory(), reader->token);
    if (!person) return;
    if (!*person) {
      reader->events->send("signed_out", "{}");
      reader->events->close();
      continue;
    }
    auto known = made.find(reader->board);
    if (known == made.end()) {
      (*workplace)->session().who = (*person)->account.name;
      const Result<std::string> shown = reader->show(**workplace);
      if (!shown) continue;
      known = made.emplace(reader->board, *shown).first;
    }
    if (known->second == reader->sent) continue;
    reader->sent = known->second;
    reader->events->send("board", known->second);
  }
  workplaces_.give_back(std::move(*workplace));
}

}  // namespace shouyue::api
