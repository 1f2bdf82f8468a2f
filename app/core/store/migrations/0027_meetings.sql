CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    held_at DATETIME NOT NULL,
    place TEXT NOT NULL,
    chair TEXT NOT NULL,
    recorder TEXT NOT NULL,
    due TEXT NOT NULL,
    absent TEXT,
    guests TEXT,
    topics TEXT NOT NULL,
    words TEXT,
    risks TEXT,
    reviewed TEXT,
    progress TEXT,
    photos TEXT,
    late_reason TEXT,
    entered_at DATETIME NOT NULL
);
CREATE INDEX meeting_held ON meeting (held_at);

CREATE TABLE meeting_decision (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid),
    matter TEXT NOT NULL,
    person TEXT NOT NULL,
    due_on DATE NOT NULL,
    result TEXT,
    ended_on DATE,
    words TEXT
);
CREATE INDEX meeting_decision_meeting ON meeting_decision (meeting_uid);

CREATE TABLE education (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    held_on DATE NOT NULL,
    title TEXT,
    themes TEXT NOT NULL,
    audiences TEXT NOT NULL,
    classes TEXT,
    scope TEXT,
    heads INTEGER NOT NULL,
    hours TEXT,
    speaker TEXT NOT NULL,
    unit TEXT,
    level TEXT,
    holiday TEXT,
    place TEXT,
    staff TEXT,
    material TEXT,
    means TEXT,
    way TEXT,
    effect TEXT,
    assessment TEXT,
    photos TEXT,
    late_reason TEXT,
    entered_at DATETIME NOT NULL
);
CREATE INDEX education_held ON education (held_on);

CREATE TABLE education_tick (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    class_uid TEXT NOT NULL,
    month TEXT NOT NULL,
    marks TEXT NOT NULL
);
CREATE UNIQUE INDEX education_tick_month ON education_tick (class_uid, month)
    WHERE void_reason IS NULL;

CREATE TABLE contingency (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    revised_on DATE NOT NULL,
    approved_by TEXT,
    filed_as TEXT,
    kept_at TEXT,
    changes TEXT,
    file TEXT,
    file_name TEXT,
    ended_on DATE,
    ended_why TEXT
);
CREATE UNIQUE INDEX contingency_version ON contingency (number, version)
    WHERE void_reason IS NULL;
