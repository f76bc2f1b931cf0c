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

// What calls leave behind beside the facts; what passes between this store, other systems and policyholders. Every
// policy that was derived before counts as changed once, in the order of the policies. Requests that were carried out.
// The key of what is sealed, itself sealed by the key from outside; a salt for each policy gives it a key of its own.
// Phones under which a policyholder is known beside the one of phone_holder, and the list of cases of an office.
// The queue of open cases follows what changes by the number of the change; of a row that is derived from all facts of
// its policy no run has to be told.
constexpr Step version_5{.all = R"sql(
CREATE TABLE request_mark (
  account TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, key)) WITHOUT ROWID;
CREATE INDEX request_mark_by_time ON request_mark (at);
CREATE TABLE recording (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, recording_id TEXT NOT NULL, attempt_id TEXT NOT NULL,
  sha256 TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER NOT NULL, file_key TEXT NOT NULL,
  at INTEGER NOT NULL, who TEXT NOT NULL,
  PRIMARY KEY (bucket, policy_no, recording_id)) WITHOUT ROWID;
CREATE TABLE identity_check (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
  items TEXT NOT NULL, passed INTEGER NOT NULL,
  PRIMARY KEY (bucket, policy_no, n)) WITHOUT ROWID;
ALTER TABLE account ADD COLUMN password_until INTEGER;
-- Files that were brought, and what of them was not taken in.
CREATE TABLE import_run (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, file_name TEXT NOT NULL, digest TEXT NOT NULL, bytes INTEGER NOT NULL,
  who TEXT NOT NULL, org_code TEXT NOT NULL, began_at INTEGER NOT NULL, ended_at INTEGER, state INTEGER NOT NULL,
  rows_read INTEGER NOT NULL, accepted INTEGER NOT NULL, unchanged INTEGER NOT NULL, rejected INTEGER NOT NULL,
  premium_read INTEGER, expected_rows INTEGER, expected_premium INTEGER, unknown_columns TEXT NOT NULL,
  warnings TEXT NOT NULL, failure_rule TEXT NOT NULL, failure_en TEXT NOT NULL, failure_zh TEXT NOT NULL)
  WITHOUT ROWID;
CREATE INDEX import_run_by_digest ON import_run (digest);
CREATE TABLE import_reject (
  import_id INTEGER NOT NULL, n INTEGER NOT NULL, line INTEGER NOT NULL, column_name TEXT NOT NULL,
  value TEXT NOT NULL, rule TEXT NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL,
  PRIMARY KEY (import_id, n)) WITHOUT ROWID;
-- What is asked of a second person: the subject is a policy, or a rule book and a month. And what a closed month said.
-- Receipts that are not in order are rows of their own, and a line of the ledger says whose it is: the next run derives
-- every policy again.
CREATE TABLE exception_request (
  bucket INTEGER NOT NULL, subject TEXT NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL,
  reason TEXT NOT NULL, org_code TEXT NOT NULL, state INTEGER NOT NULL, asked_by TEXT NOT NULL,
  asked_at INTEGER NOT NULL, decided_by TEXT NOT NULL, decided_at INTEGER, answer TEXT NOT NULL,
  PRIMARY KEY (bucket, subject, n)) WITHOUT ROWID;
CREATE INDEX exception_request_by_time ON exception_request (asked_at);
CREATE TABLE closed_month (
  regime TEXT NOT NULL, month TEXT NOT NULL, known_to INTEGER NOT NULL, as_of INTEGER NOT NULL,
  asked_by TEXT NOT NULL, granted_by TEXT NOT NULL, closed_at INTEGER NOT NULL,
  PRIMARY KEY (regime, month)) WITHOUT ROWID;
CREATE TABLE closed_figure (
  regime TEXT NOT NULL, month TEXT NOT NULL, indicator TEXT NOT NULL, org_code TEXT NOT NULL,
  numerator INTEGER NOT NULL, denominator INTEGER NOT NULL, excluded INTEGER NOT NULL, score TEXT NOT NULL,
  PRIMARY KEY (regime, month, indicator, org_code)) WITHOUT ROWID;
CREATE TABLE receipt (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, agent_code TEXT NOT NULL, org_code TEXT NOT NULL,
  channel INTEGER NOT NULL, issued_on INTEGER NOT NULL, state INTEGER NOT NULL, marks TEXT NOT NULL,
  delivered_on INTEGER, signed_on INTEGER, handed_in_on INTEGER, reconciled_on INTEGER, returned_on INTEGER,
  late_after INTEGER, hand_in_by INTEGER, rules INTEGER NOT NULL,
  PRIMARY KEY (bucket, policy_no)) WITHOUT ROWID;
ALTER TABLE commission_entry ADD COLUMN agent_code TEXT NOT NULL DEFAULT '';
INSERT INTO marked (bucket, policy_no) SELECT bucket, policy_no FROM case_state WHERE true
  ON CONFLICT (bucket, policy_no) DO NOTHING;
CREATE INDEX commission_entry_by_month ON commission_entry (month);
CREATE INDEX commission_entry_by_agent ON commission_entry (agent_code);
CREATE INDEX commission_by_agent ON commission (agent_code);
CREATE INDEX commission_by_month ON commission (month);

CREATE TABLE visit_link (
  bucket INTEGER NOT NULL, link_id TEXT NOT NULL, policy_no TEXT NOT NULL, created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, state INTEGER NOT NULL, failures INTEGER NOT NULL, closed_at INTEGER,
  PRIMARY KEY (bucket, link_id)) WITHOUT ROWID;
