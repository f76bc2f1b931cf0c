CREATE TABLE audit (
    n bigint NOT NULL,
    at bigint NOT NULL,
    who text NOT NULL COLLATE "C",
    action text NOT NULL COLLATE "C",
    detail text NOT NULL COLLATE "C",
    prev_hash text NOT NULL COLLATE "C",
    hash text NOT NULL COLLATE "C"
);
CREATE TABLE case_state (
    bucket bigint NOT NULL,
    policy_no text NOT NULL COLLATE "C",
    regime text NOT NULL COLLATE "C",
    state bigint NOT NULL,
    leg bigint,
    deadline bigint,
    cooling_off_end bigint,
    result_class bigint NOT NULL,
    success bigint NOT NULL,
    success_on bigint,
    first_success_on bigint,
    completed bigint NOT NULL,
    completed_on bigint,
    attempts bigint NOT NULL,
    next_slot_from bigint,
    leg_until bigint,
    rules bigint NOT NULL,
    org_code text NOT NULL COLLATE "C",
    agent_code text NOT NULL COLLATE "C",
    product_code text NOT NULL COLLATE "C",
    channel bigint NOT NULL,
    product_type bigint,
    pay_mode bigint,
    term_months bigint,
    premium bigint,
    issued_on bigint NOT NULL,
    effective_on bigint,
    cancelled_on bigint,
    in_scope bigint NOT NULL,
    waived bigint NOT NULL,
    cancelled_in_cooling_off bigint NOT NULL,
    claim_ended_in_cooling_off bigint NOT NULL,
    last_leg bigint,
    last_connection bigint,
    language text NOT NULL COLLATE "C",
    person bigint NOT NULL,
    attempts_day bigint,
    attempts_that_day bigint NOT NULL,
    wake_at bigint
);
CREATE TABLE claim (
    bucket bigint NOT NULL,
    policy_no text NOT NULL COLLATE "C",
    seat text NOT NULL COLLATE "C",
    fence bigint NOT NULL,
    lease_until bigint NOT NULL,
    claimed_at bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50');
CREATE TABLE clause_list (
    id bigint NOT NULL,
    text text NOT NULL COLLATE "C"
);
CREATE TABLE commission (
    bucket bigint NOT NULL,
    policy_no text NOT NULL COLLATE "C",
    agent_code text NOT NULL COLLATE "C",
    month text NOT NULL COLLATE "C",
    commission bigint NOT NULL,
    status bigint NOT NULL,
    deduction bigint NOT NULL,
    payable bigint NOT NULL,
    reasons text NOT NULL COLLATE "C",
    rules bigint NOT NULL
);
CREATE TABLE commission_entry (
    bucket bigint NOT NULL,
    policy_no text NOT NULL COLLATE "C",
    n bigint NOT NULL,
    month text NOT NULL COLLATE "C",
    kind text NOT NULL COLLATE "C",
    amount bigint NOT NULL,
    reasons text NOT NULL COLLATE "C",
    rules bigint NOT NULL
);
CREATE TABLE fact (
    seq bigint NOT NULL,
    bucket bigint NOT NULL,
    policy_no text NOT NULL COLLATE "C",
    kind bigint NOT NULL,
    key text NOT NULL COLLATE "C",
    at bigint NOT NULL,
    body text NOT NULL COLLATE "C"
);
CREATE TABLE imported_file (
    kind text NOT NULL COLLATE "C",
    digest text NOT NULL COLLATE "C",
    line bigint NOT NULL
);
CREATE TABLE marked (
    bucket bigint NOT NULL,
    policy_no text NOT NULL COLLATE "C"
);
CREATE TABLE meta (
    name text NOT NULL COLLATE "C",
    value text NOT NULL COLLATE "C"
);
CREATE TABLE personal (
    seq bigint NOT NULL,
    bucket bigint NOT NULL,
    body text NOT NULL COLLATE "C"
);
CREATE TABLE phone_holder (
    phone bigint NOT NULL,
    holder bigint NOT NULL,
    bucket bigint NOT NULL,
    policy_no text NOT NULL COLLATE "C"
);
CREATE TABLE reference (
    kind bigint NOT NULL,
    key text NOT NULL COLLATE "C",
    seq bigint NOT NULL,
    body text NOT NULL COLLATE "C",
    personal text NOT NULL COLLATE "C"
);
CREATE TABLE refused (
    bucket bigint NOT NULL,
    policy_no text NOT NULL COLLATE "C",
    rule text NOT NULL COLLATE "C",
    en text NOT NULL COLLATE "C",
    zh text NOT NULL COLLATE "C"
);
CREATE TABLE settlement (
    regime text NOT NULL COLLATE "C",
    year bigint NOT NULL,
    month bigint NOT NULL,
    cut_off bigint NOT NULL,
    known_to bigint NOT NULL
);
CREATE TABLE ticket (
    bucket bigint NOT NULL,
    policy_no text NOT NULL COLLATE "C",
    ticket_id text NOT NULL COLLATE "C",
    kind bigint NOT NULL,
    subtype text NOT NULL COLLATE "C",
    org_code text NOT NULL COLLATE "C",
    opened_at bigint NOT NULL,
    due_on bigint,
    state text NOT NULL COLLATE "C",
    timeliness bigint NOT NULL,
    closed_at bigint,
    working_days_used bigint,
    rules bigint NOT NULL
);
ALTER TABLE ONLY audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (n);
ALTER TABLE ONLY case_state
    ADD CONSTRAINT case_state_pkey PRIMARY KEY (bucket, policy_no);
ALTER TABLE ONLY claim
    ADD CONSTRAINT claim_pkey PRIMARY KEY (bucket, policy_no);
ALTER TABLE ONLY clause_list
    ADD CONSTRAINT clause_list_pkey PRIMARY KEY (id);
ALTER TABLE ONLY commission_entry
    ADD CONSTRAINT commission_entry_pkey PRIMARY KEY (bucket, policy_no, n);
ALTER TABLE ONLY commission
    ADD CONSTRAINT commission_pkey PRIMARY KEY (bucket, policy_no);
ALTER TABLE ONLY fact
    ADD CONSTRAINT fact_pkey PRIMARY KEY (bucket, policy_no, kind, key, seq);
ALTER TABLE ONLY imported_file
    ADD CONSTRAINT imported_file_pkey PRIMARY KEY (kind, digest);
ALTER TABLE ONLY marked
    ADD CONSTRAINT marked_pkey PRIMARY KEY (bucket, policy_no);
ALTER TABLE ONLY meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (name);
ALTER TABLE ONLY personal
    ADD CONSTRAINT personal_pkey PRIMARY KEY (bucket, seq);
ALTER TABLE ONLY phone_holder
    ADD CONSTRAINT phone_holder_pkey PRIMARY KEY (phone, holder, bucket, policy_no);
ALTER TABLE ONLY reference
    ADD CONSTRAINT reference_pkey PRIMARY KEY (kind, key, seq);
ALTER TABLE ONLY refused
    ADD CONSTRAINT refused_pkey PRIMARY KEY (bucket, policy_no);
ALTER TABLE ONLY settlement
    ADD CONSTRAINT settlement_pkey PRIMARY KEY (regime, year, month);
ALTER TABLE ONLY ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (bucket, policy_no, ticket_id);
CREATE INDEX case_by_attempts_day ON case_state USING btree (attempts_day) WHERE (attempts_day IS NOT NULL);
CREATE INDEX case_by_person ON case_state USING btree (person);
CREATE INDEX case_by_slot ON case_state USING btree (next_slot_from) WHERE (next_slot_from IS NOT NULL);
CREATE INDEX case_by_wake ON case_state USING btree (wake_at) WHERE (wake_at IS NOT NULL);
CREATE INDEX clause_list_by_text ON clause_list USING hash (text);
CREATE INDEX commission_unsettled ON commission USING btree (status) WHERE (status < 2);
CREATE INDEX fact_by_seq ON fact USING btree (seq);
