#include "api/kept_answers.hpp"

namespace shouyue::api {
namespace {

constexpr std::size_t bytes_max = 8 * 1024 * 1024;
constexpr std::size_t answer_bytes_max = 64 * 1024;

std::unexpected<Error> key_reused() {
  return refuse(Errc::invalid_input, "request.key_reused",
                "this idempotency key belongs to another request; take a new one for each request",
                "此幂等键已用于另一请求，每个请求须使用新的幂等键");
}

std::unexpected<Error> already_done() {
  return refuse(Errc::conflict, "request.already_done",
                "this request was carried out before; load the page again to see what is so now",
                "此请求此前已处理完成，请刷新查看当前状态");
}

bool can_be_kept(const http::Response& answer) {
  return !answer.events && !answer.shared_body && answer.file.empty() && answer.body.size() <= answer_bytes_max;
}

}  // namespace

Result<std::optional<http::Response>> KeptAnswers::begin(app::AccountStore& store, const app::RequestMark& mark) {
  {
    const std::lock_guard lock(mutex_);
    const auto [place, is_new] = kept_.try_emplace({mark.account, mark.key}, Kept{.digest = mark.digest});
    const Kept& kept = place->second;
    if (!is_new && kept.digest != mark.digest) return key_reused();
    if (!is_new && kept.is_under_way)
      return refuse(Errc::conflict, "request.in_progress", "the same request is being carried out; wait a moment",
                    "相同请求正在处理，请稍候");
    if (!is_new) return kept.answer ? Result<std::optional<http::Response>>(kept.answer) : already_done();
  }
  const auto carried_out = store.request_mark(mark.account, mark.key);
  if (carried_out && !*carried_out) return std::nullopt;
  refused(mark);
  if (!carried_out) return std::unexpected(carried_out.error());
  return (*carried_out)->digest == mark.digest ? already_done() : key_reused();
}

void KeptAnswers::refused(const app::RequestMark& mark) {
  const std::lock_guard lock(mutex_);
  kept_.erase({mark.account, mark.key});
}

void KeptAnswers::answered(const app::RequestMark& mark, const http::Response* answer) {
  const std::lock_guard lock(mutex_);
  const Key key{mark.account, mark.key};
  Kept& kept = kept_.at(key);
  kept.is_under_way = false;
  oldest_first_.push_back(key);
  if (answer && can_be_kept(*answer)) {
    kept.answer = *answer;
    bytes_ += answer->body.size();
  }
  constexpr std::size_t entry_bytes = 640;  // both keys, the place in the tree, head and body as allocated
  while (bytes_ + oldest_first_.size() * entry_bytes > bytes_max) {
    const auto oldest = kept_.find(oldest_first_.front());
    if (oldest->second.answer) bytes_ -= oldest->second.answer->body.size();
    kept_.erase(oldest);
    oldest_first_.pop_front();
  }
}

}  // namespace shouyue::api
