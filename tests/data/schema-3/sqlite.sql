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
  lease_until INTEGER NOT NULL, claimed_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (bucket, policy_no)) WITHOUT ROWID;
CREATE TABLE audit (
  n INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL,
  prev_hash TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE fact (
  seq INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, kind INTEGER NOT NULL,
  key TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL);
CREATE UNIQUE INDEX fact_by_policy ON fact (bucket, policy_no, kind, key, seq);
CREATE TABLE personal (seq INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE clause_list (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE INDEX case_by_person ON case_state (person);
