#include "insurer/formats.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "insurer/checks.hpp"
#include "insurer/page_noise.hpp"

namespace shouyue::insurer {
namespace {

constexpr char separator = '\x1f';

template <class Record>
std::vector<FieldText> texts_of() {
  std::vector<FieldText> texts;
  for (const auto& field : fields<Record>()) texts.push_back(field.text);
  return texts;
}

std::string heading_key(std::string_view heading) {
  std::string key;
  for (const char c : to_half_width(trim(heading)))
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') key += (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
  return key;
}

bool names(const FieldText& field, const std::string& key) {
  if (key == field.name || key == heading_key(field.zh)) return true;
  if (field.synonyms.empty()) return false;
  return std::ranges::any_of(split(field.synonyms, '|'),
                             [&](std::string_view word) { return heading_key(word) == key; });
}

int index_of_field(const std::vector<FieldText>& texts, std::string_view heading) {
  const std::string key = heading_key(heading);
  const auto found = std::ranges::find_if(texts, [&](const FieldText& field) { return names(field, key); });
  return found == texts.end() ? -1 : static_cast<int>(found - texts.begin());
}

Result<void> require_columns(const std::vector<FieldText>& texts, const Header& header) {
  std::string missing;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].need != Need::required || std::ranges::count(header.field_of_column, static_cast<int>(i)) > 0)
      continue;
    missing += (missing.empty() ? "" : ", ") + std::string(texts[i].name) + " (" + std::string(texts[i].zh) + ")";
  }
  if (missing.empty()) return {};
  return refuse(Errc::invalid_input, "import.missing_column",
                "the first row must name the columns and lacks: " + missing, "首行应为列名，缺少：" + missing);
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t'; });
}

RowProblem problem(std::string_view column, std::string_view value, Error error) {
  return {.column = std::string(column), .value = std::string(value), .error = std::move(error)};
}

void take_part(std::string_view& text, std::string_view& part) {
  const std::size_t end = text.find(separator);
  part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
}

}  // namespace

template <>
std::span<const Word> words<FileKind>() {
  static constexpr std::array<Word, 9> list{{
      {"organisations", "机构"},
      {"agents", "业务员"},
      {"products", "险种"},
      {"policies", "保单"},
      {"receipts", "回执"},
      {"attempts", "回访记录"},
      {"ticket_steps", "工单步骤"},
      {"policy_changes", "保单变更"},
      {"answers", "问卷回答"},
  }};
  return list;
}

std::vector<FieldText> field_texts(FileKind kind) {
  switch (kind) {
    case FileKind::organisations: return texts_of<Organisation>();
    case FileKind::agents: return texts_of<Agent>();
    case FileKind::products: return texts_of<Product>();
    case FileKind::policies: return texts_of<Policy>();
    case FileKind::receipts: return texts_of<ReceiptRow>();
    case FileKind::attempts: return texts_of<AttemptRow>();
    case FileKind::ticket_steps: return texts_of<TicketStepRow>();
    case FileKind::policy_changes: return texts_of<PolicyChangeRow>();
    case FileKind::answers: return texts_of<AnswerRow>();
  }
  return {};
}

std::optional<FieldText> find_field(FileKind kind, std::string_view heading) {
  const std::vector<FieldText> texts = field_texts(kind);
  const int index = index_of_field(texts, heading);
  return index < 0 ? std::nullopt : std::optional(texts[static_cast<std::size_t>(index)]);
}

Result<Header> match_header(FileKind kind, std::span<const std::string_view> headings) {
  const std::vector<FieldText> texts = field_texts(kind);
  Header header;
  for (const std::string_view heading : headings) {
    const int index = index_of_field(texts, heading);
    if (index >= 0 && std::ranges::count(header.field_of_column, index) > 0)
      return refuse(Errc::invalid_input, "import.duplicate_column",
                    "two columns are both " + std::string(texts[index].name) + "; rename or remove one",
                    "有两列都是" + std::string(texts[index].zh) + "，请改名或删去一列");
    if (index < 0) header.unknown.emplace_back(trim(heading));
    header.field_of_column.push_back(index);
    header.headings.emplace_back(trim(heading));
  }
  SHOUYUE_CHECK(require_columns(texts, header));
  return header;
}

bool has_error(const std::vector<RowProblem>& problems) {
  return std::ranges::any_of(problems, [](const RowProblem& found) { return !found.is_warning; });
}

