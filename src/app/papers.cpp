#include "app/papers.hpp"

#include "app/audit.hpp"
#include "app/files.hpp"
#include "followup/questions.hpp"
#include "insurer/formats.hpp"
#include "regime/placeholders.hpp"
#include "regime/rows.hpp"
#include "report/door_visit.hpp"
#include "report/letter.hpp"

namespace shouyue::app {
namespace {

using report::Labelled;

std::string text_of(const std::optional<Date>& day) { return day ? day->text() : ""; }

// The code itself where no name is known.
Result<std::string> name_of_product(Store& store, const std::string& code) {
  for (const Reference& reference : SHOUYUE_TRY(store.references(ReferenceKind::product))) {
    if (reference.key != code) continue;
    insurer::Product product;
    SHOUYUE_CHECK(insurer::decode(reference.body, reference.personal, product));
    if (!product.name.empty()) return product.name;
  }
  return code;
}

// What every paper is filled in from.
class Papers {
 public:
  static Result<Papers> load(Session& session, PolicyDeriver& deriver, const std::string& policy_no) {
    Papers papers(deriver);
    papers.policy_ = SHOUYUE_TRY(deriver.read(policy_no, session.now));
    papers.state_ = SHOUYUE_TRY(PolicyDeriver::derive(papers.policy_, session.now));
    papers.product_name_ = SHOUYUE_TRY(name_of_product(session.store, papers.facts().product_code));
    papers.today_ = session.now.date();
    papers.row_ = regime::policy_row(papers.facts(), papers.policy_.surroundings);
    return papers;
  }

  Result<report::Letter> letter() const {
    const regime::Letter* chosen = letter_for(*policy_.books, row_);
    if (!chosen)
      return refuse(Errc::not_found, "letter.none", "the rule books of this policy have no letter for it",
                    "该保单适用的制度没有相应的回访函");
    const auto blanks = values();
    report::Letter letter{.insurer = deriver_.profile().insurer,
                          .title = chosen->clause.title,
                          .office = office_name(facts().org_code),
                          .holder = addressed_holder(),
                          .address = facts().address,
                          .policy_no = policy_.policy_no,
                          .date = today_.text(),
                          .policy = policy_particulars(),
                          .opening = {},
                          .questions = questions(),
                          .closing = {}};
    for (const std::string& text : chosen->opening) letter.opening.push_back(regime::filled(text, blanks));
    for (const std::string& text : chosen->closing) letter.closing.push_back(regime::filled(text, blanks));
    return letter;
  }

  report::DoorVisit door_visit(const std::string& ticket_id) const {
    report::DoorVisit visit{.insurer = deriver_.profile().insurer,
                            .number = policy_.policy_no,
                            .office = office_name(facts().org_code),
                            .due_on = "",
                            .agent_name = policy_.surroundings.agent_name,
                            .date = today_.text(),
                            .contact = contact(),
                            .policy = policy_particulars(),
                            .tried = tried(),
                            .questions = questions()};
    for (const ticket::Ticket& ticket : state_.tickets) {
      const bool is_order = ticket.kind == insurer::TicketKind::door_visit && !ticket.closed_at;
      if (ticket_id.empty() ? !is_order : ticket.ticket_id != ticket_id) continue;
      visit.number = ticket.ticket_id;
      visit.office = office_name(ticket.org_code);
      visit.due_on = text_of(ticket.due_on);
    }
    return visit;
  }

 private:
  explicit Papers(const PolicyDeriver& deriver) : deriver_(deriver) {}

  const insurer::Policy& facts() const { return state_.facts.policy; }

  std::string office_name(const std::string& code) const {
    const insurer::Organisation* office = deriver_.directory().organisation(code, today_);
    return office ? office->name : code;
  }
  std::string addressed_holder() const {
    const std::string& gender = facts().holder_gender;
    return facts().holder_name + (gender == "M" ? "先生" : gender == "F" ? "女士" : "先生/女士");
  }
  std::string premium() const {
    if (!facts().premium) return "";
    return facts().premium->yuan() + "元" +
           (facts().pay_mode ? "（" + std::string(zh_of(*facts().pay_mode)) + "）" : "");
  }

  std::map<std::string, std::string, std::less<>> values() const {
    const auto& receipt = state_.facts.receipt;
    return {{"holder_name", facts().holder_name},
            {"insured_name", facts().insured_name},
            {"policy_no", policy_.policy_no},
            {"product_name", product_name_},
            {"premium", premium()},
            {"issued_on", facts().issued_on.text()},
            {"signed_on", receipt ? text_of(receipt->signed_on) : ""},
            {"effective_on", text_of(facts().effective_on)},
            {"cooling_off_end", text_of(state_.follow_up.cooling_off_end)},
            {"insurer", deriver_.profile().insurer},
            {"today", today_.text()}};
  }

