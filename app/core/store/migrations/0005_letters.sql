CREATE TABLE letter_batch (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    code TEXT NOT NULL UNIQUE,
    letter TEXT NOT NULL,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    has_receipt BOOLEAN NOT NULL,
    scope TEXT NOT NULL,
    issued_on DATE NOT NULL,
    due_on DATE
);

CREATE TABLE letter_receipt (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    batch_id INTEGER NOT NULL REFERENCES letter_batch (id),
    student_uid TEXT NOT NULL,
    number INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,
    class_uid TEXT NOT NULL,
    class_name TEXT NOT NULL,
    grade TEXT NOT NULL,
    class_no INTEGER NOT NULL,
    seat_no INTEGER,
    status TEXT NOT NULL,
    returned_on DATE,
    received_by TEXT,
    way TEXT,
    note TEXT,
    UNIQUE (batch_id, number)
);
CREATE UNIQUE INDEX letter_receipt_once ON letter_receipt (batch_id, student_uid)
    WHERE void_reason IS NULL;
CREATE INDEX letter_receipt_student ON letter_receipt (student_uid);
