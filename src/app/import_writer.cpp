#include "app/import_writer.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <unordered_map>

#include "app/case_store.hpp"
#include "app/directory.hpp"
#include "app/fact_checks.hpp"
#include "app/masked_reject.hpp"

namespace shouyue::app {
namespace {

using insurer::FileKind;

constexpr std::int64_t whole_file = std::numeric_limits<std::int64_t>::max();
constexpr int sharers_max = 1000;
constexpr std::int64_t rejects_kept_max = 100'000;  // of one file; the count is of all

// Not wrong, but whoever sends new policies wants to know.
const Error correction{Errc::invalid_input, "policies.correction",
                       "the policy is known with other data, which this row replaces", "已有保单，按本行更正"};

ReferenceKind reference_kind(FileKind kind) {
  return kind == FileKind::organisations ? ReferenceKind::organisation
         : kind == FileKind::agents      ? ReferenceKind::agent
                                         : ReferenceKind::product;
}

bool has_same_key(const NewFact& a, const NewFact& b) {
  return a.key.policy_no == b.key.policy_no && a.key.key == b.key.key;
}

bool says(const insurer::FactText& known, const insurer::CanonicalText& text) {
  return known.body == text.body && known.personal == text.personal;
}

}  // namespace

bool is_reference(FileKind kind) {
  return kind == FileKind::organisations || kind == FileKind::agents || kind == FileKind::products;
}

ImportRun ImportWriter::run_in(ImportState state) const {
  ImportRun run{.id = report_.id,
                .kind = std::string(code_of(kind_)),
                .file_name = request_.name.empty() ? request_.path.filename().string() : request_.name,
                .digest = digest_,
                .bytes = source_.bytes(),
                .who = session_.who,
                .org_code = request_.by ? request_.by->org_code : "",
                .began_at = session_.now,
                .ended_at = state == ImportState::running ? std::nullopt : std::optional(session_.now),
                .state = state,
                .read = report_.read,
                .accepted = report_.accepted,
                .unchanged = report_.unchanged,
                .rejected = report_.rejected,
                .premium_read = report_.premium_read,
                .expected_rows = request_.expected_rows,
                .expected_premium = request_.expected_premium,
                .unknown_columns = report_.unknown_columns};
  for (const auto& [rule, count] : report_.warnings)
    run.warnings.push_back({rule, count.rows, count.first_line, count.en, count.zh});
  return run;
}

Result<void> ImportWriter::open() {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session_.store));
  report_.id = SHOUYUE_TRY(session_.store.imports().add_import(run_in(ImportState::running)));
  SHOUYUE_CHECK(transaction.commit());
  stored_ = report_;
  imported_to_ = SHOUYUE_TRY(session_.store.imported_to(std::string(code_of(kind_)), digest_));
  if (const auto day = SHOUYUE_TRY(session_.store.meta(meta::first_issued_on)))
    first_issued_on_ = SHOUYUE_TRY(Date::parse(*day));
  return {};
}

void ImportWriter::count_warnings(const PreparedRow& row) {
  for (const insurer::RowProblem& problem : row.problems) {
    if (!problem.is_warning) continue;
    count_warning(row.line, problem.error);
  }
}

void ImportWriter::count_warning(std::int64_t line, const Error& warning) {
  WarningCount& count = report_.warnings[warning.rule];
  if (count.rows++ > 0) return;
  count.first_line = line;
  count.en = warning.en;
  count.zh = warning.zh;
}

Result<void> ImportWriter::write(PreparedBatch& batch) {
  if (batch.rows.empty()) return {};
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session_.store));
  SHOUYUE_CHECK(check_against_store(session_.store, kind_, scope_, batch.rows));
  const std::int64_t accepted_before = report_.accepted;
  SHOUYUE_CHECK(take_totals(batch));
  SHOUYUE_CHECK(is_reference(kind_) ? write_references(batch.rows) : write_facts(std::move(batch.as_stored)));
  const std::int64_t last_line = batch.rows.back().line;
  if (report_.accepted != accepted_before || last_line > imported_to_)
    SHOUYUE_CHECK(session_.store.set_imported_to(std::string(code_of(kind_)), digest_, last_line));
  SHOUYUE_CHECK(session_.store.imports().put_import(run_in(ImportState::running)));
  SHOUYUE_CHECK(transaction.commit());
  stored_ = report_;
  const std::int64_t rows = std::max<std::int64_t>(source_.lines() - 1, 0);
  report_.is_stopped = request_.on_progress && !request_.on_progress(report_, rows);
  return {};
}