  std::vector<Labelled> policy_particulars() const {
    const auto& receipt = state_.facts.receipt;
    return {{"保单号", policy_.policy_no},
            {"产品名称", product_name_},
            {"投保人", facts().holder_name},
            {"被保险人", facts().insured_name},
            {"每期保费", premium()},
            {"缴费年期", facts().pay_years ? std::to_string(*facts().pay_years) + "年" : ""},
            {"承保日期", facts().issued_on.text()},
            {"生效日期", text_of(facts().effective_on)},
            {"签收日期", receipt ? text_of(receipt->signed_on) : ""},
            {"犹豫期截止日", text_of(state_.follow_up.cooling_off_end)}};
  }

  std::vector<Labelled> contact() const {
    std::string newest_phone;
    for (const insurer::TicketStep& step : state_.facts.ticket_steps)
      if (!step.new_phone.empty()) newest_phone = step.new_phone;
    return {{"投保人", addressed_holder()},   {"语言", facts().language.empty() ? "普通话" : facts().language},
            {"手机", facts().mobile_phone},   {"家庭电话", facts().home_phone},
            {"办公电话", facts().work_phone}, {"更正电话", newest_phone},
            {"联系地址", facts().address}};
  }

  std::vector<report::Tried> tried() const {
    std::vector<report::Tried> list;
    for (const insurer::Attempt& attempt : state_.facts.attempts) {
      std::string why(zh_of(attempt.connection));
      if (attempt.connection == insurer::Connection::answered)
        why += "，接听人" + std::string(zh_of(attempt.party)) + "，问卷" + std::string(zh_of(attempt.interview));
      if (!attempt.note.empty()) why += "（" + attempt.note + "）";
      list.push_back({.at = attempt.started_at.plain_text().substr(0, 16),
                      .leg = std::string(zh_of(attempt.leg)),
                      .phone = attempt.phone,
                      .why = std::move(why),
                      .who = attempt.operator_code});
    }
    return list;
  }

  std::vector<std::string> questions() const {
    std::vector<std::string> texts;
    const auto blanks = values();
    if (const regime::Questionnaire* book = policy_.books->questionnaire)
      for (const regime::Question* question : followup::interview(*book, row_, {}).asked)
        texts.push_back(regime::filled(question->text, blanks));
    return texts;
  }

  const PolicyDeriver& deriver_;
  LoadedPolicy policy_;
  PolicyState state_;
  std::string product_name_;
  Date today_;
  expr::Row row_;
};

}  // namespace

const regime::Letter* letter_for(const regime::RuleBooks& books, const expr::Row& policy_row) {
  if (books.letters)
    for (const regime::Letter& letter : *books.letters)
      if (letter.when.holds(policy_row)) return &letter;
  return nullptr;
}

Result<std::string> letters_to_print(Session& session, PolicyDeriver& deriver,
                                     const std::vector<std::string>& policies) {
  std::vector<report::Letter> letters;
  for (const std::string& policy_no : policies) {
    const Papers papers = SHOUYUE_TRY(Papers::load(session, deriver, policy_no));
    letters.push_back(SHOUYUE_TRY(papers.letter()));
  }
  for (const std::string& policy_no : policies) SHOUYUE_CHECK(note_unmasked(session, "letter " + policy_no));
  return report::letters_html(letters);
}

Result<std::string> door_visit_to_print(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                                        const std::string& ticket_id) {
  const Papers papers = SHOUYUE_TRY(Papers::load(session, deriver, policy_no));
  SHOUYUE_CHECK(note_unmasked(session, "door_visit " + policy_no));
  return report::door_visit_html(papers.door_visit(ticket_id));
}

Result<void> write_letter(Session& session, const std::string& policy_no, const std::filesystem::path& out) {
  auto deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  const std::string page = SHOUYUE_TRY(letters_to_print(session, deriver, {policy_no}));
  return write_file(out, page);
}

Result<void> write_door_visit(Session& session, const std::string& policy_no, const std::filesystem::path& out) {
  auto deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  const std::string page = SHOUYUE_TRY(door_visit_to_print(session, deriver, policy_no));
  return write_file(out, page);
}

}  // namespace shouyue::app
