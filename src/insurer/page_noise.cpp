#include "insurer/page_noise.hpp"

#include <array>

namespace shouyue::insurer {
namespace {

constexpr std::array<std::string_view, 4> noises{"Байду номын сангаас", "பைடு நூலகம்", "ቤተ መጻሕፍቲ ባይዱ",
                                                 "Hale Waihona Puke"};

// The first bytes of the noises: all that ordinary text costs.
bool may_begin(char c) { return c == 'H' || c == '\xD0' || c == '\xE0' || c == '\xE1'; }

// The length of the noise that begins here; 0 when none does.
std::size_t noise_at(std::string_view text) {
  if (!may_begin(text.front())) return 0;
  for (const std::string_view noise : noises)
    if (text.starts_with(noise)) return noise.size();
  return 0;
}

}  // namespace

std::optional<std::string> without_page_noise(std::string_view text) {
  std::string clean;
  std::size_t kept_to = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t size = noise_at(text.substr(at));
    if (size == 0) continue;
    clean += text.substr(kept_to, at - kept_to);
    kept_to = at + size;
    at = kept_to - 1;
  }
  if (kept_to == 0) return std::nullopt;
  clean += text.substr(kept_to);
  return clean;
}

}  // namespace shouyue::insurer
