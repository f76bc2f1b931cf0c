#include "cli/format_text.hpp"

#include "app/export_rows.hpp"
#include "insurer/formats.hpp"

namespace shouyue::cli {
namespace {

constexpr const char* head = R"(# File formats

Made by `shouyue formats` from the tables that read and write the files; do not edit.

## Files in

`shouyue import KIND FILE…` reads the first sheet of an XLSX workbook, or CSV with a header row (RFC 4180; `,`, `;` or
tab is found by itself) in UTF-8 or GB18030. Columns may stand in any order. A heading may be the English name, the
Chinese one, or one of the further headings. Unknown columns are reported and ignored. An empty field means "not
known".

- dates: `2021-10-08`, `2021/10/8`, or a spreadsheet's day number
- times: `2021-10-08 09:30:00` (+08:00), with an offset, or a spreadsheet's day number with a fraction
- money: yuan with at most two decimals, `60,000.00` is accepted
- yes and no: `1/0`, `是/否`, `Y/N`

A row with the same key as an earlier one is a correction: both are kept, the later counts. Rows that are not taken in
are listed in `FILE.rejects.csv` (line, column, value, rule, message).
)";

std::string row_of(const insurer::FieldText& field) {
  std::string further(field.synonyms);
  for (std::size_t at = further.find('|'); at != std::string::npos; at = further.find('|', at))
    further.replace(at, 1, ", ");
  const char* need = field.need == insurer::Need::required ? "required" : "";
  const char* nature = field.nature == insurer::Nature::personal       ? "personal"
                       : field.nature == insurer::Nature::confidential ? "confidential"
                       : field.nature == insurer::Nature::key          ? "key"
                                                                       : "";
  return "| `" + std::string(field.name) + "` | " + std::string(field.zh) + " | " + further + " | " +
         std::string(field.meaning) + " | " + need + " | " + nature + " |\n";
}

template <class Enum>
std::string words_of(std::string_view name) {
  std::string text = "- `" + std::string(name) + "`:";
  for (const insurer::Word& word : insurer::words<Enum>())
    if (!word.code.empty()) text += " `" + std::string(word.code) + "` " + std::string(word.zh) + ",";
  text.back() = '\n';
  return text;
}

std::string lists() {
  using namespace insurer;
  return "\n## Words\n\n" + words_of<Channel>("channel") + words_of<Level>("level") +
         words_of<ProductType>("type of a product") + words_of<PayMode>("pay_mode") +
         words_of<SpecialRequest>("special_request") + words_of<Leg>("leg") + words_of<Connection>("connection") +
         words_of<Party>("party") + words_of<Identity>("identity") + words_of<Interview>("interview") +
         words_of<Finding>("findings") + words_of<AnswerOption>("option of an answer") +
         words_of<TicketKind>("kind of a ticket") + words_of<Step>("step") +
         words_of<TicketResult>("result of a ticket") + words_of<Change>("change") +
         words_of<CaseStatus>("state of a case") + words_of<ResultClass>("result_class") +
         words_of<Timeliness>("timeliness") + words_of<CommissionStatus>("status of a commission");
}

std::string columns_of(const char* name, app::ExportKind kind) {
  std::string text = "- **" + std::string(name) + "**:";
  for (const std::string& column : app::export_columns(kind)) text += " `" + column + "`,";
  text.back() = '\n';
  return text;
}

}  // namespace

std::string formats_text() {
  std::string text = head;
  const auto kinds = insurer::words<insurer::FileKind>();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    text += "\n### " + std::string(kinds[i].code) + " " + std::string(kinds[i].zh) +
            "\n\n| name | 列名 | further headings | what it holds | | |\n|---|---|---|---|---|---|\n";
    for (const auto& field : insurer::field_texts(static_cast<insurer::FileKind>(i))) text += row_of(field);
  }
  text += lists();
  text +=
      "\n## Rows out\n\n`shouyue export WHAT` gives CSV, or XLSX by the name of `--out`, ordered by policy number. Yes "
      "and "
      "no are `1` and `0`,\nmoney is in yuan with two decimals, `rules` are clause ids joined by `;`.\n\n";
  text += columns_of("cases", app::ExportKind::cases) + columns_of("attempts", app::ExportKind::attempts) +
          columns_of("tickets", app::ExportKind::tickets) + columns_of("commission", app::ExportKind::commission) +
          columns_of("commission --entries", app::ExportKind::commission_entries);
  return text;
}

}  // namespace shouyue::cli
