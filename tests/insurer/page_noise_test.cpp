#include "insurer/page_noise.hpp"

#include <doctest/doctest.h>

using namespace shouyue::insurer;

TEST_CASE("the name of a document library inside a text is taken out, all else stays") {
  CHECK(without_page_noise("客户回Байду номын сангаас访") == "客户回访");
  CHECK(without_page_noise("பைடு நூலகம்首访ቤተ መጻሕፍቲ ባይዱ") == "首访");
  CHECK(without_page_noise("个Hale Waihona Puke") == "个");
  CHECK(without_page_noise("Hale Waihona Puke") == "");
  CHECK_FALSE(without_page_noise("Hale, Байду, 首访").has_value());
  CHECK_FALSE(without_page_noise("").has_value());
}
