#include "app/case_facts.hpp"

#include <algorithm>
#include <set>

#include "insurer/formats.hpp"

namespace shouyue::app {
namespace {

Error wrong(std::string rule, const toml::node& node, std::string what) {
  const std::string place = "line " + std::to_string(node.source().begin.line) + ": ";
  return {Errc::invalid_input, std::move(rule), place + what, place + what};
}

// Fills a record from a table whose keys are the columns of its file; an empty text leaves its field empty. `known` is
// kept apart.
template <class Record>
Result<void> fill(const toml::table& table, Record& record, Instant* known = nullptr) {
  for (const auto& [key, node] : table) {
    if (key.str() == "known" && known) {
      *known = SHOUYUE_TRY(Instant::parse(text_of_node(node)));
      continue;
    }
    const auto all = insurer::fields<Record>();
    const auto field = std::ranges::find_if(all, [&](const auto& one) { return one.text.name == key.str(); });
    if (field == all.end())
      return std::unexpected(wrong("cases.unknown_key", node, "no column '" + std::string(key.str()) + "'"));
    const std::string text = text_of_node(node);
    if (text.empty()) continue;
    if (auto read = field->read(record, text); !read)
      return std::unexpected(wrong("cases.wrong_value", node, std::string(key.str()) + ": " + read.error().en));
  }
  return {};
}

// `2021-10-08 09:30:00 first_call no_answer` or `… answered terms_unclear:open`: a call in one line. An answered one
// reached the holder, verified, and was completed.
toml::table call_of(const std::string& line) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from < line.size();) {
    const std::size_t to = std::min(line.find(' ', from), line.size());
    if (to > from) words.push_back(line.substr(from, to - from));
    from = to + 1;
  }
  toml::table call;
  if (words.size() < 4) return call;
  call.insert("started_at", words[0] + " " + words[1]);
  call.insert("leg", words[2]);
  call.insert("connection", words[3]);
  if (words[3] == "answered") {
    call.insert("party", "holder");
    call.insert("identity", "verified");
    call.insert("interview", "complete");
  }
  if (words.size() > 4) call.insert("findings", words[4]);
  return call;
}

class Reader {
 public:
  Reader(const toml::table& table, const regime::RuleBooks& books) : table_(table), books_(books) {}

  Result<CaseFacts> run() {
    static const std::set<std::string_view> known{"name",
                                                  "source",
                                                  "now",
                                                  "policy",
                                                  "surroundings",
                                                  "receipt",
                                                  "attempts",
                                                  "ticket_steps",
                                                  "policy_changes",
                                                  "answers",
                                                  "exceptions",
                                                  "expect",
                                                  "expect_tickets",
                                                  "expect_commission",
                                                  "expect_entries",
                                                  "expect_slots",
                                                  "expect_questions",
                                                  "expect_findings",
                                                  "expect_reason_groups",
                                                  "expect_person_limit",
                                                  "expect_letter",
                                                  "expect_receipt",
                                                  "expect_waiver",
                                                  "expect_refused",
                                                  "note"};
    for (const auto& [key, node] : table_)
      if (!known.contains(key.str()))
        return std::unexpected(wrong("cases.unknown_key", node, "no key '" + std::string(key.str()) + "'"));
    const toml::node* now = table_.get("now");
    if (!now) return std::unexpected(wrong("cases.wrong_value", table_, "`now` is missing"));
    facts_.now = SHOUYUE_TRY(Instant::parse(text_of_node(*now)));
    SHOUYUE_CHECK(read_policies());
    SHOUYUE_CHECK(read_surroundings());
    SHOUYUE_CHECK(read_receipts());
    SHOUYUE_CHECK(read_attempts());
    SHOUYUE_CHECK(read_steps());
    SHOUYUE_CHECK(read_changes());
    SHOUYUE_CHECK(read_answers());
    SHOUYUE_CHECK(read_exceptions());
    number_facts();
    SHOUYUE_CHECK(settle());
    return std::move(facts_);
  }

