CREATE TABLE letter_edition (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    letter TEXT NOT NULL,
    number INTEGER NOT NULL,
    words TEXT,
    UNIQUE (letter, number)
);
ALTER TABLE letter_receipt ADD COLUMN on_slip TEXT;
ALTER TABLE letter_receipt ADD COLUMN again TEXT;
CREATE INDEX letter_receipt_on_slip ON letter_receipt (on_slip) WHERE on_slip IS NOT NULL;
