CREATE TABLE bed (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    student_uid TEXT NOT NULL REFERENCES student (uid),
    dorm TEXT,
    room TEXT,
    bed TEXT
);
CREATE UNIQUE INDEX bed_student ON bed (student_uid) WHERE void_reason IS NULL;

CREATE TABLE pupil_leave (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    student_uid TEXT NOT NULL REFERENCES student (uid),
    kind TEXT NOT NULL,
    from_at DATETIME NOT NULL,
    back_by DATETIME NOT NULL,
    reason TEXT NOT NULL,
    place TEXT,
    fetched_by TEXT,
    relation TEXT,
    phone TEXT,
    id_checked BOOLEAN,
    called_at DATETIME,
    teacher TEXT NOT NULL,
    leader TEXT,
    granted_by TEXT,
    left_at DATETIME,
    returned_at DATETIME,
    ended_by TEXT
);
CREATE INDEX pupil_leave_student ON pupil_leave (student_uid);

CREATE TABLE roll_call (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    evening DATE NOT NULL,
    unit TEXT NOT NULL,
    class_uid TEXT,
    pupils TEXT NOT NULL,
    here INTEGER NOT NULL,
    called_by TEXT NOT NULL,
    leader TEXT,
    called_at TIME NOT NULL,
    handling TEXT
);
CREATE UNIQUE INDEX roll_call_evening ON roll_call (evening, unit) WHERE void_reason IS NULL;

CREATE TABLE roll_line (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    call_id INTEGER NOT NULL REFERENCES roll_call (id),
    student_uid TEXT NOT NULL,
    mark TEXT NOT NULL,
    whereabouts TEXT,
    told BOOLEAN
);
CREATE INDEX roll_line_call ON roll_line (call_id);

CREATE TABLE stay (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    student_uid TEXT REFERENCES student (uid),
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    place TEXT NOT NULL,
    keeper TEXT NOT NULL,
    phone TEXT,
    remark TEXT
);
