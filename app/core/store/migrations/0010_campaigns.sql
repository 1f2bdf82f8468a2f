CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    name TEXT NOT NULL,
    slogan TEXT,
    basis TEXT,
    basis_number TEXT,
    issuer TEXT,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    problems TEXT,
    proposals TEXT
);

CREATE TABLE campaign_phase (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    name TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    shown_as TEXT,
    report TEXT,
    report_on DATE,
    report_counts BOOLEAN NOT NULL,
    reported_on DATE
);
CREATE INDEX campaign_phase_campaign ON campaign_phase (campaign_id);

CREATE TABLE campaign_task (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    what TEXT NOT NULL,
    department TEXT,
    owner TEXT,
    due_on DATE,
    done_on DATE
);
CREATE INDEX campaign_task_campaign ON campaign_task (campaign_id);

ALTER TABLE hazard ADD COLUMN campaign_uid TEXT;
CREATE INDEX hazard_campaign ON hazard (campaign_uid);
