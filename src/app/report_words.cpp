#include "app/report_words.hpp"

#include <map>

namespace shouyue::app {

report::Text book_text(const std::string& id, const AssignedBooks& books) {
  const auto book = std::ranges::find(books.books(), id, [](const auto& known) { return known->id; });
  if (book == books.books().end()) return {id, id};
  return {(*book)->title, (*book)->title_en};
}

report::Text words_of_state(const std::string& state) {
  static const std::map<std::string, std::string> words{
      {"open", "待受理"},     {"accepted", "已受理"}, {"reviewed", "已初审"}, {"feedback", "已反馈"},
      {"rejected", "已退回"}, {"resolved", "已解决"}, {"closed", "已结案"}};
  const auto found = words.find(state);
  return {found == words.end() ? state : found->second, state};
}

}  // namespace shouyue::app
