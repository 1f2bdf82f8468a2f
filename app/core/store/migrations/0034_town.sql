CREATE TABLE town_school (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    area TEXT,
    phone TEXT,
    public_key TEXT NOT NULL,
    trusted_on DATE,
    trusted_by TEXT
);
CREATE UNIQUE INDEX town_school_code ON town_school (code) WHERE void_reason IS NULL;

CREATE TABLE town_file (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    school_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    seq INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    first_on DATE,
    last_on DATE,
    taken_at DATETIME NOT NULL,
    taken_by TEXT NOT NULL,
    "rows" TEXT NOT NULL,
    is_settled BOOLEAN NOT NULL
);
CREATE INDEX town_file_school ON town_file (school_id, seq);
CREATE INDEX town_file_unsettled ON town_file (school_id) WHERE is_settled = 0;

CREATE TABLE town_row (
    id INTEGER PRIMARY KEY,
    school_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    uid TEXT NOT NULL,
    rev INTEGER NOT NULL,
    is_void BOOLEAN NOT NULL,
    is_open BOOLEAN NOT NULL,
    is_indexed BOOLEAN NOT NULL,
    day DATE,
    due_on DATE,
    grade TEXT,
    state TEXT,
    category TEXT,
    area TEXT,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX town_row_uid ON town_row (school_id, kind, uid);
CREATE INDEX town_row_open ON town_row (kind, school_id, due_on, grade) WHERE is_open = 1;
CREATE INDEX town_row_day ON town_row (kind, day);
CREATE INDEX town_row_school ON town_row (kind, school_id, day);
CREATE INDEX town_row_grade ON town_row (kind, grade, day);
CREATE INDEX town_row_unindexed ON town_row (school_id) WHERE is_indexed = 0;

CREATE TABLE town_tally (
    school_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    sort TEXT NOT NULL,
    value TEXT NOT NULL,
    total INTEGER NOT NULL,
    still_open INTEGER NOT NULL,
    PRIMARY KEY (school_id, kind, year, sort, value)
);
CREATE INDEX town_tally_sort ON town_tally (kind, sort, year);

CREATE VIRTUAL TABLE town_text USING fts5(
    words, tokenize = 'trigram', content = '', contentless_delete = 1
);
CREATE VIRTUAL TABLE town_term USING fts5vocab(town_text, 'row');

CREATE TABLE town_verdict (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    school_uid TEXT NOT NULL REFERENCES town_school (uid),
    kind TEXT NOT NULL,
    row_uid TEXT NOT NULL,
    title TEXT NOT NULL,
    verdict TEXT NOT NULL,
    words TEXT NOT NULL,
    due_on DATE,
    made_on DATE NOT NULL,
    made_by TEXT NOT NULL,
    answer_seq INTEGER
);
CREATE INDEX town_verdict_row ON town_verdict (school_uid, kind, row_uid);

CREATE TABLE town_answer (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    school_uid TEXT NOT NULL REFERENCES town_school (uid),
    seq INTEGER NOT NULL,
    about_seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    lines INTEGER NOT NULL,
    made_at DATETIME NOT NULL,
    made_by TEXT NOT NULL
);

CREATE TABLE answer_file (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    sha256 TEXT NOT NULL,
    seq INTEGER NOT NULL,
    about_seq INTEGER NOT NULL,
    town TEXT NOT NULL,
    made_at DATETIME NOT NULL,
    taken_at DATETIME NOT NULL,
    taken_by TEXT NOT NULL,
    "rows" TEXT NOT NULL
);

CREATE TABLE answer_line (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    town_uid TEXT NOT NULL,
    kind TEXT NOT NULL,
    row_uid TEXT NOT NULL,
    title TEXT NOT NULL,
    verdict TEXT NOT NULL,
    words TEXT NOT NULL,
    due_on DATE,
    made_on DATE NOT NULL,
    made_by TEXT NOT NULL,
    settled_on DATE,
    settled_by TEXT,
    settled_words TEXT
);
CREATE INDEX answer_line_row ON answer_line (kind, row_uid);
CREATE UNIQUE INDEX answer_line_town ON answer_line (town_uid) WHERE void_reason IS NULL;
