#include "app/report_words.hpp"

#include <map>

namespace shouyue::app {

report::Text words_of_state(const std::string& state) {
  static const std::map<std::string, std::string> words{
      {"open", "待受理"},     {"accepted", "已受理"}, {"reviewed", "已初审"}, {"feedback", "已反馈"},
      {"rejected", "已退回"}, {"resolved", "已解决"}, {"closed", "已结案"}};
  const auto found = words.find(state);
  return {found == words.end() ? state : found->second, state};
}

}  // namespace shouyue::app
