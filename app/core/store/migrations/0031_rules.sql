CREATE TABLE rule_change (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    rule TEXT NOT NULL,
    is_on BOOLEAN,
    params TEXT NOT NULL,
    basis TEXT,
    reason TEXT NOT NULL,
    changed_on DATE NOT NULL,
    changed_by TEXT NOT NULL
);
CREATE INDEX rule_change_rule ON rule_change (rule);

CREATE TABLE rule_waiver (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    rule TEXT NOT NULL,
    period TEXT NOT NULL,
    reason TEXT NOT NULL,
    waived_by TEXT NOT NULL
);
CREATE UNIQUE INDEX rule_waiver_period ON rule_waiver (rule, period) WHERE void_reason IS NULL;

CREATE TABLE rule_act (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    rule TEXT NOT NULL,
    period TEXT NOT NULL,
    done_at DATETIME NOT NULL,
    entered_at DATETIME NOT NULL,
    what TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX rule_act_period ON rule_act (rule, period);
