"""A term of drills as the safety officer lives it, in the real window."""

from datetime import date, datetime, timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from app.core.desk import unlock
from app.house import House
from app.shell import Shell
from app.students import ClassKey
from tests.terminal import PASSWORD, found_school

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
LEFT = Qt.MouseButton.LeftButton
CLASSES = {("小学", 2026, 1): 3, ("小学", 2025, 1): 4}


class Office:
    """One school in the autumn of 2026 with its window, and a clock the test moves."""

    def __init__(self, user, tmp_path):
        self.user, self.folder = user, tmp_path
        self.at = datetime(2026, 9, 7, 9, 0)
        founded = found_school(tmp_path / "校安台数据")
        self.desk = unlock(founded.paths, founded.user, PASSWORD, holder="窗口")
        self.house = House(
            self.desk.store, self.desk.paths, lambda: self.at.date(), lambda: self.at
        )
        self.house.rules.say({}, began_on=date(2026, 9, 1))
        self.house.settings.put({"school.year": 2026})
        for name, post in (("刘玉兰", "校长"), ("李敏", "班主任"), ("赵刚", "保安")):
            self.house.staff.enter(name=name, post=post)
        for key, count in CLASSES.items():
            uid = self.house.students.open_class(ClassKey(*key))
            for number in range(count):
                self.house.students.add(name=f"{'甲乙丙丁'[number]}{key[1]}", class_uid=uid)
        self.shell = user.opens(Shell(self.desk, self.house))

    def saves(self, name):
        """Save what the preview shows; return all it says."""
        self.user.waits_for("存为PDF")
        self.user.clicks("存为PDF")
        self.user.chooses_file(self.folder / name)
        self.user.clicks("关闭")
        with pypdfium2.PdfDocument(self.folder / name) as pdf:
            return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)

    def drills(self):
        """The drills of the whole school's months, by their day."""
        return sorted(
            (d for d in self.house.drills.all() if d.scope == "全校"), key=lambda d: d.planned_on
        )

    def comes_to(self, drill):
        """Wait until the morning of a drill and open the calendar at it."""
        day = self.house.drills.get(drill.uid).planned_on
        self.at = datetime.combine(day, datetime.min.time()) + timedelta(hours=10)
        page = self.shell.go("drills")
        page.refresh()
        page.choose(drill.uid)
        self.user.settles()


@pytest.fixture
def office(user, tmp_path):
    made = Office(user, tmp_path)
    yield made
    made.desk.close()


def boxes(office, rule="DRILL-M"):
    """How the months of a rule stand on 今日, by month."""
    house, today = office.house, office.at.date()
    line = house.rules.line(rule)
    turns = house.dues.turns(date(2026, 9, 1), today, [line])[rule]
    return {turn.standing.period.due_on.month: str(turn.standing.state) for turn in turns}


def test_a_term_is_planned_moved_run_entered_and_counted(office):
    user, house = office.user, office.house
    # plan the term in one press
    user.clicks("演练日历")
    user.clicks("自动排本学期")
    user.clicks("写入日历")
    first, second = office.drills()[:2]
    assert first.planned_on.month == 9 and second.planned_on.month == 10
    # move one to the day after the next
    page = office.shell.go("drills")
    page.choose(second.uid)
    page.grid.setFocus()
    user.presses("Ctrl+Right")
    moved = house.drills.get(second.uid)
    if moved.planned_on == second.planned_on:  # the next day is no school day: it is asked first
        user.clicks("改到这天")
        moved = house.drills.get(second.uid)
    assert moved.planned_on == second.planned_on + timedelta(days=1)
    # run the first by the stopwatch
    office.comes_to(first)
    user.clicks("秒表")
    user.presses(SPACE)
    for after, key in ((4, SPACE), (56, SPACE), (35, "1"), (10, "2")):
        office.at += timedelta(seconds=after)
        user.presses(key)
    user.clicks("录入清点")
    user.clicks("保存")
    assert user.sees("五要素还缺")  # the record opens by itself
    user.fills("总结评价（五要素）", "下楼有序")
    user.fills("等级", "良")
    user.fills("问题1 问题", "东门没有开")
    user.clicks("保存")
    held = house.drills.get(first.uid)
    assert (held.pupils_due, held.pupils_there, held.seconds) == (7, 7, 45)
    # its gap becomes a hazard by one press
    user.clicks("转成隐患")
    (hazard,) = house.hazards.lines()
    assert hazard.what == "东门没有开"
    # print the record
    user.picks("打印", "记录表")
    text = office.saves("记录.pdf")
    assert all(word in text for word in (held.number, "下楼有序", "东门没有开", hazard.number))
    # the second comes in from the printed card
    office.comes_to(second)
    user.clicks("录入清点")
    for typed in ("", "55", "3", "1人请假", "1:10"):
        user.types(typed)
        user.presses(ENTER)
    user.clicks("保存")
    user.clicks("取消")  # the record is for later
    held = house.drills.get(second.uid)
    assert (held.pupils_there, held.seconds, held.done_on) == (6, 70, moved.planned_on)
    # and the year strip has filled
    found = boxes(office)
    assert (found[9], found[10]) == ("已完成", "已完成"), found
    page = office.shell.go("drills")
    page.refresh()
    titles = {box.title: str(box.state) for box in page._boxes}
    assert (titles["9月"], titles["10月"]) == ("已完成", "已完成")
    user.clicks("统计")
    assert user.sees("2/2 个月")
