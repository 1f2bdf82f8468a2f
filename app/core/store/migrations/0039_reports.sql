CREATE TABLE school_profile (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    year INTEGER NOT NULL,
    facts TEXT NOT NULL
);
CREATE UNIQUE INDEX school_profile_year ON school_profile (year) WHERE void_reason IS NULL;

CREATE TABLE school_report (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    name TEXT NOT NULL,
    first_on DATE NOT NULL,
    last_on DATE NOT NULL,
    recipient TEXT,
    reporter TEXT,
    signer TEXT,
    is_zero BOOLEAN NOT NULL,
    zero_reason TEXT,
    texts TEXT NOT NULL,
    begun_at DATETIME NOT NULL
);
CREATE UNIQUE INDEX school_report_period ON school_report (kind, period) WHERE void_reason IS NULL;

CREATE TABLE report_sending (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    report_uid TEXT NOT NULL REFERENCES school_report (uid),
    turn INTEGER NOT NULL,
    sent_at DATETIME NOT NULL,
    due_at DATETIME,
    entered_at DATETIME NOT NULL,
    way TEXT NOT NULL,
    recipient TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT,
    is_zero BOOLEAN NOT NULL,
    figures TEXT NOT NULL,
    texts TEXT NOT NULL
);
CREATE UNIQUE INDEX report_sending_turn
    ON report_sending (report_uid, turn) WHERE void_reason IS NULL;
