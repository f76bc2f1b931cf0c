#include "access/known_password.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace shouyue::access {
namespace {

using namespace std::string_view_literals;

constexpr std::array known_parts{
    // words
    "password"sv, "passwort"sv, "passwd"sv, "passw0rd"sv, "pssw0rd"sv, "psswrd"sv, "pass"sv, "mima"sv, "secret"sv,
    "admin"sv, "administrator"sv, "root"sv, "superuser"sv, "user"sv, "guest"sv, "test"sv, "tester"sv, "testing"sv,
    "demo"sv, "default"sv, "changeme"sv, "letmein"sv, "welcome"sv, "hello"sv, "login"sv, "system"sv, "manager"sv,
    "master"sv, "monkey"sv, "dragon"sv, "football"sv, "baseball"sv, "basketball"sv, "sunshine"sv, "princess"sv,
    "shadow"sv, "superman"sv, "batman"sv, "trustno"sv, "trustnoone"sv, "iloveyou"sv, "love"sv, "freedom"sv,
    "whatever"sv, "starwars"sv, "michael"sv, "jordan"sv, "computer"sv, "internet"sv, "server"sv, "office"sv,
    "company"sv, "woaini"sv, "woaiwo"sv, "woaiwojia"sv, "woaizhongguo"sv, "zhongguo"sv, "china"sv, "beijing"sv,
    "shanghai"sv, "xiaoming"sv, "zhangsan"sv, "lisi"sv, "wangwu"sv, "nihao"sv, "gongxi"sv, "facai"sv, "laoban"sv,
    // of this product and its trade
    "shouyue"sv, "huifang"sv, "baoxian"sv, "baodan"sv, "renshou"sv, "insurance"sv, "life"sv, "policy"sv, "call"sv,
    "center"sv, "centre"sv, "callcenter"sv, "callcentre"sv, "zuoxi"sv, "kefu"sv, "agent"sv, "branch"sv, "supervisor"sv,
    "auditor"sv, "quality"sv, "密码"sv, "守约"sv, "回访"sv, "保险"sv, "保单"sv, "坐席"sv, "管理员"sv, "你好"sv,
    "我爱你"sv, "中国"sv,
    // keys in a row
    "qwertyuiop"sv, "qwertyui"sv, "qwerty"sv, "qwert"sv, "qwer"sv, "qwe"sv, "asdfghjkl"sv, "asdfgh"sv, "asdf"sv,
    "asd"sv, "zxcvbnm"sv, "zxcvb"sv, "zxcv"sv, "zxc"sv, "qazwsxedc"sv, "qazwsx"sv, "qaz"sv, "wsx"sv, "edc"sv,
    "1q2w3e4r5t6y"sv, "1q2w3e4r5t"sv, "1q2w3e4r"sv, "1q2w3e"sv, "1qaz"sv, "2wsx"sv, "3edc"sv, "4rfv"sv, "q1w2e3r4"sv,
    "abcdefghijkl"sv, "abcdefg"sv, "abcdef"sv, "abcd"sv, "abc"sv, "aaa"sv, "xyz"sv,
    // numbers
    "1234567890"sv, "0123456789"sv, "123456789"sv, "12345678"sv, "1234567"sv, "123456"sv, "12345"sv, "1234"sv, "123"sv,
    "12"sv, "1"sv, "01"sv, "012"sv, "234"sv, "456"sv, "789"sv, "9876543210"sv, "987654321"sv, "87654321"sv, "654321"sv,
    "54321"sv, "4321"sv, "321"sv, "000"sv, "111"sv, "222"sv, "333"sv, "444"sv, "555"sv, "666"sv, "777"sv, "888"sv,
    "999"sv, "112233"sv, "123123"sv, "121212"sv, "147258369"sv, "147258"sv, "159357"sv, "741852963"sv, "5201314"sv,
    "520"sv, "1314"sv, "168"sv, "007"sv};

// `200` and `201` with a digit, and so on: years of birth and of this day.
bool starts_with_year(std::string_view text) {
  if (text.size() < 4 || (!text.starts_with("19") && !text.starts_with("20"))) return false;
  return std::ranges::all_of(text.substr(2, 2), [](char c) { return c >= '0' && c <= '9'; });
}

// As a person reads it: small letters, without signs and spaces.
std::string folded(std::string_view password) {
  std::string text;
  for (const char c : password) {
    if (c >= 'A' && c <= 'Z') text += static_cast<char>(c - 'A' + 'a');
    const bool is_letter_or_digit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (is_letter_or_digit) text += c;
  }
  return text;
}

}  // namespace

bool is_known_password(std::string_view password) {
  const std::string text = folded(password);
  std::string is_reached(text.size() + 1, '\0');  // by known parts, from the front
  is_reached[0] = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_reached[at] == 0) continue;
    const std::string_view rest = std::string_view(text).substr(at);
    for (const std::string_view part : known_parts)
      if (rest.starts_with(part)) is_reached[at + part.size()] = 1;
    if (starts_with_year(rest)) is_reached[at + 4] = 1;
  }
  return is_reached[text.size()] != 0;
}

}  // namespace shouyue::access
