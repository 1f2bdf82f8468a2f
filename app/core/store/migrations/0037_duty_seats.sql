CREATE TABLE duty_seat (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    stood_on DATE NOT NULL,
    post_uid TEXT NOT NULL,
    person_uid TEXT NOT NULL,
    locked BOOLEAN NOT NULL,
    way TEXT NOT NULL,
    instead_of TEXT,
    swap_uid TEXT
);
CREATE UNIQUE INDEX duty_seat_once ON duty_seat (stood_on, post_uid, person_uid)
    WHERE void_reason IS NULL;
CREATE INDEX duty_seat_person ON duty_seat (person_uid, stood_on);

CREATE TABLE duty_announcement (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    first_on DATE NOT NULL,
    last_on DATE NOT NULL,
    announced_on DATE NOT NULL,
    announced_by TEXT NOT NULL,
    seats TEXT NOT NULL
);
CREATE INDEX duty_announcement_days ON duty_announcement (first_on, last_on);

CREATE TABLE duty_swap (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    entered_on DATE NOT NULL,
    person_uid TEXT NOT NULL,
    stood_on DATE NOT NULL,
    post_uid TEXT NOT NULL,
    other_uid TEXT,
    other_on DATE,
    other_post_uid TEXT,
    reason TEXT NOT NULL,
    agreed_by TEXT,
    warnings TEXT,
    owed_halves INTEGER,
    given_on DATE,
    given_half TEXT
);
CREATE INDEX duty_swap_days ON duty_swap (stood_on);
