#include "store/postgres_wire.hpp"

#include "base/error.hpp"

namespace shouyue::store {
namespace {

constexpr std::int32_t oid_int8 = 20, oid_text = 25;

template <class Integer>
void add_integer(std::string& bytes, Integer value) {
  for (int shift = static_cast<int>(sizeof(Integer)) * 8 - 8; shift >= 0; shift -= 8)
    bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
}

void add_value(std::string& bytes, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::nothing: add_integer<std::int32_t>(bytes, -1); return;
    case Value::Kind::integer:
      add_integer<std::int32_t>(bytes, 8);
      add_integer<std::int64_t>(bytes, value.integer());
      return;
    case Value::Kind::text:
      add_integer<std::int32_t>(bytes, static_cast<std::int32_t>(value.text().size()));
      bytes += value.text();
      return;
  }
}

}  // namespace

std::int64_t read_integer(std::string_view bytes) {
  std::uint64_t value = !bytes.empty() && (bytes[0] & 0x80) ? ~std::uint64_t{0} : 0;
  for (const char byte : bytes) value = (value << 8) | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

CopyText::CopyText() {
  using namespace std::string_view_literals;
  bytes_ = "PGCOPY\n\xff\r\n\0"sv;
  add_integer<std::int32_t>(bytes_, 0);  // flags
  add_integer<std::int32_t>(bytes_, 0);  // length of what follows the header
}

void CopyText::add(std::span<const Value> row) {
  add_integer<std::int16_t>(bytes_, static_cast<std::int16_t>(row.size()));
  for (const Value& value : row) add_value(bytes_, value);
}

void CopyText::end() { add_integer<std::int16_t>(bytes_, -1); }

std::string array_of(const Rows& rows, std::size_t column) {
  const Value::Kind kind = rows[0][column].kind();
  std::string bytes;
  for (const std::int32_t head :
       {1, 0, kind == Value::Kind::integer ? oid_int8 : oid_text, static_cast<std::int32_t>(rows.size()), 1})
    add_integer(bytes, head);  // dimensions, whether values are missing, their type, how many, number of the first
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ensure(rows[i][column].kind() == kind, "an array has values of one kind");
    add_value(bytes, rows[i][column]);
  }
  return bytes;
}

}  // namespace shouyue::store
