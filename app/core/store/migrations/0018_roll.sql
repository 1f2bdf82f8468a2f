ALTER TABLE school_class ADD COLUMN closed_on DATE;

CREATE TABLE student_turn (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    student_uid TEXT NOT NULL REFERENCES student (uid),
    turn TEXT NOT NULL,
    turned_on DATE NOT NULL,
    from_class TEXT,
    to_class TEXT,
    words TEXT
);
CREATE INDEX student_turn_student ON student_turn (student_uid);
