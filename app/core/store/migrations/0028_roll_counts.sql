ALTER TABLE roll_call ADD COLUMN on_leave INTEGER NOT NULL DEFAULT 0;
ALTER TABLE roll_call ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
UPDATE roll_call SET
    on_leave = (SELECT count(*) FROM roll_line
        WHERE call_id = roll_call.id AND void_reason IS NULL AND mark = '请假'),
    missing = (SELECT count(*) FROM roll_line
        WHERE call_id = roll_call.id AND void_reason IS NULL AND mark = '缺');
