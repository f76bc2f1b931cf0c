#include "regime/layers.hpp"

#include <algorithm>
#include <unordered_map>

namespace shouyue::regime {
namespace {

bool has_parts(const Item& table) {
  return std::any_of(table.table.begin(), table.table.end(),
                     [](const auto& entry) { return entry.second.is_table() || entry.second.is_array_of_tables(); });
}

bool is_one_decision(const Item& base, const Item& overlay) {
  for (const Item* table : {&base, &overlay})
    if (table->find("values") || table->find("when")) return true;
  return !has_parts(base) && !has_parts(overlay);
}

bool is_removal(const Item& item) {
  const Item* remove = item.find("remove");
  return remove && remove->kind == ItemKind::boolean && remove->number != 0;
}

bool order_is_meaning(const std::string& path) {
  return path == "outcome.rule" || path == "ticket_order" || path == "letter" || path.ends_with(".hand_over");
}

class Merger {
 public:
  explicit Merger(std::vector<Issue>& issues) : issues_(issues) {}

  void merge_table(Item& base, const Item& overlay, const std::string& path) {
    bool states_something = false;
    for (const auto& [key, value] : overlay.table) {
      const std::string inner = join_path(path, key);
      if (value.is_table() && is_removal(value)) {
        remove_key(base, key, value, inner);
        continue;
      }
      const auto [known, is_new] = base.table.try_emplace(key);
      merge_value(known->second, is_new, value, inner);
      states_something = states_something || !(value.is_table() || value.is_array_of_tables());
    }
    if (states_something) base.place = overlay.place;
  }

 private:
  void merge_value(Item& base, bool is_new, const Item& overlay, const std::string& path) {
    if (is_new)
      base = overlay;
    else if (base.is_table() && overlay.is_table() && !is_one_decision(base, overlay))
      merge_table(base, overlay, path);
    else if (base.is_array_of_tables() && overlay.is_array_of_tables() && !order_is_meaning(path))
      merge_list(base, overlay, path);
    else
      base = overlay;
  }

  void merge_list(Item& base, const Item& overlay, const std::string& path) {
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t i = 0; i < base.array.size(); ++i) known.emplace(base.array[i].id(), i);
    std::vector<bool> removed(base.array.size(), false);
    for (const Item& entry : overlay.array) {
      const auto found = known.find(entry.id());
      if (is_removal(entry)) {
        if (found == known.end())
          nothing_to_remove(entry, join_path(path, entry.id()));
        else
          removed[found->second] = true;
      } else if (found != known.end()) {
        base.array[found->second] = entry;
      } else {
        base.array.push_back(entry);
      }
    }
    for (std::size_t i = removed.size(); i-- > 0;)
      if (removed[i]) base.array.erase(base.array.begin() + static_cast<std::ptrdiff_t>(i));
  }

  void remove_key(Item& base, const std::string& key, const Item& removal, const std::string& path) {
    if (base.table.erase(key) == 0) nothing_to_remove(removal, path);
  }

  void nothing_to_remove(const Item& removal, const std::string& path) {
    issues_.push_back(issue_at(removal.place, "regime.nothing_to_remove",
                               "'" + path + "' is removed but no book below states it",
                               "要删除“" + path + "”，但下层制度没有此项"));
  }

  std::vector<Issue>& issues_;
};

}  // namespace

Item merge_layers(const std::vector<Item>& books, std::vector<Issue>& issues) {
  Item merged = books.front();
  for (std::size_t i = 1; i < books.size(); ++i) {
    merged.table.erase("regime");  // a book's heading is its own
    Merger(issues).merge_table(merged, books[i], "");
  }
  return merged;
}

void check_statutory_questions(const std::vector<Item>& books, const Item& merged, std::vector<Issue>& issues) {
  const auto questions_of = [](const Item& book) {
    std::unordered_map<std::string, const Item*> result;
    const Item* section = book.find("questionnaire");
    const Item* list = section ? section->find("question") : nullptr;
    if (list)
      for (const Item& question : list->array) result.emplace(question.id(), &question);
    return result;
  };
  const auto kept = questions_of(merged);
  for (const Item& book : books) {
    for (const auto& [id, question] : questions_of(book)) {
      const Item* statutory = question->find("statutory");
      if (!statutory || statutory->number == 0) continue;
      const auto found = kept.find(id);
      if (found != kept.end() && canonical_text(*found->second) == canonical_text(*question)) continue;
      const Place& place = found != kept.end() ? found->second->place : books.back().place;
      issues.push_back(issue_at(place, "regime.statutory_question",
                                "the statutory question " + question->place.book + "/questionnaire.question." + id +
                                    " (" + text_of(question->place) + ") must stay as it is",
                                "法定回访问题 " + question->place.book + "/questionnaire.question." + id + "（" +
                                    text_of(question->place) + "）不得删除或更改"));
    }
  }
}

}  // namespace shouyue::regime
