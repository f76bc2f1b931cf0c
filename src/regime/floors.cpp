#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/decimal.hpp"
#include "regime/layers.hpp"

namespace shouyue::regime {
namespace {

// A number as both books may write it: a whole number, or an amount as text.
std::optional<Decimal> number_of(const Item* item) {
  if (!item) return std::nullopt;
  if (item->kind == ItemKind::integer) return Decimal::whole(item->number);
  if (item->kind != ItemKind::text) return std::nullopt;
  const auto parsed = Decimal::parse(item->text);
  return parsed ? std::optional(*parsed) : std::nullopt;
}

struct Dated {
  std::int64_t from;
  Decimal value;
  const Item* item;
};

struct Conditional {
  std::string when;
  Decimal value;
  const Item* item;
};

struct Numbers {
  std::vector<Dated> values;
  std::vector<Conditional> exceptions;
  // The value on a day; empty before the first.
  const Dated* on(std::int64_t day) const {
    const Dated* result = nullptr;
    for (const Dated& dated : values)
      if (dated.from <= day) result = &dated;
    return result;
  }
};

// What cannot be read is reported by the reader of the section and left out here.
Numbers numbers_of(const Item& parameter) {
  Numbers numbers;
  if (const Item* list = parameter.find("values"))
    for (const Item& entry : list->array) {
      const Item* from = entry.find("from");
      const auto value = number_of(entry.find("value"));
      if (from && from->kind == ItemKind::date && value) numbers.values.push_back({from->number, *value, &entry});
    }
  if (const Item* list = parameter.find("exceptions"))
    for (const Item& entry : list->array) {
      const Item* when = entry.find("when");
      const auto value = number_of(entry.find("value"));
      if (when && value) numbers.exceptions.push_back({when->text, *value, &entry});
    }
  std::stable_sort(numbers.values.begin(), numbers.values.end(),
                   [](const Dated& a, const Dated& b) { return a.from < b.from; });
  return numbers;
}

class FloorCheck {
 public:
  FloorCheck(const Item& base, const Item& overlay, std::string path, std::vector<Issue>& issues)
      : base_(base),
        overlay_(overlay),
        path_(std::move(path)),
        issues_(issues),
        below_(numbers_of(base)),
        above_(numbers_of(overlay)) {
    const Item* floor = base.find("floor");
    is_max_ = floor->text == "max";
  }

  void run() {
    for (const std::string key : {"unit", "count_from", "basis", "earliest", "not_after"}) {
      const Item* a = base_.find(key);
      const Item* b = overlay_.find(key);
      if ((a ? canonical_text(*a) : "") != (b ? canonical_text(*b) : "")) return not_comparable(key);
    }
    check_dated_values();
    check_exceptions();
  }

 private:
  bool loosens(Decimal value, Decimal limit) const { return is_max_ ? value > limit : value < limit; }

  void check_dated_values() {
    std::set<std::int64_t> days;
    for (const Dated& dated : below_.values) days.insert(dated.from);
    for (const Dated& dated : above_.values) days.insert(dated.from);
    std::set<const Item*> reported;
    for (const std::int64_t day : days) {
      const Dated* limit = below_.on(day);
      const Dated* value = above_.on(day);
      if (limit && value && loosens(value->value, limit->value) && reported.insert(value->item).second)
        loosened(value->item, value->value, limit->value);
    }
  }

  // An exception of the overlay is held against the same exception of the floor, else against its strictest later
  // value; an exception of the floor that the overlay drops binds the overlay's plain values.
  void check_exceptions() {
    std::unordered_map<std::string, Decimal> limits;
    for (const Conditional& exception : below_.exceptions) limits.emplace(exception.when, exception.value);
    std::set<std::string> kept;
    for (const Conditional& exception : above_.exceptions) {
      kept.insert(exception.when);
      if (const auto same = limits.find(exception.when); same != limits.end()) {
        if (loosens(exception.value, same->second)) loosened(exception.item, exception.value, same->second);
        continue;
      }
      for (const Dated& dated : below_.values)
        if (loosens(exception.value, dated.value)) {
          loosened(exception.item, exception.value, dated.value);
          break;
        }
    }
    for (const Conditional& exception : below_.exceptions)
      if (!kept.contains(exception.when))
        for (const Dated& dated : above_.values)
          if (loosens(dated.value, exception.value)) loosened(dated.item, dated.value, exception.value);
  }

  void loosened(const Item* where, Decimal value, Decimal limit) {
    const std::string own = overlay_.place.book + "/" + path_, law = base_.place.book + "/" + path_;
    issues_.push_back(issue_at(where->place, "regime.floor_loosened",
                               own + " says " + value.text() + ", but " + law + " (" + text_of(base_.place) +
                                   ") allows " + (is_max_ ? "at most " : "at least ") + limit.text(),
                               own + " 规定为 " + value.text() + "，而 " + law + "（" + text_of(base_.place) + "）" +
                                   (is_max_ ? "至多 " : "至少 ") + limit.text()));
  }

  void not_comparable(const std::string& key) {
    const std::string own = overlay_.place.book + "/" + path_, law = base_.place.book + "/" + path_;
    issues_.push_back(
        issue_at(overlay_.place, "regime.floor_not_comparable",
                 own + " has another '" + key + "' than the floor " + law + " (" + text_of(base_.place) +
                     "), so it cannot be shown to keep inside it",
                 own + " 的“" + key + "”与底线 " + law + "（" + text_of(base_.place) + "）不同，无法比较"));
  }

  const Item& base_;
  const Item& overlay_;
  std::string path_;
  std::vector<Issue>& issues_;
  Numbers below_, above_;
  bool is_max_ = true;
};

std::unordered_map<std::string, const Item*> tables_of(const Item& book) {
  std::unordered_map<std::string, const Item*> result;
  for_each_table(book, "", [&](const Item& table, const std::string& path) { result.emplace(path, &table); });
  return result;
}

}  // namespace

void check_floors(const std::vector<Item>& books, const Item& merged, std::vector<Issue>& issues) {
  std::map<std::string, std::vector<const Item*>> floors;
  for (std::size_t i = 0; i < books.size(); ++i) {
    const auto tables = tables_of(books[i]);
    for (const auto& [path, stated] : floors) {
      const auto found = tables.find(path);
      if (found == tables.end() || !found->second->find("values")) continue;
      for (const Item* floor : stated) FloorCheck(*floor, *found->second, path, issues).run();
    }
    for (const auto& [path, table] : tables)
      if (const Item* floor = table->find("floor"); floor && floor->kind == ItemKind::text && table->find("values"))
        floors[path].push_back(table);
  }
  const auto kept = tables_of(merged);
  for (const auto& [path, stated] : floors)
    if (!kept.contains(path))
      issues.push_back(issue_at(
          books.back().place, "regime.floor_removed",
          "the floor " + stated.front()->place.book + "/" + path + " (" + text_of(stated.front()->place) +
              ") must not be removed",
          "底线 " + stated.front()->place.book + "/" + path + "（" + text_of(stated.front()->place) + "）不得删除"));
}

}  // namespace shouyue::regime
