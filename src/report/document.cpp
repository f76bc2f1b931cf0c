#include "report/document.hpp"

#include <algorithm>

#include "report/html.hpp"

namespace shouyue::report {
namespace {

struct Shown {
  Text operator()(const NoData&) const { return {"无数据", "no data"}; }
  Text operator()(const Text& text) const { return text; }
  Text operator()(std::int64_t count) const { return same(grouped(count)); }
  Text operator()(const Share& share) const { return share.has_data() ? same(share.text()) : (*this)(NoData{}); }
  Text operator()(Money amount) const { return same(grouped_yuan(amount)); }
  Text operator()(const Number& number) const { return same(grouped(number.value.text(number.places))); }
  Text operator()(Date day) const { return same(day.text()); }
  Text operator()(Instant at) const { return same(at.plain_text()); }
};

Row closing(const Table& table, const Text& label, Value figure, Value share, RowKind kind) {
  Row row{.cells = {Cell(label), Cell(std::move(figure)), Cell(std::move(share))}, .kind = kind};
  while (row.cells.size() < table.columns.size()) row.cells.emplace_back(Text{});
  return row;
}

Text difference_label(const Text& why) {
  Text label{"差额", "Difference"};
  if (!why.zh.empty()) label = {label.zh + "（" + why.zh + "）", label.en + " (" + why.en + ")"};
  return label;
}

template <class Figure>
void close_table(Table& table, Figure sum, Figure base, std::int64_t sum_size, std::int64_t base_size,
                 const Text& base_label, const Text& why) {
  table.rows.push_back(closing(table, {"各项合计", "Parts together"}, sum, Share{sum_size, base_size}, RowKind::sum));
  if (sum_size != base_size)
    table.rows.push_back(
        closing(table, difference_label(why), base - sum, Share{base_size - sum_size, base_size}, RowKind::difference));
  table.rows.push_back(closing(table, {"基数：" + base_label.zh, "Base: " + base_label.en}, base,
                               Share{base_size, base_size}, RowKind::base));
}

}  // namespace

Text same(std::string text) { return {text, text}; }

Document document_of(Text title, Table table) {
  return {.title = std::move(title),
          .lead = {},
          .tiles = {},
          .sections = {{.title = {}, .lead = {}, .tables = {std::move(table)}}},
          .lists = {}};
}

bool is_number(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<Share>(value) ||
         std::holds_alternative<Money>(value) || std::holds_alternative<Number>(value) ||
         std::holds_alternative<NoData>(value);
}

Text shown(const Value& value) { return std::visit(Shown{}, value); }

void add_balance(Table& table, std::int64_t sum, std::int64_t base, const Text& base_label, const Text& why) {
  close_table(table, sum, base, sum, base, base_label, why);
}

void add_balance(Table& table, Money sum, Money base, const Text& base_label, const Text& why) {
  close_table(table, sum, base, sum.in_fen(), base.in_fen(), base_label, why);
}

}  // namespace shouyue::report
