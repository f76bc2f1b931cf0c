#pragma once

#include "api/route.hpp"

// Rule books: which there are and what they govern, what each says, what two say otherwise, whether its cases hold.
namespace shouyue::api {

Result<http::Response> list_rule_books(Call& call);
Result<http::Response> read_rule_book(Call& call);
Result<http::Response> compare_rule_books(Call& call);
Result<http::Response> test_rule_book(Call& call);

}  // namespace shouyue::api
