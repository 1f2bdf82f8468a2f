CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    name TEXT NOT NULL,
    sex TEXT,
    post TEXT,
    is_leader BOOLEAN NOT NULL,
    phone TEXT,
    notes TEXT
);
CREATE INDEX staff_name ON staff (name);
