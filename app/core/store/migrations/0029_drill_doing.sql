CREATE TABLE drill_sheet (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    drill_uid TEXT NOT NULL REFERENCES drill (uid),
    drafted_on DATE NOT NULL,
    purpose TEXT NOT NULL,
    assembly TEXT,
    expert TEXT,
    target_seconds INTEGER NOT NULL,
    pupils_due INTEGER,
    staff_due INTEGER,
    posts TEXT NOT NULL,
    routes TEXT NOT NULL,
    signals TEXT NOT NULL,
    steps TEXT NOT NULL,
    cautions TEXT NOT NULL,
    materials TEXT NOT NULL,
    parents TEXT,
    neighbours TEXT,
    approver TEXT,
    approved_on DATE
);
CREATE UNIQUE INDEX drill_sheet_drill ON drill_sheet (drill_uid) WHERE void_reason IS NULL;

CREATE TABLE drill_companion (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    drill_uid TEXT NOT NULL REFERENCES drill (uid),
    student_uid TEXT NOT NULL REFERENCES student (uid),
    companion TEXT,
    how TEXT NOT NULL
);
CREATE UNIQUE INDEX drill_companion_pupil ON drill_companion (drill_uid, student_uid)
    WHERE void_reason IS NULL;
CREATE INDEX drill_companion_student ON drill_companion (student_uid);

CREATE TABLE drill_count (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    drill_uid TEXT NOT NULL REFERENCES drill (uid),
    class_uid TEXT,
    unit TEXT NOT NULL,
    building TEXT,
    due INTEGER,
    there INTEGER,
    absent TEXT,
    seconds INTEGER,
    counted_by TEXT
);
CREATE UNIQUE INDEX drill_count_unit ON drill_count (drill_uid, unit) WHERE void_reason IS NULL;

CREATE TABLE drill_record (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    drill_uid TEXT NOT NULL REFERENCES drill (uid),
    entered_at DATETIME NOT NULL,
    late_reason TEXT,
    weather TEXT,
    department TEXT,
    recorder TEXT,
    assembly TEXT,
    absent TEXT,
    nodes TEXT,
    experts TEXT,
    process TEXT,
    course TEXT,
    goods TEXT,
    skill TEXT,
    fitness TEXT,
    fullness TEXT,
    injuries TEXT,
    summary TEXT,
    verdict TEXT,
    feedback TEXT,
    told TEXT,
    photos TEXT
);
CREATE UNIQUE INDEX drill_record_drill ON drill_record (drill_uid) WHERE void_reason IS NULL;

CREATE TABLE drill_gap (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    drill_uid TEXT NOT NULL REFERENCES drill (uid),
    what TEXT NOT NULL,
    fix TEXT,
    owner TEXT,
    due_on DATE,
    done_on DATE,
    outcome TEXT,
    hazard_uid TEXT
);
CREATE INDEX drill_gap_drill ON drill_gap (drill_uid);
