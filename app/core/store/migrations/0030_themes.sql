CREATE TABLE theme_day (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    key TEXT,
    name TEXT NOT NULL,
    days TEXT NOT NULL,
    counted_from INTEGER,
    note TEXT,
    is_off BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX theme_day_key ON theme_day (key)
    WHERE key IS NOT NULL AND void_reason IS NULL;

CREATE TABLE school_hours (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    name TEXT NOT NULL,
    who TEXT NOT NULL,
    days TEXT,
    arrives_at TIME NOT NULL,
    lessons_at TIME NOT NULL,
    noon_at TIME NOT NULL,
    back_at TIME,
    leaves_at TIME NOT NULL
);
