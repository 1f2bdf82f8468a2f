CREATE TABLE hazard (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    found_on DATE NOT NULL,
    source TEXT,
    found_by TEXT,
    category TEXT NOT NULL,
    area TEXT,
    place TEXT NOT NULL,
    what TEXT NOT NULL,
    grade TEXT NOT NULL,
    way TEXT,
    measures TEXT,
    owner TEXT,
    due_on DATE,
    due_is_default BOOLEAN NOT NULL,
    photos TEXT,
    remark TEXT,
    step TEXT,
    round INTEGER NOT NULL,
    fixed_on DATE,
    result TEXT,
    accepted_by TEXT,
    closed_on DATE,
    old_key TEXT,
    own_words TEXT
);
CREATE INDEX hazard_open ON hazard (step, due_on);
CREATE UNIQUE INDEX hazard_old_key ON hazard (old_key) WHERE void_reason IS NULL;

CREATE TABLE hazard_step (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    hazard_id INTEGER NOT NULL REFERENCES hazard (id),
    step TEXT NOT NULL,
    round INTEGER NOT NULL,
    signed_by TEXT NOT NULL,
    signed_on DATE NOT NULL,
    entered_at DATETIME NOT NULL,
    words TEXT NOT NULL,
    is_skipped BOOLEAN NOT NULL,
    verdict TEXT,
    facts TEXT,
    attachments TEXT
);
CREATE INDEX hazard_step_hazard ON hazard_step (hazard_id);

CREATE TABLE hazard_notice (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    department TEXT,
    person TEXT NOT NULL,
    checked_on DATE,
    checked_by TEXT,
    requirement TEXT NOT NULL,
    due_on DATE NOT NULL,
    signer TEXT NOT NULL,
    issued_on DATE NOT NULL,
    received_by TEXT,
    received_on DATE,
    reply TEXT,
    finished_on DATE,
    replied_on DATE
);

CREATE TABLE hazard_notice_line (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    notice_id INTEGER NOT NULL REFERENCES hazard_notice (id),
    hazard_id INTEGER NOT NULL REFERENCES hazard (id)
);
CREATE INDEX hazard_notice_line_notice ON hazard_notice_line (notice_id);
CREATE INDEX hazard_notice_line_hazard ON hazard_notice_line (hazard_id);
