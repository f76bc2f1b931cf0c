// One step away from what a rule book says.
#include "app/changed_text.hpp"

#include <doctest/doctest.h>

using namespace shouyue;
using Texts = std::vector<std::string>;

TEST_CASE("an amount or a rate moves in its last place") {
  CHECK(app::changed_texts("value", "20.00") == Texts{"19.99", "20.01"});
  CHECK(app::changed_texts("step", "0.06%") == Texts{"0.05%", "0.07%"});
  CHECK(app::changed_texts("slope", "-270") == Texts{"-271", "-269"});
}

TEST_CASE("a period becomes a minute wider and narrower at either end") {
  CHECK(app::changed_texts("periods", "09:00-12:00") ==
        Texts{"08:59-12:00", "09:00-11:59", "09:01-12:00", "09:00-12:01"});
}

TEST_CASE("a word of a closed list becomes another one, other texts stay") {
  CHECK(app::changed_texts("unit", "working_days") == Texts{"months"});
  CHECK(app::changed_texts("value", "continue") == Texts{"close"});
  CHECK(app::changed_texts("value", "last_success") == Texts{"first_success"});
  CHECK(app::changed_texts("basis", "signed_on").empty());
  CHECK(app::changed_texts("kind", "steps").empty());
}

TEST_CASE("a condition is negated, its limits and boundaries move, its lists lose a word") {
  CHECK(app::changed_conditions("holder_age >= 60 and channel in ['agency', 'broker']") ==
        Texts{"not (holder_age >= 60 and channel in ['agency', 'broker'])",
              "holder_age >= 59 and channel in ['agency', 'broker']",
              "holder_age >= 61 and channel in ['agency', 'broker']",
              "holder_age > 60 and channel in ['agency', 'broker']", "holder_age >= 60 and channel in [ 'broker']",
              "holder_age >= 60 and channel in ['agency']"});
  CHECK(app::changed_conditions("issued_on < 2014-04-01") == Texts{"not (issued_on < 2014-04-01)",
                                                                   "issued_on < 2014-03-31", "issued_on < 2014-04-02",
                                                                   "issued_on <= 2014-04-01"});
}

TEST_CASE("digits in names and words are no limits") {
  CHECK(app::changed_conditions("subtype == 'form 1080'").size() == 1);
}
