#pragma once

#include <string>
#include <string_view>
#include <vector>

// Pages to be printed on A4 and filled in by hand, in Chinese. Every text given is escaped here.
namespace shouyue::report {

struct Labelled {
  std::string label;
  std::string text;  // empty: a line to write on
};

// `body` is markup; `footer` stands at the foot of each of its pages: a sheet that is signed says what it belongs to.
struct Paper {
  std::string footer, body;
};
// A document that stands alone; each paper begins on a new sheet.
std::string papers(std::string_view title, const std::vector<Paper>& list);

// The insurer on the left, number and day on the right, the title below.
std::string paper_head(std::string_view insurer, std::string_view title, const std::vector<Labelled>& references);
// Labels and texts in two columns; the last of an odd number goes over both.
std::string particulars(const std::vector<Labelled>& entries);
// Numbered questions with boxes for yes, no and not sure.
std::string question_boxes(const std::vector<std::string>& questions);
// Lines to write on, side by side; a label may be empty.
std::string blanks(const std::vector<std::string>& labels);
std::string paragraph(std::string_view text);

}  // namespace shouyue::report
