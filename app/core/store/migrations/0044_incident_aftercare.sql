CREATE TABLE incident_task (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    incident_uid TEXT NOT NULL,
    what TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_on DATE NOT NULL,
    done_on DATE,
    outcome TEXT
);
CREATE INDEX incident_task_of ON incident_task (incident_uid);

CREATE TABLE incident_sheet (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    incident_uid TEXT NOT NULL,
    sheet TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE UNIQUE INDEX incident_sheet_once
    ON incident_sheet (incident_uid, sheet) WHERE void_reason IS NULL;
