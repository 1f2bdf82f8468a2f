ALTER TABLE hazard_check ADD COLUMN weather TEXT;
ALTER TABLE hazard_check ADD COLUMN campaign_uid TEXT;

CREATE TABLE hazard_recheck (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    check_id INTEGER NOT NULL REFERENCES hazard_check (id),
    rechecked_on DATE NOT NULL,
    rechecked_by TEXT NOT NULL,
    results TEXT NOT NULL
);
CREATE INDEX hazard_recheck_check ON hazard_recheck (check_id);

ALTER TABLE campaign ADD COLUMN ended_on DATE;
ALTER TABLE campaign ADD COLUMN turns TEXT;
ALTER TABLE campaign_phase ADD COLUMN looks_back BOOLEAN NOT NULL DEFAULT 0;
