CREATE TABLE school_term (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    code TEXT NOT NULL,
    begins_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    weeks_from DATE
);
CREATE UNIQUE INDEX school_term_code ON school_term (code) WHERE void_reason IS NULL;

CREATE TABLE day_mark (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    kind TEXT NOT NULL,
    first_on DATE NOT NULL,
    last_on DATE NOT NULL,
    note TEXT
);

CREATE TABLE holiday_notice (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    year INTEGER NOT NULL,
    number TEXT,
    title TEXT,
    lines TEXT NOT NULL
);
CREATE UNIQUE INDEX holiday_notice_year ON holiday_notice (year) WHERE void_reason IS NULL;
