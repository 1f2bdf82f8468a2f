CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    known_at DATETIME NOT NULL,
    begun_at DATETIME NOT NULL,
    begun_by TEXT NOT NULL,
    call_within_min INTEGER NOT NULL,
    write_within_min INTEGER NOT NULL,
    words TEXT NOT NULL,
    closed_on DATE,
    result TEXT,
    aftercare TEXT,
    cleaned_on DATE,
    kept_because TEXT
);
CREATE INDEX incident_known ON incident (known_at);

CREATE TABLE incident_persons (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    incident_uid TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE UNIQUE INDEX incident_persons_once
    ON incident_persons (incident_uid) WHERE void_reason IS NULL;

CREATE TABLE incident_call (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    incident_uid TEXT NOT NULL,
    called_at DATETIME NOT NULL,
    unit TEXT NOT NULL,
    is_report BOOLEAN NOT NULL,
    answered_by TEXT,
    answer TEXT,
    caller TEXT NOT NULL
);
CREATE INDEX incident_call_of ON incident_call (incident_uid);

CREATE TABLE incident_report (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    incident_uid TEXT NOT NULL,
    turn INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sent_at DATETIME NOT NULL,
    entered_at DATETIME NOT NULL,
    due_at DATETIME,
    recipient TEXT NOT NULL,
    way TEXT NOT NULL,
    signer TEXT NOT NULL,
    body TEXT,
    words TEXT NOT NULL
);
CREATE UNIQUE INDEX incident_report_turn
    ON incident_report (incident_uid, turn) WHERE void_reason IS NULL;
