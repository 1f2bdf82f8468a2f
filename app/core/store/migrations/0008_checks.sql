CREATE TABLE hazard_check (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    checked_on DATE NOT NULL,
    kind TEXT NOT NULL,
    checklist TEXT NOT NULL,
    title TEXT NOT NULL,
    area TEXT NOT NULL,
    leader TEXT NOT NULL,
    inspectors TEXT NOT NULL,
    points INTEGER NOT NULL,
    faults INTEGER NOT NULL,
    results TEXT NOT NULL
);
CREATE INDEX hazard_check_day ON hazard_check (checked_on);

CREATE TABLE hazard_check_fault (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    check_id INTEGER NOT NULL REFERENCES hazard_check (id),
    hazard_id INTEGER NOT NULL REFERENCES hazard (id),
    point TEXT NOT NULL
);
CREATE INDEX hazard_check_fault_check ON hazard_check_fault (check_id);
CREATE INDEX hazard_check_fault_hazard ON hazard_check_fault (hazard_id);
