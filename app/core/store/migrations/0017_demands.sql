CREATE TABLE hazard_demand (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    hazard_id INTEGER NOT NULL REFERENCES hazard (id),
    made_on DATE NOT NULL,
    made_by TEXT NOT NULL,
    standing TEXT,
    demand TEXT,
    due_on DATE,
    met_on DATE,
    met_words TEXT
);
CREATE INDEX hazard_demand_hazard ON hazard_demand (hazard_id);
