#include "store/schema.hpp"

#include <array>

namespace shouyue::store {
namespace {

// Days are integers since 1970-01-01, moments milliseconds since 1970-01-01T00:00:00Z, money is in fen, words are their
// positions in the lists of insurer/codes.hpp. The tables are written in the words of SQLite; `in_postgresql` says the
// same in those of PostgreSQL. Every table of policies starts its key with `bucket`, so that it can be spread over
// servers; everything derived lies in the order of the policies.
//
// Two things differ: SQLite keeps facts in the order in which they became known, PostgreSQL has an index of that order;
// and an index of PostgreSQL other than a hash takes no text as long as a list of clauses can be.
struct Step {
  const char* all;
  const char* sqlite;
  const char* postgresql;
};

constexpr Step version_1{.all = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE reference (
  kind INTEGER NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, personal TEXT NOT NULL,
  PRIMARY KEY (kind, key, seq)) WITHOUT ROWID;

CREATE TABLE phone_holder (
  phone INTEGER NOT NULL, holder INTEGER NOT NULL, bucket INTEGER NOT NULL, policy_no TEXT NOT NULL,
  PRIMARY KEY (phone, holder, bucket, policy_no)) WITHOUT ROWID;

CREATE TABLE marked (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, PRIMARY KEY (bucket, policy_no)) WITHOUT ROWID;
CREATE TABLE refused (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, rule TEXT NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL,
  PRIMARY KEY (bucket, policy_no)) WITHOUT ROWID;

CREATE TABLE case_state (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, regime TEXT NOT NULL, state INTEGER NOT NULL, leg INTEGER,
  deadline INTEGER, cooling_off_end INTEGER, result_class INTEGER NOT NULL, success INTEGER NOT NULL,
  success_on INTEGER, first_success_on INTEGER, completed INTEGER NOT NULL, completed_on INTEGER,
  attempts INTEGER NOT NULL,
  next_slot_from INTEGER, leg_until INTEGER, rules INTEGER NOT NULL, org_code TEXT NOT NULL, agent_code TEXT NOT NULL,
  product_code TEXT NOT NULL, channel INTEGER NOT NULL, product_type INTEGER, pay_mode INTEGER, term_months INTEGER,
  premium INTEGER, issued_on INTEGER NOT NULL, effective_on INTEGER, cancelled_on INTEGER, in_scope INTEGER NOT NULL,
  waived INTEGER NOT NULL, cancelled_in_cooling_off INTEGER NOT NULL, claim_ended_in_cooling_off INTEGER NOT NULL,
  last_leg INTEGER, last_connection INTEGER, language TEXT NOT NULL, person INTEGER NOT NULL, attempts_day INTEGER,
  attempts_that_day INTEGER NOT NULL, wake_at INTEGER,
  PRIMARY KEY (bucket, policy_no)) WITHOUT ROWID;
CREATE INDEX case_by_wake ON case_state (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX case_by_slot ON case_state (next_slot_from) WHERE next_slot_from IS NOT NULL;
CREATE INDEX case_by_attempts_day ON case_state (attempts_day) WHERE attempts_day IS NOT NULL;

CREATE TABLE ticket (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, ticket_id TEXT NOT NULL, kind INTEGER NOT NULL,
  subtype TEXT NOT NULL, org_code TEXT NOT NULL, opened_at INTEGER NOT NULL, due_on INTEGER, state TEXT NOT NULL,
  timeliness INTEGER NOT NULL, closed_at INTEGER, working_days_used INTEGER, rules INTEGER NOT NULL,
  PRIMARY KEY (bucket, policy_no, ticket_id)) WITHOUT ROWID;

CREATE TABLE commission (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, agent_code TEXT NOT NULL, month TEXT NOT NULL,
  commission INTEGER NOT NULL, status INTEGER NOT NULL, deduction INTEGER NOT NULL, payable INTEGER NOT NULL,
  reasons TEXT NOT NULL, rules INTEGER NOT NULL,
  PRIMARY KEY (bucket, policy_no)) WITHOUT ROWID;
CREATE INDEX commission_unsettled ON commission (status) WHERE status < 2;
CREATE TABLE commission_entry (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, n INTEGER NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL,
  amount INTEGER NOT NULL, reasons TEXT NOT NULL, rules INTEGER NOT NULL,
  PRIMARY KEY (bucket, policy_no, n)) WITHOUT ROWID;
CREATE TABLE settlement (
  regime TEXT NOT NULL, year INTEGER NOT NULL, month INTEGER NOT NULL, cut_off INTEGER NOT NULL,
  known_to INTEGER NOT NULL,
  PRIMARY KEY (regime, year, month)) WITHOUT ROWID;

CREATE TABLE imported_file (
  kind TEXT NOT NULL, digest TEXT NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (kind, digest)) WITHOUT ROWID;
CREATE TABLE claim (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, seat TEXT NOT NULL, fence INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  PRIMARY KEY (bucket, policy_no)) WITHOUT ROWID;
CREATE TABLE audit (
  n INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL,
  prev_hash TEXT NOT NULL, hash TEXT NOT NULL);
)sql",
                         .sqlite = R"sql(
CREATE TABLE fact (
  seq INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, kind INTEGER NOT NULL,
  key TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL);
CREATE UNIQUE INDEX fact_by_policy ON fact (bucket, policy_no, kind, key, seq);
CREATE TABLE personal (seq INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE clause_list (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
)sql",
                         .postgresql = R"sql(
CREATE TABLE fact (
  seq INTEGER NOT NULL, bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, kind INTEGER NOT NULL,
  key TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (bucket, policy_no, kind, key, seq));
CREATE INDEX fact_by_seq ON fact (seq);
CREATE TABLE personal (seq INTEGER NOT NULL, bucket INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (bucket, seq));
CREATE TABLE clause_list (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE INDEX clause_list_by_text ON clause_list USING hash (text);
)sql"};

// The calls to one person are counted before the next one.
constexpr Step version_2{.all = "CREATE INDEX case_by_person ON case_state (person);", .sqlite = "", .postgresql = ""};

// Many claims are one statement over rows, which compares each with the lease that it finds. In PostgreSQL half a page
// stays free for new versions of its rows, so that no index changes and none has to be cleaned.
constexpr Step version_3{.all = "ALTER TABLE claim ADD COLUMN claimed_at INTEGER NOT NULL DEFAULT 0;",
                         .sqlite = "",
                         .postgresql = "ALTER TABLE claim SET (fillfactor = 50);"};

// Who may sign in, and who is signed in.
constexpr Step version_4{.all = R"sql(
CREATE TABLE account (
  name TEXT PRIMARY KEY, display_name TEXT NOT NULL, role TEXT NOT NULL, org_code TEXT NOT NULL, seat TEXT NOT NULL,
  agent_code TEXT NOT NULL, password_hash TEXT NOT NULL, must_change_password INTEGER NOT NULL,
  is_disabled INTEGER NOT NULL, failures INTEGER NOT NULL, locked_until INTEGER) WITHOUT ROWID;
CREATE TABLE sign_in (
  digest TEXT PRIMARY KEY, account TEXT NOT NULL, csrf TEXT NOT NULL, begun_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX sign_in_by_use ON sign_in (used_at);
)sql",
                         .sqlite = "",
                         .postgresql = ""};

constexpr Step version_5{.all = R"sql(
CREATE TABLE request_mark (
  account TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, key)) WITHOUT ROWID;
CREATE INDEX request_mark_by_time ON request_mark (at);
CREATE TABLE recording (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, recording_id TEXT NOT NULL, attempt_id TEXT NOT NULL,
  sha256 TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
  PRIMARY KEY (bucket, policy_no, recording_id)) WITHOUT ROWID;
CREATE TABLE identity_check (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
  items TEXT NOT NULL, passed INTEGER NOT NULL,
  PRIMARY KEY (bucket, policy_no, n)) WITHOUT ROWID;
)sql",
                         .sqlite = "",
                         .postgresql = ""};

constexpr std::array steps{version_1, version_2, version_3, version_4, version_5};

constexpr std::array<TableKey, 21> tables{{{"meta", 1},
                                           {"fact", 1},
                                           {"personal", 1},
                                           {"reference", 3},
                                           {"phone_holder", 4},
                                           {"marked", 2},
                                           {"refused", 2},
                                           {"clause_list", 1},
                                           {"case_state", 2},
                                           {"ticket", 3},
                                           {"commission", 2},
                                           {"commission_entry", 3},
                                           {"settlement", 3},
                                           {"imported_file", 2},
                                           {"claim", 2},
                                           {"audit", 1},
                                           {"account", 1},
                                           {"sign_in", 1},
                                           {"request_mark", 2},
                                           {"recording", 3},
                                           {"identity_check", 3}}};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// Texts sort as bytes whatever the locale of the database.
std::string in_postgresql(std::string ddl) {
  ddl = replaced(std::move(ddl), " WITHOUT ROWID", "");
  ddl = replaced(std::move(ddl), " INTEGER", " BIGINT");
  return replaced(std::move(ddl), " TEXT", " TEXT COLLATE \"C\"");
}

}  // namespace

int schema_versions() { return static_cast<int>(steps.size()); }

std::string schema_step(int n, Dialect dialect) {
  const Step& step = steps.at(static_cast<std::size_t>(n));
  const std::string all = step.all;
  return dialect == Dialect::sqlite ? all + step.sqlite : in_postgresql(all + step.postgresql);
}

std::span<const TableKey> all_tables() { return tables; }

}  // namespace shouyue::store