 private:
  Result<void> read_policies() {
    static const toml::table nothing;
    const auto* list = table_["policy"].as_array();
    if (!list) return read_policy(table_["policy"].as_table() ? *table_["policy"].as_table() : nothing);
    for (const toml::node& node : *list)
      if (const auto* one = node.as_table()) SHOUYUE_CHECK(read_policy(*one));
    return {};
  }
  // A correction begins with what it corrects.
  Result<void> read_policy(const toml::table& table) {
    auto& versions = facts_.versions.policies;
    insurer::Policy policy = versions.empty() ? insurer::Policy() : versions.back();
    Instant known;
    SHOUYUE_CHECK(fill(table, policy, &known));
    if (versions.empty()) fill_left_out(table, policy);
    versions.push_back(policy);
    note(known, [this, i = versions.size() - 1](std::int64_t seq) { facts_.versions.policies[i].seq = seq; });
    return {};
  }
  void fill_left_out(const toml::table& given, insurer::Policy& policy) {
    const auto says = [&given](std::string_view key) { return given.contains(key); };
    policy.policy_no = facts_.policy_no = "P1";
    if (!says("org_code")) policy.org_code = "8601";
    if (!says("agent_code")) policy.agent_code = "A1";
    if (!says("product_code")) policy.product_code = "T1";
    if (!says("mobile_phone")) policy.mobile_phone = "13800138000";
    if (!says("term_months")) policy.term_months = 120;
    if (!says("pay_mode")) policy.pay_mode = insurer::PayMode::annual;
    if (!says("commission")) policy.commission = Money::fen(100'000);
    if (!says("effective_on")) policy.effective_on = policy.issued_on;
  }

  Result<void> read_surroundings() {
    insurer::Surroundings& around = facts_.surroundings;
    around.org_path = {"860101", "8601", "86"};
    around.org_levels = {insurer::Level::city, insurer::Level::branch, insurer::Level::head_office};
    around.region = 350102;
    around.product_known = true;
    const auto* given = table_["surroundings"].as_table();
    if (!given) return {};
    for (const auto& [key, node] : *given) {
      const std::string text = text_of_node(node);
      if (key.str() == "region")
        around.region = static_cast<int>(node.value_or(std::int64_t{0}));
      else if (key.str() == "cooling_off_days")
        around.cooling_off_days = static_cast<int>(node.value_or(std::int64_t{0}));
      else if (key.str() == "product_type")
        SHOUYUE_CHECK(insurer::read_value(text, around.product_type));
      else if (key.str() == "agent_phone")
        around.agent_phone = text;
      else if (key.str() == "agent_name")
        around.agent_name = text;
      else if (key.str() == "holders_sharing_phone")
        around.holders_sharing_phone = static_cast<int>(node.value_or(std::int64_t{1}));
      else if (key.str() == "person_attempts_today")
        facts_.person_attempts = static_cast<int>(node.value_or(std::int64_t{0}));
      else
        return std::unexpected(wrong("cases.unknown_key", node, "no surrounding '" + std::string(key.str()) + "'"));
    }
    return {};
  }

  Result<void> read_receipts() {
    if (const auto* one = table_["receipt"].as_table()) SHOUYUE_CHECK(read_receipt(*one));
    const auto* list = table_["receipt"].as_array();
    for (std::size_t i = 0; list && i < list->size(); ++i)
      if (const auto* one = (*list)[i].as_table()) SHOUYUE_CHECK(read_receipt(*one));
    return {};
  }
  Result<void> read_receipt(const toml::table& table) {
    insurer::ReceiptRow row;
    Instant known;
    SHOUYUE_CHECK(fill(table, row, &known));
    facts_.versions.receipts.push_back(row);
    note(known,
         [this, i = facts_.versions.receipts.size() - 1](std::int64_t seq) { facts_.versions.receipts[i].seq = seq; });
    return {};
  }

  template <class Row, class Keep>
  Result<void> read_list(const char* key, Keep keep) {
    const auto* list = table_[key].as_array();
    for (std::size_t i = 0; list && i < list->size(); ++i) {
      const auto line = (*list)[i].value<std::string>();
      const toml::table short_form = line ? call_of(*line) : toml::table{};
      const auto* table = line ? &short_form : (*list)[i].as_table();
      if (!table || table->empty()) return std::unexpected(wrong("cases.wrong_value", (*list)[i], "cannot be read"));
      Row row;
      Instant known;
      SHOUYUE_CHECK(fill(*table, row, &known));
      keep(row, i);
      note(known, [this, i, keep_seq = keep_seq<Row>()](std::int64_t seq) { keep_seq(facts_.versions, i, seq); });
    }
    return {};
  }

  template <class Row>
  static auto keep_seq() {
    return [](insurer::FactVersions& versions, std::size_t i, std::int64_t seq) {
      if constexpr (std::is_base_of_v<insurer::Attempt, Row>)
        versions.attempts[i].seq = seq;
      else if constexpr (std::is_base_of_v<insurer::TicketStep, Row>)
        versions.ticket_steps[i].seq = seq;
      else if constexpr (std::is_base_of_v<insurer::PolicyChange, Row>)
        versions.changes[i].seq = seq;
      else
        versions.exceptions[i].seq = seq;
    };
  }

  Result<void> read_attempts() {
    return read_list<insurer::AttemptRow>("attempts", [this](insurer::AttemptRow& row, std::size_t i) {
      if (row.attempt_id.empty()) row.attempt_id = "C" + std::to_string(i + 1);
      facts_.versions.attempts.push_back(row);
    });
  }
  Result<void> read_steps() {
    return read_list<insurer::TicketStepRow>("ticket_steps", [this](insurer::TicketStepRow& row, std::size_t) {
      facts_.versions.ticket_steps.push_back(row);
    });
  }
  Result<void> read_changes() {
    return read_list<insurer::PolicyChangeRow>("policy_changes", [this](insurer::PolicyChangeRow& row, std::size_t) {
      facts_.versions.changes.push_back(row);
    });
  }
  Result<void> read_exceptions() {
    return read_list<insurer::ExceptionRow>("exceptions", [this](insurer::ExceptionRow& row, std::size_t i) {
      row.request = static_cast<int>(i + 1);
      facts_.versions.exceptions.push_back(row);
    });
  }

  Result<void> read_answers() {
    const auto* answers = table_["answers"].as_table();
    if (!answers) return {};
    for (const auto& [question, node] : *answers) {
      const auto option = insurer::from_word<insurer::AnswerOption>(text_of_node(node));
      if (!option) return std::unexpected(wrong("cases.wrong_value", node, "an answer is yes, no or unclear"));
      facts_.answers.emplace(question.str(), *option);
    }
    return {};
  }

  void note(Instant known, std::function<void(std::int64_t)> set) { known_.push_back({known, std::move(set)}); }

  // Facts become known in the order of `known`; those that say nothing were known from the start.
  void number_facts() {
    std::ranges::stable_sort(known_, {}, &Known::at);
    std::int64_t seq = 0;
    for (const Known& one : known_) one.set(++seq);
  }

  Result<void> settle() {
    if (!books_.commission) return {};
    const insurer::Policy& policy = facts_.versions.policies[0];
    const auto day = books_.commission->cut_off_day.on(policy.issued_on, {});
    if (!day) return {};
    for (Instant cut_off = commission::next_cut_off(Instant::start_of(policy.issued_on), static_cast<int>(day->value));
         cut_off <= facts_.now; cut_off = commission::next_cut_off(cut_off, static_cast<int>(day->value))) {
      const auto known_to = std::ranges::count_if(known_, [&](const Known& one) { return one.at <= cut_off; });
      facts_.settlements.push_back({cut_off.date().year(), cut_off.date().month(), cut_off, known_to});
    }
    return {};
  }

  struct Known {
    Instant at;
    std::function<void(std::int64_t)> set;
  };
  const toml::table& table_;
  const regime::RuleBooks& books_;
  CaseFacts facts_;
  std::vector<Known> known_;
};

}  // namespace

std::string text_of_node(const toml::node& node) {
  if (const auto text = node.value<std::string>(); text && node.is_string()) return *text;
  if (const auto flag = node.as_boolean()) return flag->get() ? "1" : "0";
  if (const auto number = node.as_integer()) return std::to_string(number->get());
  if (const auto day = node.as_date()) {
    const auto date = Date::from_civil(day->get().year, day->get().month, day->get().day);
    return date ? date->text() : "";
  }
  if (const auto at = node.as_date_time()) {
    const auto& [day, time, offset] = at->get();
    const auto date = Date::from_civil(day.year, day.month, day.day);
    return date ? Instant::at(*date, (time.hour * 60 + time.minute) * 60 + time.second).plain_text() : "";
  }
  return "";
}

Result<CaseFacts> read_case_facts(const toml::table& table, const regime::RuleBooks& books) {
  return Reader(table, books).run();
}

}  // namespace shouyue::app
