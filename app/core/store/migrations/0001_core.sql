CREATE TABLE action (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    at DATETIME NOT NULL,
    who TEXT NOT NULL,
    about TEXT,
    undoable BOOLEAN NOT NULL,
    undoes INTEGER REFERENCES action (id)
);

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL REFERENCES action (id),
    table_name TEXT NOT NULL,
    uid TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL
);
CREATE INDEX change_action ON change (action_id);
CREATE INDEX change_uid ON change (uid);

CREATE TABLE forgotten (
    uid TEXT PRIMARY KEY,
    reason TEXT NOT NULL
);

CREATE TRIGGER change_is_never_edited BEFORE UPDATE ON change
WHEN NOT EXISTS (SELECT 1 FROM forgotten WHERE uid = OLD.uid)
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER change_is_never_removed BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

CREATE TABLE counter (
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (series, year)
);
CREATE TRIGGER counter_never_goes_down BEFORE UPDATE ON counter WHEN NEW.last < OLD.last
BEGIN SELECT RAISE(ABORT, 'a number is never given out twice'); END;

CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    "key" TEXT NOT NULL UNIQUE,
    value TEXT
);

CREATE TABLE blob (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    bytes BLOB NOT NULL
);
CREATE TRIGGER blob_is_never_edited BEFORE UPDATE ON blob
BEGIN SELECT RAISE(ABORT, 'a kept picture is never changed'); END;

CREATE TABLE preference (
    who TEXT NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (who, "key")
);
