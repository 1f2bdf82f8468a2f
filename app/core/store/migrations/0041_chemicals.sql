CREATE TABLE chem_substance (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    name TEXT NOT NULL,
    alias TEXT,
    categories TEXT NOT NULL,
    purpose TEXT NOT NULL,
    spec TEXT,
    unit TEXT NOT NULL,
    cabinet TEXT NOT NULL,
    keeper_1 TEXT NOT NULL,
    keeper_2 TEXT NOT NULL,
    is_waste BOOLEAN NOT NULL,
    note TEXT
);
CREATE UNIQUE INDEX chem_substance_once ON chem_substance (name, ifnull(spec, ''), unit, cabinet)
    WHERE void_reason IS NULL;

CREATE TABLE chem_count (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    done_at DATETIME NOT NULL,
    hand_1 TEXT NOT NULL,
    hand_2 TEXT NOT NULL,
    lines TEXT NOT NULL,
    doubles TEXT,
    words TEXT,
    entered_at DATETIME NOT NULL
);

CREATE TABLE chem_movement (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    substance_uid TEXT NOT NULL REFERENCES chem_substance (uid),
    kind TEXT NOT NULL,
    moved_at DATETIME NOT NULL,
    milli INTEGER NOT NULL CHECK (milli > 0),
    change INTEGER NOT NULL,
    hand_1 TEXT NOT NULL,
    hand_2 TEXT NOT NULL CHECK (hand_2 <> hand_1),
    kept_1 TEXT NOT NULL,
    kept_2 TEXT NOT NULL CHECK (kept_2 <> kept_1),
    approved_by TEXT,
    purpose TEXT,
    party TEXT,
    carriers TEXT,
    of_uid TEXT REFERENCES chem_movement (uid),
    count_uid TEXT REFERENCES chem_count (uid),
    photos TEXT,
    words TEXT,
    filed_on DATE,
    filed_number TEXT,
    entered_at DATETIME NOT NULL
);
CREATE INDEX chem_movement_in_order ON chem_movement (substance_uid, moved_at, id);
CREATE INDEX chem_movement_of ON chem_movement (of_uid) WHERE of_uid IS NOT NULL;

CREATE TRIGGER chem_stock_entered AFTER INSERT ON chem_movement WHEN EXISTS (
    SELECT 1 FROM (
        SELECT SUM(change) OVER (ORDER BY moved_at, id) AS stock FROM chem_movement
        WHERE substance_uid = NEW.substance_uid AND void_reason IS NULL
    ) WHERE stock < 0
)
BEGIN SELECT RAISE(ABORT, '这样一来，账上有一段时间的结存会小于零'); END;

CREATE TRIGGER chem_stock_changed AFTER UPDATE ON chem_movement WHEN EXISTS (
    SELECT 1 FROM (
        SELECT SUM(change) OVER (ORDER BY moved_at, id) AS stock FROM chem_movement
        WHERE substance_uid = NEW.substance_uid AND void_reason IS NULL
    ) WHERE stock < 0
)
BEGIN SELECT RAISE(ABORT, '这样一来，账上有一段时间的结存会小于零'); END;

CREATE TRIGGER chem_taken_changed AFTER UPDATE ON chem_movement WHEN EXISTS (
    SELECT 1 FROM chem_movement AS part
    LEFT JOIN chem_movement AS taken ON taken.uid = part.of_uid AND taken.void_reason IS NULL
    WHERE part.substance_uid = NEW.substance_uid AND part.of_uid IS NOT NULL
        AND part.void_reason IS NULL
    GROUP BY part.of_uid
    HAVING MAX(taken.milli) IS NULL OR SUM(part.milli) > MAX(taken.milli)
)
BEGIN SELECT RAISE(ABORT, '归还、消耗的会比领用的多'); END;

CREATE TRIGGER chem_movement_has_substance AFTER UPDATE ON chem_movement
WHEN NEW.void_reason IS NULL AND NOT EXISTS (
    SELECT 1 FROM chem_substance WHERE uid = NEW.substance_uid AND void_reason IS NULL
)
BEGIN SELECT RAISE(ABORT, '这个品种已经作废了，要先恢复品种'); END;

CREATE TRIGGER chem_substance_in_use AFTER UPDATE ON chem_substance
WHEN NEW.void_reason IS NOT NULL AND EXISTS (
    SELECT 1 FROM chem_movement WHERE substance_uid = NEW.uid AND void_reason IS NULL
)
BEGIN SELECT RAISE(ABORT, '这个品种已经有出入库记录'); END;