// What the rows add to the figures of the file, and those that are not taken in.
Result<void> ImportWriter::take_totals(const PreparedBatch& batch) {
  std::vector<RejectRow> rejects;
  report_.read += static_cast<std::int64_t>(batch.rows.size());
  for (const PreparedRow& row : batch.rows) {
    if (row.premium) report_.premium_read = report_.premium_read.value_or(Money()) + *row.premium;
    if (!insurer::has_error(row.problems)) {
      count_warnings(row);
      continue;
    }
    rejects_.add(row.line, row.problems);
    ++report_.rejected;
    for (const insurer::RowProblem& problem : row.problems) {
      if (problem.is_warning || rejects_kept_ == rejects_kept_max) continue;
      rejects.push_back(masked_reject(kind_, row.line, problem));
      rejects.back().n = ++rejects_kept_;
    }
  }
  return rejects.empty() ? Result<void>() : session_.store.imports().add_rejects(report_.id, rejects);
}

// Rows of a file that was already read up to here may be older than what came after; they say nothing new when any
// version says the same. Otherwise only the newest version counts, so that a correction can be taken back.
Result<bool> ImportWriter::is_known(const PreparedRow& row, const std::optional<insurer::FactText>& newest,
                                    const NewFact* earlier) {
  if (earlier ? (earlier->text.body == row.fact.text.body && earlier->text.personal == row.fact.text.personal)
              : (newest && says(*newest, row.fact.text)))
    return true;
  if (row.line > imported_to_ || !newest) return false;
  return session_.store.has_version(row.fact.key, row.fact.text);
}

Result<void> ImportWriter::write_facts(std::vector<PreparedRow*> rows) {
  std::erase_if(rows, [](const PreparedRow* row) { return insurer::has_error(row->problems); });
  std::vector<FactKey> keys;
  for (const PreparedRow* row : rows) keys.push_back(row->fact.key);
  const auto newest = SHOUYUE_TRY(session_.store.newest(keys));
  std::vector<NewFact> facts;
  facts.reserve(rows.size());
  std::vector<PhoneChange> phones;
  std::vector<FurtherPhone> further;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    PreparedRow& row = *rows[i];
    const NewFact* earlier = !facts.empty() && has_same_key(facts.back(), row.fact) ? &facts.back() : nullptr;
    if (SHOUYUE_TRY(is_known(row, newest[i], earlier))) {
      ++report_.unchanged;
      continue;
    }
    if (kind_ == FileKind::policies) {
      if (newest[i] || earlier) count_warning(row.line, correction);
      SHOUYUE_CHECK(note_phone(row, newest[i], phones));
      SHOUYUE_CHECK(keep_first_issue(row));
    }
    for (const std::int64_t phone : row.further_phones)
      further.push_back({.phone = phone, .policy_no = row.fact.key.policy_no});
    facts.push_back(std::move(row.fact));
    ++report_.accepted;
  }
  SHOUYUE_CHECK(session_.store.cases().put_further_phones(further));
  SHOUYUE_CHECK(keep_phones(phones));
  return session_.store.append(facts);
}

Result<void> ImportWriter::keep_first_issue(const PreparedRow& row) {
  if (first_issued_on_ && *first_issued_on_ <= row.issued_on) return {};
  // Another import may have said an earlier day meanwhile.
  if (const auto day = SHOUYUE_TRY(session_.store.meta(meta::first_issued_on))) {
    first_issued_on_ = SHOUYUE_TRY(Date::parse(*day));
    if (*first_issued_on_ <= row.issued_on) return {};
  }
  first_issued_on_ = row.issued_on;
  return session_.store.set_meta(meta::first_issued_on, row.issued_on.text());
}

// `before` is what the store says of the policy. The versions of a policy follow each other.
Result<void> ImportWriter::note_phone(const PreparedRow& row, const std::optional<insurer::FactText>& before,
                                      std::vector<PhoneChange>& changes) {
  const std::string& policy_no = row.fact.key.policy_no;
  const bool is_noted = !changes.empty() && changes.back().after.policy_no == policy_no;
  PhoneChange& change = is_noted ? changes.back() : changes.emplace_back();
  change.after = {.phone = row.phone, .holder = row.holder, .policy_no = policy_no};
  if (!before || is_noted) return {};
  insurer::Policy old;
  SHOUYUE_CHECK(insurer::decode(before->body, before->personal, old));
  change.before = {.phone = phone_key(old), .holder = holder_key(old), .policy_no = policy_no};
  return {};
}

