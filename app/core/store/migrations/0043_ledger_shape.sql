-- The shapes a school gave its ledgers, or took in from elsewhere: one row a version.
CREATE TABLE ledger_shape (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    ledger TEXT NOT NULL,
    version INTEGER NOT NULL,
    made_on DATE NOT NULL,
    source TEXT NOT NULL,
    words TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX ledger_shape_of ON ledger_shape (ledger, version);
