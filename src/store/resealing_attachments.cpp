#include "base/base64.hpp"
#include "store/resealing.hpp"

namespace shouyue::store {
namespace {

struct Part {
  std::string policy_no, id;
  std::int64_t n = 0;
  std::string text;
};

std::string key_of(const Part& part) { return part.policy_no + "/" + part.id; }

}  // namespace

Result<void> Resealing::texts_of(std::int64_t bucket, const SealedColumn& column) {
  const std::string table = column.table, id = column.id;
  std::vector<Part> rows;
  const auto take = [&](const AnswerRow& answer) -> Result<void> {
    Part row{.policy_no = std::string(answer.text(0)), .id = std::string(answer.text(1)), .text = {}};
    auto text = SHOUYUE_TRY(opened(row.policy_no, answer.value(3), place_of(table, key_of(row)), answer.text(2)));
    if (!text || text->empty()) return {};
    row.text = std::move(*text);
    rows.push_back(std::move(row));
    return {};
  };
  SHOUYUE_CHECK(connection_.query("SELECT t.policy_no, t." + id + ", t." + column.text + ", s.salt FROM " + table +
                                      " AS t LEFT JOIN subject_key AS s ON s.bucket = t.bucket AND "
                                      "s.policy_no = t.policy_no WHERE t.bucket = $1",
                                  {bucket}, take));
  for (const Part& row : rows) {
    const std::string_view policy_no = row.policy_no;
    const auto keys = SHOUYUE_TRY(keys_.subject_keys(after_, std::span(&policy_no, 1)));
    const std::string text = vault::seal(keys.front(), row.text, place_of(table, key_of(row)));
    SHOUYUE_CHECK(connection_.run(
        "UPDATE " + table + " SET " + column.text + " = $4 WHERE bucket = $1 AND policy_no = $2 AND " + id + " = $3",
        {bucket, row.policy_no, row.id, text}));
    ++sealed_;
  }
  return {};
}

// One part in memory at a time.
Result<void> Resealing::attachment_parts_of(std::int64_t bucket) {
  std::vector<Part> parts;
  SHOUYUE_CHECK(connection_.query("SELECT policy_no, attachment_id, n FROM attachment_part WHERE bucket = $1", {bucket},
                                  [&parts](const AnswerRow& answer) {
                                    parts.push_back({.policy_no = std::string(answer.text(0)),
                                                     .id = std::string(answer.text(1)),
                                                     .n = answer.integer(2),
                                                     .text = {}});
                                    return Result<void>();
                                  }));
  for (const Part& part : parts) {
    const std::string place = place_of("attachment_part", key_of(part), part.n);
    std::optional<std::string> content;
    const auto take = [&](const AnswerRow& answer) -> Result<void> {
      content = SHOUYUE_TRY(opened(part.policy_no, answer.value(1), place, answer.text(0)));
      return {};
    };
    SHOUYUE_CHECK(
        connection_.query("SELECT p.content, s.salt FROM attachment_part AS p "
                          "LEFT JOIN subject_key AS s ON s.bucket = p.bucket AND s.policy_no = p.policy_no "
                          "WHERE p.bucket = $1 AND p.policy_no = $2 AND p.attachment_id = $3 AND p.n = $4",
                          {bucket, part.policy_no, part.id, part.n}, take));
    if (!content) continue;
    if (!before_) content = SHOUYUE_TRY(from_base64(*content));
    const std::string_view policy_no = part.policy_no;
    const auto keys = SHOUYUE_TRY(keys_.subject_keys(after_, std::span(&policy_no, 1)));
    const std::string sealed = vault::seal(keys.front(), *content, place);
    SHOUYUE_CHECK(
        connection_.run("UPDATE attachment_part SET content = $5 WHERE bucket = $1 AND policy_no = $2 AND "
                        "attachment_id = $3 AND n = $4",
                        {bucket, part.policy_no, part.id, part.n, sealed}));
    ++sealed_;
  }
  return {};
}

}  // namespace shouyue::store