Result<void> ImportWriter::keep_phones(const std::vector<PhoneChange>& changes) {
  Store& store = session_.store;
  std::vector<PhoneHolder> lost, won;
  std::vector<std::int64_t> phones;
  for (const auto& [before, after] : changes) {
    if (before == after) continue;
    if (before && before->phone != 0) lost.push_back(*before);
    if (after.phone != 0) won.push_back(after);
  }
  for (const auto* list : {&lost, &won})
    for (const PhoneHolder& holder : *list) phones.push_back(holder.phone);
  std::ranges::sort(phones);
  const auto repeated = std::ranges::unique(phones);
  phones.erase(repeated.begin(), repeated.end());
  std::ranges::sort(won, {}, [](const PhoneHolder& holder) { return std::tie(holder.phone, holder.holder); });
  const auto sharing = SHOUYUE_TRY(store.count_holders_of_each(phones, holders_counted_max));
  SHOUYUE_CHECK(store.remove_holders(lost));
  SHOUYUE_CHECK(store.put_holders(won));
  return mark_sharers(phones, sharing);
}

// A phone that another policyholder uses too matters to the policies of all of them. It is counted only so far: a
// number that hundreds of people give is a wrong one, and no book cares how many more there are. Whose phone nobody
// used before is in this batch himself.
Result<void> ImportWriter::mark_sharers(const std::vector<std::int64_t>& phones, const std::vector<int>& before) {
  std::vector<std::int64_t> used;
  std::vector<int> used_by;
  for (std::size_t i = 0; i < phones.size(); ++i) {
    if (before[i] == 0) continue;
    used.push_back(phones[i]);
    used_by.push_back(before[i]);
  }
  const auto sharing = SHOUYUE_TRY(session_.store.count_holders_of_each(used, holders_counted_max));
  std::vector<std::string> policies;
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (sharing[i] == used_by[i]) continue;
    auto sharers = SHOUYUE_TRY(session_.store.holders(used[i], sharers_max));
    for (PhoneHolder& sharer : sharers) policies.push_back(std::move(sharer.policy_no));
  }
  return session_.store.mark(policies);
}

Result<void> ImportWriter::write_references(std::span<PreparedRow> rows) {
  const ReferenceKind kind = reference_kind(kind_);
  std::unordered_map<std::string, Reference> known;
  for (Reference& reference : SHOUYUE_TRY(session_.store.references(kind))) known[reference.key] = std::move(reference);
  std::vector<Reference> changed;
  std::set<std::string> codes;
  for (const PreparedRow& row : rows) {
    if (insurer::has_error(row.problems)) continue;
    const std::string& key = row.fact.key.key;
    const auto found = known.find(key);
    if (found != known.end() && found->second.body == row.fact.text.body &&
        found->second.personal == row.fact.text.personal) {
      ++report_.unchanged;
      continue;
    }
    changed.push_back({.seq = 0, .key = key, .body = row.fact.text.body, .personal = row.fact.text.personal});
    known[key] = changed.back();
    codes.insert(key.substr(0, key.find('@')));
    ++report_.accepted;
  }
  if (changed.empty()) return {};
  SHOUYUE_CHECK(session_.store.append_references(kind, changed));
  if (kind == ReferenceKind::organisation) {
    const Directory directory = SHOUYUE_TRY(Directory::load(session_.store));
    codes = directory.with_everything_below(std::move(codes));
  }
  return session_.store.mark_with(kind, codes);
}

Result<void> ImportWriter::close() {
  SHOUYUE_CHECK(rejects_.close());
  if (report_.rejected > 0) report_.rejects = rejects_.path();
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session_.store));
  const ImportState state = report_.is_stopped ? ImportState::cancelled : ImportState::done;
  SHOUYUE_CHECK(session_.store.imports().put_import(run_in(state)));
  if (imported_to_ == whole_file && report_.accepted == 0) return transaction.commit();
  if (!report_.is_stopped)
    SHOUYUE_CHECK(session_.store.set_imported_to(std::string(code_of(kind_)), digest_, whole_file));
  SHOUYUE_CHECK(append_audit(report_.is_stopped ? " stopped" : ""));
  return transaction.commit();
}

Result<void> ImportWriter::append_audit(const std::string& outcome) {
  const auto count = [](const char* name, std::int64_t n) { return std::string(" ") + name + "=" + std::to_string(n); };
  return session_.store.append_audit({.at = session_.now,
                                      .who = session_.who,
                                      .action = "import",
                                      .detail = std::string(code_of(kind_)) + " sha256=" + digest_ +
                                                count("read", report_.read) + count("accepted", report_.accepted) +
                                                count("unchanged", report_.unchanged) +
                                                count("rejected", report_.rejected) + outcome});
}

void ImportWriter::note_failure(const Error& error) {
  report_ = stored_;
  ImportRun run = run_in(ImportState::failed);
  run.failure_rule = error.rule;
  run.failure_en = error.en;
  run.failure_zh = error.zh;
  auto transaction = Transaction::begin(session_.store);
  if (!transaction || !session_.store.imports().put_import(run)) return;
  if (append_audit(" failed=" + error.rule)) (void)transaction->commit();
}

}  // namespace shouyue::app
