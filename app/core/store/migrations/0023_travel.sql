CREATE TABLE travel (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    student_uid TEXT NOT NULL REFERENCES student (uid),
    term TEXT NOT NULL,
    to_mode TEXT NOT NULL,
    from_mode TEXT NOT NULL,
    escort TEXT,
    km TEXT,
    dangers TEXT,
    plate TEXT
);
CREATE UNIQUE INDEX travel_pupil ON travel (student_uid, term) WHERE void_reason IS NULL;

CREATE TABLE travel_statement (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    term TEXT NOT NULL,
    sent_on DATE NOT NULL,
    sent_by TEXT NOT NULL,
    counts TEXT NOT NULL
);
CREATE UNIQUE INDEX travel_statement_term ON travel_statement (term) WHERE void_reason IS NULL;
