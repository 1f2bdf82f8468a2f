CREATE TABLE sent_file (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    seq INTEGER NOT NULL UNIQUE,
    made_at DATETIME NOT NULL,
    made_by TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    "rows" TEXT NOT NULL
);
