#include "expr/lexer.hpp"

#include "base/date.hpp"
#include "base/decimal.hpp"

namespace shouyue::expr {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_char(char c) { return is_name_start(c) || is_digit(c); }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> run() {
    std::vector<Token> tokens;
    do {
      while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
      tokens.push_back(SHOUYUE_TRY(next()));
    } while (tokens.back().kind != TokenKind::end);
    return tokens;
  }

 private:
  int column() const { return static_cast<int>(at_) + 1; }

  Result<Token> next() {
    if (at_ == text_.size()) return Token{.kind = TokenKind::end, .text = "", .column = column()};
    const char c = text_[at_];
    if (is_name_start(c)) return name();
    if (is_digit(c)) return looks_like_date() ? date() : number();
    if (c == '\'') return quoted();
    return symbol();
  }

  Token name() {
    const std::size_t from = at_;
    const int where = column();
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    return {.kind = TokenKind::name, .text = text_.substr(from, at_ - from), .column = where};
  }

  bool looks_like_date() const {
    for (std::size_t i = 0; i < 4; ++i)
      if (at_ + i >= text_.size() || !is_digit(text_[at_ + i])) return false;
    return at_ + 5 < text_.size() && text_[at_ + 4] == '-' && is_digit(text_[at_ + 5]) && at_ + 7 < text_.size() &&
           text_[at_ + 7] == '-';
  }

  Result<Token> date() {
    const std::string_view written = text_.substr(at_, 10);
    const auto day = Date::parse(written);
    if (!day) return refuse_at(column(), "expr.syntax", day.error().en, day.error().zh);
    Token token{
        .kind = TokenKind::date, .text = written, .column = column(), .type = Type::date, .amount = day->days()};
    at_ += 10;
    return token;
  }

  Result<Token> number() {
    const std::size_t from = at_;
    const int where = column();
    bool decimal = false;
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) decimal |= text_[at_++] == '.';
    if (at_ < text_.size() && text_[at_] == '%') decimal = true, ++at_;
    if (at_ < text_.size() && is_name_char(text_[at_]))
      ++at_;  // takes the stray letter in, so that the message shows it
    const std::string_view written = text_.substr(from, at_ - from);
    const auto value = Decimal::parse(written);
    const auto bad = [&](std::string_view en, std::string_view zh) {
      return refuse_at(where, "expr.syntax", "'" + std::string(written.substr(0, 40)) + "' " + std::string(en),
                       "“" + std::string(written.substr(0, 40)) + "”" + std::string(zh));
    };
    if (decimal && !value) return bad("is not a number with at most six decimals", "不是数（最多六位小数）");
    if (decimal) return Token{TokenKind::number, written, where, Type::decimal, value->in_millionths()};
    std::int64_t whole = 0;
    for (const char c : written)
      if (!is_digit(c) || __builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, c - '0', &whole))
        return bad("is not a whole number that fits", "不是可用的整数");
    return Token{TokenKind::number, written, where, Type::integer, whole};
  }

  Result<Token> quoted() {
    const int where = column();
    const std::size_t close = text_.find('\'', at_ + 1);
    if (close == std::string_view::npos)
      return refuse_at(where, "expr.syntax", "the text has no closing quote", "文字缺少结束的引号");
    Token token{.kind = TokenKind::text, .text = text_.substr(at_ + 1, close - at_ - 1), .column = where};
    at_ = close + 1;
    return token;
  }

  Result<Token> symbol() {
    for (const std::string_view two : {"==", "!=", "<=", ">="})
      if (text_.substr(at_, 2) == two) return take_symbol(2);
    if (std::string_view("<>()[],+-").find(text_[at_]) != std::string_view::npos) return take_symbol(1);
    return refuse_at(column(), "expr.syntax",
                     "unexpected character; conditions are made of names, numbers, "
                     "'words', dates and == != < <= > >= + - ( ) [ ] ,",
                     "无法识别的字符");
  }

  Token take_symbol(std::size_t length) {
    Token token{.kind = TokenKind::symbol, .text = text_.substr(at_, length), .column = column()};
    at_ += length;
    return token;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::unexpected<Error> refuse_at(int column, const char* rule, const std::string& en, const std::string& zh) {
  return refuse(Errc::invalid_input, rule, "column " + std::to_string(column) + ": " + en,
                "第 " + std::to_string(column) + " 列：" + zh);
}

Result<std::vector<Token>> tokens_of(std::string_view text) {
  constexpr std::size_t longest = 20'000;
  if (text.size() > longest)
    return refuse_at(static_cast<int>(longest), "expr.syntax", "the condition is longer than 20000 bytes",
                     "条件超过 20000 字节");
  return Lexer(text).run();
}

}  // namespace shouyue::expr
