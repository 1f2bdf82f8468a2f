"""A roll that was called before its numbers were kept with it gets them from its lines."""

import sqlite3
from contextlib import closing

from app.core.store import migrate

CALL = (
    "INSERT INTO roll_call (id, uid, rev, evening, unit, pupils, here, called_by, called_at)"
    " VALUES (?, ?, 1, '2026-10-12', ?, '[]', 1, '孙丽华', '21:30')"
)
LINE = (
    "INSERT INTO roll_line (uid, rev, void_reason, call_id, student_uid, mark)"
    " VALUES (?, 1, ?, ?, ?, ?)"
)


def test_the_step_counts_the_lines_that_stand_and_no_others():
    with closing(sqlite3.connect(":memory:")) as school:
        school.executescript((migrate.STEPS / "0022_boarding.sql").read_text("utf-8"))
        school.execute(CALL, (1, "a", "男生宿舍"))
        school.execute(CALL, (2, "b", "女生宿舍"))
        for number, (void, call, mark) in enumerate(
            ((None, 1, "请假"), (None, 1, "缺"), (None, 1, "缺"), ("改为到", 1, "缺"))
        ):
            school.execute(LINE, (f"l{number}", void, call, f"p{number}", mark))
        (step,) = migrate.STEPS.glob("*_roll_counts.sql")
        school.executescript(step.read_text("utf-8"))
        found = school.execute("SELECT unit, on_leave, missing FROM roll_call ORDER BY id")
        assert found.fetchall() == [("男生宿舍", 1, 2), ("女生宿舍", 0, 0)]
