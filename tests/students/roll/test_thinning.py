"""What is known of those who have left goes, in two steps, from the journal and the backups too."""

from contextlib import closing
from datetime import date, datetime, time

import pytest

from app.core.errors import UserError
from app.core.paths import Paths, find_paths
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.core.store import Store
from app.core.store.backup import copies_in
from app.core.store.database import look
from app.house import House
from app.students import ClassKey, Status
from app.students.boarding.roll_views import sheet
from app.students.boarding.rules import Absence, Mark
from app.students.roll.register import TurnRegister
from app.students.roll.rules import Turn
from app.students.roll.thinning import ThinningDesk, Years
from tests.conftest import KEY

SECRETS = ("孙大山", "13800000001", "哮喘", "离异", "石桥村", "20150306", "2015-03-06", "夜里咳")


class School:
    """A school that a pupil left in 2027, looked at on any later day."""

    def __init__(self, folder):
        self.today = date(2027, 7, 1)
        self.store = Store(
            folder / "xiaoan.db",
            KEY,
            now=lambda: datetime.combine(self.today, datetime.min.time()),
            backups=folder / "备份",
        )
        Settings(self.store).put({"school.year": 2026, "school.kind": "小学", "school.code": "QS1"})
        paths = Paths(find_paths().program, folder)
        self.house = House(self.store, paths, today=lambda: self.today)
        self.students, self.letters = self.house.students, self.house.letters
        self.roll = TurnRegister(self.students)
        self.desk = ThinningDesk(self.roll)

    def everything(self):
        with closing(look(self.store.path, KEY)) as opened:
            names = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return str([opened.execute(f'SELECT * FROM "{n}"').fetchall() for (n,) in names])


@pytest.fixture
def school(tmp_path):
    made = School(tmp_path)
    room = made.students.open_class(ClassKey("小学", 2021, 1))
    pupil = made.students.add(
        name="孙小满",
        class_uid=room,
        sex="男",
        born_on=date(2015, 3, 6),
        seat_no=3,
        guardian1="孙大山",
        phone1="13800000001",
        address="石桥村3组",
        health="哮喘",
        family="离异",
    )
    made.students.add(name="钱多多", class_uid=room, health="癫痫")
    care = made.house.care.begin(pupil.uid, categories=["特异体质"], signs="夜里咳")
    made.house.care.record(care.uid, way="谈心", done_on=date(2027, 5, 1), by="张", words="夜里咳")
    batch = made.letters.issue("防溺水")
    line = next(r for r in made.letters.receipts(batch.code) if r.name == "孙小满")
    made.letters.receive(batch.code, [line.code])
    made.roll.leave([pupil.uid], Turn.MOVED_OUT, on=date(2027, 7, 1), words="随父母去遵义")
    made.uid, made.code = pupil.uid, line.code
    yield made
    made.store.close()


def test_nothing_is_due_before_the_years_are_over(school):
    school.today = date(2030, 6, 30)
    assert not school.desk.due()
    with pytest.raises(UserError, match="没有到期的资料"):
        school.desk.clean("保存期满")
    school.today = date(2030, 7, 1)
    assert school.desk.due().thin == (school.uid,)


def test_after_three_years_all_goes_but_name_class_and_the_proof(school):
    school.today = date(2030, 9, 1)
    cleaned = school.desk.clean("保存期满")
    assert cleaned.pupils == 1
    left = school.everything()
    assert [word for word in SECRETS if word in left] == []
    assert "遵义" not in left
    assert "癫痫" in left, "who is still here keeps everything"
    (line,) = school.roll.leavers()
    assert (line.name, line.status, line.class_name) == ("孙小满", "转出", "六年级1班")
    assert line.left_on == date(2027, 7, 1)
    sheet = school.letters.proofs.sheet(school.uid)
    assert sheet["name"] == "孙小满" and "收回 1 份" in sheet["counts"]
    assert school.letters.proofs.find("孙小满") == school.uid
    assert not school.desk.due(), "it is due once"
    assert school.house.care.lines() == []


def test_after_six_years_nothing_is_left_at_all(school):
    school.today = date(2030, 9, 1)
    school.desk.clean("保存期满")
    school.today = date(2033, 7, 1)
    assert school.desk.due().drop == (school.uid,)
    school.desk.clean("保存期满")
    left = school.everything()
    assert "孙小满" not in left and school.code not in left
    assert school.roll.leavers() == []
    assert [p.name for p in school.students.pupils()] == ["钱多多"]


def test_it_is_one_act_in_the_journal_without_a_name_and_cannot_be_undone(school):
    school.today = date(2030, 9, 1)
    school.desk.clean("保存期满")
    newest = school.store.actions(1)[0]
    assert (newest.label, newest.undoable) == ("清理离校学生资料", False)
    school.store.undo()
    assert [word for word in SECRETS if word in school.everything()] == []


def test_older_backups_hold_it_until_they_are_dropped_and_a_fresh_one_lies_there(school):
    school.store.back_up()
    folder = school.store.backups
    (old,) = copies_in(folder)
    school.today = date(2030, 9, 1)
    assert school.desk.clean("保存期满").copies == 1
    assert old.path.exists()
    school.students.add(name="赵又来", class_uid=school.students.classes()[0].uid, health="骨折")
    uid = next(p.uid for p in school.students.pupils() if p.name == "赵又来")
    school.roll.leave([uid], Turn.MOVED_OUT, on=date(2027, 7, 2))
    assert school.desk.clean("保存期满", drop_copies=True).copies == 0
    (fresh,) = copies_in(folder)
    assert fresh.path != old.path
    with closing(look(fresh.path, KEY)) as opened:
        said = str(opened.execute("SELECT * FROM student").fetchall())
    assert "骨折" not in said and "癫痫" in said


