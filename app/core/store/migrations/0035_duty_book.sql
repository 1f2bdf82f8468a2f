CREATE TABLE duty_record (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    duty_on DATE NOT NULL,
    post TEXT NOT NULL,
    post_uid TEXT,
    leader TEXT,
    people TEXT NOT NULL,
    came_at TIME NOT NULL,
    left_at TIME,
    patrols TEXT,
    doors TEXT,
    pupils TEXT,
    visitors TEXT,
    incidents TEXT,
    handling TEXT,
    calls TEXT,
    carried TEXT,
    given_by TEXT,
    taken_by TEXT,
    handed_at DATETIME,
    entered_at DATETIME NOT NULL
);
CREATE UNIQUE INDEX duty_record_shift ON duty_record (duty_on, post)
    WHERE void_reason IS NULL;

CREATE TABLE duty_matter (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    record_uid TEXT NOT NULL REFERENCES duty_record (uid),
    what TEXT NOT NULL,
    ended_on DATE,
    ended_in TEXT,
    words TEXT
);
CREATE INDEX duty_matter_record ON duty_matter (record_uid);

CREATE TABLE duty_patrol (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    walked_on DATE NOT NULL,
    began_at TIME NOT NULL,
    ended_at TIME,
    people TEXT NOT NULL,
    results TEXT NOT NULL,
    faults TEXT,
    handling TEXT,
    entered_at DATETIME NOT NULL
);
CREATE INDEX duty_patrol_walked ON duty_patrol (walked_on);

CREATE TABLE gate_check (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    duty_on DATE NOT NULL,
    post TEXT NOT NULL,
    post_uid TEXT,
    heads INTEGER NOT NULL,
    lines TEXT NOT NULL,
    handling TEXT,
    checked_by TEXT,
    entered_at DATETIME NOT NULL
);
CREATE UNIQUE INDEX gate_check_shift ON gate_check (duty_on, post)
    WHERE void_reason IS NULL;

CREATE TABLE safety_log (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    log_on DATE NOT NULL,
    weather TEXT,
    entries TEXT NOT NULL,
    taken TEXT NOT NULL,
    written_by TEXT NOT NULL,
    signed_by TEXT,
    signed_on DATE,
    entered_at DATETIME NOT NULL
);
CREATE UNIQUE INDEX safety_log_day ON safety_log (log_on) WHERE void_reason IS NULL;
