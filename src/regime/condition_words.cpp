#include "regime/condition_words.hpp"

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/money.hpp"

namespace shouyue::regime {
namespace {

using expr::Node;
using expr::Op;
using expr::Type;

enum class Bond : std::uint8_t { either, both, none };  // what holds a phrase together, the loosest first

// What a node says: a value as a noun, a condition as a sentence.
struct Phrase {
  Wording said;
  Wording opposite = {};  // of a condition; empty: it has none of its own
  Bond bond = Bond::none;
};

Wording operator+(Wording left, const Wording& right) {
  left.zh += right.zh;
  left.en += right.en;
  return left;
}

Wording in_parentheses(const Wording& inner) { return {"（" + inner.zh + "）", "(" + inner.en + ")"}; }

Wording in_quotes(const Wording& inner) { return {"“" + inner.zh + "”", "\"" + inner.en + "\""}; }

// `A、B、C`
Wording listed(const std::vector<Wording>& words) {
  Wording said;
  for (const Wording& word : words) said = (said.empty() ? said : std::move(said) + Wording{"、", ", "}) + word;
  return said;
}

struct Comparison {
  Wording holds, fails;
};

Comparison comparison_words(Op op, bool is_date) {
  const Wording before{"早于", "is before"}, after{"晚于", "is after"};
  const Wording not_after{"不晚于", "is on or before"}, not_before{"不早于", "is on or after"};
  const Wording less{"小于", "is less than"}, more{"大于", "is more than"};
  const Wording at_most{"至多", "is at most"}, at_least{"至少", "is at least"};
  switch (op) {
    case Op::not_equal: return {{"不为", "is not"}, {"为", "is"}};
    case Op::less: return is_date ? Comparison{before, not_before} : Comparison{less, at_least};
    case Op::less_equal: return is_date ? Comparison{not_after, after} : Comparison{at_most, more};
    case Op::greater: return is_date ? Comparison{after, not_after} : Comparison{more, at_most};
    case Op::greater_equal: return is_date ? Comparison{not_before, before} : Comparison{at_least, less};
    default: return {{"为", "is"}, {"不为", "is not"}};
  }
}

// Says the nodes one after the other: operands stand before what uses them, and each is used once.
class Speaker {
 public:
  Speaker(const std::vector<Node>& nodes, const expr::Schema& schema, const OwnWords& own)
      : nodes_(nodes), schema_(schema), own_(own), phrases_(nodes.size()) {}

  Wording run() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) phrases_[i] = phrase_of(nodes_[i]);
    return std::move(phrases_.back().said);
  }

 private:
  Phrase phrase_of(const Node& node) {
    switch (node.op) {
      case Op::constant: return constant(node);
      case Op::variable: return variable(node);
      case Op::logical_or: return bound(node, Bond::either, {"，或", ", or "});
      case Op::logical_and: return bound(node, Bond::both, {"且", " and "});
      case Op::logical_not: return negation(node);
      case Op::add:
      case Op::subtract: return {.said = sum(node)};
      case Op::in_list: return one_of(node);
      case Op::set_has: return contains(node);
      case Op::set_overlaps: return overlaps(node);
      case Op::known: return known(node);
      case Op::months_after: return {.said = after(said(node.left), said(node.right) + Wording{" 个月", " months"})};
      default: return comparison(node);
    }
  }

  const Node& at(std::int32_t position) const { return nodes_[static_cast<std::size_t>(position)]; }
  Phrase& phrase(std::int32_t position) { return phrases_[static_cast<std::size_t>(position)]; }
  Wording& said(std::int32_t position) { return phrase(position).said; }
  const expr::Variable& variable_at(std::int32_t position) const {
    return schema_[static_cast<std::size_t>(at(position).amount)];
  }
  Wording quoted_word(std::int32_t position, std::int64_t index) const {
    return in_quotes(word_of(variable_at(position), index, own_));
  }
  // What a book calls something is quoted, a code of the lists is not.
  Wording word(std::int32_t position, std::int64_t index) const {
    const bool is_own = own_.contains(variable_at(position).name);
    return is_own ? quoted_word(position, index) : word_of(variable_at(position), index, own_);
  }

  Phrase constant(const Node& node) const {
    if (node.type != Type::boolean) return {.said = amount(node.type, node.amount)};
    const Wording always{"任何情形", "always"}, never{"从不", "never"};
    return node.amount ? Phrase{always, never} : Phrase{never, always};
  }

  // A text has no words of its own: only the variable it meets knows them.
  static Wording amount(Type type, std::int64_t amount) {
    const auto same = [](const std::string& text) { return Wording{text, text}; };
    switch (type) {
      case Type::date: return same(Date::from_days(static_cast<std::int32_t>(amount)).text());
      case Type::money: return same(Money::fen(amount).yuan()) + Wording{" 元", " yuan"};
      case Type::decimal: return same(Decimal::millionths(amount).text());
      default: return same(std::to_string(amount));
    }
  }

  Phrase variable(const Node& node) const {
    VariableWords words = words_of(schema_[static_cast<std::size_t>(node.amount)].name);
    return {.said = std::move(words.said), .opposite = std::move(words.opposite)};
  }

  Phrase bound(const Node& node, Bond bond, const Wording& word) {
    const auto part = [&](std::int32_t position) {
      Phrase& inner = phrase(position);
      return inner.bond < bond ? in_parentheses(inner.said) : std::move(inner.said);
    };
    Wording left = part(node.left);
    left = std::move(left) + word;
    return {.said = std::move(left) + part(node.right), .opposite = {}, .bond = bond};
  }

