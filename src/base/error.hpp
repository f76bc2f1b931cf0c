#pragma once

#include <expected>
#include <source_location>
#include <stdexcept>
#include <string>
#include <utility>

namespace shouyue {

// What a caller can do about a refusal. Few on purpose: which rule refused is `Error::rule`.
enum class Errc {
  invalid_input,  // the given text, file or argument is wrong
  not_found,      // no such policy, regime, ticket …
  rule_broken,    // the world may ask for it, a rule says no
  conflict,       // it changed meanwhile, or contradicts what is already known
  no_data,        // a calendar or a rule book does not reach that day
  environment,    // database, file or disk failed
};

// An expected refusal: a value, never thrown. `rule` is stable and is what programs and tests compare;
// the two messages say to a person what is wrong, where, and what to do.
struct Error {
  Errc code = Errc::invalid_input;
  std::string rule;
  std::string en;
  std::string zh;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> refuse(Errc code, std::string rule, std::string en, std::string zh) {
  return std::unexpected(Error{code, std::move(rule), std::move(en), std::move(zh)});
}

// A broken invariant. Thrown by `ensure`, caught only at a command or request boundary.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

void ensure(bool condition, const char* what, std::source_location where = std::source_location::current());

}  // namespace shouyue

// Gives the value of a Result, or returns its error from the enclosing function.
#define SHOUYUE_TRY(expression)                                                     \
  ({                                                                                \
    auto&& shouyue_result = (expression);                                           \
    if (!shouyue_result) return std::unexpected(std::move(shouyue_result.error())); \
    *std::move(shouyue_result);                                                     \
  })
// The same for Result<void>.
#define SHOUYUE_CHECK(expression)                                \
  do {                                                           \
    if (auto shouyue_result = (expression); !shouyue_result)     \
      return std::unexpected(std::move(shouyue_result.error())); \
  } while (false)
