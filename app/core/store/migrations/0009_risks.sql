CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    area TEXT,
    is_key BOOLEAN NOT NULL,
    keeper TEXT,
    remark TEXT
);
CREATE UNIQUE INDEX place_name ON place (name) WHERE void_reason IS NULL;

CREATE TABLE risk (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    area TEXT,
    place TEXT,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    accidents TEXT,
    grade TEXT NOT NULL,
    measures TEXT,
    level TEXT,
    department TEXT,
    owner TEXT,
    frequency TEXT,
    updated_on DATE NOT NULL
);

CREATE TABLE surrounding (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    nature TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    distance INTEGER NOT NULL,
    found_on DATE NOT NULL,
    what TEXT,
    remark TEXT,
    department TEXT,
    request TEXT,
    notified_on DATE,
    answer TEXT,
    answered_on DATE,
    outcome TEXT,
    closed_on DATE
);

ALTER TABLE hazard ADD COLUMN risk TEXT;
CREATE INDEX hazard_risk ON hazard (risk) WHERE risk IS NOT NULL;
