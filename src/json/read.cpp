#include "json/read.hpp"

#include <limits>

#include <boost/json/stream_parser.hpp>

#include "base/encoding.hpp"

namespace shouyue::json {
namespace from {

void value(Reading& reading, const boost::json::value& json, bool& out) {
  if (const bool* flag = json.if_bool())
    out = *flag;
  else
    reading.expected("true or false", " true 或 false");
}

void value(Reading& reading, const boost::json::value& json, std::int64_t& out) {
  if (const std::int64_t* number = json.if_int64())
    out = *number;
  else
    reading.expected("a whole number", "整数");
}

void value(Reading& reading, const boost::json::value& json, int& out) {
  const std::int64_t* number = json.if_int64();
  if (!number || *number < std::numeric_limits<int>::min() || *number > std::numeric_limits<int>::max())
    return reading.expected("a whole number", "整数");
  out = static_cast<int>(*number);
}

void value(Reading& reading, const boost::json::value& json, std::string& out) {
  if (const auto* text = json.if_string())
    out.assign(text->data(), text->size());
  else
    reading.expected("a text", "文本");
}

void value(Reading& reading, const boost::json::value& json, Date& out) {
  const auto* text = json.if_string();
  const auto day =
      text ? Date::parse(std::string_view(text->data(), text->size())) : Result<Date>(std::unexpected(Error{}));
  if (!day) return reading.expected("a day such as 2021-10-08", "日期，如 2021-10-08");
  out = *day;
}

void value(Reading& reading, const boost::json::value& json, Instant& out) {
  const auto* text = json.if_string();
  const auto at =
      text ? Instant::parse(std::string_view(text->data(), text->size())) : Result<Instant>(std::unexpected(Error{}));
  if (!at) return reading.expected("a moment such as 2021-10-08T09:30:00+08:00", "时刻，如 2021-10-08T09:30:00+08:00");
  out = *at;
}

}  // namespace from

Result<boost::json::value> parse(std::string_view text) {
  boost::json::stream_parser parser;
  boost::json::error_code error;
  const std::size_t read = parser.write(text.data(), text.size(), error);
  if (!error) parser.finish(error);
  if (!error) return parser.release();
  const std::string at = std::to_string(read);
  return refuse(Errc::invalid_input, "json.syntax", "no JSON at byte " + at + ": " + error.message(),
                "第 " + at + " 字节处不是合法的 JSON");
}

Error refusal_of(const std::vector<Fault>& faults) {
  Error error{Errc::invalid_input, "json.wrong_value", {}, {}};
  for (const Fault& fault : faults) {
    const std::string where = fault.pointer.empty() ? "/" : fault.pointer;
    error.en += (error.en.empty() ? "" : "; ") + where + " " + fault.en;
    error.zh += (error.zh.empty() ? "" : "；") + where + " " + fault.zh;
  }
  return error;
}

}  // namespace shouyue::json
