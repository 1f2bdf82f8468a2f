CREATE TABLE hazard_clause (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    level TEXT NOT NULL,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    document TEXT NOT NULL,
    trust TEXT NOT NULL
);
