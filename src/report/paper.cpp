#include "report/paper.hpp"

#include "report/html.hpp"

namespace shouyue::report {
namespace {

constexpr std::string_view style = R"css(
@page{size:A4;margin:14mm 18mm 12mm}
*{box-sizing:border-box}
body{margin:0;background:#e9ecef;color:#111;
font:10.5pt/1.5 "Noto Serif CJK SC","Noto Serif SC","Source Han Serif SC","Songti SC",SimSun,serif}
main{width:210mm;min-height:297mm;margin:8mm auto;padding:14mm 18mm;background:#fff;
box-shadow:0 1px 6px rgba(0,0,0,.25)}
header{display:flex;justify-content:space-between;align-items:flex-end;border-bottom:1.5pt solid #111;
padding-bottom:2mm}
.insurer{font-size:14pt;font-weight:700;letter-spacing:.08em}
.references{font-size:9pt;line-height:1.5;text-align:right}
h1{font-size:17pt;line-height:1.3;text-align:center;letter-spacing:.15em;margin:4mm 0 3mm}
h2{font-size:11.5pt;margin:3mm 0 1mm;break-after:avoid}
p{margin:0 0 1.5mm;text-indent:2em}
p.to{text-indent:0;font-weight:700}
.address{margin:0 0 2mm}
table{width:100%;border-collapse:collapse;font-size:9.5pt;line-height:1.45}
th,td{border:.5pt solid #444;padding:.7mm 2mm;text-align:left;vertical-align:middle;font-weight:400}
thead{display:table-header-group}
thead th,.label{background:#f0f0f0}
tr{break-inside:avoid}
.label{width:15%;white-space:nowrap}
.label+td{width:35%}
.label+td[colspan]{width:85%}
.boxes td:first-child,.boxes td:nth-child(n+3),.boxes th:first-child,.boxes th:nth-child(n+3){text-align:center;
white-space:nowrap}
.boxes td:nth-child(n+3){font-size:12pt;line-height:1}
.blanks{display:flex;gap:8mm;margin:3mm 0 0;break-inside:avoid}
.blanks div{flex:1;display:flex;align-items:flex-end;white-space:nowrap}
.blanks i{flex:1;border-bottom:.5pt solid #111;margin-left:1mm;height:6mm}
main~main{break-before:page}
.closing{margin-top:3mm}
.sign{break-inside:avoid}
.sender{margin-top:2mm;text-align:right}
.strip{margin-top:3mm;padding-top:2mm;border-top:.8pt dashed #666;break-inside:avoid;font-size:9.5pt}
@media print{body{background:#fff}main{width:auto;min-height:0;margin:0;padding:0;box-shadow:none}
thead th,.label{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
)css";

std::string labelled_cells(const Labelled& entry, const char* cell) {
  return "<td class=\"label\">" + escaped(entry.label) + "</td>" + cell + escaped(entry.text) + "</td>";
}

// A text between quotes: what could end it, or the style sheet, stands as its number.
std::string css_string(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef", special = "\"\\<>&\n\r\f";
  std::string quoted = "\"";
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos)
      quoted += c;
    else
      quoted +=
          std::string{'\\', digits[static_cast<std::size_t>(c) / 16], digits[static_cast<std::size_t>(c) % 16], ' '};
  }
  return quoted + '"';
}

}  // namespace

std::string papers(std::string_view title, const std::vector<Paper>& list) {
  std::string html = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
                     escaped(title) + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n";
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string sheet = "paper-" + std::to_string(i + 1);
    html += "<style>@page " + sheet + "{@bottom-center{font-size:8pt;content:" + css_string(list[i].footer) +
            "}}</style>\n<main style=\"page:" + sheet + "\">\n" + list[i].body + "</main>\n";
  }
  return html + "</body>\n</html>\n";
}

std::string paper_head(std::string_view insurer, std::string_view title, const std::vector<Labelled>& references) {
  std::string html = "<header><div class=\"insurer\">" + escaped(insurer) + "</div><div class=\"references\">";
  for (std::size_t i = 0; i < references.size(); ++i)
    html += (i ? "<br>" : "") + escaped(references[i].label) + "：" + escaped(references[i].text);
  return html + "</div></header>\n<h1>" + escaped(title) + "</h1>\n";
}

std::string particulars(const std::vector<Labelled>& entries) {
  std::string html = "<table>\n";
  for (std::size_t i = 0; i < entries.size(); i += 2) {
    const bool stands_alone = i + 1 == entries.size();
    html += "<tr>" + labelled_cells(entries[i], stands_alone ? "<td colspan=\"3\">" : "<td>");
    if (!stands_alone) html += labelled_cells(entries[i + 1], "<td>");
    html += "</tr>\n";
  }
  return html + "</table>\n";
}

std::string question_boxes(const std::vector<std::string>& questions) {
  std::string html =
      "<table "
      "class=\"boxes\">\n<thead><tr><th>序号</th><th>回访内容</th><th>是</th><th>否</th><th>不清楚</th></tr></thead>\n";
  for (std::size_t i = 0; i < questions.size(); ++i)
    html += "<tr><td>" + std::to_string(i + 1) + "</td><td>" + escaped(questions[i]) +
            "</td><td>□</td><td>□</td><td>□</td></tr>\n";
  return html + "</table>\n";
}

std::string blanks(const std::vector<std::string>& labels) {
  std::string html = "<div class=\"blanks\">";
  for (const std::string& label : labels)
    html += "<div>" + escaped(label) + (label.empty() ? "" : "：") + "<i></i></div>";
  return html + "</div>\n";
}

std::string paragraph(std::string_view text) { return "<p>" + escaped(text) + "</p>\n"; }

}  // namespace shouyue::report
