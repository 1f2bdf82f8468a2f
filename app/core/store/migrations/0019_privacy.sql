CREATE TABLE guardian_consent (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    student_uid TEXT NOT NULL REFERENCES student (uid),
    answer TEXT NOT NULL,
    said_on DATE NOT NULL,
    said_by TEXT,
    way TEXT,
    note TEXT
);
CREATE INDEX guardian_consent_student ON guardian_consent (student_uid);

CREATE TABLE data_release (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    released_on DATE NOT NULL,
    what TEXT NOT NULL,
    people INTEGER NOT NULL,
    level TEXT NOT NULL,
    fields TEXT NOT NULL,
    receiver TEXT NOT NULL,
    purpose TEXT NOT NULL,
    basis TEXT NOT NULL,
    given_by TEXT NOT NULL
);

CREATE TABLE privacy_check (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    form TEXT NOT NULL,
    title TEXT NOT NULL,
    answered_on DATE NOT NULL,
    answered_by TEXT NOT NULL,
    leader TEXT NOT NULL,
    answers TEXT NOT NULL,
    conclusion TEXT
);

CREATE TABLE data_leak (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    found_on DATE NOT NULL,
    found_by TEXT NOT NULL,
    what TEXT NOT NULL,
    sorts TEXT NOT NULL,
    people INTEGER,
    cause TEXT,
    harm TEXT,
    measures TEXT NOT NULL,
    told_families_on DATE,
    told_office TEXT,
    told_office_on DATE,
    advice TEXT,
    closed_on DATE,
    lesson TEXT
);