  Phrase negation(const Node& node) {
    Phrase& inner = phrase(node.left);
    if (!inner.opposite.empty()) return {.said = std::move(inner.opposite), .opposite = std::move(inner.said)};
    const Wording whole = in_parentheses(inner.said);
    return {.said = Wording{"并非", "not "} + whole, .opposite = whole};
  }

  static Wording after(const Wording& date, const Wording& span) {
    return {date.zh + "后 " + span.zh, span.en + " after " + date.en};
  }

  Wording sum(const Node& node) {
    const Wording& left = said(node.left);
    const Wording& right = said(node.right);
    const bool is_added = node.op == Op::add;
    if (node.type == Type::date && is_added) return after(left, right + Wording{" 天", " days"});
    if (node.type == Type::date) return {left.zh + "前 " + right.zh + " 天", right.en + " days before " + left.en};
    if (at(node.left).type == Type::date)
      return {right.zh + "至" + left.zh + "的天数", "the days from " + right.en + " to " + left.en};
    return left + (is_added ? Wording{"加 ", " plus "} : Wording{"减 ", " minus "}) + right;
  }

  // What does not hold of a value does not hold of a missing one either: the opposite says so.
  static Phrase about(const Wording& subject, const Wording& holds, const Wording& fails, const Wording& object) {
    return {.said = subject + holds + object,
            .opposite = subject + Wording{"空缺或", " is missing or"} + fails + object};
  }

  Phrase comparison(const Node& node) {
    const bool is_turned = at(node.left).op == Op::constant && at(node.right).op != Op::constant;
    const std::int32_t subject = is_turned ? node.right : node.left, object = is_turned ? node.left : node.right;
    if (at(subject).type == Type::boolean) return equivalence(node.op, phrase(subject), phrase(object));
    const Comparison words = comparison_words(is_turned ? turned(node.op) : node.op, at(subject).type == Type::date);
    const bool is_spaced = at(object).op == Op::constant && at(object).type != Type::text;
    const Wording gap{is_spaced ? " " : "", " "};
    return about(said(subject), spaced(words.holds) + gap, spaced(words.fails) + gap, object_of(subject, object));
  }

  static Wording spaced(const Wording& verb) { return {verb.zh, " " + verb.en}; }

  static Op turned(Op op) {
    switch (op) {
      case Op::less: return Op::greater;
      case Op::less_equal: return Op::greater_equal;
      case Op::greater: return Op::less;
      case Op::greater_equal: return Op::less_equal;
      default: return op;
    }
  }

  // A constant in the words and the unit of the variable that it is compared with.
  Wording object_of(std::int32_t subject, std::int32_t object) {
    if (at(object).op != Op::constant || at(subject).op != Op::variable) return said(object);
    if (at(subject).type == Type::text) return word(subject, at(object).amount);
    const Wording unit = words_of(variable_at(subject).name).unit;
    return said(object) + Wording{unit.zh.empty() ? "" : " " + unit.zh, unit.en.empty() ? "" : " " + unit.en};
  }

  static Phrase equivalence(Op op, const Phrase& left, const Phrase& right) {
    const Wording same = in_quotes(left.said) + Wording{"与", " and "} + in_quotes(right.said);
    const Wording holds = same + Wording{"同真或同假", " are both true or both false"};
    const Wording fails = same + Wording{"一真一假", " are one true and one false"};
    return op == Op::equal ? Phrase{.said = holds} : Phrase{.said = fails};
  }

  Phrase one_of(const Node& node) {
    std::vector<Wording> words;
    for (const std::int64_t amount_in_list : node.list)
      words.push_back(at(node.left).type == Type::text ? word(node.left, amount_in_list)
                                                       : amount(at(node.left).type, amount_in_list));
    if (words.size() == 1) return about(said(node.left), {"为", " is "}, {"不为", " is not "}, words.front());
    return about(said(node.left), {"属于", " is one of "}, {"不属于", " is none of "}, listed(words));
  }

  Phrase contains(const Node& node) {
    const Wording& set = said(node.left);
    const Wording what = node.right >= 0 ? said(node.right) : quoted_word(node.left, node.amount);
    return {.said = set + Wording{"含", " include "} + what,
            .opposite = set + Wording{"不含", " do not include "} + what};
  }

  Phrase overlaps(const Node& node) {
    std::vector<Wording> words;
    for (int index = 0; index < 64; ++index)
      if ((static_cast<std::uint64_t>(node.amount) >> index & 1) != 0) words.push_back(quoted_word(node.left, index));
    const Wording& set = said(node.left);
    const Wording all = listed(words);
    return {.said = set + Wording{"含", " include one of "} + all + Wording{"之一", ""},
            .opposite = set + Wording{"不含", " include none of "} + all + Wording{"中的任何一个", ""}};
  }

  Phrase known(const Node& node) {
    const Wording& inner = said(node.left);
    if (at(node.left).type == Type::boolean)
      return {.said = Wording{"已知是否", "it is known whether "} + inner,
              .opposite = Wording{"不知是否", "it is not known whether "} + inner};
    return {.said = Wording{"有", "has "} + inner, .opposite = Wording{"无", "has no "} + inner};
  }

  const std::vector<Node>& nodes_;
  const expr::Schema& schema_;
  const OwnWords& own_;
  std::vector<Phrase> phrases_;
};

}  // namespace

Wording in_words(const expr::Expression& condition, const expr::Schema& schema, const OwnWords& own) {
  return Speaker(condition.nodes(), schema, own).run();
}

}  // namespace shouyue::regime
