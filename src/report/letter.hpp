#pragma once

#include "report/paper.hpp"

namespace shouyue::report {

// A letter that asks the policyholder to answer in writing.
struct Letter {
  std::string insurer, title;
  std::string office;   // that sends it
  std::string holder;   // with 先生 or 女士
  std::string address;  // for the envelope's window
  std::string policy_no, date;
  std::vector<Labelled> policy;  // what was bought
  std::vector<std::string> opening, questions, closing;
};

// Each on a page: paragraphs, questions with boxes, signature, and a strip on which the office notes sending, return
// and the comparison of the signature. The document has the title of the first.
std::string letters_html(const std::vector<Letter>& letters);

}  // namespace shouyue::report
