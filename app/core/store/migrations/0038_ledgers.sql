CREATE TABLE ledger_line (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    ledger TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    line_on DATE NOT NULL,
    closed_on DATE,
    next_on DATE,
    said TEXT NOT NULL
);
CREATE INDEX ledger_line_in_order ON ledger_line (ledger, line_on);
CREATE INDEX ledger_line_counted ON ledger_line (ledger, void_reason, closed_on, next_on, line_on);
CREATE INDEX ledger_line_next ON ledger_line (next_on) WHERE next_on IS NOT NULL;

CREATE TABLE ledger_month (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    ledger TEXT NOT NULL,
    month TEXT NOT NULL,
    reported_on DATE NOT NULL,
    reported_by TEXT NOT NULL,
    lines INTEGER NOT NULL,
    words TEXT
);
CREATE UNIQUE INDEX ledger_month_once ON ledger_month (ledger, month) WHERE void_reason IS NULL;