CREATE INDEX visit_link_by_policy ON visit_link (bucket, policy_no);
CREATE TABLE message (
  bucket INTEGER NOT NULL, message_id TEXT NOT NULL, policy_no TEXT NOT NULL, text_id TEXT NOT NULL,
  link_id TEXT NOT NULL, created_at INTEGER NOT NULL, state INTEGER NOT NULL, tries INTEGER NOT NULL,
  next_try_at INTEGER, sent_at INTEGER, reported_at INTEGER, fault TEXT NOT NULL,
  PRIMARY KEY (bucket, message_id)) WITHOUT ROWID;
CREATE INDEX message_by_policy ON message (bucket, policy_no);
CREATE INDEX message_by_try ON message (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE TABLE dial (
  bucket INTEGER NOT NULL, dial_id TEXT NOT NULL, policy_no TEXT NOT NULL, account TEXT NOT NULL, seat TEXT NOT NULL,
  phone_field TEXT NOT NULL, requested_at INTEGER NOT NULL, state INTEGER NOT NULL, tries INTEGER NOT NULL,
  next_try_at INTEGER, ringing_at INTEGER, answered_at INTEGER, ended_at INTEGER, recording_id TEXT NOT NULL,
  fault TEXT NOT NULL,
  PRIMARY KEY (bucket, dial_id)) WITHOUT ROWID;
CREATE INDEX dial_by_policy ON dial (bucket, policy_no);
CREATE INDEX dial_by_try ON dial (next_try_at) WHERE next_try_at IS NOT NULL;

CREATE TABLE changed_policy (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, digest INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (bucket, policy_no)) WITHOUT ROWID;
INSERT INTO changed_policy (bucket, policy_no, digest, n)
  SELECT bucket, policy_no, 0, row_number() OVER (ORDER BY bucket, policy_no) FROM case_state;
CREATE INDEX changed_policy_by_n ON changed_policy (n);
CREATE TABLE webhook (
  name TEXT PRIMARY KEY, sent_to INTEGER NOT NULL, failures INTEGER NOT NULL, next_try_at INTEGER,
  fault TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE parked_change (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, webhook TEXT NOT NULL, n INTEGER NOT NULL,
  tries INTEGER NOT NULL, next_try_at INTEGER, fault TEXT NOT NULL,
  PRIMARY KEY (bucket, policy_no, webhook)) WITHOUT ROWID;
CREATE TABLE service_token (
  digest TEXT PRIMARY KEY, account TEXT NOT NULL, created_at INTEGER NOT NULL, used_at INTEGER) WITHOUT ROWID;
CREATE TABLE attachment (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, attachment_id TEXT NOT NULL, subject TEXT NOT NULL,
  name TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, at INTEGER NOT NULL,
  who TEXT NOT NULL,
  PRIMARY KEY (bucket, policy_no, attachment_id)) WITHOUT ROWID;
CREATE TABLE attachment_part (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, attachment_id TEXT NOT NULL, n INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (bucket, policy_no, attachment_id, n));
CREATE INDEX case_by_agent ON case_state (agent_code);

CREATE TABLE data_key (id INTEGER PRIMARY KEY, sealed TEXT NOT NULL);
CREATE TABLE subject_key (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, salt TEXT NOT NULL,
  PRIMARY KEY (bucket, policy_no)) WITHOUT ROWID;
CREATE TABLE further_phone (
  phone INTEGER NOT NULL, bucket INTEGER NOT NULL, policy_no TEXT NOT NULL,
  PRIMARY KEY (phone, bucket, policy_no)) WITHOUT ROWID;
CREATE INDEX case_by_issue ON case_state (org_code, issued_on, policy_no);

ALTER TABLE case_state ADD COLUMN active_leg INTEGER;
ALTER TABLE case_state ADD COLUMN by_holder INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_state ADD COLUMN promised_at INTEGER;
ALTER TABLE case_state ADD COLUMN known_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_state ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
CREATE INDEX case_by_change ON case_state (change);
CREATE INDEX reference_by_seq ON reference (seq);
CREATE TABLE held_case (
  seat TEXT NOT NULL, bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, fence INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (seat, bucket, policy_no)) WITHOUT ROWID;
)sql",
                         .sqlite = "",
                         .postgresql = ""};

constexpr std::array steps{version_1, version_2, version_3, version_4, version_5};

constexpr std::array tables{
    TableKey{"meta", 1},          TableKey{"fact", 1},
    TableKey{"personal", 1},      TableKey{"reference", 3},
    TableKey{"phone_holder", 4},  TableKey{"marked", 2},
    TableKey{"refused", 2},       TableKey{"clause_list", 1},
    TableKey{"case_state", 2},    TableKey{"ticket", 3},
    TableKey{"commission", 2},    TableKey{"commission_entry", 3},
    TableKey{"settlement", 3},    TableKey{"imported_file", 2},
    TableKey{"claim", 2},         TableKey{"held_case", 3},
    TableKey{"audit", 1},         TableKey{"account", 1},
    TableKey{"sign_in", 1},       TableKey{"request_mark", 2},
    TableKey{"recording", 3},     TableKey{"identity_check", 3},
    TableKey{"import_run", 1},    TableKey{"import_reject", 2},
    TableKey{"receipt", 2},       TableKey{"exception_request", 3},
    TableKey{"closed_month", 2},  TableKey{"closed_figure", 4},
    TableKey{"visit_link", 2},    TableKey{"message", 2},
    TableKey{"dial", 2},          TableKey{"changed_policy", 2},
    TableKey{"webhook", 1},       TableKey{"parked_change", 3},
    TableKey{"service_token", 1}, TableKey{"data_key", 1},
    TableKey{"subject_key", 2},   TableKey{"further_phone", 3},
    TableKey{"attachment", 3},    TableKey{"attachment_part", 4},
};

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