template <class Record>
void read_row(const Header& header, std::span<const std::string_view> cells, Record& record,
              std::vector<RowProblem>& problems) {
  const auto table = fields<Record>();
  std::uint64_t filled = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto clean = without_page_noise(cells[i]);
    const std::string_view value = trim(clean ? std::string_view(*clean) : cells[i]);
    if (i >= header.field_of_column.size()) {
      if (value.empty()) continue;
      problems.push_back(problem("", value,
                                 {Errc::invalid_input, "import.too_many_cells",
                                  "the row has more cells than the header has columns", "该行的列数多于表头"}));
      return;
    }
    const int index = header.field_of_column[i];
    if (index < 0 || value.empty()) continue;
    if (has_control_character(value)) {
      problems.push_back(problem(header.headings[i], excerpt(value),
                                 {Errc::invalid_input, "import.control_character",
                                  "the value holds a control character; remove it", "值中有控制字符，请删除"}));
      continue;
    }
    filled |= std::uint64_t{1} << index;
    if (auto read = table[index].read(record, value); !read)
      problems.push_back(problem(header.headings[i], value, std::move(read.error())));
  }
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].text.need == Need::required && (filled >> i & 1) == 0)
      problems.push_back(
          problem(table[i].text.name, "",
                  {Errc::invalid_input, "import.required", std::string(table[i].text.name) + " must not be empty",
                   std::string(table[i].text.zh) + "不能为空"}));
  if (problems.empty()) check(record, problems);
}

// Writes parts one after another, joined by the separator; empty ones at the end are left out.
class PartWriter {
 public:
  explicit PartWriter(std::string& out) : out_(out) { out_.clear(); }
  std::string& next() {
    if (!first_) out_ += separator;
    first_ = false;
    return out_;
  }
  void finish() { out_.erase(out_.find_last_not_of(separator) + 1); }

 private:
  std::string& out_;
  bool first_ = true;
};

template <class Record>
void encode(const Record& record, CanonicalText& text) {
  PartWriter body(text.body), personal(text.personal);
  for (const auto& field : fields<Record>()) {
    if (field.text.nature == Nature::key) continue;
    field.append(record, (is_kept_apart(field.text.nature) ? personal : body).next());
  }
  body.finish();
  personal.finish();
}

template <class Record>
CanonicalText with_confidential_apart(std::string_view body, std::string_view personal) {
  CanonicalText text;
  PartWriter new_body(text.body), new_personal(text.personal);
  for (const auto& field : fields<Record>()) {
    if (field.text.nature == Nature::key) continue;
    std::string_view part;
    take_part(field.text.nature == Nature::personal ? personal : body, part);
    (is_kept_apart(field.text.nature) ? new_personal : new_body).next() += part;
  }
  new_body.finish();
  new_personal.finish();
  return text;
}

template <class Record>
Result<void> decode(std::string_view body, std::string_view personal, Record& record) {
  for (const auto& field : fields<Record>()) {
    if (field.text.nature == Nature::key) continue;
    std::string_view value;
    take_part(is_kept_apart(field.text.nature) ? personal : body, value);
    if (value.empty()) continue;
    if (auto read = field.read(record, value); !read)
      return refuse(Errc::environment, "store.corrupt_fact",
                    "a stored fact cannot be read: " + std::string(field.text.name) + ": " + read.error().en,
                    "存储的事实无法读取：" + std::string(field.text.zh) + "：" + read.error().zh);
  }
  return {};
}

#define SHOUYUE_FORMAT(Record)                                                                                 \
  template void read_row(const Header&, std::span<const std::string_view>, Record&, std::vector<RowProblem>&); \
  template void encode(const Record&, CanonicalText&);                                                         \
  template CanonicalText with_confidential_apart<Record>(std::string_view, std::string_view);                  \
  template Result<void> decode(std::string_view, std::string_view, Record&);
SHOUYUE_FORMAT(Organisation)
SHOUYUE_FORMAT(Agent)
SHOUYUE_FORMAT(Product)
SHOUYUE_FORMAT(Policy)
SHOUYUE_FORMAT(ReceiptRow)
SHOUYUE_FORMAT(AttemptRow)
SHOUYUE_FORMAT(TicketStepRow)
SHOUYUE_FORMAT(PolicyChangeRow)
SHOUYUE_FORMAT(AnswerRow)
#undef SHOUYUE_FORMAT
template void encode(const ExceptionRow&, CanonicalText&);
template Result<void> decode(std::string_view, std::string_view, ExceptionRow&);

}  // namespace shouyue::insurer
