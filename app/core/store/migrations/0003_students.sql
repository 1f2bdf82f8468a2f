CREATE TABLE school_class (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    stage TEXT NOT NULL,
    entry_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    other_years TEXT
);
CREATE UNIQUE INDEX school_class_once
ON school_class (stage, entry_year, number, coalesce(other_years, ''))
WHERE void_reason IS NULL;

CREATE TABLE student (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    name TEXT NOT NULL,
    sex TEXT,
    born_on DATE,
    class_uid TEXT NOT NULL REFERENCES school_class (uid),
    entry_year INTEGER,
    seat_no INTEGER,
    guardian1 TEXT,
    relation1 TEXT,
    phone1 TEXT,
    guardian2 TEXT,
    relation2 TEXT,
    phone2 TEXT,
    address TEXT,
    boarder BOOLEAN,
    left_behind TEXT,
    travel TEXT,
    family TEXT,
    health TEXT,
    notes TEXT,
    status TEXT NOT NULL,
    id_hash TEXT,
    registry_hash TEXT,
    id_number TEXT
);
CREATE INDEX student_class ON student (class_uid);
CREATE INDEX student_id_hash ON student (id_hash);
CREATE INDEX student_registry_hash ON student (registry_hash);
