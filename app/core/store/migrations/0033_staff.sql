ALTER TABLE staff ADD COLUMN kind TEXT NOT NULL DEFAULT '教职工';
ALTER TABLE staff ADD COLUMN abilities TEXT;
ALTER TABLE staff ADD COLUMN weight INTEGER NOT NULL DEFAULT 100;
ALTER TABLE staff ADD COLUMN weight_reason TEXT;
ALTER TABLE staff ADD COLUMN no_nights BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN lives_nights BOOLEAN NOT NULL DEFAULT 0;

CREATE TABLE staff_absence (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    person_uid TEXT NOT NULL REFERENCES staff (uid),
    kind TEXT NOT NULL,
    first_on DATE NOT NULL,
    first_half TEXT NOT NULL,
    last_on DATE NOT NULL,
    last_half TEXT NOT NULL,
    note TEXT
);
CREATE INDEX staff_absence_person ON staff_absence (person_uid);
CREATE INDEX staff_absence_days ON staff_absence (last_on, first_on);

CREATE TABLE duty_post (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    rank INTEGER NOT NULL,
    name TEXT NOT NULL,
    family TEXT NOT NULL,
    place TEXT,
    task TEXT,
    starts TIME NOT NULL,
    ends TIME NOT NULL,
    days TEXT NOT NULL,
    weekdays TEXT NOT NULL,
    heads INTEGER NOT NULL,
    needs TEXT NOT NULL,
    burden TEXT NOT NULL,
    points FLOAT NOT NULL,
    covers BOOLEAN NOT NULL,
    shares BOOLEAN NOT NULL,
    source TEXT,
    in_use_from DATE,
    in_use_until DATE,
    follows TEXT
);
CREATE INDEX duty_post_rank ON duty_post (rank);