def test_who_comes_back_is_kept_and_who_left_on_no_known_day_is_only_named(school):
    school.roll.come_back([school.uid], school.students.classes()[0].uid, on=school.today)
    school.today = date(2035, 1, 1)
    assert not school.desk.due()
    with school.store.change("旧记录") as session:
        from app.students.records import Student

        for student in session.query(Student).filter(Student.name == "钱多多"):
            student.status = str(Status.MOVED)
    due = school.desk.due()
    assert (due.thin, due.drop, due.undated) == ((), (), 1)


def test_the_school_settles_the_years(school):
    school.desk.set_years(Years(1, 2))
    school.today = date(2028, 7, 1)
    assert school.desk.due().thin == (school.uid,)
    for years in (Years(3, 2), Years(0, 2), Years(3, 31)):
        with pytest.raises(UserError):
            school.desk.set_years(years)
    assert school.desk.years() == Years(1, 2)


def test_without_a_reason_nothing_is_cleaned(school):
    school.today = date(2030, 9, 1)
    with pytest.raises(UserError, match="没有写清理的原因"):
        school.desk.clean(" ")
    assert school.desk.due()


def test_only_who_manages_the_school_cleans_up(school):
    school.store.sitter = Sitter("王老师", Role.TEACHER)
    for act in (
        school.desk.due,
        lambda: school.desk.clean("x"),
        lambda: school.desk.set_years(Years(1, 1)),
    ):
        with pytest.raises(UserError, match="不能管理"):
            act()


def test_an_old_roll_still_adds_up_and_makes_nobody_present_who_was_missing(school):
    today = school.today
    (room,) = school.students.classes()
    uids = [
        school.students.add(name=name, class_uid=room.uid, boarder=True).uid
        for name in ("赵一", "赵二", "赵三")
    ]
    rolls = school.house.rolls
    call = rolls.enter(
        rolls.unit(room.name, today),
        evening=today,
        called_by="张老师",
        called_at=time(21, 30),
        marks=dict(zip(uids, Mark, strict=True)),
        absences={uids[2]: Absence("在石桥村舅舅家", told=True)},
    )
    school.roll.leave(uids, Turn.MOVED_OUT, on=today)
    before = rolls.calls()[0].counts
    assert before == (3, 1, 1, 1)
    school.today = date(2030, 9, 1)
    school.desk.clean("保存期满")
    (line,) = rolls.calls()
    assert (line.counts, line.waiting) == (before, 0)
    rows = sheet(rolls, call.uid)
    assert [row["mark"] for row in rows] == ["到", "请假", "缺"]
    assert rows[2]["whereabouts"] == "去向已按年限清理"
    assert "舅舅家" not in school.everything()
    assert not school.desk.due(), "it is due once"


def test_a_roll_of_nine_years_ago_still_agrees_and_says_whose_names_are_gone(school):
    today = school.today
    (room,) = school.students.classes()
    gone = [
        school.students.add(name=name, class_uid=room.uid, boarder=True).uid
        for name in ("赵一", "赵二", "赵三")
    ]
    here = school.students.add(name="钱小", class_uid=room.uid, boarder=True).uid
    rolls = school.house.rolls
    said = {"called_by": "张老师", "called_at": time(21, 30)}
    call = rolls.enter(
        rolls.unit(room.name, today),
        evening=today,
        marks=dict(zip([*gone, here], [*Mark, Mark.HERE], strict=True)),
        absences={gone[2]: Absence("在石桥村舅舅家", told=True)},
        **said,
    )
    school.roll.leave(gone, Turn.MOVED_OUT, on=today)
    school.today = date(2033, 9, 1)
    school.desk.clean("保存期满")
    (line,) = rolls.calls()
    assert line.counts == (4, 2, 1, 1) and line.cleaned == 3
    (row,) = sheet(rolls, call.uid)
    assert row["name"] == "钱小"
    assert "应到4 = 实到2 + 请假1 + 缺1（其中3人的资料已作废或按年限清理）" in row["heading"]
    rolls.correct(
        call.uid, marks={here: Mark.MISSING}, absences={here: Absence("在教室", told=True)}, **said
    )
    assert rolls.calls()[0].counts == (4, 1, 1, 2), "and a correction loses none of them"


def test_what_was_written_about_an_evening_goes_with_the_first_child_it_may_name(school):
    today = school.today
    (room,) = school.students.classes()
    uids = [
        school.students.add(name=name, class_uid=room.uid, boarder=True).uid
        for name in ("赵一", "赵二")
    ]
    rolls = school.house.rolls
    said = {"called_by": "张老师", "called_at": time(21, 30), "absences": {}}
    said |= {"marks": dict.fromkeys(uids, Mark.HERE)}
    unit = rolls.unit(room.name, today)
    call = rolls.enter(unit, evening=today, handling="赵一翻墙，已找回", **said)
    rolls.correct(call.uid, handling="赵一已找回，家长到校", **said)
    school.roll.leave(uids[:1], Turn.MOVED_OUT, on=today)
    school.today = date(2030, 9, 1)
    assert "翻墙" in school.everything()
    school.desk.clean("保存期满")
    kept = school.everything()
    assert "翻墙" not in kept and "家长到校" not in kept
    (line,) = rolls.calls()
    assert (line.handling, line.counts, line.called_by) == ("", (2, 2, 0, 0), "张老师")
    school.students.add(name="后来的", class_uid=room.uid)
    assert not school.desk.due()
